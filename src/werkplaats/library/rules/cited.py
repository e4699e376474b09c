"""What a list of literature says of a publication: plain facts, kept with each version as they were then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from werkplaats.library.rules.names import PersonName, parse


@dataclass(frozen=True)
class Maker:
    """Someone who made it, or an organisation that did; the name as printed."""

    name: str
    role: str = "auteur"
    is_group: bool = False
    orcid: str = ""

    @property
    def parts(self) -> PersonName:
        """The name of a person in its parts; of a group it is a family name as a whole."""
        return PersonName(self.name) if self.is_group else parse(self.name)


@dataclass(frozen=True)
class Cited:
    """The facts of one version of a publication. ``year``, ``month`` and ``day`` are 0 when not known."""

    uid: str
    kind: str
    title: str
    address: str
    subtitle: str = ""
    summary: str = ""
    makers: tuple[Maker, ...] = ()
    year: int = 0
    month: int = 0
    day: int = 0
    about: bool = False
    publisher: str = ""
    place: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    lang: str = "nl"
    licence: str = ""
    elsewhere: str = ""
    numbers: tuple[tuple[str, str], ...] = field(default=())

    @property
    def whole_title(self) -> str:
        """Title and subtitle."""
        if not self.subtitle:
            return self.title
        return f"{self.title} {self.subtitle}" if self.title[-1:] in "?!:" else f"{self.title}: {self.subtitle}"

    def number(self, scheme: str) -> str:
        """The first number of a register; "" when there is none."""
        return next((value for name, value in self.numbers if name == scheme), "")

    def by(self, *roles: str) -> list[Maker]:
        """Those who made it in one of these roles, in order."""
        return [maker for maker in self.makers if maker.role in roles]

    def as_plain(self) -> dict[str, Any]:
        """For keeping."""
        return asdict(self)

    @classmethod
    def of_plain(cls, kept: Mapping[str, Any]) -> Cited:
        """As it was kept; what later versions of the program added has its own beginning."""
        known = {one.name for one in fields(cls)}
        values = {name: value for name, value in kept.items() if name in known}
        values["makers"] = tuple(Maker(**one) for one in values.get("makers", ()))
        values["numbers"] = tuple((scheme, value) for scheme, value in values.get("numbers", ()))
        return cls(**values)
