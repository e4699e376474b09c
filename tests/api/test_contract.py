"""The API keeps to its own description: Schemathesis asks all that it allows, and much that it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.config import GenerationConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode

from tests.api.small import Network
from werkplaats.api import suggestions
from werkplaats.catalogue import search
from werkplaats.core.limits import Limit

EDGES = GenerationConfig()
BOUNDED = settings(
    max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def described(client: Client, network: Network, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The description, and for the parameters that name a record: the records that exist here.

    Which uids exist is no part of a published description. With them in it, what is allowed must be accepted and
    what is not must be refused; without, every value that fits the pattern but names nothing would look allowed.
    """
    monkeypatch.setattr(suggestions, "ASKING", Limit("suggestie", most=10**6, seconds=900))
    raw: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    existing = {
        "thema": [network.theme.uid, network.theme.slug],
        "hoofdthema": [network.theme.uid, network.theme.slug],
        "werkplaats": [network.noord.uid, network.zeeland.slug],
        "gemeente": [network.assen.uid, network.goes.code],
    }
    paths = {
        "/vermeldingen/{uid}": [network.question.uid, network.gone_uid, network.assen.uid],
        "/keten/{uid}": [network.question.uid, network.gone_uid, network.assen.uid],
        "/vragen/{uid}": [network.question.uid, network.gone_uid],
        "/werkplaatsen/{sleutel}": existing["werkplaats"],
        "/gemeenten/{sleutel}": existing["gemeente"],
    }
    for path, operations in raw["paths"].items():
        for parameter in [one for operation in operations.values() for one in operation["parameters"]]:
            if parameter["in"] == "path":
                parameter["schema"]["enum"] = paths[path]
                parameter["example"] = paths[path][0]
            elif parameter["name"] in existing:
                several = "items" in parameter["schema"]
                parameter["schema"].get("items", parameter["schema"])["enum"] = existing[parameter["name"]]
                parameter["example"] = existing[parameter["name"]][:1] if several else existing[parameter["name"]][0]
    return raw


@contextmanager
def one_connection() -> Iterator[None]:
    """As Django's own test client does: a request must not close the connection that the test works on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def loaded(raw: dict[str, Any]) -> Any:
    """A description as Schemathesis reads it, asking our program without a network in between."""
    # 404 is in it by itself; an answer that something is gone says no more of the request than that.
    accepted = ["2xx", "404", "410"]
    config = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": accepted}}})
    schema = schemathesis.openapi.from_dict(deepcopy(raw), config=config)
    schema.app = get_wsgi_application()
    return schema


def complaints(raw: dict[str, Any], only: str = "") -> dict[str, str]:
    """What Schemathesis finds wrong: name of the complaint -> the first one in full. ``only``: at this path.

    Its own way into pytest does not know this version of pytest. So here, for each operation: all edges of what is
    described, and examples of what is allowed and of what is not.
    """
    found: dict[str, str] = {}
    schema = loaded(raw)

    def ask(case: Any) -> None:
        try:
            case.call_and_validate()
        except FailureGroup as group:
            for one in group.exceptions:
                found.setdefault(type(one).__name__, f"{one}\n{case.as_curl_command()}")

    modes = list(GenerationMode)
    with one_connection():
        for operation in [result.ok() for result in schema.get_all_operations()]:
            if only and operation.path != only:
                continue
            for case in schema.iter_coverage_cases(operation, generation_modes=modes, generation_config=EDGES):
                ask(case)
            described = raw["paths"][operation.path][operation.method]
            # Of an operation that takes nothing, nothing can be wrong.
            takes = described["parameters"] or "requestBody" in described
            for mode in modes if takes else [GenerationMode.POSITIVE]:
                given(case=operation.as_strategy(generation_mode=mode))(BOUNDED(lambda case: ask(case)))()
    return found


def test_every_answer_is_as_described_and_everything_else_is_refused(described: dict[str, Any]) -> None:
    assert complaints(described) == {}


def declare_total_a_text(raw: dict[str, Any]) -> None:
    raw["components"]["schemas"]["Vragen"]["properties"]["totaal"] = {"type": "string"}


def promise_a_field(raw: dict[str, Any]) -> None:
    raw["components"]["schemas"]["WerkplaatsKort"]["required"].append("telefoon")


def hide_an_answer(raw: dict[str, Any]) -> None:
    del raw["paths"]["/gemeenten/{sleutel}"]["get"]["responses"]["404"]


def promise_another_version(raw: dict[str, Any]) -> None:
    raw["components"]["headers"]["API-Version"]["schema"]["pattern"] = "^2"


def promise_plain_json_for_errors(raw: dict[str, Any]) -> None:
    for answer in raw["components"]["responses"].values():
        answer["content"] = {"application/json": answer["content"]["application/problem+json"]}


def allow_an_unknown_kind(raw: dict[str, Any]) -> None:
    parameters = raw["paths"]["/vermeldingen"]["get"]["parameters"]
    next(one for one in parameters if one["name"] == "soort")["schema"]["items"]["enum"] = ["roddel"]


def forbid_long_texts(raw: dict[str, Any]) -> None:
    raw["components"]["schemas"]["Verhaal"]["properties"]["tekst"]["maxLength"] = 3


@pytest.mark.parametrize(
    ("spoil", "path", "complaint"),
    [
        (declare_total_a_text, "/vragen", "JsonSchemaError"),
        (promise_a_field, "/werkplaatsen", "JsonSchemaError"),
        (hide_an_answer, "/gemeenten/{sleutel}", "UndefinedStatusCode"),
        (promise_another_version, "/werkplaatsen", "JsonSchemaError"),
        (promise_plain_json_for_errors, "/gemeenten", "UndefinedContentType"),
        (allow_an_unknown_kind, "/vermeldingen", "RejectedPositiveData"),
        (forbid_long_texts, "/suggesties", "AcceptedNegativeData"),
    ],
)
def test_a_description_that_is_not_true_is_caught(
    described: dict[str, Any], spoil: Callable[[dict[str, Any]], None], path: str, complaint: str
) -> None:
    spoil(described)
    assert complaint in complaints(described, only=path)


def test_a_fault_of_ours_is_caught(described: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any, **_named: Any) -> None:
        raise ValueError("stuk")

    monkeypatch.setattr(search, "find", broken)
    assert "ServerError" in complaints(described, only="/vragen")
