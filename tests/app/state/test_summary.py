"""The whole in a few numbers."""

import pytest

from app.state.store import Store
from app.state.summary import summarize
from backend.contract.vocabulary import Status
from tests.app.state.builders import became, checked, deleted, snapshot, started, state, updated


@pytest.fixture
def store() -> Store:
    store = Store(now_ms=lambda: 0)
    store.replace(
        snapshot(
            state("a", current_status=Status.UP, total=3),
            state("b", current_status=Status.DOWN, name="zebra"),
            state("c", current_status=Status.DOWN, name="Ant"),
            state("d", current_status=Status.DEGRADED),
            state("e", is_active=False),
            state("f"),
        )
    )
    return store


def test_every_endpoint_is_counted_once(store: Store) -> None:
    summary = summarize(store)

    counted = (summary.up, summary.down, summary.degraded, summary.unknown, summary.paused)
    assert counted == (1, 2, 1, 1, 1)
    assert summary.total == 6


def test_those_in_trouble_are_named_in_alphabetical_order(store: Store) -> None:
    assert summarize(store).down_names == ("Ant", "zebra")
    assert summarize(store).slow_names == ("Endpoint d",)


def test_the_worst_status_follows_the_events(store: Store) -> None:
    assert summarize(store).worst is Status.DOWN

    store.apply(became(Status.UP, 11, "b"))
    store.apply(deleted(12, "c"))
    assert summarize(store).worst is Status.DEGRADED

    store.apply(became(Status.UP, 13, "d"))
    assert summarize(store).worst is Status.UP
    assert summarize(store).down_names == ()


def test_a_paused_endpoint_is_no_trouble(store: Store) -> None:
    for seq, key in enumerate("abcdf", 11):
        store.apply(updated(seq, key, is_active=False))

    assert summarize(store).paused == 6
    assert summarize(store).worst is None


def test_uptime_is_over_all_checks_of_all_endpoints(store: Store) -> None:
    store.apply(checked("b", 1, ok=False))

    assert summarize(store).uptime_24h == 75


def test_without_endpoints_there_is_nothing_to_say() -> None:
    summary = summarize(Store(now_ms=lambda: 0))

    assert summary.total == 0
    assert summary.uptime_24h is None
    assert summary.worst is None


def test_open_incidents_are_counted(store: Store) -> None:
    store.apply(started(11, "b"))

    assert summarize(store).active_incidents == 1
