"""A page hears what it asked for and nothing else, also after a reconnect."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from app.services.subscriptions import (
    ALL_CHECKS,
    CallError,
    Subscription,
    Subscriptions,
)
from app.tasks import TaskOwner
from backend.contract.events import CheckCompleted
from backend.contract.vocabulary import Call, EventName
from tests.app.services.conftest import Served
from tests.app.services.desk import desk, through
from tests.app.state import builders
from tests.helpers.bell import Bell
from tests.helpers.cable import Cable


async def test_the_list_hears_the_checks_of_all_endpoints(served: Served) -> None:
    ids = [await served.add("one"), await served.add("two")]
    async with desk() as it:
        it.subscriptions.page(ALL_CHECKS)
        it.begin(served.address)
        await it.until(lambda: it.subscriptions.held == ALL_CHECKS, "the subscription")
        for endpoint_id in ids:
            await served.check(endpoint_id)
        await it.until_event(CheckCompleted, 2)

        assert it.checked_endpoints() == set(ids)
        assert all(len(it.store.records[key].checks) == 2 for key in ids)


async def test_a_detail_page_hears_its_own_endpoint_only(served: Served) -> None:
    one, other = await served.add("one"), await served.add("other")
    async with desk() as it:
        it.subscriptions.page(ALL_CHECKS)
        it.begin(served.address)
        await it.until(lambda: it.subscriptions.held == ALL_CHECKS, "the subscription")
        it.subscriptions.page(Subscription(one))
        await it.until(lambda: it.subscriptions.held == Subscription(one), "the swap")
        await served.check(other)
        await served.check(one)
        await it.until_event(CheckCompleted)

        assert it.checked_endpoints() == {one}


async def test_a_page_without_checks_gives_the_stream_up(served: Served) -> None:
    endpoint_id = await served.add()
    async with desk() as it:
        it.subscriptions.page(ALL_CHECKS)
        it.begin(served.address)
        await it.until(lambda: it.subscriptions.held == ALL_CHECKS, "the subscription")
        it.subscriptions.page(None)
        await it.until(lambda: it.subscriptions.held is None, "the end of the subscription")
        await served.take_down(endpoint_id)
        await it.until(lambda: it.store.open_incidents == 1, "the incident")

        assert it.of(CheckCompleted) == []


async def test_entering_a_page_fills_in_the_checks_nobody_heard(served: Served) -> None:
    endpoint_id = await served.add()
    async with desk() as it:
        await it.connect(served.address)
        await served.check(endpoint_id, times=5)
        it.subscriptions.page(Subscription(endpoint_id))
        await it.until(lambda: len(it.store.records[endpoint_id].checks) == 6, "six checks")

        assert it.store.records[endpoint_id].day.checks == 6


async def test_a_reconnect_restores_exactly_what_is_held_now(served: Served, cable: Cable) -> None:
    one, other = await served.add("one"), await served.add("other")
    async with desk() as it:
        it.subscriptions.page(ALL_CHECKS)
        it.begin(through(cable.port, served.address))
        await it.until(lambda: it.subscriptions.held == ALL_CHECKS, "the subscription")
        await cable.refuse()
        await it.until(lambda: it.subscriptions.held is None, "the loss")
        it.subscriptions.page(Subscription(one))
        await served.check(one)
        await cable.heal()
        it.link.reconnect_now()
        await it.until(lambda: it.subscriptions.held == Subscription(one), "the restoration")
        await it.until(lambda: len(it.store.records[one].checks) == 2, "the check missed")
        await served.check(other)
        await served.check(one)
        await it.until_event(CheckCompleted)

        assert it.checked_endpoints() == {one}


async def test_a_page_that_changes_fast_ends_with_what_it_wants_last(served: Served) -> None:
    one, other = await served.add("one"), await served.add("other")
    async with desk() as it:
        await it.connect(served.address)
        for wanted in (ALL_CHECKS, Subscription(one), None, ALL_CHECKS, Subscription(other)):
            it.subscriptions.page(wanted)
        await it.until(lambda: it.subscriptions.held == Subscription(other), "the last wish")
        await served.check(one)
        await served.check(other)
        await it.until_event(CheckCompleted)

        assert it.checked_endpoints() == {other}


async def test_a_call_is_retried_and_then_the_subscription_has_failed() -> None:
    async with subscriptions() as (parts, line, failed):
        line.failures = {Call.SUBSCRIBE_ALL: 3}
        await parts.restore(line)
        parts.page(ALL_CHECKS)
        await line.bell.until(lambda: failed, "the failure", 5)

        assert failed == [ALL_CHECKS]
        assert line.made == [Call.SUBSCRIBE_ALL] * 3
        assert parts.held is None


async def test_a_call_that_fails_once_is_made_again_and_nobody_is_troubled() -> None:
    async with subscriptions() as (parts, line, failed):
        line.failures = {Call.SUBSCRIBE_ALL: 2}
        await parts.restore(line)
        parts.page(ALL_CHECKS)
        await line.bell.until(lambda: parts.held == ALL_CHECKS, "the subscription", 5)

        assert failed == []
        assert line.made == [Call.SUBSCRIBE_ALL] * 3


async def test_what_failed_is_tried_again_when_a_page_asks_again() -> None:
    async with subscriptions() as (parts, line, failed):
        line.failures = {Call.SUBSCRIBE_ALL: 3}
        await parts.restore(line)
        parts.page(ALL_CHECKS)
        await line.bell.until(lambda: failed, "the failure", 5)
        parts.page(ALL_CHECKS)
        await line.bell.until(lambda: parts.held == ALL_CHECKS, "the subscription", 5)


async def test_a_stream_that_cannot_be_given_up_does_not_keep_the_next_page_deaf() -> None:
    async with subscriptions() as (parts, line, failed):
        parts.page(ALL_CHECKS)
        await parts.restore(line)
        line.failures = {Call.UNSUBSCRIBE_ALL: 3}
        parts.page(Subscription("one"))
        await line.bell.until(lambda: parts.held == Subscription("one"), "the next page", 5)

        assert failed == []


async def test_a_call_cut_by_the_end_of_the_connection_is_no_failure() -> None:
    async with subscriptions() as (parts, line, failed):
        line.failures = {Call.SUBSCRIBE_ALL: 1}
        line.on_call = parts.lost
        parts.page(ALL_CHECKS)
        await parts.restore(line)
        line.on_call = None
        await parts.restore(line)

        assert failed == []
        assert parts.held == ALL_CHECKS


class ScriptedLine:
    """A connection whose calls fail as often as the test says."""

    def __init__(self) -> None:
        self.failures: dict[str, int] = {}
        self.made: list[str] = []
        self.on_call: Callable[[], None] | None = None
        self.bell = Bell()

    async def call(self, name: str, data: Mapping[str, object] | None = None) -> object:
        self.made.append(name)
        if self.on_call is not None:
            self.on_call()
        left = self.failures.get(name, 0)
        self.failures[name] = max(0, left - 1)
        if left:
            raise CallError(f"{name}: no answer in time")
        return {"subscribed": True}


@asynccontextmanager
async def subscriptions() -> AsyncIterator[tuple[Subscriptions, ScriptedLine, list[Subscription]]]:
    tasks, line = TaskOwner("test"), ScriptedLine()

    async def take(answer: object) -> None:
        assert answer == {"subscribed": True}

    parts = Subscriptions(tasks, take)
    failed: list[Subscription] = []
    parts.failed.add(failed.append)
    for listeners in (parts.failed, parts.held_changed):
        listeners.add(lambda _: line.bell.ring())
    try:
        yield parts, line, failed
    finally:
        await tasks.aclose()


async def test_a_burst_of_checks_is_taken_check_by_check(served: Served) -> None:
    ids = [await served.add(f"API {number}") for number in range(3)]
    async with desk() as it:
        it.subscriptions.page(ALL_CHECKS)
        it.begin(served.address)
        await it.until(lambda: it.subscriptions.held == ALL_CHECKS, "the subscription")
        it.talk.loses = frozenset({EventName.CHECK_COMPLETED})  # so it is heard in a burst or not
        for number, endpoint_id in enumerate(ids):
            served.bus.publish(builders.checked(endpoint_id, seconds=10**6 + number))
        await it.until_event(CheckCompleted, 3)

        assert [told.event.endpoint_id for told in it.of(CheckCompleted)] == ids
