"""What becomes of who opens a line and does not show the token."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import httpx
import pytest
import socketio
from socketio.exceptions import ConnectionRefusedError as Refused
from structlog.testing import capture_logs

from backend.doorkeeper import Doorkeeper, OneToken
from backend.realtime.gateway import MESSAGE_BYTES, PING_S
from backend.realtime.strangers import STRANGERS, Strangers
from backend.serving import listening, serving
from tests.helpers.live_backend import TOKEN, LiveBackend
from tests.helpers.socket_client import connected
from tests.helpers.stranger import poll, transport

LINE = "/socket.io/?EIO=4&transport=polling"
PLAIN = {"content-type": "text/plain"}


@asynccontextmanager
async def a_server(connect_s: float, ping_s: float = PING_S) -> AsyncIterator[str]:
    """Serve Socket.IO to who shows the token, with strangers watched; its URL."""
    server = socketio.AsyncServer(
        async_mode="asgi",
        cors_allowed_origins=[],
        ping_interval=ping_s,
        ping_timeout=ping_s,
        max_http_buffer_size=MESSAGE_BYTES,
    )

    async def let_in(_sid: str, _environ: object, auth: object = None) -> None:
        if auth != {"token": TOKEN}:
            raise Refused("unauthorized")

    server.on("connect", let_in)
    strangers = Strangers(server, Doorkeeper(OneToken(TOKEN), wait_s=0), connect_s=connect_s)
    with listening(0) as sock:
        async with (
            asyncio.TaskGroup() as group,
            serving(socketio.ASGIApp(server), sock, MESSAGE_BYTES),
        ):
            watch = group.create_task(strangers.watch(), name="the watch over strangers")
            yield f"http://127.0.0.1:{sock.getsockname()[1]}"
            watch.cancel()
            await server.shutdown()


@pytest.mark.timeout(30)
async def test_who_never_asks_to_be_let_in_is_hung_up_on_in_time() -> None:
    async with a_server(connect_s=0.2) as url, transport(url) as first:
        async with transport(url) as second:
            await first.is_hung_up_on(PING_S)
            await second.is_hung_up_on(PING_S)
        assert (first.heard, second.heard) == ([], [])
        heard, refused_with = await poll(url, [])
        assert (heard, refused_with) == (["1"], 400), "told to close, and then unknown"


async def test_who_was_let_in_stays_beyond_that_time() -> None:
    async with a_server(connect_s=0.2) as url, connected(url, TOKEN) as client:
        async with transport(url) as later:
            await later.is_hung_up_on(PING_S)
        assert client.sid
        assert client.is_connected


async def test_of_too_many_strangers_the_oldest_is_hung_up_on() -> None:
    async with (
        a_server(connect_s=60) as url,
        transport(url) as oldest,
        httpx.AsyncClient(base_url=url, trust_env=False) as rest,
    ):
        for _ in range(STRANGERS - 1):
            assert (await rest.get(LINE)).status_code == 200
        assert oldest.is_open
        with capture_logs() as lines:
            assert (await rest.get(LINE)).status_code == 200
        await oldest.is_hung_up_on()
        assert [line["why"] for line in lines] == ["one of too many"]
        async with connected(url, TOKEN) as client:
            assert client.is_connected, "who has the token comes in all the same"


@pytest.mark.parametrize(
    "packet",
    ["", "2", "9", "x", "1", "3[]", "4{}", '51-["a"]', "2[", '2["sync"', b"\x00", b"", "61-[]"],
)
async def test_a_stranger_that_talks_nonsense_is_hung_up_on(packet: str | bytes) -> None:
    async with a_server(connect_s=60) as url, transport(url) as stranger:
        with capture_logs() as lines:
            await stranger.say(packet)
            await stranger.is_hung_up_on()
        assert stranger.heard == []
        assert [line["why"] for line in lines] == ["spoke before it was let in"]


@pytest.mark.parametrize(
    "packet",
    [
        "x",
        "9",
        "4{}",
        '51-["a",{"_placeholder":true,"num":5}]\0',
        "2[",
        "2{}",
        "2[]",
        "2[[]]",
        "27[{}]",
    ],
)
async def test_a_guest_that_talks_nonsense_is_hung_up_on_without_a_trace(
    live: LiveBackend, packet: str
) -> None:
    async with connected(live.url, TOKEN) as other, transport(live.url) as guest:
        await guest.say(f'0{{"token":"{TOKEN}"}}')
        await guest.wait_for("0{")
        with capture_logs() as lines:
            await guest.say(*packet.split("\0"))
            if "\0" in packet:
                await guest.say(b"attached")
            await guest.is_hung_up_on()
        assert all("exc_info" not in line for line in lines)
        assert (await other.ask("subscribe:all"))["subscribed"] is True


async def test_it_is_noted_who_did_not_answer_a_heartbeat() -> None:
    async with a_server(connect_s=5, ping_s=0.2) as url, aiohttp.ClientSession() as session:
        with capture_logs() as lines:
            async with session.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket") as line:
                await line.send_str(f'40{{"token":"{TOKEN}"}}')
                async for message in line:
                    if message.data == "2":  # the heartbeat; something else is its answer
                        await line.send_str('42["unknown"]')
        assert [it["event"] for it in lines if "did not answer a heartbeat" in it["event"]]


async def test_a_transport_is_good_for_one_guess(live: LiveBackend) -> None:
    async with transport(live.url) as guessing:
        await guessing.say('0{"token":"wrong"}', f'0{{"token":"{TOKEN}"}}', "27" + '["sync"]')
        await guessing.is_hung_up_on()
        assert [it[:2] for it in guessing.heard] == ["4{"]


async def test_another_namespace_is_no_way_in(live: LiveBackend) -> None:
    async with transport(live.url) as stranger:
        await stranger.say(f'0/admin,{{"token":"{TOKEN}"}}')
        await stranger.is_hung_up_on()
        assert [it[:8] for it in stranger.heard] == ["4/admin,"]


async def test_nobody_comes_in_under_the_name_of_another(live: LiveBackend) -> None:
    async with connected(live.url, TOKEN) as client:
        await client.ask("subscribe:all")
        async with httpx.AsyncClient(base_url=live.url, trust_env=False) as rest:
            for sid in (client.sid, client.transport_sid, "A" * 20, "../..", "%00", "🦊"):
                for method, content in (("GET", None), ("POST", '42["sync"]'), ("POST", "1")):
                    answer = await rest.request(
                        method, LINE, params={"sid": sid}, content=content, headers=PLAIN
                    )
                    assert answer.status_code == 400, (sid, method, answer.text)
                    assert TOKEN not in answer.text
        await live.add()
        await client.wait_for("endpoint:created")


async def test_the_names_of_lines_cannot_be_guessed(live: LiveBackend) -> None:
    async with httpx.AsyncClient(base_url=live.url, trust_env=False) as rest:
        sids = [json.loads((await rest.get(LINE)).text[1:])["sid"] for _ in range(20)]
    assert len(set(sids)) == 20
    assert min(len(sid) for sid in sids) >= 20, "15 random bytes, in base64"
    assert len({sid[:4] for sid in sids}) == 20, "no two begin alike"


@pytest.mark.parametrize(
    "frames",
    [
        pytest.param([struct.pack("!BBQ", 0x81, 0xFF, 2**62)], id="one that says it is huge"),
        pytest.param(
            [
                struct.pack("!BBQ", 0x01, 0xFF, 900_000) + b"\0" * 900_004,
                struct.pack("!BBQ", 0x00, 0xFF, 900_000),
            ],
            id="one in pieces",
        ),
        pytest.param([b"\x83\x80\0\0\0\0"], id="of an unknown kind"),
        pytest.param([b"\x81\x02hi"], id="not masked"),
        pytest.param([b"\xf1\x80\0\0\0\0"], id="with reserved bits"),
        pytest.param([b"\x81\x81\0\0\0\0\xff"], id="not UTF-8"),
    ],
)
async def test_a_frame_beyond_the_rules_ends_its_line_and_no_other(
    live: LiveBackend, frames: list[bytes]
) -> None:
    async with connected(live.url, TOKEN) as client:
        reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
        head = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: 127.0.0.1:{live.port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
        writer.write("\r\n".join([*head, "", ""]).encode())
        async with asyncio.timeout(10):
            assert b"101" in await reader.readline()
            for frame in frames:
                writer.write(frame)
                await writer.drain()
            rest = await reader.read()
        writer.close()
        assert b"\x88" in rest, "it was told why"
        assert (await client.ask("subscribe:all"))["subscribed"] is True
