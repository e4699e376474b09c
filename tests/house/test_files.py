"""What may not stand in any file we keep: paths of one machine, addresses of registries."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from .plan import ROOT, told

# Written in pieces, so that this module does not find itself.
_FOLDERS = "|".join(("work", "root", "home"))
MACHINE = re.compile(rf"(?<![\w.\-}}%])/(?:{_FOLDERS})/[\w.]")
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "npm" + "js", "debian" + ".org", "proxy.golang" + ".org")
REGISTRY = re.compile("|".join(re.escape(host) for host in HOSTS))


def leaks(text: str) -> list[tuple[int, str]]:
    """Lines that name a machine's folders or a package registry."""
    return [
        (number, found.group())
        for number, line in enumerate(text.splitlines(), 1)
        for pattern in (MACHINE, REGISTRY)
        for found in pattern.finditer(line)
    ]


def resolved(lock: str) -> list[str]:
    """Packages in a package-lock.json that say where they were fetched."""
    return sorted(name for name, package in json.loads(lock).get("packages", {}).items() if "resolved" in package)


def kept_files() -> list[str]:
    """What git keeps or would keep."""
    asked = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        told_by_git = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git does not know this folder: nothing says which files are kept")
    return [name for name in sorted(set(told_by_git.split("\0"))) if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_registry():
    wrong = []
    for name in kept_files():
        try:
            text = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue
        wrong += [f"{name}:{line} {what}" for line, what in leaks(text)]

    assert wrong == [], told("Use a path relative to the repository, and leave registries to the operator", wrong)


def test_the_lock_of_the_front_end_holds_no_addresses():
    wrong = resolved((ROOT / "package-lock.json").read_text())

    assert wrong == [], told('Remove the lines "resolved" from package-lock.json; the hashes stay', wrong)


def test_leaks_are_found():
    folder = "/" + "work/main"
    bad = (
        f'x = "{folder}"\ncd /{"root"}/.venv\nfile:///{"home"}/me\n--index-url https://{HOSTS[0]}/simple\nsite{folder}'
    )
    lock = '{"packages": {"": {}, "a": {"resolved": "https://x", "integrity": "y"}, "b": {"integrity": "z"}}}'

    assert [line for line, _what in leaks(bad)] == [1, 2, 3, 4]
    assert resolved(lock) == ["a"]
