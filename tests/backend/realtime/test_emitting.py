"""Who is told of what, while rooms change in the middle of a burst."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import socketio

from backend.realtime.emitting import ALL, BATCHED, Emitting, room_of
from backend.realtime.gateway import MESSAGE_BYTES
from backend.serving import HOST, listening, serving
from tests.backend.realtime.test_bursts import burst, told_checks
from tests.helpers.socket_client import connected

SENT_AT_ONCE = 50
"""After so many frames the others on the loop have a turn, also to enter a room or leave it."""


@asynccontextmanager
async def emitting() -> AsyncIterator[tuple[str, socketio.AsyncServer, Emitting]]:
    """Serve with no gateway before the way out; whoever connects is in no room."""
    server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=[])
    way_out = Emitting(server)
    with listening(0) as sock:
        async with (
            serving(socketio.ASGIApp(server), sock, MESSAGE_BYTES),
            asyncio.TaskGroup() as group,
        ):
            running = group.create_task(way_out.run(), name="the emitting")
            yield f"http://{HOST}:{sock.getsockname()[1]}", server, way_out
            running.cancel()


def ids(count: int) -> list[str]:
    return [f"00000000-0000-4000-8000-{number:012}" for number in range(count)]


async def test_who_comes_in_the_middle_of_a_burst_hears_all_that_happens_then() -> None:
    *first, last = burst(ids(SENT_AT_ONCE + 11))
    async with (
        emitting() as (url, server, way_out),
        connected(url, None) as plain,
        connected(url, None) as late,
    ):
        await server.enter_room(plain.sid, ALL)
        for check in first:
            way_out.collect(check)
        await asyncio.sleep(0)  # it sends and lets others have a turn: us
        await server.enter_room(late.sid, BATCHED)
        way_out.collect(last)
        await plain.wait_for("check:completed", len(first) + 1)
        await late.wait_for("checks:completed")
    assert told_checks(plain) == [f"e{number}" for number in range(len(first) + 1)]
    assert told_checks(late) == told_checks(plain)[SENT_AT_ONCE:]


async def test_who_leaves_in_the_middle_of_a_burst_hears_nothing_that_happens_then() -> None:
    *first, last = burst(ids(SENT_AT_ONCE + 11))
    async with (
        emitting() as (url, server, way_out),
        connected(url, None) as plain,
        connected(url, None) as gone,
    ):
        await server.enter_room(plain.sid, ALL)
        await server.enter_room(gone.sid, BATCHED)
        for check in first:
            way_out.collect(check)
        await asyncio.sleep(0)
        await server.leave_room(gone.sid, BATCHED)
        way_out.collect(last)
        await plain.wait_for("check:completed", len(first) + 1)
        await server.emit("the end", {}, to=gone.sid)
        await gone.wait_for("the end")
    assert told_checks(gone) == told_checks(plain)[:SENT_AT_ONCE]


async def test_who_is_in_several_rooms_hears_each_check_once() -> None:
    checks = burst(ids(3))
    async with (
        emitting() as (url, server, way_out),
        connected(url, None) as both,
        connected(url, None) as one,
    ):
        for room in (ALL, room_of(checks[1].endpoint_id)):
            await server.enter_room(both.sid, room)
        await server.enter_room(one.sid, room_of(checks[1].endpoint_id))
        for check in checks:
            way_out.collect(check)
        await both.wait_for("check:completed", 3)
        await server.emit("the end", {})
        await both.wait_for("the end")
        await one.wait_for("the end")
    assert told_checks(both) == ["e0", "e1", "e2"]
    assert told_checks(one) == ["e1"]
