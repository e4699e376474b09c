"""What the page tells the reader."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.core.components import component

NOTICE_CLASSES = {
    "info": "notice--info",
    "debug": "notice--info",
    "warning": "notice--warning",
    "error": "notice--error",
    "success": "notice--success",
}
NOTICE_ROLES = {"error": "alert", "success": "status"}
# Spoken before the text, because colour and icon are not.
NOTICE_WORDS: dict[str, str | Promise] = {
    "warning": _("Let op:"),
    "error": _("Fout:"),
    "success": _("Gelukt:"),
}


@component(
    "notice",
    "site/components/notice.html",
    examples=(
        ("Mededeling", {"text": "Deze vraag is samengevoegd met een vraag uit Leusden."}),
        (
            "Met titel en punten",
            {
                "title": "Wat er nu gebeurt",
                "text": "Uw vraag staat bij de werkplaats Utrecht.",
                "items": ("Binnen tien werkdagen leest iemand uw vraag.", "U hoort wat ermee gebeurt."),
            },
        ),
        ("Let op", {"text": "De reactietermijn is voorbij. De coördinator weet ervan.", "tone": "warning"}),
        ("Fout", {"title": "Niet verstuurd", "text": "Wat u typte, is bewaard. Probeer het opnieuw.", "tone": "error"}),
        ("Gelukt", {"text": "Uw wijziging is bewaard.", "tone": "success"}),
    ),
)
@dataclass(frozen=True)
class Notice:
    """A message; ``tone`` is info, warning, error or success."""

    text: str
    title: str = ""
    tone: str = "info"
    items: Any = ()
    level: int = 2

    @property
    def css(self) -> str:
        """Class of the tone; KeyError for a tone that does not exist."""
        return NOTICE_CLASSES[self.tone]

    @property
    def role(self) -> str:
        """How a screen reader should hear of it."""
        return NOTICE_ROLES.get(self.tone, "")

    @property
    def word(self) -> str | Promise:
        """The tone in a word."""
        return NOTICE_WORDS.get(self.tone, "")


@component(
    "help_line",
    "site/components/help_line.html",
    examples=(
        (
            "Rustig",
            {
                "title": "Heeft u nu hulp nodig?",
                "intro": "Op deze site verzamelen we vragen voor onderzoek. Hulp krijgt u hier:",
                "contacts": [
                    ("Onafhankelijke cliëntondersteuner", "Vraag ernaar bij uw gemeente; het is gratis.", ""),
                    ("Veilig Thuis, dag en nacht", "Bel 0800-2000", "tel:08002000"),
                ],
            },
        ),
        (
            "Dringend",
            {
                "title": "Bel eerst iemand",
                "intro": "Uw bericht klinkt alsof u snel hulp nodig heeft. Wacht niet op ons, bel nu:",
                "contacts": [
                    ("Is er nu gevaar?", "Bel 112", "tel:112"),
                    ("Gedachten aan zelfmoord: 113, gratis, dag en nacht", "Bel 0800-0113", "tel:08000113"),
                    ("Huiselijk geweld: Veilig Thuis", "Bel 0800-2000", "tel:08002000"),
                    ("Uw huisarts", "In de avond en het weekend de huisartsenpost.", ""),
                ],
                "urgent": True,
            },
        ),
    ),
)
@dataclass(frozen=True)
class HelpLine:
    """Whom to call: (name, text of the link such as "Bel 112", address); without address the text is plain."""

    title: str
    intro: str
    contacts: Any
    urgent: bool = False
    level: int = 2


@component(
    "empty",
    "site/components/empty.html",
    examples=(
        (
            "Met een knop",
            {
                "title": "Nog geen vragen uit Zeewolde",
                "text": "Zodra iemand uit Zeewolde een vraag stelt, ziet u die hier.",
                "action_label": "Stel de eerste vraag",
                "action_url": "#",
            },
        ),
        ("Zonder knop", {"title": "Niets gevonden", "text": "Probeer een ander woord, of haal een filter weg."}),
    ),
)
@dataclass(frozen=True)
class Empty:
    """What would fill this list, and the button to do it."""

    title: str
    text: str
    action_label: str = ""
    action_url: str = ""
    level: int = 2


@component(
    "tombstone",
    "site/components/tombstone.html",
    examples=(
        (
            "Ingetrokken vraag",
            {
                "title": "Deze vraag is ingetrokken",
                "text": "De vrager heeft de vraag op 4 mei 2026 ingetrokken. De tekst is verwijderd.",
                "items": ("Regio: Utrecht", "Gesteld op 3 februari 2026"),
            },
        ),
        ("Beëindigd", {"title": "Deze werkplaats is gestopt", "text": "Wat er is gemaakt, blijft te vinden."}),
    ),
)
@dataclass(frozen=True)
class Tombstone:
    """What stays of a record that ended."""

    title: str
    text: str
    items: Any = ()
    level: int = 2
