"""The package as it is installed elsewhere: one command shows the site, without the sources, make or Node."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.core.test_serving import answers, free_port, until

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command ``werkplaats`` of an environment of its own; only what the package needs is borrowed."""
    folder = tmp_path_factory.mktemp("elders")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("site/static/site/built/site.css", "locale/en/LC_MESSAGES/django.mo"):
        assert f"werkplaats/{needed}" in names
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    own = next(venv.glob("lib/python*/site-packages"))
    # Its lines that would bring the sources along are not followed from here.
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    uv = Path(sys.executable).with_name("uv")
    install = [uv, "pip", "install", "-q", "--offline", "--no-deps", "--python", venv / "bin/python", wheel]
    subprocess.run(install, check=True, env={**os.environ, "UV_LINK_MODE": "copy"})
    return venv / "bin/werkplaats"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[dict[str, str]]:
    """As on a machine where nothing of ours is set."""
    yield {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}


def test_the_demonstration_stands_in_an_empty_folder_by_one_command(
    installed: Path, bare: dict[str, str], tmp_path: Path
) -> None:
    port, said = free_port(), tmp_path / "said.txt"
    folder = tmp_path / "leeg"
    folder.mkdir()
    with said.open("w") as told:
        command = [installed, "serve", "--demo", "--port", str(port)]
        serving = subprocess.Popen(command, cwd=folder, env=bare, stdout=told, stderr=told)
    try:
        until(lambda: answers(port) or serving.poll() is not None, "the website does not answer", seconds=400)
        assert serving.poll() is None, said.read_text()
        with urlopen(f"http://127.0.0.1:{port}/werkplaatsen/", timeout=20) as response:
            page = response.read().decode()
        assert "Noord" in page
        (style,) = re.findall(r'href="(/static/site/built/site[^"]*\.css)"', page)[:1]
        with urlopen(f"http://127.0.0.1:{port}{style}", timeout=20) as response:
            assert response.headers["Content-Type"].startswith("text/css")
        with urlopen(f"http://127.0.0.1:{port}/en/", timeout=20) as response:
            assert "Ask a question" in response.read().decode()
    finally:
        serving.terminate()
        assert serving.wait(30) == 0
    words = said.read_text()
    assert f"http://127.0.0.1:{port}/" in words
    assert "coordinator.noord@demo.invalid" in words and "welkom-in-de-werkplaats" in words
    assert [path.name for path in folder.iterdir()] == ["werkplaats-demo"]
    assert str(ROOT) not in words
