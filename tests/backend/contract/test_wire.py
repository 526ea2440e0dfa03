"""The form of messages: times, keys, and reading back what was told."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.contract.events import (
    CheckCompleted,
    EndpointDeleted,
    IncidentResolved,
    IncidentUpdated,
    Missed,
    Resync,
    StatusChanged,
    StoredEvent,
    SyncAnswer,
    parse_event,
)
from backend.contract.resources import EndpointStatistics, Overview, Snapshot, StatusBreakdown
from backend.contract.vocabulary import CheckStatus, EventName, Resolution, Status
from backend.contract.wire import format_instant, instant

CHANGED = StatusChanged(
    seq=7,
    endpoint_id="a",
    endpoint_name="A",
    previous_status=Status.UP,
    current_status=Status.DOWN,
    timestamp=instant(1_760_616_000_000),
    response_time=None,
    error_message="Timeout exceeded",
)


@given(st.integers(0, 4_102_444_800_000))
def test_a_time_goes_over_the_wire_to_the_millisecond(at_ms: int) -> None:
    text = format_instant(instant(at_ms))

    assert text.endswith("Z")
    assert len(text) == len("2025-10-16T12:00:00.000Z")
    back = datetime.fromisoformat(text)
    assert round(back.timestamp() * 1000) == at_ms


def test_a_time_is_written_as_the_contract_says() -> None:
    assert format_instant(instant(1_760_616_000_000)) == "2025-10-16T12:00:00.000Z"
    elsewhere = datetime(2025, 10, 16, 21, 0, 0, 5999, timezone(timedelta(hours=9)))
    assert format_instant(elsewhere) == "2025-10-16T12:00:00.005Z"


def test_a_time_without_a_zone_is_refused() -> None:
    wire = CHANGED.to_wire() | {"timestamp": "2025-10-16T12:00:00"}

    with pytest.raises(ValidationError):
        StatusChanged.model_validate(wire)


def test_a_time_of_another_zone_is_read_as_utc() -> None:
    wire = CHANGED.to_wire() | {"timestamp": "2025-10-16T21:00:00.000+09:00"}
    read = StatusChanged.model_validate(wire)

    assert read.timestamp == CHANGED.timestamp
    assert read.timestamp.tzinfo is UTC


def test_an_event_has_the_keys_of_the_contract() -> None:
    assert CHANGED.to_wire() == {
        "seq": 7,
        "endpointId": "a",
        "endpointName": "A",
        "previousStatus": "UP",
        "currentStatus": "DOWN",
        "timestamp": "2025-10-16T12:00:00.000Z",
        "responseTime": None,
        "errorMessage": "Timeout exceeded",
        "unknownReason": None,
        "address": None,
        "consecutiveFailures": None,
    }


@pytest.mark.parametrize(
    "event",
    [
        CHANGED,
        EndpointDeleted(seq=1, endpoint_id="a", endpoint_name="A", name="A"),
        IncidentResolved(
            endpoint_id="a",
            endpoint_name="A",
            incident_id="i",
            resolved_at=instant(1),
            duration=5,
            reason=Resolution.RECOVERED,
        ),
        IncidentUpdated(
            endpoint_id="a",
            endpoint_name="A",
            incident_id="i",
            acknowledged_at=instant(1),
            snoozed_until=None,
            snoozed_until_recovery=True,
            note="On it",
        ),
        CheckCompleted(
            endpoint_id="a",
            endpoint_name="A",
            id="a:1",
            status=CheckStatus.SUCCESS,
            response_time=1.5,
            status_code=200,
            checked_at=instant(1),
            error_message=None,
            is_degraded=False,
            reason=None,
            consecutive_failures=0,
        ),
    ],
    ids=lambda event: event.event.value,
)
def test_an_event_is_read_back_as_it_was_told(event: CheckCompleted | StatusChanged) -> None:
    assert parse_event(event.event.value, event.to_wire()) == event


def test_every_event_of_the_contract_can_be_read() -> None:
    for name in EventName:
        with pytest.raises(ValidationError):
            parse_event(name, {})
    with pytest.raises(KeyError):
        parse_event("endpoint:exploded", {})


def test_what_a_newer_backend_adds_is_ignored() -> None:
    assert StatusChanged.model_validate(CHANGED.to_wire() | {"mood": "sad"}) == CHANGED


def test_nothing_that_was_told_can_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        CHANGED.seq = 8


def test_the_two_answers_to_sync_are_told_apart() -> None:
    stored = StoredEvent(event=CHANGED.event, data=CHANGED.to_wire())
    missed = Missed(seq=7, epoch="e", events=(stored,))
    snapshot = Snapshot(seq=7, epoch="e", endpoints=(), incidents=())
    resync = Resync(seq=7, epoch="e", snapshot=snapshot)

    assert SyncAnswer.validate_python(missed.to_wire()) == missed
    assert SyncAnswer.validate_python(resync.to_wire()) == resync


def test_numbers_and_capitals_in_keys_are_the_contracts() -> None:
    statistics = EndpointStatistics(uptime24h=1, total_checks24h=2, avg_response_time24h=3)
    breakdown = StatusBreakdown(up=1, down=2, degraded=3, unknown=4)
    overview = Overview(
        total_endpoints=1,
        status_breakdown=breakdown,
        overall_uptime=None,
        active_incidents=0,
        total_incidents_last24h=0,
        average_response_time=None,
    )

    assert set(statistics.to_wire()) == {"uptime24h", "totalChecks24h", "avgResponseTime24h"}
    assert set(breakdown.to_wire()) == {"UP", "DOWN", "DEGRADED", "UNKNOWN"}
    assert "totalIncidentsLast24h" in overview.to_wire()
