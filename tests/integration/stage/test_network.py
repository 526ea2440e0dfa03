"""The scripted server, the cable and the cut do to real connections what they say."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.helpers.cable import plugged_in
from tests.helpers.line_cut import cut_connections
from tests.helpers.program import running_program
from tests.helpers.target_server import Answer, Fault, TargetServer, running_target

CLIENT = """
import socket, sys
line = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
print("connected", flush=True)
print("received", line.recv(100), flush=True)
"""


@pytest.fixture
async def target() -> AsyncIterator[TargetServer]:
    async with running_target() as server:
        yield server


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    fresh = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(trust_env=False, timeout=5, limits=fresh) as http:
        yield http


async def test_a_changed_answer_holds_from_the_next_request(
    target: TargetServer, client: httpx.AsyncClient
) -> None:
    assert (await client.get(target.url)).status_code == 200
    target.answer = Answer(status=503, body=b"later", headers={"Retry-After": "7"})
    answer = await client.get(target.url)
    assert (answer.status_code, answer.text) == (503, "later")
    assert answer.headers["retry-after"] == "7"


async def test_requests_are_recorded_and_counted_by_path(
    target: TargetServer, client: httpx.AsyncClient
) -> None:
    target.answers["/teapot"] = Answer(status=418)
    assert (await client.post(f"{target.url}/teapot", content=b"tea")).status_code == 418
    assert (await client.get(f"{target.url}/?q=1")).status_code == 200
    await target.wait_for_hits(2)
    await target.wait_for_hits(1, path="/teapot")
    first = target.requests[0]
    assert (first.method, first.path, first.body) == ("POST", "/teapot", b"tea")
    with pytest.raises(AssertionError, match="3 requests"):
        await target.wait_for_hits(3, timeout=0.05)


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (Fault.SILENCE, httpx.ReadTimeout),
        (Fault.RESET, httpx.ReadError),
        (Fault.CLOSE, httpx.RemoteProtocolError),
        (Fault.TRUNCATE, httpx.RemoteProtocolError),
        (Fault.GARBAGE, httpx.RemoteProtocolError),
    ],
)
async def test_each_fault_is_what_a_client_calls_it(
    target: TargetServer, client: httpx.AsyncClient, fault: Fault, failure: type[Exception]
) -> None:
    target.answer = Answer(body=b"0123456789", fault=fault)
    with pytest.raises(failure):
        await client.get(target.url, timeout=0.3)
    assert target.hits == 1


async def test_a_dripping_answer_never_times_out_byte_by_byte_but_never_ends_either(
    target: TargetServer, client: httpx.AsyncClient
) -> None:
    target.answer = Answer(fault=Fault.DRIP, drip_s=0.02)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await client.get(target.url, timeout=0.2)


async def test_a_delayed_answer_takes_its_time(
    target: TargetServer, client: httpx.AsyncClient
) -> None:
    target.answer = Answer(delay_s=0.15)
    answer = await client.get(target.url)
    assert answer.elapsed.total_seconds() >= 0.15


async def test_a_server_comes_back_at_its_old_address(client: httpx.AsyncClient) -> None:
    async with running_target() as first:
        assert (await client.get(first.url)).status_code == 200
    with pytest.raises(httpx.ConnectError):
        await client.get(first.url)
    async with running_target(port=int(first.url.rsplit(":", 1)[1])) as second:
        assert second.url == first.url
        assert (await client.get(second.url)).status_code == 200


async def test_a_cable_relays_under_the_servers_own_address(
    target: TargetServer, client: httpx.AsyncClient
) -> None:
    port = int(target.url.rsplit(":", 1)[1])
    async with plugged_in(port, as_host=True) as cable:
        assert (await client.get(f"http://127.0.0.1:{cable.port}/")).status_code == 200
        assert target.requests[0].headers["host"] == f"127.0.0.1:{port}"
        assert cable.accepted == 1


async def test_a_cut_ends_what_stands_and_lets_new_ones_through(
    target: TargetServer, client: httpx.AsyncClient
) -> None:
    target.answer = Answer(fault=Fault.SILENCE)
    async with plugged_in(int(target.url.rsplit(":", 1)[1])) as cable, asyncio.TaskGroup() as group:
        url = f"http://127.0.0.1:{cable.port}/"
        waiting = group.create_task(_error_of(client.get(url)), name="waiting")
        await target.wait_for_hits(1)
        cable.cut()
        assert isinstance(await waiting, httpx.ReadError)
        await cable.wait_for_connections(0)
        target.answer = Answer()
        assert (await client.get(url)).status_code == 200
        assert cable.accepted == 2


async def test_a_refusing_cable_heals_at_the_same_port(
    target: TargetServer, client: httpx.AsyncClient
) -> None:
    async with plugged_in(int(target.url.rsplit(":", 1)[1])) as cable:
        url = f"http://127.0.0.1:{cable.port}/"
        await cable.refuse()
        with pytest.raises(httpx.ConnectError):
            await client.get(url)
        await cable.heal()
        assert (await client.get(url)).status_code == 200


async def test_a_held_cable_delivers_late_what_it_held(
    target: TargetServer, client: httpx.AsyncClient
) -> None:
    async with plugged_in(int(target.url.rsplit(":", 1)[1])) as cable, asyncio.TaskGroup() as group:
        cable.hold()
        asked = group.create_task(client.get(f"http://127.0.0.1:{cable.port}/"), name="asked")
        await cable.wait_for_accepted(1)
        with pytest.raises(AssertionError):
            await target.wait_for_hits(1, timeout=0.1)
        await cable.heal()
        assert (await asked).status_code == 200


async def test_a_connection_between_two_programs_is_cut_from_outside(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        async with running_program("-c", CLIENT, str(port), home=tmp_path) as program:
            await program.wait_for_line(lambda line: line == "connected")
            line, _ = server.accept()
            with line:
                assert cut_connections(program.pid, port + 1) == 0
                assert cut_connections(program.pid, port) == 1
                assert line.recv(100) == b""
            assert await program.wait_for_line(lambda line: "received" in line) == "received b''"


async def _error_of(request) -> BaseException | None:
    try:
        await request
    except httpx.HTTPError as error:
        return error
    return None
