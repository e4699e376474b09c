"""What people wrote and sent along: pages in each state, documents and a picture, in the own section and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests import factories
from tests.news import planted
from werkplaats.core.actors import SYSTEM
from werkplaats.news import actions
from werkplaats.news.models import AboutPage, NewsPage, RegionalSite, TextPage

if TYPE_CHECKING:
    from tests.access.world import World

# Pages that wait for a second person: where, and who wrote and submitted them.
_WAITING = {
    "eigen": ("eigen", "partnerredacteur"), "coordinator": ("eigen", "coordinator"), "lector": ("eigen", "lector"),
    # There is nobody else in that section.
    "vreemd": ("vreemd", "vreemd"),
    "vreemd-partner": ("vreemd", "vreemd-partner"),
    # Written by who is no national editor any more, and by the only one.
    "landelijk": ("landelijk", "vreemd-bekend"), "landelijk-zelf": ("landelijk", "landelijkredacteur"),
}  # fmt: skip
_DRAFTS = {
    "eigen": ("eigen", "partnerredacteur"), "coordinator": ("eigen", "coordinator"), "vreemd": ("vreemd", "vreemd"),
    "landelijk": ("landelijk", "vreemd-bekend"),
}  # fmt: skip


def fill_pages(world: World) -> None:
    """All of it. Titles of what is on the site are plain words: those are for everyone."""
    made = world.records
    places = ("eigen", "vreemd", "onbemand")
    sections = factories.make_sections(*(made[f"werkplaats-{place}"] for place in places))
    for place, section in zip(("landelijk", *places), sections, strict=True):
        made[f"afdeling-{place}"] = section
        if section.werkplaats:
            made[f"site-{place}"] = section.werkplaats.site
        file = planted.upload(planted.pdf(), "a.pdf")
        title = world.plant(f"document-{place}", "naam")
        made[f"document-{place}"] = actions.add_document(title=title, file=file, section=section, by=SYSTEM)
    shown = actions.add_document(
        title="Verslag voor iedereen", file=planted.upload(planted.pdf(), "b.pdf"), section=sections[1], by=SYSTEM
    )
    made["document-getoond"] = shown
    made["site-onbekend"] = RegionalSite()
    for name, (place, by) in _DRAFTS.items():
        _draft(world, f"nieuws-concept-{name}", place, by)
    for name, (place, by) in _WAITING.items():
        page = _draft(world, f"nieuws-wacht-{name}", place, by)
        page.get_workflow().start(page, made[f"account-{by}"])
        page.refresh_from_db()
    for name, model in (("nieuws", NewsPage), ("pagina", TextPage), ("over", AboutPage)):
        for place in ("eigen", "vreemd"):
            title = f"{name.title()} van {place} voor iedereen"
            body = [("document", shown)] if (name, place) == ("nieuws", "eigen") else []
            made[f"{name}-{place}"] = factories.make_page(
                title, made[f"werkplaats-{place}"], model=model, body=body, intro="Kort."
            )
        if model is not AboutPage:
            _taken_off(world, f"{name}-weg", model)
            made[f"{name}-onbekend"] = model()
    _draft(world, "pagina-concept", "eigen", "coordinator", TextPage)
    _draft(world, "over-concept", "onbemand", "vreemd-lector", AboutPage)
    for place, section in zip(("landelijk", *places), sections, strict=True):
        file = planted.upload(planted.picture(), "foto.jpg")
        title = world.plant(f"afbeelding-{place}", "naam")
        made[f"afbeelding-{place}"] = actions.add_picture(
            title=title, file=file, description="", section=section, by=SYSTEM
        )
        made[f"afbeelding-{place}"].get_rendition("max-165x165")
    made["foto"] = made["afbeelding-eigen"].get_rendition("width-32")
    made["foto"].name = made["foto"].file.name.rpartition("/")[2]
    actions.refresh_roles(by=SYSTEM)
    _addressed(made)


def _draft(world: World, key: str, place: str, by: str, model: type[Any] = NewsPage) -> Any:
    werkplaats = None if place == "landelijk" else world.records[f"werkplaats-{place}"]
    page = factories.make_page(
        world.plant(key, "titel"), werkplaats, model=model, live=False, owner=world.records[f"account-{by}"]
    )
    world.records[key] = page
    return page


def _taken_off(world: World, key: str, model: type[Any]) -> None:
    page = factories.make_page("Stond er even", world.records["werkplaats-eigen"], model=model, intro="Kort.")
    # Its words went with it.
    text = world.plant(key, "tekst")
    page.body = [("heading", text)]
    page.save_revision().publish()
    page.refresh_from_db()
    page.unpublish()
    page.refresh_from_db()
    world.records[key] = page


def _addressed(made: dict[str, Any]) -> None:
    """What the library's addresses call the parts of a record."""
    for key, record in made.items():
        if key.startswith(("afdeling-", "nieuws-", "pagina-", "over-")) and record.pk:
            record.page_id = record.parent_page_id = record.page_to_move_id = record.pk
            record.revision_id = record.revision_id_a = record.revision_id_b = record.latest_revision_id
            record.content_type_app_name, record.content_type_model_name = "news", "newspage"
        elif key.startswith("document-"):
            # Else the library writes it down when somebody first looks.
            record.get_file_size()
            record.document_id = record.pk
        elif key.startswith("afbeelding-"):
            record.get_file_size()
            record.image_id = record.pk
