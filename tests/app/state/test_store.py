"""What each event and snapshot does to the store, and what it says it did."""

from collections.abc import Callable

import pytest

from app.state.change import ALL_PARTS, NOTHING, Change, Part
from app.state.incidents import CLOSED_KEPT
from app.state.record import first_told
from app.state.rings import DEEP_CHECKS, ring_of
from app.state.store import Store
from backend.contract.events import NotificationSent
from backend.contract.resources import CheckResults, CheckResultView, EndpointView
from backend.contract.vocabulary import RECENT_CHECKS, AlertKind, Reason, Resolution, Status
from backend.contract.wire import unix_ms
from tests.app.state.builders import (
    acknowledged,
    at,
    became,
    checked,
    created,
    deleted,
    ended,
    incident,
    recent,
    snapshot,
    started,
    state,
    updated,
)

CHECK_PARTS = Part.VALUES | Part.CHECKS | Part.STATISTICS


@pytest.fixture
def store() -> Store:
    return Store(now_ms=lambda: 1234)


@pytest.fixture
def filled(store: Store) -> Store:
    """Two endpoints that are up, as of event 10."""
    up = {"current_status": Status.UP, "status_since": at(-3600), "last_checked_at": at(-60)}
    store.replace(snapshot(state("a", **up), state("b", **up)))
    return store


def test_the_first_snapshot_fills_the_store_and_says_everything_is_new(store: Store) -> None:
    assert not store.is_filled

    change = store.replace(snapshot(state("a"), incidents=(incident(),)))

    assert change.everything
    assert change.added == {"a"}
    assert change.incidents_added == {"i"}
    assert store.is_filled
    assert store.records["a"].open_incident == store.incidents["i"]
    assert store.seq == 10


def test_a_first_snapshot_of_nothing_still_says_that_the_store_is_filled(store: Store) -> None:
    assert store.replace(snapshot()).everything


def test_a_check_moves_values_ring_and_statistics(filled: Store) -> None:
    change = filled.apply(checked("a", 0, response_time=82.5))

    record = filled.records["a"]
    assert change.changed == {"a": CHECK_PARTS}
    assert record.view.last_response_time == 82.5
    assert record.view.last_checked_at == at(0)
    assert [check.response_time for check in record.checks] == [82.5]
    assert record.uptime_24h == 100
    assert record.day.avg_response_time == 82.5


def test_the_same_check_told_twice_counts_once(filled: Store) -> None:
    filled.apply(checked("a", 0))

    assert filled.apply(checked("a", 0)) == NOTHING
    assert filled.records["a"].day.checks == 1


def test_a_failed_check_lowers_the_uptime_and_says_why(filled: Store) -> None:
    filled.apply(checked("a", 0))
    filled.apply(checked("a", 1, ok=False, consecutive_failures=2))

    record = filled.records["a"]
    assert record.uptime_24h == 50
    assert record.view.last_error == "Timeout exceeded"
    assert record.view.consecutive_failures == 2
    assert record.day.avg_response_time == 80


def test_a_check_that_failed_by_our_own_fault_counts_for_nothing(filled: Store) -> None:
    filled.apply(checked("a", 0))
    filled.apply(checked("a", 1, ok=False, reason=Reason.OURS))

    record = filled.records["a"]
    assert record.uptime_24h == 100
    assert record.view.last_error is None
    assert record.view.last_checked_at == at(1)


def test_a_check_that_arrives_late_takes_its_place_in_the_ring(filled: Store) -> None:
    filled.apply(checked("a", 2, response_time=2.0))
    filled.apply(checked("a", 1, response_time=1.0))

    record = filled.records["a"]
    assert [check.response_time for check in record.checks] == [1.0, 2.0]
    assert record.view.last_response_time == 2.0


def test_a_ring_keeps_the_last_checks_only(filled: Store) -> None:
    for second in range(RECENT_CHECKS + 5):
        filled.apply(checked("a", second))

    ring = filled.records["a"].checks
    assert len(ring) == RECENT_CHECKS
    assert ring[0].checked_at == at(5)


