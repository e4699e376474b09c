"""Templates: nothing inline, nothing from elsewhere, nothing marked safe, no clock of their own."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from .plan import ROOT, SRC, at, dotted, imported, modules, room, templates, told, tree

# Which files may mark text as safe, and why: "site/templatetags/icons.py" -> reason. Keep it short.
SAFE: dict[str, str] = {}

# Data for machines is no script: the browser does not run it and the policy does not block it.
DATA_TYPES = {"application/ld+json", "application/json"}
FETCHED = {"src", "srcset", "poster", "data", "background", "xlink:href", "action", "formaction"}
_tag = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
_comment = re.compile(r"{%\s*comment.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)
_value = re.compile(r"{{.*?}}", re.DOTALL)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


class _Reader(HTMLParser):
    """Collects what a page may not hold, with the line it stands on."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[tuple[int, str]] = []
        self.foreign: list[tuple[int, str]] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, given = self.getpos()[0], dict(attrs)
        self._in_script = tag == "script" and (given.get("type") or "").strip() not in DATA_TYPES
        if tag == "style":
            self.inline.append((line, "<style>"))
        for name, value in given.items():
            if name == "style" or re.fullmatch(r"on[a-z]+", name):
                self.inline.append((line, f"{name}="))
            if (value or "").strip().lower().startswith("javascript:"):
                self.inline.append((line, f"{name}=javascript:"))
            fetched = name in FETCHED or (name == "href" and tag in {"link", "use", "image", "base"})
            if fetched and re.match(r"\s*(https?:)?//", value or "", re.IGNORECASE):
                self.foreign.append((line, f"{name}={value}"))

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.inline.append((self.getpos()[0], "<script> with content"))


def _read(text: str) -> _Reader:
    reader = _Reader()
    # Tags of the template leave blanks and values a letter, so that the lines stay the same.
    without = _tag.sub(_blank, _comment.sub(_blank, text))
    reader.feed(_value.sub(lambda match: "x" + "\n" * match.group().count("\n"), without))
    reader.close()
    return reader


def inline(text: str) -> list[tuple[int, str]]:
    """Scripts and styles written into a page."""
    return _read(text).inline


def foreign(text: str) -> list[tuple[int, str]]:
    """What a page would fetch from, or send to, someone else."""
    return _read(text).foreign


def _lines(text: str, pattern: str) -> list[tuple[int, str]]:
    bare = _comment.sub(_blank, text)
    return [(bare[: found.start()].count("\n") + 1, found.group()) for found in re.finditer(pattern, bare)]


def unescaped(text: str) -> list[tuple[int, str]]:
    """Where a template stops escaping."""
    return _lines(text, r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off\s*%}|{%\s*filter\s[^%]*\bsafe")


def own_clock(text: str) -> list[tuple[int, str]]:
    """Where a template asks the time."""
    return _lines(text, r"{%\s*now\b")


def marks_safe(module: ast.Module) -> list[tuple[ast.AST, str]]:
    """Where Python calls text safe without escaping it."""
    names = imported(module)
    unsafe = {"mark_safe", "SafeString", "SafeText", "html_safe"}
    return [
        (node, dotted(node.func, names).rpartition(".")[2])
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and dotted(node.func, names).rpartition(".")[2] in unsafe
    ]


def is_plain(path: Path) -> bool:
    """Whether a template makes plain text, such as a mail, where escaping would show as &#x27;."""
    return path.suffix == ".txt"


def _wrong(check, skipped: set[str] = frozenset(), exceptions: dict[str, str] | None = None) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line} {what}"
        for path in templates()
        if room(path)[0] not in skipped and path.relative_to(SRC).as_posix() not in (exceptions or {})
        for line, what in check(path.read_text())
    ]


def test_pages_hold_no_inline_script_or_style():
    wrong = _wrong(inline, {"desk"})

    assert wrong == [], told(
        "The policy of the site blocks this (script-src 'self'; style-src 'self'). Give the element a class or a "
        "data- attribute, and put the rest in frontend/css or frontend/js",
        wrong,
    )


