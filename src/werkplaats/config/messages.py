"""The message catalogue: which Dutch words the source says, and their English.

The source language is Dutch, so a msgid is what a Dutch visitor reads. Needs no
gettext on the machine: Django turns templates into calls, Python reads its own.

    python -m werkplaats.config.messages update     after changing words in the source
    python -m werkplaats.config.messages compile    makes what the running site reads

The .po holds no line numbers and no dates, so that it changes only when words do.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[1]
LOCALE = SOURCE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"

_HEADER = """\
# The English of Werkplaats. Made by python -m werkplaats.config.messages update.
msgid ""
msgstr ""
"Project-Id-Version: werkplaats\\n"
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


class Message(NamedTuple):
    """What is looked up in the catalogue."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def id(self) -> str | tuple[str, str]:
        """The id as babel writes it: a pair when there is a plural."""
        return (self.singular, self.plural) if self.plural else self.singular


# Which arguments of Django's functions are context, singular and plural.
_ARGUMENTS: dict[str, dict[str, int]] = {
    "gettext": {"singular": 0},
    "ngettext": {"singular": 0, "plural": 1},
    "pgettext": {"context": 0, "singular": 1},
    "npgettext": {"context": 0, "singular": 1, "plural": 2},
}
_FUNCTIONS = {name + ending: arguments for name, arguments in _ARGUMENTS.items() for ending in ("", "_lazy", "_noop")}

# Django's templatize leaves blanks and calls with plain string literals.
_LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL = re.compile(rf"\b(n?p?gettext|_)\(({_LITERAL}(?:,\s*{_LITERAL})*)")


def python_messages(source: str) -> Iterator[Message]:
    """The messages in Python source, under whatever name it imported Django's functions.

    Reads the syntax tree rather than tokens: a call inside an f-string counts too.
    """
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: _FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _FUNCTIONS
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        arguments = None
        if isinstance(node.func, ast.Name):
            arguments = names.get(node.func.id)
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            arguments = _FUNCTIONS.get(node.func.attr) if node.func.value.id == "translation" else None
        if arguments:
            given = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            values = {part: given[place] for part, place in arguments.items() if place < len(given)}
            if len(values) == len(arguments) and all(isinstance(value, str) for value in values.values()):
                yield Message(**{part: str(value) for part, value in values.items()})


def template_messages(source: str) -> Iterator[Message]:
    """The messages in a Django template."""
    for function, literals in _CALL.findall(templatize(source)):
        given = [ast.literal_eval(literal) for literal in re.findall(_LITERAL, literals)]
        if function == "_":
            # Django doubles percent signs when it looks a constant up, but templatize leaves these alone.
            given = [text.replace("%", "%%") for text in given]
        arguments = _ARGUMENTS["gettext" if function == "_" else function]
        yield Message(**{part: given[place] for part, place in arguments.items()})


def _found(source: Path) -> Iterator[tuple[str, Message]]:
    for path in sorted(source.rglob("*")):
        place = path.relative_to(source)
        if not path.is_file() or "migrations" in place.parts:
            continue
        if path.suffix == ".py":
            messages = python_messages(path.read_text())
        elif "templates" in place.parts:
            messages = template_messages(path.read_text())
        else:
            continue
        for message in messages:
            yield place.as_posix(), message


def extract(source: Path = SOURCE) -> dict[Message, list[str]]:
    """Every message in the source with the files it stands in.

    A text used both with and without a plural is one message with a plural, as gettext has it.
    """
    found: dict[Message, list[str]] = {}
    plurals: dict[tuple[str, str], Message] = {}
    seen = list(_found(source))
    for _place, message in seen:
        if message.plural:
            plurals[message.context, message.singular] = message
    for place, message in seen:
        places = found.setdefault(plurals.get((message.context, message.singular), message), [])
        if place not in places:
            places.append(place)
    return found


def read(path: Path = ENGLISH) -> Catalog:
    """The catalogue as it is; empty when there is none yet."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update(path: Path = ENGLISH, source: Path = SOURCE) -> list[Message]:
    """Write the messages of the source, keeping translations and dropping what is no longer said.

    Gives the messages that still need English.
    """
    old = read(path)
    new = Catalog(locale="en")
    untranslated = []
    for message, places in sorted(extract(source).items()):
        kept = old.get(message.singular, message.context or None)
        text = kept.string if kept is not None and bool(kept.pluralizable) == bool(message.plural) else None
        new.add(
            message.id,
            text or (("", "") if message.plural else ""),
            locations=[(place, 0) for place in places],
            flags=kept.flags & {"fuzzy"} if kept is not None and text else (),
            user_comments=kept.user_comments if kept is not None else (),
            context=message.context or None,
        )
        if not text or not all(text if isinstance(text, tuple) else [text]):
            untranslated.append(message)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_HEADER.encode())
        write_po(file, new, width=120, omit_header=True, sort_output=True, include_lineno=False)
    return untranslated


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Make the .mo of every language; what is fuzzy or empty stays Dutch."""
    made = []
    for path in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        made.append(path.with_suffix(".mo"))
    return made


def main(arguments: list[str]) -> int:
    """Run one command; the answer is the exit code."""
    if arguments == ["update"]:
        for message in update():
            print(f"zonder Engels: {message.singular}")
        return 0
    if arguments == ["compile"]:
        print(f"{len(compile_all())} catalogus gemaakt")
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