def test_a_burst_of_checks_comes_to_what_they_come_to_one_by_one(filled: Store) -> None:
    one_by_one = Store(now_ms=lambda: 1234)
    one_by_one.replace(
        snapshot(*(state(key, **dict(it.view)) for key, it in filled.records.items()))
    )
    told = [checked("a", second, response_time=second) for second in range(RECENT_CHECKS + 2)]
    told[3] = checked("a", 3, ok=False, incident_failures=4)
    burst = (*told, checked("b", 2), checked("b", 1), told[-1], checked("stranger"))
    both = [store.apply(started(11)) for store in (filled, one_by_one)]

    change = filled.take_checks(burst)

    assert change == Change.merged([one_by_one.apply(check) for check in burst])
    assert change.changed == {"a": CHECK_PARTS | Part.INCIDENT, "b": CHECK_PARTS}
    assert change.incidents_changed == both[0].incidents_added == both[1].incidents_added
    assert filled.records == one_by_one.records
    assert filled.incidents == one_by_one.incidents
    assert vars(filled.tally) == vars(one_by_one.tally)
    assert filled.take_checks(burst[-1:]) == NOTHING


def test_a_check_of_an_unknown_endpoint_is_ignored(filled: Store) -> None:
    assert filled.apply(checked("stranger")) == NOTHING


def test_going_down_changes_status_time_and_error_and_stamps_the_row(filled: Store) -> None:
    change = filled.apply(became(Status.DOWN, 11))

    record = filled.records["a"]
    assert change.changed == {"a": Part.STATUS | Part.VALUES}
    assert record.status is Status.DOWN
    assert record.view.status_since == at(0)
    assert record.view.last_error == "Timeout exceeded"
    assert record.view.consecutive_failures == 3
    assert record.changed_at_ms == 1234
    assert filled.records["b"].changed_at_ms is None


def test_coming_back_clears_the_error_and_the_failures(filled: Store) -> None:
    filled.apply(became(Status.DOWN, 11))
    filled.apply(became(Status.UP, 12, seconds=60))

    record = filled.records["a"]
    assert record.view.last_error is None
    assert record.view.consecutive_failures == 0
    assert record.view.last_response_time == 70
    assert record.view.status_since == at(60)


def test_an_event_that_is_not_newer_changes_nothing(filled: Store) -> None:
    assert filled.apply(became(Status.DOWN, 10)) == NOTHING
    assert filled.records["a"].status is Status.UP


def test_a_status_told_after_a_later_check_takes_nothing_back_of_it(filled: Store) -> None:
    filled.apply(checked("a", 2, response_time=11.0))
    filled.apply(became(Status.DEGRADED, 11, seconds=1))
    view = filled.records["a"].view
    assert (view.current_status, view.status_since) == (Status.DEGRADED, at(1))
    assert (view.last_response_time, view.last_checked_at) == (11.0, at(2))


def test_a_status_told_before_its_check_says_how_many_have_failed(filled: Store) -> None:
    # It was down at its second failure, though one is enough since an edit between the two.
    down = became(Status.DOWN, 11).model_copy(update={"consecutive_failures": 2})
    filled.apply(down)
    filled.apply(checked("a", 0, ok=False).model_copy(update={"consecutive_failures": 2}))
    assert filled.records["a"].view.consecutive_failures == 2


def test_an_incident_counts_from_its_first_failure_and_is_on_the_row(filled: Store) -> None:
    filled.apply(became(Status.DOWN, 11))
    change = filled.apply(started(12))

    record = filled.records["a"]
    assert change.incidents_added == {"i"}
    assert change.changed == {"a": Part.INCIDENT | Part.STATUS}
    assert record.view.status_since == at(-60)
    assert record.open_incident == filled.incidents["i"]
    assert filled.open_incidents == 1


def test_every_further_failure_counts_into_the_open_incident(filled: Store) -> None:
    filled.apply(started(11))

    change = filled.apply(checked("a", 1, ok=False, incident_failures=4))

    assert change.incidents_changed == {"i"}
    assert filled.incidents["i"].failure_count == 4
    assert filled.records["a"].open_incident == filled.incidents["i"]


def test_a_check_that_arrives_after_the_incident_it_led_to_counts_once(filled: Store) -> None:
    filled.apply(started(11))
    filled.apply(checked("a", 1, ok=False, incident_failures=3))
    assert filled.incidents["i"].failure_count == 3


def test_an_incident_told_after_a_later_check_counts_that_check(filled: Store) -> None:
    filled.apply(checked("a", 1, ok=False, consecutive_failures=4, incident_failures=4))
    filled.apply(started(11))
    assert filled.incidents["i"].failure_count == 4


