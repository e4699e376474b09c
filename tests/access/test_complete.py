"""Nothing is left out of the table: no address, no canary, no rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.access.addresses import addresses, without_address, without_row
from tests.access.mutations import EXEMPT, MUTATIONS
from tests.access.table import read
from tests.access.turning import found
from tests.access.walk import Walker
from tests.house.plan import SRC, dotted, imported, modules, tree


def test_every_address_has_a_row() -> None:
    missing = without_row(read(), addresses())

    assert missing == [], "\n  ".join(
        [
            f"{len(missing)} adressen staan niet in tests/access.csv. Geef elk een regel (of één voor een begin: "
            "“beheer/users/…”) met wat elke rol er krijgt; zie tests/access/README.md:",
            *missing,
        ]
    )


def test_every_row_has_an_address() -> None:
    gone = without_address(read(), addresses())

    assert gone == [], "\n  ".join(["deze adressen bestaan niet meer; haal hun regels weg:", *gone])


def nothing(request: HttpRequest) -> HttpResponse:
    """A view."""
    return HttpResponse()


def test_a_new_address_is_found() -> None:
    planted = [path("geheime-lijst/", nothing, name="planted"), path("zonder-naam/", nothing)]

    assert without_row(read(), addresses(planted)) == ["planted", "zonder-naam/"]


def test_a_row_without_address_is_found() -> None:
    rows = [row for row in read() if row.address in {"home", "search"}]
    gone = without_address(rows, addresses([path("", nothing, name="home")]))

    assert {one.partition(": ")[2] for one in gone} == {"search"}


def test_each_canary_is_in_one_row_that_holds_everywhere(walker: Walker) -> None:
    shut = [row for row in walker.rows if row.channel == "overal"]
    number = {
        canary: sum(any(fnmatchcase(canary, name) for name in row.shows) for row in shut)
        for canary in walker.world.canaries
    }
    wrong = sorted(canary for canary, times in number.items() if times != 1)

    assert wrong == [], "noem elke kanarie in precies één regel “overal”: wie mag hem ooit zien?"


def test_each_row_names_records_and_canaries_that_exist(walker: Walker) -> None:
    wrong = [
        f"regel {row.line}: {row.record}"
        for row in walker.rows
        if row.record and row.record not in walker.world.records and row.channel != "overal"
    ]
    for row in walker.rows:
        known = set(walker.world.canaries)
        for what in row.shows:
            if row.channel == "overal":
                ok = any(fnmatchcase(canary, what) for canary in known)
            else:
                # A text that has a record's name and a full stop is meant to be a canary.
                ok = what in known or what.partition(".")[0] not in walker.world.records
            wrong += [] if ok else [f"regel {row.line}: {what}"]

    assert wrong == []


RULES = ("can_", "is_", "may_", "has_", "grants_", "keeps_")
# By whom: what somebody sees, changes, chooses, names, merges, gives.
ENDS = ("_by",)
# A read or a rule that asks who looks decides something for that one.
WHO = {"account", "viewer"}
ALSO = {
    "people.rules.roles_of", "people.rules.scopes_of", "people.rules.viewer_for", "people.rules.GIVES",
    "desk.organisations.own_werkplaatsen", "core.drafts.find",
}  # fmt: skip
# What a part of the desk says of its records.
DESK = {"records", "record", "may_add", "may_change"}


def rules_in(root: Path) -> Iterator[str]:
    """Everything in the code that looks as if it decides who may what."""
    for module in modules(root):
        name = ".".join(module.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        parts = name.split(".")
        if parts[1:2] == ["queries"]:
            # A room that became a folder is the same room.
            parts = parts[:2]
            name = ".".join(parts)
        yield from _functions(module, name, parts)
        yield from _methods(module, name, parts)
        yield from _constants(module, name, parts)
        yield from (f"{name}.ANYONE" for one in _names(module) if one == "ANYONE")


def _names(module: Path) -> Iterator[str]:
    for node in tree(module).body:
        if isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _constants(module: Path, name: str, parts: list[str]) -> Iterator[str]:
    """Which states and roles count, and which records belong in the hall."""
    for node in tree(module).body:
        if (
            parts[1:2] == ["rules"]
            and isinstance(node, ast.Assign)
            and ast.unparse(node.value).startswith("frozenset(")
        ):
            yield from (f"{name}.{target.id}" for target in node.targets if isinstance(target, ast.Name))
        if parts[1:] == ["entries"] and isinstance(node, ast.FunctionDef) and node.name == "_records":
            yield f"{name}._records"


def _functions(module: Path, name: str, parts: list[str]) -> Iterator[str]:
    decides = parts[1:2] in (["rules"], ["queries"]) or parts[0] in {"desk", "flows", "site", "api"}
    for node in tree(module).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        named = node.name.startswith(RULES) or (node.name.endswith(ENDS) and not node.name.startswith("_"))
        asks = parts[1:2] in (["rules"], ["queries"]) and WHO & {one.arg for one in _arguments(node)}
        if (decides and named) or (asks and not node.name.startswith("_")):
            yield f"{name}.{node.name}"
        guards = {dotted(one, imported(tree(module))).rpartition(".")[2] for one in node.decorator_list}
        if guards & {"login_required", "permission_required", "user_passes_test"}:
            yield f"{name}.{node.name}"


def _arguments(node: ast.FunctionDef) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def _methods(module: Path, name: str, parts: list[str]) -> Iterator[str]:
    for node in tree(module).body:
        if not isinstance(node, ast.ClassDef):
            continue
        bases = [ast.unparse(base) for base in node.bases]
        for method in (one for one in node.body if isinstance(one, ast.FunctionDef)):
            if (
                (any(base.endswith("QuerySet") for base in bases) and parts[1:] == ["queries"])
                or (any(base.endswith("ViewSet") for base in bases) and method.name in DESK)
                or (parts[1:] == ["models"] and method.name.startswith(RULES))
                or method.name in {"has_perm", "has_permission", "has_module_perms"}
            ) and not method.name.startswith("_"):
                yield f"{name}.{node.name}.{method.name}"


def test_every_rule_is_turned_around() -> None:
    middleware = {one.removeprefix("werkplaats.") for one in settings.MIDDLEWARE if one.startswith("werkplaats.")}
    known = {flip.rule for flip in MUTATIONS} | set(EXEMPT)
    every = {*rules_in(SRC), *ALSO, *middleware}
    missing = sorted(rule for rule in every if not any(fnmatchcase(rule, name) for name in known))

    assert missing == [], "\n  ".join(
        ["zet in tests/access/mutations.py hoe deze regels om te keren zijn, of in EXEMPT waarom niet:", *missing]
    )


@pytest.mark.parametrize(
    "rule", sorted({flip.rule for flip in MUTATIONS} | {rule for rule in EXEMPT if "*" not in rule})
)
def test_every_turned_rule_exists(rule: str) -> None:
    holder, name = found(rule)

    assert hasattr(holder, name)


def test_new_rules_are_found(tmp_path: Path) -> None:
    source = {
        "agenda/entries.py": "def _records(): ...\n",
        "agenda/rules.py": "OPEN = frozenset({'ja'})\nOTHER = 3\n"
        "def can_vote(): ...\ndef other(): ...\ndef _can(): ...\n",
        "agenda/queries.py": "class Qs(models.QuerySet):\n    def of_mine(self): ...\n    def _own(self): ...\n",
        "network/queries/__init__.py": "from network.queries.parts import Qs\n",
        "network/queries/parts.py": "class Qs(models.QuerySet):\n    def visible_to(self, viewer): ...\n"
        "def merged_by(one): ...\ndef desks_of(account): ...\ndef title_of(page): ...\ndef _written_by(one): ...\n",
        "agenda/models.py": "class Q:\n    def is_mine(self): ...\n    def title(self): ...\n",
        "desk/votes.py": "class V(DeskViewSet):\n    def records(self, request): ...\n    def index(self): ...\n"
        "    def may_add(self, request): ...\ndef votes_seen_by(account): ...\n",
        "site/votes.py": "from django.contrib.auth.decorators import login_required\n"
        "from werkplaats.core.actors import ANYONE\n@login_required\ndef mine(request): ...\ndef all(request): ...\n",
    }
    for name, text in source.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    assert sorted(rules_in(tmp_path)) == sorted(
        [
            "agenda.entries._records",
            "agenda.models.Q.is_mine",
            "agenda.queries.Qs.of_mine",
            "agenda.rules.OPEN",
            "agenda.rules.can_vote",
            "network.queries.Qs.visible_to",
            "network.queries.desks_of",
            "network.queries.merged_by",
            "desk.votes.V.may_add",
            "desk.votes.V.records",
            "desk.votes.votes_seen_by",
            "site.votes.ANYONE",
            "site.votes.mine",
        ]
    )
