"""How research appears in the hall. Of results only what a second person read; of people nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from werkplaats.catalogue.refresh import tied_until_now
from werkplaats.core import registry
from werkplaats.core.models import Visibility
from werkplaats.core.registry import EntryData, LinkData, Source
from werkplaats.network.models import Organisation, Werkplaats
from werkplaats.places.models import Municipality
from werkplaats.research.models import (
    Circle,
    CircleMember,
    CirclePartner,
    NationalTheme,
    Pilot,
    PilotPartner,
    Project,
    ProjectPartner,
    ThemeWork,
    Yield,
    YieldPartner,
)
from werkplaats.research.rules import State, Strand, YieldKind, seen_by_all_of

_TIED: dict[type[Any], tuple[str, ...]] = {
    Project: ("werkplaats", "organisation", "national_theme"),
    Circle: ("werkplaats", "national_theme", "project"),
    Pilot: ("werkplaats", "circle", "project"),
    Yield: ("werkplaats", "circle", "project"),
    NationalTheme: (),
}
_MANY: dict[type[Any], tuple[str, ...]] = {
    Project: (
        "others",
        "questions",
        "publications",
        "municipalities",
        "approaches",
        "partners__organisation",
        "yields",
    ),
    Circle: ("publications", "approaches", "partners__organisation", "members__organisation", "yields"),
    Pilot: ("municipalities", "approaches", "partners__organisation"),
    Yield: (
        "municipalities",
        "approaches",
        "partners__organisation",
        "circle__themes__parent",
        "project__themes__parent",
    ),
    NationalTheme: ("work__werkplaats",),
}  # fmt: skip


def _on_site(model: type[Any]) -> Any:
    """Those that were not taken off the site; of findings those that a second person read."""
    rows = model.objects.filter(withdrawn="")
    return rows.exclude(kind=YieldKind.FINDING, read_at=None) if model is Yield else rows


def _records(model: type[Any]) -> Any:
    return _on_site(model).select_related(*_TIED[model]).prefetch_related("themes__parent", *_MANY[model])


def _working_on(record: Any) -> list[str]:
    """The organisations that lead it, work with it or sit in it."""
    rows = [*record.partners.all(), *(record.members.all() if hasattr(record, "members") else ())]
    found = [getattr(record, "organisation", None), *(row.organisation for row in rows)]
    return sorted({one.uid for one in found if one is not None})


# Rows that name an organisation, by what they are of.
_NAMING: tuple[tuple[type[Any], str, type[Any]], ...] = (
    (ProjectPartner, "project", Project),
    (CirclePartner, "circle", Circle),
    (CircleMember, "circle", Circle),
    (PilotPartner, "pilot", Pilot),
    (YieldPartner, "made", Yield),
)


def _named_by(row: type[Any], whole: str, model: type[Any]) -> Callable[[], Any]:
    """The organisations that these rows name to everyone."""

    def lookup() -> Any:
        shown = _on_site(model).filter(visibility=Visibility.PUBLIC)
        return row.objects.filter(**{f"{whole}__in": shown}).exclude(organisation=None).values("organisation")

    return lookup


def _leading() -> Any:
    shown = _on_site(Project).filter(visibility=Visibility.PUBLIC)
    return shown.exclude(organisation=None).values("organisation")


def _touched_by(record: Any) -> list[str]:
    """The organisations that it names, or named until now."""
    return [*_working_on(record), *tied_until_now(record.uid, "organisatie")]


def _filed(record: Any, themes: Iterable[Any], regions: Iterable[Any], **more: list[str]) -> dict[str, list[str]]:
    """The facets that all kinds have."""
    themes = list(themes)
    places = [place.uid for place in record.municipalities.all()] if hasattr(record, "municipalities") else []
    found = {
        "thema": sorted({theme.uid for theme in themes}),
        "hoofdthema": sorted({theme.top.uid for theme in themes}),
        "werkplaats": sorted({one.uid for one in regions if one}),
        "gemeente": sorted(places),
        **more,
    }
    if hasattr(record, "partners"):
        found["organisatie"] = _working_on(record)
    if hasattr(record, "approaches"):
        found["aanpak"] = sorted(one.uid for one in record.approaches.all())
    return found


def _about(facets: dict[str, list[str]]) -> list[LinkData]:
    """Whose it is, who worked on it, and what it is about."""
    found = [LinkData("hoort_bij", uid) for name in ("werkplaats", "organisatie") for uid in facets.get(name, [])]
    about = [uid for name in ("thema", "gemeente", "aanpak") for uid in facets.get(name, [])]
    return [*found, *(LinkData("gaat_over", uid) for uid in about)]


def _parts(record: Any) -> list[str]:
    return [f"{part.organisation.name} {part.role}" for part in record.partners.all()]


def _data(record: Any, title: str, said: Iterable[str], facets: dict[str, list[str]], links: Any) -> EntryData:
    texts = [text for text in said if text]
    places = record.municipalities.all() if hasattr(record, "municipalities") else ()
    return EntryData(
        title=title,
        url=record.get_absolute_url(),
        summary=Truncator(" ".join(texts[0].split())).chars(320) if texts else "",
        body="\n".join(texts),
        names=tuple(place.name for place in places),
        visibility=record.visibility,
        published_at=record.published_at,
        starts_on=getattr(record, "valid_from", None) or getattr(record, "on", None),
        ends_on=getattr(record, "valid_to", None),
        facets=facets,
        links=tuple(dict.fromkeys([*_about(facets), *links])),
    )


def _to(tie: str, *others: Any) -> list[LinkData]:
    return [LinkData(tie, other.uid) for other in others if other is not None]


def _project(record: Project) -> EntryData:
    regions = [record.werkplaats, *record.others.all()]
    facets = _filed(record, record.themes.all(), regions, stand=[record.state])
    lead = f"{record.organisation or ''} {record.lectorate}".strip()
    links = [
        *_to("komt_voort_uit", *record.questions.all()),
        *_to("hoort_bij", record.national_theme),
        *_to("levert_op", *record.yields.all(), *record.publications.all()),
    ]
    return _data(record, record.title, [record.summary, record.why, record.plan, lead, *_parts(record)], facets, links)


def _circle(record: Circle) -> EntryData:
    more = {"stand": [record.state], "eigenwoord": [record.word]}
    facets = _filed(record, record.themes.all(), [record.werkplaats], **more)
    made = [*record.yields.all(), *record.publications.all()]
    links = [*_to("hoort_bij", record.project, record.national_theme), *_to("levert_op", *made)]
    return _data(record, record.name, [record.summary, record.looks_at, record.word, *_parts(record)], facets, links)


def _pilot(record: Pilot) -> EntryData:
    facets = _filed(record, record.themes.all(), [record.werkplaats], stand=[record.state])
    links = _to("hoort_bij", record.project, record.circle)
    links += [LinkData("beproeft", record.tried)] if record.tried else []
    said = [record.tries, record.said("outcome"), *_parts(record)]
    return _data(record, record.title, said, facets, links)


def _yield(record: Yield) -> EntryData:
    above = [one for one in (record.circle, record.project) if one is not None]
    open_above = [one for one in above if seen_by_all_of(one, record)]
    themes = [*record.themes.all(), *(theme for one in open_above for theme in one.themes.all())]
    more = {"krachtlijn": [record.strand], "opbrengstsoort": [record.kind]}
    facets = _filed(record, themes, [record.werkplaats], **more)
    links = _to("hoort_bij", *above)
    # It is the other record, so that it rests on what that says.
    links += [LinkData("levert_op", record.points_at)] if record.points_at else []
    said = [record.said("description"), record.why, record.audience, *_parts(record)]
    return _data(record, record.said("title"), said, facets, links)


def _national(record: NationalTheme) -> EntryData:
    facets = _filed(record, record.themes.all(), [one.werkplaats for one in record.work.all()])
    said = [record.description, *(one.what for one in record.work.all())]
    return _data(record, record.name, said, facets, [])


def _gone(model: type[Any]) -> Callable[[str], str]:
    def reason(uid: str) -> str:
        said = model.objects.filter(uid=uid).values_list("withdrawn", flat=True).first()
        return said or _t("van de site gehaald door de werkplaats")

    return reason


def _uids(*models: type[Any], **where: Any) -> list[str]:
    return [uid for model in models for uid in model.objects.filter(**where).values_list("uid", flat=True)]


def _above(record: Any) -> list[str]:
    """A circle or project names what it yielded."""
    return [one.uid for one in (record.circle, record.project) if one is not None]


def _labelled(choices: Any) -> Callable[[Iterable[str]], dict[str, str]]:
    known = {choice.value: choice.label for choice in choices}
    return lambda values: {value: str(known[value]) for value in values if value in known}


def _sides(values: Iterable[str]) -> dict[str, str]:
    """In a list a strand is called by its name alone."""
    return {value: value for value in values if value in Strand.values}


def register() -> None:
    """Tell the core about research."""
    for kind, model, entry, answers in (
        ("project", Project, _project, 0.6),
        ("kenniskring", Circle, _circle, 0.5),
        ("pilot", Pilot, _pilot, 0.7),
        ("opbrengst", Yield, _yield, 0.9),
        ("landelijkthema", NationalTheme, _national, 0.5),
    ):
        # Where several regions stand together none of their own words will do.
        label = _("leergroep") if model is Circle else model._meta.verbose_name
        records = _all_of(model)
        registry.add_source(Source(kind, model, label, records, entry, _gone(model), answers=answers))
        if hasattr(model, "partners"):
            registry.add_affects(model, _touched_by)
    registry.add_affects(Yield, _above)
    # Yields are filed under the themes of what they came from.
    registry.add_affects(Circle, lambda record: _uids(Yield, circle=record))
    registry.add_affects(Project, lambda record: _uids(Yield, project=record))
    registry.add_affects(ThemeWork, lambda record: [record.national_theme.uid])
    registry.add_mentions("organisatie", _leading)
    for row, whole, model in _NAMING:
        registry.add_mentions("organisatie", _named_by(row, whole, model))
        registry.add_affects(row, _both_ends(whole))
    _names_elsewhere()
    registry.add_labels("stand", _labelled(State))
    registry.add_labels("krachtlijn", _sides)
    registry.add_labels("opbrengstsoort", _labelled(YieldKind))
    strands = [registry.Name(value, value) for value in Strand.values]
    registry.add_names("krachtlijn", lambda: strands, said=_("krachtlijn: %(label)s"))


def _both_ends(whole: str) -> Callable[[Any], list[str]]:
    def touches(row: Any) -> list[str]:
        return [getattr(row, whole).uid, *([row.organisation.uid] if row.organisation else [])]

    return touches


def _all_of(model: type[Any]) -> Callable[[], Any]:
    return lambda: _records(model)


def _names_elsewhere() -> None:
    """Names of others stand in the texts, and the region's own word with its groups."""
    registry.add_affects(Werkplaats, lambda record: _uids(Circle, werkplaats=record))
    registry.add_affects(Municipality, lambda record: _uids(Project, Pilot, Yield, municipalities=record))
    registry.add_affects(
        Organisation,
        lambda record: [
            *_uids(Project, organisation=record),
            *_uids(Project, Circle, Pilot, Yield, partners__organisation=record),
            *_uids(Circle, members__organisation=record),
        ],
    )
