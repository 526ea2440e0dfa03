"""Checks that come together come in one frame, to the clients that asked for it and no others."""

from contextlib import AbstractAsyncContextManager

from backend.contract.events import CheckCompleted, StatusChanged
from backend.contract.vocabulary import CheckStatus, Status
from backend.contract.wire import instant
from tests.helpers.live_backend import TOKEN, LiveBackend
from tests.helpers.socket_client import SocketClient, connected


def hear(live: LiveBackend) -> AbstractAsyncContextManager[SocketClient]:
    """Connect to a backend with its token."""
    return connected(live.url, TOKEN)


def burst(ids: list[str]) -> list[CheckCompleted]:
    """Return a check of each endpoint."""
    return [
        CheckCompleted(
            endpoint_id=endpoint_id,
            endpoint_name=f"e{number}",
            id=f"{endpoint_id}:{number}",
            status=CheckStatus.SUCCESS,
            response_time=5.0,
            status_code=200,
            checked_at=instant(1_800_000_000_000),
            error_message=None,
            is_degraded=False,
            reason=None,
            consecutive_failures=0,
        )
        for number, endpoint_id in enumerate(ids)
    ]


async def watched(live: LiveBackend, count: int) -> list[str]:
    """Add endpoints of which nothing is told but what a test publishes."""
    return [(await live.add(f"e{number}", isActive=False))["id"] for number in range(count)]


def told_checks(client: SocketClient) -> list[str]:
    """Return whose checks a client heard, alone or in a burst, in their order."""
    found: list[str] = []
    for name, data in client.heard:
        if name == "checks:completed":
            found += [each["endpointName"] for each in data]
        elif name == "check:completed":
            found.append(data["endpointName"])
    return found


async def test_a_burst_of_checks_is_one_frame_for_who_asked(live: LiveBackend) -> None:
    ids = await watched(live, 3)
    async with hear(live) as asked, hear(live) as plain:
        await asked.ask("subscribe:all", {"batch": True})
        await asked.ask("subscribe:endpoint", {"endpointId": ids[0]})
        await plain.ask("subscribe:all")
        for check in burst(ids):
            live.bus.publish(check)
        await plain.wait_for("check:completed", 3)
        await asked.wait_for("checks:completed")
        await asked.catch_up()
        assert told_checks(asked) == told_checks(plain) == ["e0", "e1", "e2"]
        assert asked.names() == ["checks:completed"]
        assert plain.names() == ["check:completed"] * 3


async def test_a_lone_check_goes_alone_also_to_who_asked_for_bursts(live: LiveBackend) -> None:
    endpoint_id = (await live.add())["id"]
    async with hear(live) as client:
        await client.ask("subscribe:all", {"batch": True})
        check = await live.check(endpoint_id)
        assert (await client.wait_for("check:completed"))["id"] == check["id"]


async def test_a_change_of_the_state_keeps_its_place_in_a_burst(live: LiveBackend) -> None:
    ids = await watched(live, 4)
    first, second, *rest = burst(ids)
    changed = StatusChanged(
        seq=99,
        endpoint_id=ids[1],
        endpoint_name="e1",
        previous_status=Status.UP,
        current_status=Status.DOWN,
        timestamp=first.checked_at,
        response_time=None,
        error_message=None,
    )
    async with hear(live) as client:
        await client.ask("subscribe:all", {"batch": True})
        await client.ask("subscribe:state")
        for event in (first, second, changed, *rest):
            live.bus.publish(event)
        await client.wait_for("checks:completed", 2)
        assert client.names()[1:] == [
            "checks:completed",
            "endpoint:status-changed",
            "checks:completed",
        ]


async def test_who_asks_anew_without_bursts_hears_single_checks_once(live: LiveBackend) -> None:
    ids = await watched(live, 2)
    async with hear(live) as client:
        await client.ask("subscribe:all", {"batch": True})
        await client.ask("subscribe:all")
        for check in burst(ids):
            live.bus.publish(check)
        await client.wait_for("check:completed", 2)
        await client.ask("subscribe:all", {"batch": True})
        await client.ask("unsubscribe:all")
        live.bus.publish(burst(ids)[0])
        await client.catch_up()
        assert client.names() == ["check:completed"] * 2


async def test_words_come_as_they_are_whatever_is_in_them(live: LiveBackend) -> None:
    """Also half a character, for which UTF-8 has no bytes."""
    ids = await watched(live, 2)
    words = ['가 "b" \\ \n \x00', "half \ud83d"]
    async with hear(live) as asked, hear(live) as plain:
        await asked.ask("subscribe:all", {"batch": True})
        await plain.ask("subscribe:all")
        for check, name in zip(burst(ids), words, strict=True):
            live.bus.publish(check.model_copy(update={"endpoint_name": name}))
        await plain.wait_for("check:completed", 2)
        await asked.wait_for("checks:completed")
        assert told_checks(asked) == told_checks(plain) == words
