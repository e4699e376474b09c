"""One small network, with something in it that is not public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests import factories
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status as QuestionStatus
from werkplaats.core.models import Basis
from werkplaats.network.models import Phase, ServiceArea, Werkplaats
from werkplaats.network.rules import Status
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme


@dataclass(frozen=True)
class Network:
    """What the fixture of this name made."""

    theme: Theme
    assen: Municipality
    goes: Municipality
    noord: Werkplaats
    zeeland: Werkplaats
    question: Question
    withdrawn: Question
    waiting: Question

    @property
    def gone_uid(self) -> str:
        """What is no longer there, but was."""
        return str(self.withdrawn.uid)


def make_network() -> Network:
    """Two werkplaatsen, two municipalities, and a question in each kind of state."""
    theme = factories.make_theme("Eenzaamheid", synonyms=["alleen voelen"])
    assen = factories.make_municipality("Assen", aliases=["Asn"], population=70_000)
    goes = factories.make_municipality("Goes", province=factories.make_province("Zeeland"))
    noord = factories.make_werkplaats(
        "Noord", areas=[assen], themes=[theme], brand="Noordwerk", own_themes=["leefbaarheid"], studies=["social work"]
    )
    zeeland = factories.make_werkplaats("Zeeland", status=Status.CANDIDATE)
    ServiceArea.objects.create(
        werkplaats=zeeland, municipality=goes, valid_from=factories.LONG_AGO, basis=Basis.ASSUMED
    )
    organisation = factories.make_organisation("Welzijn Assen", municipality=assen)
    noord.partnerships.create(
        organisation=organisation, stage="actief", valid_from=factories.LONG_AGO, seeks="geheim", brings="geheim"
    )
    noord.leads.create(
        organisation=organisation, role="trekker", valid_from=factories.LONG_AGO, lectorate="Samen leven"
    )
    phase = Phase.objects.create(name="Fase 1", valid_from=date(2009, 9, 1))
    noord.grants.create(phase=phase, amount_eur="1250000.50", earmark="landelijk", funder="geheim")
    common: dict[str, Any] = {"werkplaats": noord, "municipality": assen, "themes": [theme]}
    question = factories.make_question(
        "Mijn buurvrouw Fatima voelt zich alleen. Wat helpt tegen eenzaamheid?",
        masks=[{"start": 15, "end": 21, "kind": "naam"}],
        source="bijeenkomst",
        **common,
    )
    question.supports.create(
        organisation=organisation, mandate="ambtelijk", reason="Ook hier", valid_from=factories.LONG_AGO,
        account=factories.make_account("ada@example.org"),
    )  # fmt: skip
    withdrawn = factories.make_question("Hoe krijg ik schulden weg?", **common)
    withdrawn.status = QuestionStatus.WITHDRAWN
    withdrawn.save()
    waiting = factories.make_question("Wie leest dit nog niet?", public=False, **common)
    return Network(theme, assen, goes, noord, zeeland, question, withdrawn, waiting)