def test_a_snapshot_older_than_the_last_check_takes_no_failure_back(filled: Store) -> None:
    filled.apply(started(11))
    older = filled.incidents["i"]
    filled.apply(checked("a", 1, ok=False, consecutive_failures=4, incident_failures=4))
    filled.merge(snapshot(state("a"), seq=11, incidents=(older,)))
    assert filled.incidents["i"].failure_count == 4


def test_a_snapshot_from_before_the_first_check_takes_it_not_out_of_the_day(
    filled: Store,
) -> None:
    filled.apply(checked("a", 1, ok=False))
    filled.merge(snapshot(state("a"), seq=10))
    assert filled.records["a"].day.checks == 1


def test_a_closed_incident_counts_failures_that_nobody_heard_of(filled: Store) -> None:
    filled.apply(started(11))
    filled.apply(ended(12).model_copy(update={"failure_count": 7}))
    assert filled.incidents["i"].failure_count == 7


def test_a_resolved_incident_is_closed_with_its_duration(filled: Store) -> None:
    filled.apply(started(11))
    change = filled.apply(ended(12))

    closed = filled.incidents["i"]
    assert change.incidents_changed == {"i"}
    assert (closed.resolved_at, closed.duration) == (at(60), 120_000)
    assert closed.reason is Resolution.RECOVERED
    assert filled.records["a"].open_incident is None
    assert filled.open_incidents == 0


def test_what_is_said_of_an_incident_is_on_the_list_and_on_the_row(filled: Store) -> None:
    filled.apply(started(11))

    change = filled.apply(acknowledged(12, note="On it"))

    assert change.incidents_changed == {"i"}
    assert change.changed == {"a": Part.INCIDENT}
    assert filled.incidents["i"].note == "On it"
    assert filled.incidents["i"].acknowledged_at == at(0)
    assert filled.incidents["i"].snoozed_until_recovery
    assert filled.records["a"].open_incident == filled.incidents["i"]


def test_what_is_said_of_an_unknown_incident_only_moves_the_number_on(filled: Store) -> None:
    assert filled.apply(acknowledged(11)) == NOTHING
    assert filled.seq == 11


def test_the_end_of_an_unknown_incident_is_ignored(filled: Store) -> None:
    assert filled.apply(ended(11)) == NOTHING


def test_incidents_are_listed_newest_first_and_old_closed_ones_leave(filled: Store) -> None:
    for number in range(CLOSED_KEPT + 1):
        filled.apply(started(11 + 2 * number, incident_id=f"i{number}"))
        change = filled.apply(ended(12 + 2 * number, incident_id=f"i{number}"))
    newest = started(999, incident_id="newest").model_copy(update={"started_at": at(500)})
    filled.apply(newest)

    assert len(filled.incidents) == CLOSED_KEPT + 1
    assert len(change.incidents_removed) == 1
    assert filled.newest_incidents()[0].id == "newest"


def test_a_new_endpoint_is_added_without_the_events_own_fields(filled: Store) -> None:
    change = filled.apply(created(11, "c", name="New"))

    assert change.added == {"c"}
    assert filled.records["c"].view.name == "New"
    assert not hasattr(filled.records["c"].view, "seq")


def test_an_edit_says_which_parts_differ(filled: Store) -> None:
    kept = filled.records["a"].view
    values = kept.model_dump() | {"name": "Renamed", "id": "a"}
    values.pop("id")

    change = filled.apply(updated(11, "a", **values))

    assert change.changed == {"a": Part.SETTINGS}
    assert filled.records["a"].view.name == "Renamed"


def test_a_new_name_reaches_the_endpoints_incidents(filled: Store) -> None:
    filled.apply(started(11))
    values = filled.records["a"].view.model_dump(exclude={"id"}) | {"name": "Renamed"}

    change = filled.apply(updated(12, "a", **values))

    assert change.incidents_changed == {"i"}
    assert filled.incidents["i"].endpoint_name == "Renamed"


def test_a_deleted_endpoint_leaves(filled: Store) -> None:
    assert filled.apply(deleted(11)).removed == {"a"}
    assert set(filled.records) == {"b"}
    assert filled.apply(deleted(12)) == NOTHING


def test_an_undone_deletion_brings_the_checks_back(filled: Store) -> None:
    filled.apply(checked("a", 0))
    filled.apply(deleted(11))

    assert filled.apply(created(12)).added == {"a"}
    assert len(filled.records["a"].checks) == 1
    assert filled.records["a"].day.checks == 1


