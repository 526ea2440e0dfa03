"""Commands reach a real backend, and every way to fail has a value."""

import asyncio

import pytest
from pydantic import JsonValue

from app.services.child import Address
from app.services.failures import (
    Broken,
    NotFound,
    Refused,
    Rejected,
    RestFailure,
    Unreachable,
    failure_of,
    fields_of,
)
from app.services.rest import Rest
from backend.contract.resources import EndpointView
from backend.contract.vocabulary import CheckStatus
from tests.app.services.conftest import BAD, Served
from tests.helpers.target_server import Answer, Fault, running_target

NOBODY = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


async def test_an_endpoint_is_created_changed_deleted_and_restored(served: Served) -> None:
    rest = served.rest
    made = await rest.create({"name": "API", "url": "http://127.0.0.1:9/", "checkInterval": 3600})
    assert isinstance(made, EndpointView)
    changed = await rest.patch(made.id, {"name": "Renamed", "isActive": False})
    assert isinstance(changed, EndpointView)
    assert (changed.name, changed.is_active) == ("Renamed", False)

    assert not isinstance(await rest.delete(made.id), RestFailure)
    assert isinstance(await rest.endpoint(made.id), NotFound)
    restored = await rest.restore(made.id)
    assert isinstance(restored, EndpointView)
    assert restored.name == "Renamed"


async def test_every_question_is_answered_in_the_contracts_models(served: Served) -> None:
    rest, endpoint_id = served.rest, await served.add()
    await served.check(endpoint_id, BAD, times=3)

    checked = await rest.check_now(endpoint_id)
    detail = await rest.endpoint(endpoint_id)
    page = await rest.endpoints()
    history = await rest.check_results(endpoint_id, limit=2)
    incidents = await rest.incidents(endpoint_id=endpoint_id, status="active")
    assert not isinstance(incidents, RestFailure)
    incident = await rest.incident(incidents.data[0].id)
    overview = await rest.overview()
    health = await rest.health()

    assert not isinstance(checked, RestFailure)
    assert checked.status is CheckStatus.FAILURE
    assert not isinstance(detail, RestFailure)
    assert detail.statistics.total_checks24h == 5
    assert not isinstance(page, RestFailure)
    assert page.meta.total == 1
    assert not isinstance(history, RestFailure)
    assert len(history.results) == 2
    assert not isinstance(incident, RestFailure)
    assert incident.endpoint.name == "API"
    assert not isinstance(overview, RestFailure)
    assert overview.active_incidents == 1
    assert not isinstance(health, RestFailure)
    assert health.version is not None


async def test_a_rejected_draft_names_every_field_by_its_wire_name(served: Served) -> None:
    answer = await served.rest.create(
        {
            "name": " ",
            "url": "ftp://x",
            "checkInterval": 1,
            "method": "FETCH",
            "headers": {"a b": ""},
        }
    )

    assert isinstance(answer, Rejected)
    assert set(answer.fields) == {"name", "url", "checkInterval", "method", "headers"}
    assert answer.fields["url"] == "must start with http:// or https://"
    assert len(answer.messages) == 5


async def test_one_wrong_field_is_named_too(served: Served) -> None:
    answer = await served.rest.create({"name": "API", "url": "http://x/", "timeoutThreshold": 1})

    assert isinstance(answer, Rejected)
    assert set(answer.fields) == {"timeoutThreshold"}


def test_a_message_about_a_part_of_a_field_belongs_to_the_field() -> None:
    messages = ["tags.0 must have at least 1 character", "the body is not valid JSON", "name: no"]

    assert fields_of(messages) == {"tags": "must have at least 1 character", "name": "no"}


async def test_what_is_not_there_is_not_found(served: Served) -> None:
    assert isinstance(await served.rest.patch(NOBODY, {"name": "x"}), NotFound)
    assert isinstance(await served.rest.incident(NOBODY), NotFound)


async def test_a_wrong_token_is_refused(served: Served) -> None:
    rest = Rest()
    await rest.set_address(Address(served.address.url, "wrong"))

    assert isinstance(await rest.endpoints(), Refused)
    await rest.aclose()


async def test_without_a_backend_everything_is_unreachable() -> None:
    rest = Rest()
    assert isinstance(await rest.endpoints(), Unreachable)

    await rest.set_address(Address("http://127.0.0.1:1", "token"))
    answer = await rest.endpoints()
    assert isinstance(answer, Unreachable)
    assert str(answer)
    await rest.aclose()


async def test_a_call_under_way_when_the_backend_goes_is_unreachable() -> None:
    async with running_target() as server, asyncio.TaskGroup() as group:
        server.answer = Answer(fault=Fault.SILENCE)
        rest = Rest()
        await rest.set_address(Address(server.url, "token"))
        call = group.create_task(rest.endpoints(), name="a call under way")
        await server.wait_for_hits(1)
        await rest.set_address(None)

        assert isinstance(await call, Unreachable)


async def test_a_call_that_takes_too_long_is_unreachable() -> None:
    async with running_target() as server:
        server.answer = Answer(fault=Fault.SILENCE)
        rest = Rest(timeout_s=0.1)
        await rest.set_address(Address(server.url, "token"))

        assert isinstance(await rest.endpoints(), Unreachable)
        await rest.aclose()


@pytest.mark.parametrize("body", [b"not JSON", b"{}", b"[]"])
async def test_an_answer_that_is_none_of_the_contracts_is_broken(body: bytes) -> None:
    async with running_target() as server:
        server.answer = Answer(body=body)
        rest = Rest()
        await rest.set_address(Address(server.url, "token"))

        assert isinstance(await rest.endpoints(), Broken)
        await rest.aclose()


def test_an_error_without_the_contracts_form_still_says_its_status() -> None:
    assert failure_of(500, b"<html>") == Broken(("HTTP status 500",))
    assert failure_of(413, b"") == Rejected(("HTTP status 413",), {})


@pytest.mark.parametrize("value", [float("nan"), "\ud800"])
async def test_what_cannot_be_written_is_a_failure_and_no_exception(
    served: Served, value: float | str
) -> None:
    assert isinstance(await served.rest.create({"name": "API", "body": value}), Broken)


async def test_values_without_an_end_are_a_failure_too(served: Served) -> None:
    endless: list[JsonValue] = []
    endless.append(endless)
    assert isinstance(await served.rest.create({"name": "API", "body": endless}), Broken)
