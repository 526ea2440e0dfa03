"""The server's socket: on loopback, without delay, and told plainly when it cannot be had."""

import asyncio
import contextlib
import inspect
import socket
import ssl
from pathlib import Path

import pytest

from backend.serving import PortNotBound, listening, serving
from tests.helpers.shared_server import Papers


async def test_answers_leave_at_once_instead_of_being_gathered() -> None:
    delays: asyncio.Queue[bool] = asyncio.Queue()

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        await delays.put(not accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with listening(0) as sock:
        async with await asyncio.start_server(greet, sock=sock):
            _, writer = await asyncio.open_connection(*sock.getsockname())
            assert await asyncio.wait_for(delays.get(), 5) is False
            writer.close()


def test_only_loopback_is_listened_on() -> None:
    with listening(0) as sock:
        assert sock.getsockname()[0] == "127.0.0.1"


def test_a_taken_port_is_told_in_one_sentence() -> None:
    with listening(0) as sock:
        port = sock.getsockname()[1]
        with pytest.raises(PortNotBound, match=f"^port {port} cannot be bound: "), listening(port):
            pass


async def test_a_server_nobody_talks_to_wakes_nobody() -> None:
    with listening(0) as sock:
        async with serving(nothing, sock, 1000):
            await asyncio.sleep(0)
            planned = [it for it in asyncio.get_running_loop()._scheduled if not it.cancelled()]
            assert planned == []


async def nothing(scope: object, receive: object, send: object) -> None:
    """Be an app that is never asked."""


@pytest.mark.parametrize("said", [b"", b"\x16\x03\x01\x02\x00\x01", b"\x16"])
async def test_who_does_not_agree_on_tls_is_hung_up_on(tmp_path: Path, said: bytes) -> None:
    papers = Papers(tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(papers.cert, papers.key)
    with listening(0) as sock:
        async with serving(nothing, sock, 1000, tls, handshake_s=0.2):
            reader, writer = await asyncio.open_connection(*sock.getsockname())
            writer.write(said)
            with contextlib.suppress(ConnectionError):  # which is hanging up, too
                assert await asyncio.wait_for(reader.read(), 10) == b""
            writer.close()


def test_by_itself_it_has_some_seconds_for_that() -> None:
    assert 5 <= inspect.signature(serving).parameters["handshake_s"].default <= 10


async def test_who_is_accepted_while_it_stops_is_hung_up_on() -> None:
    with listening(0) as sock:
        address = sock.getsockname()
        async with serving(nothing, sock, 1000):
            client = socket.create_connection(address)
            await asyncio.sleep(0)  # it is accepted
            await asyncio.sleep(0)  # and becomes a connection while the server begins to stop
        reader, writer = await asyncio.open_connection(sock=client)
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()
