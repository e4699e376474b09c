"""What the JSON file of the network may look like, looked at before anything in it is used."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.core.tables import Problem

# No database keeps these: a zero character, half of a pair.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class Text:
    """Text or a number."""

    def __init__(self, longest: int = 2000) -> None:
        self.longest = longest


def _fields(names: str, **others: Any) -> dict[str, Any]:
    return {**{name: Text() for name in names.split()}, **others}


WERKPLAATS = _fields(
    "slug name brand region status start joined guest_year group_word start_basis",
    former=[Text(120)],
    themes=[Text(120)],
    programmes_of_study=[Text(120)],
    # A name, or a name with the organisation it belongs to.
    lectorates=[(Text(), _fields("name organisation valid_from valid_to"))],
    leads=[_fields("organisation role lectorate valid_from valid_to", former_names=[Text(160)])],
    area=_fields("basis note valid_from", municipalities=[Text()]),
)
PHASE = _fields(
    "name start end note actual source announced announced_start announced_end",
    announced=(Text(), {"*": Text()}),
    goals=[Text()],
)
GRANT = _fields("werkplaats phase amount_eur amount_announced share funder earmark note")


def shaped(value: Any, shape: Any, row: str, problems: list[Problem], column: str = "") -> Any:
    """The value with every text as text and without empty (null) fields; what does not fit is added to ``problems``."""
    if isinstance(shape, tuple):
        simple, other = shape
        shape = other if isinstance(value, dict) else simple
    if isinstance(shape, list) and isinstance(value, list):
        return [shaped(one, shape[0], row, problems, f"{column}[{n}]") for n, one in enumerate(value, 1)]
    if isinstance(shape, dict) and isinstance(value, dict):
        within = f"{column}." if column else ""
        return {
            name: shaped(one, shape.get(name, shape.get("*")), row, problems, f"{within}{name}")
            for name, one in value.items()
            if one is not None and (name in shape or "*" in shape)
        }
    if isinstance(shape, Text) and isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return _text(str(value), shape, row, problems, column)
    problems.append(Problem(row, column, _wanted(shape)))
    return None


def _text(text: str, shape: Text, row: str, problems: list[Problem], column: str) -> str:
    if _NO_TEXT.search(text):
        problems.append(Problem(row, column, _t("hierin staat een teken dat geen tekst is")))
        return ""
    if len(text) > shape.longest:
        message = _t("hier passen hoogstens %(most)d tekens in") % {"most": shape.longest}
        problems.append(Problem(row, column, message))
        return ""
    return text


def _wanted(shape: Any) -> str:
    if isinstance(shape, list):
        return _t("hier hoort een lijst te staan")
    if isinstance(shape, dict):
        return _t("hier horen velden met een naam te staan")
    return _t("hier hoort tekst of een getal te staan")