def test_a_snapshot_that_says_nothing_new_changes_nothing(filled: Store) -> None:
    filled.apply(checked("a", 0))
    filled.apply(started(11))
    full = snapshot(
        *(
            state(key, checks=() if key == "b" else (recent(0, response_time=80.0),)).model_copy(
                update={"endpoint": record.view}
            )
            for key, record in filled.records.items()
        ),
        seq=11,
        incidents=filled.newest_incidents(),
    )
    first = full.endpoints[0]
    counted = first.statistics.model_copy(
        update={"total_checks24h": 1, "uptime24h": 100.0, "avg_response_time24h": 80.0}
    )
    states = (first.model_copy(update={"statistics": counted}), full.endpoints[1])
    before = dict(filled.records)

    assert filled.replace(full.model_copy(update={"endpoints": states})) == NOTHING
    assert all(filled.records[key] is record for key, record in before.items())


def test_a_pages_snapshot_that_the_whole_state_overtook_changes_no_standing(store: Store) -> None:
    store.replace(snapshot(state("a", name="New", checks=(recent(2),), total=2), seq=20))
    old = snapshot(state("a", name="Old", checks=(recent(1), recent(2)), total=2), state("gone"))

    change = store.merge(old)

    assert change.changed == {"a": Part.CHECKS}
    assert list(store.records) == ["a"]
    assert store.records["a"].view.name == "New"
    assert len(store.records["a"].checks) == 2


def test_a_check_alters_no_view_that_somebody_holds(filled: Store) -> None:
    before = filled.records["a"].view
    copy = before.model_copy(deep=True)
    filled.apply(checked("a", 5))
    after = filled.records["a"].view
    assert before == copy
    assert after == before.model_copy(
        update={"last_checked_at": at(5), "last_response_time": after.last_response_time}
    )
    assert after.last_checked_at == at(5)
    assert EndpointView.model_validate(after.to_wire()) == after


def test_records_that_were_made_before_are_taken_as_they_are(store: Store) -> None:
    told = snapshot(
        state("a", checks=(recent(1), recent(2))),
        state("b", checks=(recent(3),)),
        incidents=(incident(endpoint_id="b"),),
    )
    made = {each.endpoint.id: first_told(each) for each in told.endpoints}

    store.replace(told, made)

    other = Store(now_ms=lambda: 1234)
    other.replace(told)
    assert store.records == other.records
    assert vars(store.tally) == vars(other.tally)
    assert store.records["a"] is made["a"]
    assert store.records["b"].open_incident == store.incidents["i"]
    assert store.records["b"].checks is made["b"].checks


def test_rings_that_say_nothing_new_are_not_made_anew(store: Store) -> None:
    told = snapshot(state("a", checks=(recent(1), recent(2))))
    store.replace(told)
    ring = store.records["a"].checks

    assert store.replace(told, {"a": first_told(told.endpoints[0])}) == NOTHING

    assert store.records["a"].checks is ring
    assert ring_of(told.endpoints[0], ring) is ring


def test_a_snapshot_yields_only_the_differences(filled: Store) -> None:
    up = {"current_status": Status.UP, "status_since": at(-3600), "last_checked_at": at(-60)}

    change = filled.replace(snapshot(state("b", **up | {"name": "B"}), state("c"), seq=20))

    assert not change.everything
    assert (change.added, change.removed) == ({"c"}, {"a"})
    assert change.changed == {"b": Part.SETTINGS}
    assert filled.seq == 20


def test_a_snapshot_of_another_database_replaces_everything(filled: Store) -> None:
    change = filled.replace(snapshot(state("b"), seq=1, epoch="second"))

    assert change.everything
    assert set(filled.records) == {"b"}
    assert filled.apply(became(Status.UP, 2, "b")).changed == {"b": Part.STATUS | Part.VALUES}


def test_a_check_newer_than_the_snapshot_survives_it(filled: Store) -> None:
    filled.apply(checked("a", 10, response_time=99.0))
    up = {"current_status": Status.UP, "status_since": at(-3600), "last_checked_at": at(5)}

    filled.replace(snapshot(state("a", checks=(recent(5),), total=1, **up), state("b", **up)))

    record = filled.records["a"]
    assert [check.checked_at for check in record.checks] == [at(5), at(10)]
    assert record.view.last_response_time == 99.0
    assert record.day.checks == 2