def test_pages_fetch_nothing_from_elsewhere():
    wrong = _wrong(foreign)

    assert wrong == [], told("No third-party request, not even a font: put the file in static, use {% static %}", wrong)


def test_templates_escape_everything():
    plain = {path.relative_to(SRC).as_posix(): "plain text" for path in templates() if is_plain(path)}
    wrong = _wrong(unescaped, exceptions=SAFE | plain)
    wrong += [
        f"{at(path, node)} {what}"
        for path in modules()
        if path.relative_to(SRC).as_posix() not in SAFE
        for node, what in marks_safe(tree(path))
    ]

    assert wrong == [], told(
        "Use format_html, a component or a template; when the text is truly ours, name the file in SAFE with why", wrong
    )


def test_templates_do_not_ask_the_time():
    wrong = _wrong(own_clock)

    assert wrong == [], told("Give the moment in the context, from werkplaats.core.clock, instead of {% now %}", wrong)


def test_exceptions_are_still_needed():
    left = [
        name
        for name in SAFE
        if not (path := SRC / name).exists()
        or not (marks_safe(tree(path)) if path.suffix == ".py" else unescaped(path.read_text()))
    ]
    assert left == [], told("Remove from SAFE what no longer needs it", left)


@pytest.mark.parametrize(
    "bad",
    [
        "<script>go()</script>",
        '<script type="module">\nimport x\n</script>',
        '<script type="{{ type }}">{{ code }}</script>',
        "<style>p { color: red }</style>",
        '<p style="color: {{ colour }}">',
        '<p class="a {% if b > c %}d{% endif %}" style=color:red>',
        '<button{% if x %} disabled{% endif %} onclick="go()">',
        '<svg onload="go()"/>',
        '<a href="javascript:go()">',
    ],
)
def test_inline_things_are_found(bad):
    assert len(inline(bad)) == 1


@pytest.mark.parametrize(
    "bad",
    [
        '<img src="https://example.org/a.png">',
        '<link rel="stylesheet" href="//example.org/a.css">',
        "<script src='http://example.org/a.js'></script>",
        '<form action="https://example.org/" method="post">',
        '<use xlink:href="https://example.org/a.svg#b"/>',
    ],
)
def test_foreign_things_are_found(bad):
    assert len(foreign(bad)) == 1


def test_what_is_right_stays_right():
    good = """{% load static %}{% comment %}<p style="x">{{ a|safe }}{% now "Y" %}{% endcomment %}{# <style> #}
    <script src="{% static 'site/site.js' %}" defer></script><script type="application/ld+json">{"a": 1}</script>
    <link rel="preload" href="{% static "a.woff2" %}"><a href="https://example.org/">{{ x|default:"style=" }}</a>
    <p data-left="{% translate "on=" %}" class="style on">style="text" onclick=</p>{% if on %}{{ on }}{% endif %}
    {{ a|safe_slug }}{% autoescape on %}{% endautoescape %}"""

    assert (inline(good), foreign(good), unescaped(good), own_clock(good)) == ([], [], [], [])


def test_unescaped_text_and_other_clocks_are_found(tmp_path: Path):
    text = "{{ a|safe }}\n{{ b | safeseq }}\n{% autoescape off %}\n{% filter force_escape|safe %}\n{% now 'Y' %}"
    source = "from django.utils import safestring as s\nfrom django.utils.safestring import mark_safe as m\n"
    module = ast.parse(source + "s.mark_safe(x)\nm(x)\ns.SafeString(x)\nformat_html(x)\n")

    assert [line for line, _what in unescaped(text)] == [1, 2, 3, 4]
    assert [line for line, _what in own_clock(text)] == [5]
    assert [is_plain(tmp_path / name) for name in ("a.html", "a.xml", "a.txt")] == [False, False, True]
    assert sorted(node.lineno for node, _what in marks_safe(module)) == [3, 4, 5]
