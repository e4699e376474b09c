"""Two partnerships of organisations that are one: what the one that stays says afterwards, so that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t

from werkplaats.core import dates
from werkplaats.core.models import Basis
from werkplaats.network.models import Partnership

# Of the source, what does not fit is not cut off but refused.
_MOST = 200


@dataclass(frozen=True)
class Joined:
    """What the one that stays becomes: field -> value. ``here`` goes before; what the other says besides is added."""

    here: Partnership
    values: dict[str, Any]

    @classmethod
    def of(cls, here: Partnership, there: Partnership) -> Joined:
        """Of two at the same time in one werkplaats, of which the first stays."""
        values: dict[str, Any] = {name: _both(here, there, name, "\n") for name in ("seeks", "brings")}
        values["looked_at"] = max(filter(None, (here.looked_at, there.looked_at)), default=None)
        if Basis.KNOWN in (here.basis, there.basis):
            values["basis"] = Basis.KNOWN
        source = [_both(here, there, "source", "; ")]
        if here.campaign_id is None:
            values["campaign"], values["consultation"] = there.campaign, there.consultation
        elif there.campaign_id and there.campaign_id != here.campaign_id:
            source.append(_t("kwam ook door %(campaign)s") % {"campaign": there.campaign})
        if here.campaign_id and there.consultation_id and there.consultation_id != here.consultation_id:
            if here.consultation_id is None and here.campaign_id == there.campaign_id:
                values["consultation"] = there.consultation
            else:
                source.append(_t("kwam ook uit overleg %(name)s") % {"name": there.consultation})
        values["source"] = "; ".join(filter(None, source))
        return cls(here, values)

    @property
    def told(self) -> list[tuple[str, str]]:
        """(field, what it becomes) in words, of what the one that stays does not say yet."""
        found = []
        for name, value in self.values.items():
            if value and value != getattr(self.here, name):
                said = dates.show(value, dates.Precision.DAY) if name == "looked_at" else str(value)
                found.append((str(Partnership._meta.get_field(name).verbose_name), said))
        return found

    @property
    def refusals(self) -> list[str]:
        """Why these cannot be joined so."""
        if len(self.values["source"]) <= _MOST:
            return []
        words = {"most": _MOST, "source": self.values["source"]}
        message = _t(
            "De bron van de samenwerkingen wordt samen langer dan %(most)d tekens: “%(source)s”. Kort er eerst een in."
        )
        return [message % words]


def _both(here: Partnership, there: Partnership, name: str, between: str) -> str:
    return between.join(dict.fromkeys(filter(None, (getattr(here, name), getattr(there, name)))))
