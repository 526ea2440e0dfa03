"""While nothing can be stored alarms go out from memory, once, and are noted when it is over."""

import asyncio
from collections.abc import Awaitable

import pytest

from backend.contract.events import IncidentResolved, IncidentStarted, StorageChanged
from backend.contract.vocabulary import DeliveryState, StorageTrouble
from backend.engine.storing import AGAIN_MS, Storing
from backend.storage.errors import NotStored
from tests.backend.alerts.conftest import House
from tests.helpers.target_server import Answer, running_target

STATES = (DeliveryState.DELIVERED, DeliveryState.DELIVERED)


async def let_write(house: House, allowed: bool) -> None:
    """Take the right to write from the archive's connection, or give it back."""
    await house.archive._writing.read(
        lambda db: db.execute_sql(f"PRAGMA query_only = {int(not allowed)}")
    )


async def unstored(doing: Awaitable[None]) -> None:
    with pytest.raises(NotStored) as raised:
        await doing
    assert raised.value.trouble is StorageTrouble.UNWRITABLE


def watched(house: House) -> Storing:
    storing = Storing(archive=house.archive, bus=house.bus, clock=house.clock)
    storing.when_stored_again(house.alerts.herald.stored_again)
    return storing


async def test_an_outage_and_its_end_are_told_from_memory_and_stored_afterwards(
    house: House,
) -> None:
    async with running_target() as hook:
        storing = watched(house)
        await house.channel("webhook", {"url": hook.url})
        shop = await house.add()
        await let_write(house, False)

        await unstored(house.goes_down(shop))
        await hook.wait_for_hits(1)
        assert storing.trouble is StorageTrouble.UNWRITABLE
        assert house.spy.of(IncidentStarted)[0].seq == 0
        house.clock.advance(31_000)
        await unstored(house.comes_up(shop))
        await hook.wait_for_hits(2)
        assert await house.log() == [], "nothing is stored yet"

        await let_write(house, True)
        await house.archive.try_to_store()
        log = await house.until_settled()
        assert tuple(it.state for it in log) == STATES
        assert [it.kind.value for it in log] == ["down", "recovered"]
        assert hook.hits == 2
        first, again = house.spy.of(IncidentStarted)
        assert again.seq > 0
        assert again.model_copy(update={"seq": 0}) == first
        assert [it.seq > 0 for it in house.spy.of(IncidentResolved)] == [False, True]
        assert [it.trouble for it in house.spy.of(StorageChanged)] == [
            StorageTrouble.UNWRITABLE,
            None,
        ]


async def test_the_end_of_an_outage_told_before_is_told_from_memory(house: House) -> None:
    async with running_target() as hook:
        watched(house)
        await house.channel("webhook", {"url": hook.url})
        shop = await house.add()
        await house.goes_down(shop)
        await hook.wait_for_hits(1)
        await house.until_settled()
        house.clock.advance(31_000)
        await let_write(house, False)

        await unstored(house.comes_up(shop))

        await hook.wait_for_hits(2)


async def test_what_did_not_arrive_meanwhile_is_tried_again_from_the_archive(
    house: House,
) -> None:
    async with running_target(Answer(status=503)) as hook:
        watched(house)
        await house.channel("webhook", {"url": hook.url})
        shop = await house.add()
        await let_write(house, False)
        await unstored(house.goes_down(shop))
        await hook.wait_for_hits(3)
        hook.answer = Answer()
        await let_write(house, True)
        await house.archive.try_to_store()
        await house.until_log(lambda log: bool(log) and log[0].next_try_at is not None)

        house.clock.advance(60_000)
        house.alerts.herald.look_again()

        (entry,) = await house.until_settled()
        assert entry.state is DeliveryState.DELIVERED
        assert hook.hits == 4


async def test_it_is_tried_every_two_seconds_whether_anything_can_be_stored(
    house: House,
) -> None:
    storing = watched(house)
    async with asyncio.TaskGroup() as group:
        watching = group.create_task(storing.run(), name="watch under test")
        shop = await house.add()
        await let_write(house, False)
        await unstored(house.goes_down(shop))
        await let_write(house, True)
        await house.clock.wait_for_sleeper(house.clock.monotonic_ms() + AGAIN_MS)

        house.clock.advance(AGAIN_MS)

        await house.spy.wait_for(StorageChanged, 2)
        assert storing.trouble is None
        assert house.spy.of(IncidentStarted)[1].seq > 0
        watching.cancel()
