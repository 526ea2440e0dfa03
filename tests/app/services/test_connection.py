"""The light's rules: delays, tries, giving up, and both transports."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from app.services.child import Address
from app.services.connection import LinkSettings
from app.state.link import LinkState, Phase
from backend.contract.events import EndpointCreated
from tests.app.services.conftest import Served
from tests.app.services.desk import QUICK, desk, through
from tests.helpers.cable import Cable

PATIENT = replace(QUICK, first_delay_s=60, max_delay_s=60)


def test_the_first_try_follows_a_loss_after_about_a_second() -> None:
    settings = LinkSettings()

    assert settings.delay_s(0, chance=0.5) == 1
    assert settings.delay_s(0, chance=0) == pytest.approx(0.8)
    assert settings.delay_s(0, chance=1) == pytest.approx(1.2)


def test_delays_double_and_never_exceed_five_seconds() -> None:
    settings = LinkSettings()

    assert [settings.delay_s(failures, 0.5) for failures in range(5)] == [1, 2, 4, 5, 5]
    assert settings.delay_s(1000, chance=1) == 5


async def test_the_light_goes_from_amber_to_green_and_tells_the_latency(served: Served) -> None:
    async with desk() as it:
        it.begin(served.address)
        await it.until(lambda: it.link.state.latency_ms is not None, "a latency")

        assert it.phases()[:2] == [Phase.CONNECTING, Phase.CONNECTED]
        assert it.states[0].attempt == 1
        assert it.link.state.transport == "websocket"
        assert 0 < (it.link.state.latency_ms or 0) < 2000


async def test_a_cut_is_red_with_a_countdown_then_amber_then_green_by_itself(
    served: Served, cable: Cable
) -> None:
    async with desk() as it:
        await it.connect(through(cable.port, served.address))
        it.states.clear()
        cable.cut()
        await it.until_phase(Phase.WAITING)
        await it.until_phase(Phase.CONNECTED)

        assert it.phases()[:3] == [Phase.WAITING, Phase.CONNECTING, Phase.CONNECTED]
        waiting = it.states[0]
        assert waiting.attempt == 1
        assert waiting.retry_in_s == pytest.approx(QUICK.first_delay_s, rel=QUICK.jitter)
        assert waiting.reason


async def test_failing_tries_are_counted_and_end_in_giving_up_aloud(
    served: Served, cable: Cable
) -> None:
    async with desk() as it:
        await it.connect(through(cable.port, served.address))
        await cable.refuse()
        it.states.clear()
        gave_up = await it.until_phase(Phase.GIVEN_UP)

        tries = [state.attempt for state in it.states if state.phase is Phase.CONNECTING]
        assert tries == [1, 2, 3, 4, 5]
        assert gave_up.reason

        await cable.heal()
        await served.add()
        assert it.link.state.phase is Phase.GIVEN_UP, "it waits to be asked"
        it.link.reconnect_now()
        await it.until_phase(Phase.CONNECTED)


async def test_reconnect_now_does_not_wait_for_the_countdown(served: Served, cable: Cable) -> None:
    async with desk(PATIENT) as it:
        await it.connect(through(cable.port, served.address))
        cable.cut()
        await it.until_phase(Phase.WAITING)
        it.link.reconnect_now()

        await it.until_phase(Phase.CONNECTED)


async def test_reconnect_now_leaves_a_connection_that_stands(served: Served) -> None:
    async with desk() as it:
        await it.connect(served.address)
        it.link.reconnect_now()
        await served.add()
        await it.until_event(EndpointCreated)

        assert it.phases().count(Phase.CONNECTING) == 1


async def test_a_restarted_backend_is_connected_to_at_once(served: Served, cable: Cable) -> None:
    async with desk(PATIENT) as it:
        await it.connect(through(cable.port, served.address))
        it.link.forget_address()
        await cable.refuse()
        await it.until_phase(Phase.WAITING)
        it.link.connect_to(served.address)

        await it.until_phase(Phase.CONNECTED)


async def test_an_address_that_is_forgotten_is_never_offered_again(
    served: Served, cable: Cable
) -> None:
    async with desk(replace(QUICK, start_timeout_s=0.05)) as it:
        await it.connect(through(cable.port, served.address))
        accepted = cable.accepted
        it.link.forget_address()
        cable.cut()
        gave_up = await it.until_phase(Phase.GIVEN_UP)

        assert cable.accepted == accepted
        assert gave_up.reason == "the backend is not running"


async def test_giving_up_by_order_needs_no_tries(served: Served, cable: Cable) -> None:
    async with desk(PATIENT) as it:
        await it.connect(through(cable.port, served.address))
        cable.cut()
        await it.until_phase(Phase.WAITING)
        it.link.give_up()
        await it.until_phase(Phase.GIVEN_UP)

        it.link.connect_to(served.address)
        await it.until_phase(Phase.CONNECTED)


async def test_a_wrong_token_is_refused_and_not_tried_by_polling(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app.services.connection")
    async with desk(PATIENT) as it:
        it.begin(Address(served.address.url, "wrong"))
        waiting = await it.until_phase(Phase.WAITING)

        assert waiting.reason == "unauthorized"
        assert "connect_error, try 1: unauthorized" in caplog.text
        assert "polling" not in caplog.text


async def test_the_token_is_in_no_log_and_no_state(
    served: Served, cable: Cable, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    async with desk() as it:
        await it.connect(through(cable.port, served.address))
        await cable.refuse()
        await it.until_phase(Phase.GIVEN_UP)

        # The server is in this process too, and its library logs every frame at this level.
        ours = [each for each in caplog.records if not each.name.startswith("uvicorn")]
        assert not any(served.address.token in each.getMessage() for each in ours)
        assert served.address.token not in f"{it.states} {served.address}"


async def test_where_no_websocket_can_be_had_polling_is_used_until_one_can(
    served: Served,
) -> None:
    async with (
        no_websockets(served.port) as proxy,
        desk(replace(QUICK, ping_every_s=0.05)) as it,
    ):
        it.begin(through(proxy.port, served.address))
        connected = await it.until_phase(Phase.CONNECTED)
        assert connected.transport == "polling"
        await served.add()
        await it.until_event(EndpointCreated)

        proxy.lets_websockets_through = True
        await it.until(lambda: it.link.state.transport == "websocket", "a websocket again")
        await served.add()
        await it.until_event(EndpointCreated, 2)

        assert Phase.WAITING not in it.phases()
        assert it.seqs() == sorted(set(it.seqs()))


async def test_where_a_websocket_stays_mute_polling_is_used(served: Served) -> None:
    async with (
        no_websockets(served.port) as proxy,
        desk(replace(QUICK, connect_timeout_s=0.5)) as it,
    ):
        proxy.lets_websockets_through = True
        proxy.mutes_websockets = True
        it.begin(through(proxy.port, served.address))
        connected = await it.until_phase(Phase.CONNECTED)

        assert connected.transport == "polling"


async def test_closing_says_goodbye_and_leaves_no_task(served: Served, cable: Cable) -> None:
    async with desk() as it:
        await it.connect(through(cable.port, served.address))
    await cable.wait_for_connections(0)

    ours = [task for task in asyncio.all_tasks() if task.get_name().startswith(("link", "desk"))]
    assert ours == []


async def test_closing_is_quick_while_a_server_says_nothing(served: Served, cable: Cable) -> None:
    async with desk() as it:
        await it.connect(through(cable.port, served.address))
        cable.hold()
        async with asyncio.timeout(4):
            await it.link.aclose()


async def test_a_server_that_falls_silent_is_noticed_within_ten_seconds(
    served: Served, cable: Cable
) -> None:
    async with desk(PATIENT) as it:
        await it.connect(through(cable.port, served.address))
        cable.hold()

        state: LinkState = await it.until_phase(Phase.WAITING)
        assert state.retry_in_s is not None


class Proxy:
    """A middle box that knows no websockets, until it is told."""

    def __init__(self, server_port: int) -> None:
        self.port = 0
        self.lets_websockets_through = False
        self.mutes_websockets = False
        self._server_port = server_port

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            is_websocket = b"upgrade: websocket" in head.lower()
            if is_websocket and not self.lets_websockets_through:
                writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
                return
            ours, theirs = (f"127.0.0.1:{port}" for port in (self.port, self._server_port))
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
            far_writer.write(head.replace(ours.encode(), theirs.encode()))
            if is_websocket and self.mutes_websockets:
                writer.write(await far_reader.readuntil(b"\r\n\r\n"))
                await reader.read()
                far_writer.close()
                return
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(self._pump(reader, far_writer, ours, theirs), name="up")
                pumps.create_task(self._pump(far_reader, writer, ours, theirs), name="down")
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ours: str, theirs: str
    ) -> None:
        while chunk := await reader.read(65536):
            writer.write(chunk.replace(ours.encode(), theirs.encode()))
            await writer.drain()
        writer.close()


@asynccontextmanager
async def no_websockets(server_port: int) -> AsyncIterator[Proxy]:
    proxy = Proxy(server_port)
    server = await asyncio.start_server(proxy.relay, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
