"""After a cut what holds is told, and what came and went is one toast."""

import pytest

from app.presenters.afterwards import Afterwards
from app.presenters.toasts import ToastsPresenter
from app.state.store import Store
from backend.contract.events import StateEvent
from backend.contract.vocabulary import Status
from tests.app.state.builders import became, created, ended, snapshot, started, state
from widgets.main_window import MainWindow


class Bench:
    """A store that was in step before the cut, and what is told after it."""

    def __init__(self, window: MainWindow, store: Store) -> None:
        self.stack = window.toasts
        self.told: list[StateEvent] = []
        self._store = store
        toasts = ToastsPresenter(window.toasts, store, lambda _: None)
        self.afterwards = Afterwards(store, toasts, self.told.append)

    def missed(self, *events: StateEvent) -> None:
        for event in events:
            self._store.apply(event)
            self.afterwards.take(event)


@pytest.fixture
def bench(window: MainWindow, store: Store) -> Bench:
    store.replace(snapshot(*(state(key, current_status=Status.UP) for key in "abc")))
    return Bench(window, store)


def test_an_outage_that_still_holds_is_told_by_its_last_event_alone(bench: Bench) -> None:
    last = started(16, "a", "i2")
    bench.missed(became(Status.DOWN, 11), started(12), became(Status.UP, 13), ended(14))
    bench.missed(became(Status.DOWN, 15), last)
    assert bench.told == []
    bench.afterwards.tell()
    assert bench.told == [last]
    assert bench.stack.toasts() == []


def test_outages_that_came_and_went_unseen_are_one_toast(bench: Bench) -> None:
    for number, key in enumerate("abc"):
        seq = 11 + 4 * number
        bench.missed(became(Status.DOWN, seq, key), started(seq + 1, key, f"i{key}"))
        bench.missed(became(Status.UP, seq + 2, key), ended(seq + 3, key, f"i{key}"))
    bench.afterwards.tell()
    assert bench.told == []
    (toast,) = bench.stack.toasts()
    assert toast.title == "✨ 3 endpoints have recovered"
    assert toast.detail == "Endpoint a and 2 more"
    bench.afterwards.tell()
    assert len(bench.stack.toasts()) == 1, "once only"


def test_the_end_of_an_outage_that_was_known_is_told(bench: Bench) -> None:
    end = ended(12)
    bench.missed(became(Status.UP, 11), end)
    bench.afterwards.tell()
    assert bench.told == [end]


def test_slowness_is_told_where_it_lasts(bench: Bench) -> None:
    lasting = became(Status.DEGRADED, 11, "a")
    bench.missed(lasting, became(Status.DEGRADED, 12, "b"), became(Status.UP, 13, "b"))
    bench.missed(created(14, "n"))
    bench.afterwards.tell()
    assert bench.told == [lasting]
