"""What the measured peers need of the machine: Debian's packages, installed when we may."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .stage import say

# Debian keeps servers out of the PATH of ordinary accounts.
_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
_POLICY = Path("/usr/sbin/policy-rc.d")
_SECONDS = 300


class Missing(Exception):
    """A peer cannot be measured; the message says in Dutch what to install."""


def program(*names: str) -> str:
    """Where the first of these programs is that there is; empty when there is none."""
    return next((found for name in names if (found := shutil.which(name, path=_PATH))), "")


def php_fpm() -> str:
    """PHP's server; its name has a version in it."""
    folders = [Path(folder) for folder in _PATH.split(os.pathsep) if folder]
    return next((str(path) for folder in folders for path in sorted(folder.glob("php-fpm[0-9]*"))), "")


def need(peer: str, wanted: Mapping[str, bool]) -> None:
    """See that packages are there (name -> whether it is): install them as root, else raise Missing."""
    missing = sorted(name for name, there in wanted.items() if not there)
    if not missing:
        return
    if os.geteuid() != 0 or not program("apt-get"):
        raise Missing(f"{peer} is niet gemeten. Installeer het eerst: sudo apt install {' '.join(missing)}")
    say(f"Installeren voor de vergelijking: {' '.join(missing)} ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    asked = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    with _no_services():
        subprocess.run(["apt-get", "update", "-q"], env=quiet, capture_output=True, timeout=_SECONDS, check=False)
        done = subprocess.run(asked, env=quiet, capture_output=True, text=True, timeout=_SECONDS, check=False)
    if done.returncode:
        raise Missing(f"{peer} is niet gemeten. Installeren lukte niet:\n{(done.stdout + done.stderr)[-1500:]}")


@contextmanager
def _no_services() -> Iterator[None]:
    """Debian starts servers that it installs; ours run on their own, so tell it not to, unless it was told already."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n")
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink()