def test_checks_before_a_hole_in_the_history_leave_the_ring(filled: Store) -> None:
    filled.apply(checked("a", 0))

    filled.merge(snapshot(state("a", checks=(recent(500), recent(501)))))

    assert [check.checked_at for check in filled.records["a"].checks] == [at(500), at(501)]


def test_checks_before_an_overlapping_history_stay(filled: Store) -> None:
    filled.apply(checked("a", 0))
    filled.apply(checked("a", 1))

    filled.merge(snapshot(state("a", checks=(recent(1), recent(2)))))

    assert [check.checked_at for check in filled.records["a"].checks] == [at(0), at(1), at(2)]


def test_a_page_snapshot_touches_its_endpoint_only(filled: Store) -> None:
    change = filled.merge(snapshot(state("a", current_status=Status.DEGRADED)))

    assert set(change.changed) == {"a"}
    assert set(filled.records) == {"a", "b"}


def test_a_page_snapshot_fills_a_longer_ring_that_then_stays_long(filled: Store) -> None:
    filled.merge(snapshot(state("a", checks=tuple(recent(n) for n in range(DEEP_CHECKS)))))
    filled.apply(checked("a", DEEP_CHECKS))

    ring = filled.records["a"].checks
    assert len(ring) == DEEP_CHECKS
    assert ring[-1].checked_at == at(DEEP_CHECKS)


def test_a_page_snapshot_never_undoes_a_later_event(filled: Store) -> None:
    filled.apply(became(Status.DOWN, 11))
    filled.apply(started(12))

    filled.merge(snapshot(state("a", current_status=Status.UP, checks=(recent(5),)), seq=10))

    record = filled.records["a"]
    assert record.status is Status.DOWN
    assert record.open_incident is not None
    assert len(record.checks) == 1


def test_a_page_snapshot_older_than_an_event_still_brings_a_check_that_was_not_heard(
    filled: Store,
) -> None:
    filled.apply(updated(11, current_status=Status.UP, last_checked_at=at(-60)))
    missed = state("a", checks=(recent(5),), total=1, last_checked_at=at(5), last_response_time=5.0)

    filled.merge(snapshot(missed, seq=10))

    record = filled.records["a"]
    assert len(record.checks) == 1
    assert (record.view.last_checked_at, record.view.last_response_time) == (at(5), 5.0)


def test_what_a_check_measured_before_the_status_changed_is_not_told_as_news(filled: Store) -> None:
    told_by = became(Status.UNKNOWN, 11, seconds=10)
    filled.apply(told_by)
    missed = state("a", checks=(recent(5),), total=1, last_checked_at=at(5), last_response_time=5.0)

    filled.merge(snapshot(missed, seq=10))

    view = filled.records["a"].view
    assert (view.last_checked_at, view.last_response_time) == (at(5), told_by.response_time)


def test_a_history_is_not_ahead_of_the_event_that_tells_its_newest_check(filled: Store) -> None:
    event = checked("a", 5, response_time=99.0)
    told = [
        CheckResultView(
            id=f"{seconds}",
            endpoint_id="a",
            status=event.status,
            response_time=event.response_time,
            status_code=event.status_code,
            error_message=None,
            checked_at=at(seconds),
            is_degraded=False,
            reason=None,
        )
        for seconds in (5, -60, -120)
    ]
    results = CheckResults(endpoint_id="a", results=tuple(told), total=3)

    filled.deepen(results)
    assert [each.checked_at for each in filled.records["a"].checks] == [at(-120), at(-60)]

    filled.apply(event)

    record = filled.records["a"]
    assert [each.checked_at for each in record.checks] == [at(-120), at(-60), at(5)]
    assert record.view.last_response_time == 99.0
    assert record.day.checks == 1


def test_a_check_that_only_the_ring_holds_still_tells_what_it_measured(filled: Store) -> None:
    event = checked("a", 5, response_time=99.0)
    filled.merge(snapshot(state("a", checks=(recent(5),), total=1, last_checked_at=at(-60))))

    filled.apply(event)

    record = filled.records["a"]
    assert (record.view.last_checked_at, record.view.last_response_time) == (at(5), 99.0)
    assert (len(record.checks), record.day.checks) == (1, 1)
    assert filled.apply(event) == NOTHING


