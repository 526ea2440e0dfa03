"""What belongs together is one toast in the window, named by what it shares."""

import pytest
from pytestqt.qtbot import QtBot

from app.presenters.toasts import ToastsPresenter
from app.state.store import Store
from backend.contract.events import EndpointEvent
from backend.contract.vocabulary import Status
from tests.app.state.builders import became, deleted, ended, snapshot, started, state, updated
from widgets.main_window import MainWindow

ROWS = {"a": "http://lone.test/", "x": "http://shop.test/1", "y": "http://shop.test/2"}


class Bench:
    def __init__(self, window: MainWindow, store: Store) -> None:
        rows = {**ROWS, **{f"n{n}": f"http://many.test/{n}" for n in range(200)}}
        store.replace(
            snapshot(*(state(k, current_status=Status.UP, url=url) for k, url in rows.items()))
        )
        self.store = store
        self.now = 100.0
        self.stack = window.toasts
        self.presenter = ToastsPresenter(self.stack, store, [].append, now=lambda: self.now)

    def goes_down(self, key: str, address: str | None = None) -> None:
        seen = {"address": address}
        down = became(Status.DOWN, 1, key).model_copy(update={"previous_status": Status.UP} | seen)
        self.presenter.on_event(down)
        self.presenter.on_event(started(2, key, f"i-{key}").model_copy(update=seen))

    def recovers(self, key: str) -> None:
        up = became(Status.UP, 3, key).model_copy(update={"previous_status": Status.DOWN})
        self.presenter.on_event(up)
        self.presenter.on_event(ended(4, key, f"i-{key}"))

    @property
    def titles(self) -> list[str]:
        return [toast.title for toast in self.stack.toasts()]


@pytest.fixture
def bench(window: MainWindow, store: Store) -> Bench:
    return Bench(window, store)


def test_two_on_one_host_become_one_toast_that_lists_them(bench: Bench) -> None:
    bench.goes_down("x")
    assert bench.titles == ["❌ Endpoint x is down", "🚨 Incident started: Endpoint x"]
    bench.goes_down("y")
    assert bench.titles == ["❌ 2 endpoints on shop.test are down"]
    assert bench.stack.toasts()[0].detail == "Endpoint x, Endpoint y"


def test_two_names_that_were_seen_to_answer_at_one_address_are_one_toast(bench: Bench) -> None:
    bench.goes_down("a", "192.0.2.7")
    bench.goes_down("x", "192.0.2.7")
    assert bench.titles == ["❌ 2 endpoints at 192.0.2.7 are down"]


def test_what_shares_nothing_stays_beside_it(bench: Bench) -> None:
    for key in "xay":
        bench.goes_down(key)
    assert bench.titles == [
        "❌ Endpoint a is down",
        "🚨 Incident started: Endpoint a",
        "❌ 2 endpoints on shop.test are down",
    ]


def test_half_a_minute_later_it_is_another_story(bench: Bench) -> None:
    bench.goes_down("x")
    bench.stack.clear()
    bench.now += 30
    bench.goes_down("y")
    assert bench.titles[0] == "❌ Endpoint y is down"


def test_recoveries_are_grouped_apart_from_outages(qtbot: QtBot, bench: Bench) -> None:
    bench.goes_down("x")
    bench.goes_down("y")
    bench.stack.clear()
    bench.now += 5
    bench.recovers("x")
    assert bench.titles == ["✅ Endpoint x is up", "✨ Endpoint x has recovered"]
    bench.recovers("y")
    qtbot.waitUntil(lambda: bench.titles == ["✨ 2 endpoints on shop.test have recovered"])


def test_a_crowd_is_one_toast_made_a_few_times_not_once_for_each(
    qtbot: QtBot, bench: Bench
) -> None:
    for n in range(200):
        bench.goes_down(f"n{n}")
    assert len(bench.titles) == 1
    qtbot.waitUntil(lambda: bench.titles == ["❌ 200 endpoints on many.test are down"])
    assert bench.stack.toasts()[0].detail.endswith("and 196 more")
    assert bench.stack.missed == 0


@pytest.mark.parametrize(
    "event", [deleted(15, "x"), updated(15, "x", current_status=Status.UNKNOWN)]
)
def test_who_was_deleted_or_begun_anew_meanwhile_is_in_no_toast(
    bench: Bench, event: EndpointEvent
) -> None:
    bench.goes_down("x")
    bench.stack.clear()
    bench.store.apply(event)
    bench.goes_down("y")
    assert bench.titles[0] == "❌ Endpoint y is down"
