"""Which browser someone uses, in two words; the rest of what it says of itself is kept nowhere."""

from __future__ import annotations

import re

# In this order: most browsers also call themselves by the names below theirs.
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Vivaldi", r"Vivaldi/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Version/[\d.]+.* Safari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("ChromeOS", r"CrOS"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Linux", r"Linux|X11"),
)
# What a browser says is as long as it likes.
_READ = 400


def recognised(said: str) -> tuple[str, str]:
    """The browser and the system it runs on; empty where it is none we know."""
    return _first(_BROWSERS, said[:_READ]), _first(_SYSTEMS, said[:_READ])


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, pattern in known if re.search(pattern, said)), "")
