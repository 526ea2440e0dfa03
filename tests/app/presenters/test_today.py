"""Today's bar moves with every check, and then says what the backend says when it is asked."""

from datetime import date, timedelta

import pytest

from app.presenters.today import Counted, counted_on
from app.state.change import Change
from app.state.record import EndpointRecord
from app.state.rings import Ring
from app.state.store import Store
from backend.contract.events import CheckCompleted, Event
from backend.contract.vocabulary import Reason
from tests.app.presenters.test_history import Bench, bench
from tests.app.services.conftest import BAD, GOOD
from tests.app.state.builders import START, at, checked, snapshot, state, view
from tests.helpers.waiting import done
from widgets.pages import Page
from widgets.series import UptimeDay

__all__ = ["bench"]

TODAY = START.date()
DAYS = (UptimeDay(TODAY - timedelta(days=1), 100.0), UptimeDay(TODAY, 50.0, 30.0))


def check(seconds: float, **values: object) -> CheckCompleted:
    return checked(seconds=seconds, **values)


def record(*checks: CheckCompleted) -> EndpointRecord:
    return EndpointRecord(view(), Ring.of(checks))


def test_checks_are_counted_on_from_where_the_days_end() -> None:
    found = counted_on(DAYS, Counted(START, 2), record(check(-60), check(60), check(120)))
    assert found[0] == DAYS[0]
    assert found[1] == UptimeDay(TODAY, 75.0, 30.0)


def test_what_was_in_the_days_already_changes_nothing() -> None:
    assert counted_on(DAYS, Counted(START, 2), record(check(-60), check(0))) == DAYS


def test_a_failed_check_is_time_down_until_the_next_one_but_never_longer_than_it_speaks() -> None:
    soon = record(check(10, ok=False), check(40))
    assert counted_on(DAYS, Counted(START, 2), soon)[1].down_s == 60
    late = record(check(10, ok=False), check(4000))
    assert counted_on(DAYS, Counted(START, 2), late)[1].down_s == 30 + 60 + 5 + 5
    before = record(check(-20, ok=False), check(40))
    assert counted_on(DAYS, Counted(START, 2), before)[1].down_s == 30 + 40


def test_a_day_that_begins_takes_the_place_of_the_oldest() -> None:
    midnight = 12 * 3600
    found = counted_on(DAYS, Counted(START, 2), record(check(60), check(midnight + 1, ok=False)))
    assert [day.day for day in found] == [TODAY, date(2026, 1, 6)]
    assert [day.percent for day in found] == [pytest.approx(200 / 3), 0.0]


def test_trouble_of_our_own_is_nobodys_failure() -> None:
    store = Store(lambda: 0)
    store.replace(snapshot(state()))
    store.apply(check(5, ok=False, reason=Reason.OURS))
    store.apply(check(10, ok=False, reason=Reason.TARGET))
    found = counted_on(DAYS, Counted(START, 0), store.records["a"])
    assert found[1].percent == 0
    assert counted_on(DAYS, Counted(at(5), 2), store.records["a"])[1].percent == pytest.approx(
        100 / 3
    )


def hears(bench: Bench) -> None:
    """Let the store and the pages hear the backend's events, as over the line."""

    def hear(event: Event) -> None:
        change: Change = bench.store.apply(event)
        bench.history.on_change(change)

    bench.served.bus.subscribe(hear)


async def test_a_check_moves_the_bars_of_lists_and_page_and_the_next_load_agrees(
    bench: Bench,
) -> None:
    key = await bench.served.add("Shop")
    await bench.fill(key)
    await bench.online()
    bench.open(key)
    await done(bench.tasks)
    hears(bench)
    page, lists = bench.window.endpoint.days, bench.history.days
    assert page.bar.days[-1].percent == lists.days_of(key)[-1].percent == 100
    spoken = page.words
    await bench.served.check(key, BAD, times=2)
    await bench.served.check(key, GOOD)
    assert bench.tasks.names == []  # nothing is asked for: what was heard is enough
    moved = lists.days_of(key)[-1]
    assert moved.percent == page.bar.days[-1].percent == 50
    assert page.words != spoken
    bench.history.endpoint_past.refresh.now()
    bench.window.show_page(Page.DASHBOARD)
    await done(bench.tasks)
    assert lists.days_of(key)[-1].percent == 50
    bench.open(key)
    await done(bench.tasks)
    assert page.bar.days[-1].percent == 50


async def test_where_no_check_is_heard_an_outage_loads_the_days_once(bench: Bench) -> None:
    key = await bench.served.add("Shop")
    await bench.fill(key)
    bench.window.show_page(Page.STATISTICS)
    await bench.online()
    soon = bench.history.days.refresh._soon
    assert not soon.isActive()
    bench.history.on_change(Change(incidents_added=frozenset({"i"})))
    assert soon.isActive()
    left = soon.remainingTime()
    bench.history.on_change(Change(incidents_changed=frozenset({"i"})))
    assert soon.remainingTime() <= left
