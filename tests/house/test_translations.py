"""English is complete: every Dutch word of the interface has its translation, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from werkplaats.config import messages
from werkplaats.config.messages import Message

from .plan import told

_slot = re.compile(r"%\(\w+\)[sdf]|(?<!\{)\{\w*\}(?!\})|%%")


def _slots(text: str) -> list[str]:
    return sorted(set(_slot.findall(text)))


def wrong_translations(found: Mapping[Message, list[str]], catalogue: Catalog) -> list[str]:
    """Messages without (sure) English, English without a message, and placeholders that got lost."""
    wrong = []
    for message, places in sorted(found.items()):
        entry = catalogue.get(message.singular, message.context or None)
        english = entry.string if entry is not None else ""
        given = english if isinstance(english, tuple) else (english,)
        wanted = (message.singular, message.plural) if message.plural else (message.singular,)
        if len(given) != len(wanted) or not all(given):
            wrong.append(f"{message.singular!r} has no English ({places[0]})")
        elif entry is not None and entry.fuzzy:
            wrong.append(f"{message.singular!r} is fuzzy: look at it and remove the mark")
        elif any(not set(_slots(text)) <= set(_slots(wanted[-1])) | set(_slots(wanted[0])) for text in given):
            wrong.append(f"{message.singular!r}: its English has other placeholders")
        elif _slots(given[-1]) != _slots(wanted[-1]):
            wrong.append(f"{message.singular!r}: its English misses a placeholder")
    return wrong + sorted(unused(found, catalogue))


def unused(found: Iterable[Message], catalogue: Catalog) -> list[str]:
    """What stands in the catalogue and is said nowhere."""
    said = {(message.singular, message.context or None) for message in found}
    kept = [entry for entry in catalogue if entry.id] + list(catalogue.obsolete.values())
    ids = [(entry.id[0] if isinstance(entry.id, tuple) else entry.id, entry.context) for entry in kept]
    return [f"{text!r} is said nowhere" for text, context in ids if (text, context) not in said] + [
        f"{entry.id!r} is obsolete" for entry in catalogue.obsolete.values()
    ]


def test_english_is_complete():
    wrong = wrong_translations(messages.extract(), messages.read())

    assert wrong == [], told(
        "Run `python -m werkplaats.config.messages update` and write the English in locale/en/LC_MESSAGES/django.po",
        wrong,
    )


def test_the_catalogue_is_as_update_writes_it(tmp_path):
    if not messages.ENGLISH.exists():
        pytest.fail("There is no catalogue yet: run `python -m werkplaats.config.messages update`")
    copy = tmp_path / "django.po"
    copy.write_bytes(messages.ENGLISH.read_bytes())
    messages.update(copy)

    assert copy.read_text() == messages.ENGLISH.read_text(), (
        "Run `python -m werkplaats.config.messages update`: order, places or line breaks of the catalogue differ"
    )


SOURCE = {
    "agenda/rules.py": """
