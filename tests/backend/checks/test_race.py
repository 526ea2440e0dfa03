"""Which of a name's addresses is connected to, and what is said where none answers."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.checks.http_prober import HttpProber
from backend.checks.race import Address, connect_to_any
from backend.domain.reply import Reply
from tests.backend.checks.conftest import endpoint_at
from tests.helpers.odd_answers import OK, REST
from tests.helpers.raw_server import answering, deaf_server, raw_server


def at(host: str, port: int) -> Address:
    (found,) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return found


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
    return port


@asynccontextmanager
async def serving(host: str = "127.0.0.1") -> AsyncIterator[int]:
    async with raw_server(answering(OK + REST), host=host) as port:
        yield port


async def test_an_address_of_ipv6_alone_is_asked(prober: HttpProber) -> None:
    async with serving("::1") as port:
        reply = await prober.ask(endpoint_at(f"http://[::1]:{port}"))

    assert isinstance(reply, Reply)
    assert reply.facts
    assert (reply.facts.addresses, reply.facts.peer) == (("::1",), f"[::1]:{port}")


async def test_localhost_is_asked_where_it_listens(prober: HttpProber) -> None:
    async with serving() as port:
        reply = await prober.ask(endpoint_at(f"http://localhost:{port}"))

    assert isinstance(reply, Reply)


@pytest.mark.parametrize("order", [1, -1])
async def test_one_family_that_refuses_does_not_hide_the_other(order: int) -> None:
    async with serving() as port:
        sock = await connect_to_any([at("::1", port), at("127.0.0.1", port)][::order])
        with sock:
            assert sock.getpeername() == ("127.0.0.1", port)


async def test_an_address_that_says_nothing_is_overtaken() -> None:
    async with deaf_server() as deaf, serving() as port, asyncio.timeout(5):
        sock = await connect_to_any([at("127.0.0.1", deaf), at("127.0.0.1", port)])
        with sock:
            assert sock.getpeername()[1] == port


async def test_what_a_peer_did_counts_before_what_this_computer_cannot(closed_port: int) -> None:
    """On a computer without a way to IPv6 a refusal over IPv4 must still be a refusal."""
    nowhere = (socket.AF_INET6, socket.SOCK_STREAM, 0, "", ("fe80::1", 9, 0, 0))  # no interface
    with pytest.raises(OSError, match=r".") as caught:
        await connect_to_any([nowhere, at("127.0.0.1", closed_port)])

    assert caught.value.errno == errno.ECONNREFUSED


async def test_a_family_this_computer_lacks_is_named() -> None:
    with pytest.raises(OSError, match=r".") as caught:
        await connect_to_any([(9999, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 9))])

    assert caught.value.errno == errno.EAFNOSUPPORT


async def test_who_gives_up_leaves_no_socket_behind() -> None:
    async with deaf_server() as deaf, asyncio.TaskGroup() as group:
        racing = group.create_task(connect_to_any([at("127.0.0.1", deaf)] * 3))
        await asyncio.sleep(0)
        racing.cancel()

    assert racing.cancelled()