@pytest.mark.parametrize("since", [-3600, 3], ids=["renamed", "begun anew"])
def test_an_edit_told_after_a_later_check_takes_nothing_back_of_it(
    filled: Store, since: float
) -> None:
    before = filled.records["a"].view
    filled.apply(checked("a", 5, response_time=99.0))
    edit = updated(11, **{**dict(before), "name": "Renamed", "status_since": at(since)})

    filled.apply(edit)

    view = filled.records["a"].view
    assert (view.name, view.last_checked_at, view.last_response_time) == ("Renamed", at(5), 99.0)


def test_an_event_older_than_a_page_snapshot_does_not_undo_it(filled: Store) -> None:
    filled.merge(snapshot(state("a", current_status=Status.UP), seq=12))

    assert filled.apply(became(Status.DOWN, 11)) == NOTHING
    assert filled.records["a"].status is Status.UP
    assert filled.seq == 11


def test_a_late_page_snapshot_brings_no_deleted_endpoint_back(filled: Store) -> None:
    filled.apply(deleted(11))

    filled.merge(snapshot(state("a"), seq=10))

    assert "a" not in filled.records


def test_a_page_snapshot_of_another_database_is_ignored(filled: Store) -> None:
    assert filled.merge(snapshot(state("a", name="Other"), epoch="second", seq=99)) == NOTHING


@pytest.mark.parametrize(
    "change_view",
    [
        lambda store: store.apply(became(Status.DEGRADED, 11)),
        lambda store: store.apply(updated(11, note="Looked at")),
    ],
)
def test_a_view_stays_what_the_contract_says(
    filled: Store, change_view: Callable[[Store], object]
) -> None:
    change_view(filled)

    view = filled.records["a"].view
    assert type(view).model_validate(view.to_wire()) == view


def test_a_removed_and_added_endpoint_counts_as_changed_in_a_merged_change(filled: Store) -> None:
    change = filled.apply(deleted(11)) | filled.apply(created(12))

    assert change.changed == {"a": ALL_PARTS}
    assert not change.added
    assert not change.removed


def test_an_added_and_removed_endpoint_counts_as_nothing_in_a_merged_change(
    filled: Store,
) -> None:
    change = filled.apply(created(11, "c")) | filled.apply(deleted(12, "c"))

    assert not change


def test_parts_add_up_in_a_merged_change(filled: Store) -> None:
    change = filled.apply(checked("a", 0)) | filled.apply(became(Status.DEGRADED, 11))

    assert change.changed == {"a": CHECK_PARTS | Part.STATUS}
    assert change.parts() == CHECK_PARTS | Part.STATUS


def test_a_told_alert_moves_nothing_but_the_number(filled: Store) -> None:
    before = dict(filled.records)
    sent = NotificationSent(
        seq=11,
        endpoint_id="a",
        endpoint_name="a",
        notification_id="i:down:c",
        channel_id="c",
        channel_name="ops",
        kind=AlertKind.DOWN,
        status=Status.DOWN,
        sent_at=at(0),
    )
    assert filled.apply(sent) is NOTHING
    assert filled.seq == 11
    assert dict(filled.records) == before
    assert filled.apply(became(Status.DOWN, 11)) is NOTHING


def test_rows_of_a_compact_snapshot_are_the_checks_they_stand_for() -> None:
    plain = (
        recent(1),
        recent(2, response_time=900.0).model_copy(update={"is_degraded": True}),
        recent(3, ok=False, response_time=None),
    )
    words = 1, 2, 0
    rows = tuple(
        (unix_ms(it.checked_at), word, it.response_time, it.status_code, it.error_message)
        for it, word in zip(plain, words, strict=True)
    )
    one, other = Store(lambda: 0), Store(lambda: 0)
    one.replace(snapshot(state("a", checks=plain)))
    other.replace(snapshot(state("a").model_copy(update={"rows": rows})))
    assert other.records["a"].checks == one.records["a"].checks
    assert len(other.records["a"].checks) == 3


def test_all_endpoints_share_which_of_their_fields_are_set() -> None:
    store = Store(lambda: 0)
    store.replace(snapshot(state("a"), state("b")))
    store.apply(checked("a", 1))
    store.apply(became(Status.DOWN, 11, "b"))
    store.apply(created(12, "c"))
    store.merge(snapshot(state("a", name="Renamed"), seq=13))
    assert store.records["a"].view.name == "Renamed"
    shared = {id(record.view.model_fields_set) for record in store.records.values()}
    assert len(shared) == 1
    assert store.records["a"].view.model_fields_set == set(EndpointView.model_fields)
