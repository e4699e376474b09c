"""What the reader of the command line says by itself, in Dutch."""

from __future__ import annotations

import argparse

_WORDS = {
    "usage: ": "gebruik: ",
    "positional arguments": "wat erbij hoort",
    "options": "keuzes",
    "show this help message and exit": "laat deze uitleg zien",
    "show program's version number and exit": "laat zien welke versie dit is",
    "%(prog)s: error: %(message)s\n": "%(prog)s: dat ging niet. %(message)s\n",
    "argument %(argument_name)s: %(message)s": "Bij %(argument_name)s: %(message)s",
    "unrecognized arguments: %s": "Dit kennen we niet: %s",
    "the following arguments are required: %s": "Dit ontbreekt nog: %s",
    "not allowed with argument %s": "dit gaat niet samen met %s",
    "one of the arguments %s is required": "een van deze is nodig: %s",
    "expected one argument": "hier hoort één waarde bij",
    "expected at most one argument": "hier hoort hoogstens één waarde bij",
    "expected at least one argument": "hier hoort minstens één waarde bij",
    "expected %s argument": "hier hoort %s waarde bij",
    "expected %s arguments": "hier horen %s waarden bij",
    "invalid %(type)s value: %(value)r": "%(value)r is hier geen goede waarde",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r bestaat niet. Kies uit: %(choices)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s kan meer betekenen: %(matches)s",
    "ignored explicit argument %r": "hier hoort geen waarde bij, maar er staat %r",
}


def speak() -> None:
    """From here on the reader of the command line says these words; what is not among them stays English."""
    argparse._ = lambda text: _WORDS.get(text, text)  # type: ignore[attr-defined]
    argparse.ngettext = lambda one, more, number: argparse._(one if number == 1 else more)  # type: ignore[attr-defined]
