"""From the raw facts to an outcome, a check and an incident; and which edits start anew."""

from dataclasses import replace

import pytest

from backend.contract.vocabulary import CheckStatus, Method, Reason, Resolution, Status
from backend.contract.wire import instant
from backend.domain.assertions import Check, Failed, Success, check_of, judge
from backend.domain.endpoint import Endpoint, changed_fields, starts_anew
from backend.domain.health import Health
from backend.domain.incident import counted, opened, resolved
from backend.domain.reply import Failure, Reply
from backend.domain.rollup import share_percent
from backend.domain.views import (
    check_view,
    endpoint_view,
    incident_summary,
    incident_view,
    recent_check,
)

ENDPOINT = Endpoint(id="a", name="A", url="http://a.test", created_at_ms=1, updated_at_ms=2)


def reply(status: int = 200, latency_ms: float = 10) -> Reply:
    return Reply(status, latency_ms, {}, b"")


@pytest.mark.parametrize(("latency_ms", "degraded"), [(2000, False), (2000.1, True), (5000, True)])
def test_an_answer_above_the_degraded_threshold_is_slow(latency_ms: float, degraded: bool) -> None:
    assert judge(reply(latency_ms=latency_ms), ENDPOINT) == Success(latency_ms, 200, degraded)


def test_an_answer_after_the_deadline_is_a_failure_whatever_it_says() -> None:
    outcome = judge(reply(latency_ms=5000.1), ENDPOINT)

    assert outcome == Failed(Reason.NETWORK, "Timeout exceeded", 200, 5000.1)


@pytest.mark.parametrize(("expected", "got"), [(200, 503), (503, 200), (301, 302)])
def test_another_status_than_expected_is_the_targets_failure(expected: int, got: int) -> None:
    outcome = judge(reply(got), replace(ENDPOINT, expected_status_code=expected))

    message = f"Expected status {expected}, got {got}"
    assert outcome == Failed(Reason.TARGET, message, got, 10)


@pytest.mark.parametrize("reason", Reason)
def test_a_failure_keeps_whose_fault_it_was(reason: Reason) -> None:
    outcome = judge(Failure(reason, "why", 502, 7), ENDPOINT)

    assert outcome == Failed(reason, "why", 502, 7)


@pytest.mark.parametrize(
    ("fields", "degraded_ms", "retry_s"),
    [
        ({}, 2000, 15),
        ({"timeout_threshold": 101}, 40, 15),
        ({"check_interval": 5}, 2000, 5),
        ({"degraded_threshold": 7, "retry_interval": 9}, 7, 9),
    ],
)
def test_thresholds_follow_the_rest_unless_they_are_set(
    fields: dict[str, int], degraded_ms: int, retry_s: int
) -> None:
    policy = replace(ENDPOINT, **fields).policy

    assert (policy.degraded_ms, policy.retry_interval_s) == (degraded_ms, retry_s)


@pytest.mark.parametrize(
    ("fields", "anew"),
    [
        ({"url": "http://b.test"}, True),
        ({"method": Method.POST}, True),
        ({"headers": {"A": "b"}}, True),
        ({"body": {}}, True),
        ({"expected_status_code": 201}, True),
        ({"name": "B"}, False),
        ({"tags": ("x",)}, False),
        ({"note": "x"}, False),
        ({"check_interval": 5}, False),
        ({"failure_threshold": 5}, False),
    ],
)
def test_an_edit_starts_anew_when_it_asks_or_expects_something_else(
    fields: dict[str, object], anew: bool
) -> None:
    after = replace(ENDPOINT, **fields)

    assert changed_fields(ENDPOINT, after) == set(fields)
    assert starts_anew(ENDPOINT, after) is anew


def test_a_check_keeps_what_came_of_it() -> None:
    good = check_of("a", Success(5, 200, degraded=True), 7)
    bad = check_of("a", Failed(Reason.TLS, "why", None, None), 8)

    assert good == Check("a", 7, True, True, 5, 200, None, None)
    assert bad == Check("a", 8, False, False, None, None, "why", Reason.TLS)
    assert good.id != bad.id


def test_an_incident_lasts_from_its_first_failure_to_its_end() -> None:
    health = Health(Status.DOWN, failing_since_ms=1000, run_failures=3, last_error="why")
    incident = opened("i", "a", health, 3000)
    longer = counted(incident, replace(health, run_failures=9))
    over = resolved(longer, Resolution.RECOVERED, 5000)

    assert (incident.started_at_ms, incident.failure_count, incident.message) == (1000, 3, "why")
    assert incident.duration_ms is None
    assert (over.failure_count, over.duration_ms) == (9, 4000)
    assert resolved(incident, Resolution.EDITED, 500).duration_ms == 0, "the clock was set back"


def test_uptime_of_nothing_is_unknown() -> None:
    assert share_percent(0, 0) is None
    assert share_percent(3, 4) == 75


def test_an_endpoint_is_shown_with_its_defaults_and_its_standing() -> None:
    health = Health(Status.DOWN, 5, 4, 0, 5, 4, 6, None, "why")
    view = endpoint_view(replace(ENDPOINT, headers={"A": "b"}, tags=("x",)), health)

    assert (view.degraded_threshold, view.retry_interval) == (2000, 15)
    assert (view.current_status, view.status_since) == (Status.DOWN, instant(5))
    assert (view.last_checked_at, view.last_error) == (instant(6), "why")
    assert view.to_wire()["createdAt"] == "1970-01-01T00:00:00.001Z"
    never = endpoint_view(ENDPOINT, Health())
    assert (never.last_checked_at, never.status_since) == (None, None)


def test_checks_and_incidents_are_shown_as_they_are() -> None:
    check = Check("a", 7, False, False, 3.5, 503, "why", Reason.TARGET)
    incident = resolved(opened("i", "a", Health(run_failures=3), 5), Resolution.PAUSED, 9)

    assert check_view(check).status is CheckStatus.FAILURE
    assert check_view(check).to_wire().items() >= {"responseTime": 3.5, "reason": "target"}.items()
    assert recent_check(check).checked_at == instant(7)
    assert incident_view(incident, "A").endpoint_name == "A"
    assert incident_summary(incident).to_wire() == {
        "id": "i",
        "startedAt": "1970-01-01T00:00:00.005Z",
        "resolvedAt": "1970-01-01T00:00:00.009Z",
        "duration": 4,
    }
