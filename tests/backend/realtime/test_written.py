"""What is put together by hand is what the model would have written, letter by letter."""

import json
from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.contract.events import CheckCompleted, Event, NetworkChanged, parse_event
from backend.contract.vocabulary import CheckStatus, EventName, Reason
from backend.contract.wire import instant
from backend.realtime import written
from backend.realtime.written import Unusual, Writing

ODD = 'a "quoted" \\ one\n\t\b\f\r\x00\x1f\x7f\u2028 확인 \U0001f600'
TIMES = st.builds(
    lambda us, zone: (instant(0) + timedelta(microseconds=us)).astimezone(zone),
    st.integers(-62_000_000_000_000_000, 250_000_000_000_000_000),
    st.sampled_from([UTC, timezone(timedelta(hours=9))]),
)


def a_check(**values: object) -> CheckCompleted:
    usual: dict[str, object] = {
        "endpoint_id": "a",
        "endpoint_name": "Shop",
        "id": "a:1",
        "status": CheckStatus.SUCCESS,
        "response_time": 12.345,
        "status_code": 200,
        "checked_at": instant(1_800_000_000_000),
        "error_message": None,
        "is_degraded": False,
        "reason": None,
        "consecutive_failures": 0,
    }
    return CheckCompleted.model_validate(usual | values)


CHECKS = st.builds(
    a_check,
    endpoint_id=st.uuids().map(str) | st.text(),
    endpoint_name=st.text(),
    id=st.text(),
    status=st.sampled_from(list(CheckStatus)),
    response_time=st.none() | st.floats() | st.floats(0, 20_000) | st.integers(0, 9),
    status_code=st.none() | st.integers(),
    checked_at=TIMES,
    error_message=st.none() | st.text() | st.just(ODD),
    is_degraded=st.booleans(),
    reason=st.none() | st.sampled_from(list(Reason)),
    consecutive_failures=st.integers(),
    incident_failures=st.none() | st.integers(),
)


def by_the_model(event: Event) -> str:
    try:
        return event.model_dump_json(by_alias=True)
    except ValueError:
        return json.dumps(event.to_wire())


@given(CHECKS, CHECKS)
@example(a_check(), a_check(endpoint_name="Renamed"))
@example(a_check(endpoint_name=ODD, id=ODD, error_message=ODD), a_check(endpoint_name="\ud83d"))
@example(a_check(response_time=0.0), a_check(response_time=1e-5))
@example(a_check(response_time=0.001), a_check(response_time=1e16))
@example(a_check(response_time=999_999_999_999_999.9), a_check(response_time=5e-324))
def test_a_check_is_written_as_the_model_writes_it(
    one: CheckCompleted, other: CheckCompleted
) -> None:
    writing = Writing()
    for check in (one, other, one):
        assert writing.text_of(check) == by_the_model(check)


@given(CHECKS)
def test_what_is_written_is_read_back_as_the_same_check(check: CheckCompleted) -> None:
    read = parse_event(EventName.CHECK_COMPLETED, json.loads(Writing().text_of(check)))
    assert json.loads(by_the_model(read)) == json.loads(by_the_model(check))


def test_no_field_is_forgotten_that_the_model_has() -> None:
    told = json.loads(Writing().text_of(a_check()))
    assert list(told) == [field.alias for field in CheckCompleted.model_fields.values()]


def test_only_what_is_out_of_the_ordinary_is_left_to_the_model() -> None:
    writing = Writing()
    failed = a_check(status=CheckStatus.FAILURE, error_message="확인", reason=Reason.TARGET)
    for check in (a_check(), failed, a_check(response_time=None, status_code=None)):
        assert writing._check(check.__dict__) == by_the_model(check)
    with pytest.raises(Unusual):
        writing._check(a_check(error_message="\udc00").__dict__)


def test_beginnings_are_remembered_of_so_many_endpoints_only() -> None:
    writing = Writing()
    for number in range(written._KNOWN + 2):
        check = a_check(endpoint_id=f"e{number}")
        assert json.loads(writing.text_of(check))["endpointId"] == f"e{number}"
    assert len(writing._heads) == 2


def test_any_other_event_is_left_to_the_model() -> None:
    event = NetworkChanged(online=False, since=instant(0), offline_since=None)
    assert Writing().text_of(event) == by_the_model(event)