from django.utils import translation
from django.utils.translation import gettext as _t, gettext_lazy as _, ngettext, pgettext_lazy as p
A = _("open"), _("lang " "woord"), p("op slot", "dicht"), translation.gettext("ver"), _(not_known), other("niet")
def told(n): return ngettext("%(n)d vraag", "%(n)d vragen", n), f"{_t('binnenin')}"
""",
    "site/templates/site/page.html": """{% load i18n %}{% translate "open" %} {{ x|default:_("leeg %") }}
{% component "a" title=_("deel (1)") %}{# _("niet") #}{% comment %}{% translate "niet" %}{% endcomment %}
{% blocktranslate count n=n trimmed %}
  één {{ n }} "ding"
{% plural %}
  {{ n }} 'dingen'
{% endblocktranslate %}{% translate "dicht" context "bijna" %}""",
    "site/templates/site/mail.txt": "{% load i18n %}{% blocktranslate %}Dag {{ naam }},\n100 %{% endblocktranslate %}",
    "agenda/migrations/0001_initial.py": "from django.utils.translation import gettext as _\n_('niet')",
    "agenda/data/words.txt": "_('niet')",
}
SAID = {
    Message("open"): ["agenda/rules.py", "site/templates/site/page.html"],
    Message("lang woord"): ["agenda/rules.py"],
    Message("dicht", context="op slot"): ["agenda/rules.py"],
    Message("ver"): ["agenda/rules.py"],
    Message("%(n)d vraag", "%(n)d vragen"): ["agenda/rules.py"],
    Message("binnenin"): ["agenda/rules.py"],
    Message("leeg %%"): ["site/templates/site/page.html"],
    Message("deel (1)"): ["site/templates/site/page.html"],
    Message('één %(n)s "ding"', "%(n)s 'dingen'"): ["site/templates/site/page.html"],
    Message("dicht", context="bijna"): ["site/templates/site/page.html"],
    Message("Dag %(naam)s,\n100 %%"): ["site/templates/site/mail.txt"],
}


@pytest.fixture
def source(tmp_path) -> Path:
    for name, text in SOURCE.items():
        path = tmp_path / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "src"


def test_every_message_is_found(source):
    assert messages.extract(source) == SAID


def test_update_keeps_translations_and_drops_what_is_no_longer_said(source, tmp_path):
    path = tmp_path / "django.po"
    assert set(messages.update(path, source)) == set(SAID)
    written = path.read_text()
    assert str(tmp_path) not in written and not re.search(r"^#: .*:\d", written, re.MULTILINE)
    path.write_text(
        written.replace('msgid "open"\nmsgstr ""', 'msgid "open"\nmsgstr "open!"').replace(
            'msgid_plural "%(n)d vragen"\nmsgstr[0] ""\nmsgstr[1] ""',
            'msgid_plural "%(n)d vragen"\nmsgstr[0] "%(n)d question"\nmsgstr[1] "%(n)d questions"',
        )
        + '\nmsgid "weg"\nmsgstr "gone"\n'
    )

    left = messages.update(path, source)

    catalogue = messages.read(path)
    assert catalogue["open"].string == "open!"
    assert catalogue["%(n)d vraag"].string == ("%(n)d question", "%(n)d questions")
    assert set(left) == set(SAID) - {Message("open"), Message("%(n)d vraag", "%(n)d vragen")}
    assert "weg" not in path.read_text()
    again = path.read_text()
    messages.update(path, source)
    assert path.read_text() == again


def test_compiled_is_what_was_written(source, tmp_path):
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    messages.update(path, source)
    path.write_text(path.read_text().replace('msgid "ver"\nmsgstr ""', 'msgid "ver"\nmsgstr "far"'))

    (made,) = messages.compile_all(tmp_path)

    with made.open("rb") as file:
        assert read_mo(file)["ver"].string == "far"


def test_wrong_translations_are_found(tmp_path):
    path = tmp_path / "bad.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "goed"\nmsgstr "right"\n\nmsgid "leeg"\nmsgstr ""\n\n#, fuzzy\nmsgid "gok"\nmsgstr "guess"\n\n'
        'msgid "dag %(naam)s"\nmsgstr "hello %(name)s"\n\nmsgid "om {tijd}"\nmsgstr "at"\n\n'
        'msgid "weg"\nmsgstr "gone"\n\nmsgid "%(n)d uur"\nmsgid_plural "%(n)d uren"\n'
        'msgstr[0] "an hour"\nmsgstr[1] "%(n)d hours"\n\n#~ msgid "oud"\n#~ msgstr "old"\n'
    )
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en")
    plain = ("goed", "leeg", "gok", "nergens", "dag %(naam)s", "om {tijd}")
    found = {Message(text): ["a.py"] for text in plain} | {Message("%(n)d uur", "%(n)d uren"): ["a.py"]}

    wrong = wrong_translations(found, catalogue)

    assert [line.split("'")[1] for line in wrong] == [
        "dag %(naam)s",
        "gok",
        "leeg",
        "nergens",
        "om {tijd}",
        "oud",
        "oud",
        "weg",
    ]
