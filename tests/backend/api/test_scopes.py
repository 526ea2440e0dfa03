"""Every route and every call, tried over TLS by who may only read, by who may write, by nobody.

The routes are those of the app's own table, so that a new one is tried the day it is made.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
import socketio

from backend.contract.vocabulary import Call, TokenScope
from backend.doorkeeper import Doorkeeper
from backend.engine.bus import Bus
from backend.realtime.calls import READING
from backend.realtime.gateway import MESSAGE_BYTES, Gateway
from backend.serving import listening, serving
from backend.storage.tokens import TokenList, add_token
from tests.backend.api.test_every_door import BODIES, ROUTES, _EmptyRoom, filled_in
from tests.helpers.shared_server import SharedServer, shared_server
from tests.helpers.socket_client import connected

pytestmark = pytest.mark.asyncio(loop_scope="module")

ASKING = {"GET", "HEAD"}
ONLY_READS = "this token may only read"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SharedServer]:
    """One for all of these."""
    async with shared_server(tmp_path_factory.mktemp("scopes")) as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tokens(server: SharedServer) -> dict[str, str]:
    """One of each scope."""
    return {scope.value: server.papers.add(f"who may {scope.value}", scope) for scope in TokenScope}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ids(server: SharedServer, tokens: dict[str, str]) -> dict[str, str]:
    """Ids of an endpoint and a channel."""
    async with server.papers.rest(server.url, tokens["write"]) as rest:
        draft = BODIES["/api/endpoints"] | {"isActive": False}
        endpoint = await rest.post("/api/endpoints", json=draft)
        silent = BODIES["/api/notification-channels"] | {"isActive": False}
        channel = await rest.post("/api/notification-channels", json=silent)
    return {"endpoints": endpoint.json()["id"], "notification-channels": channel.json()["id"]}


async def everything(server: SharedServer, token: str) -> dict[str, object]:
    """Return all that could have been changed."""
    paths = ("/endpoints?limit=100", "/notification-channels", "/incidents", "/secrets")
    async with server.papers.rest(server.url, token) as rest:
        stored = {path: (await rest.get("/api" + path)).json() for path in paths}
    return stored | {"asked": len(server.prober.asked)}


async def tried(
    server: SharedServer, ids: dict[str, str], token: str | None
) -> dict[tuple[str, str], httpx.Response]:
    """Try every route; return what was answered."""
    async with server.papers.rest(server.url, token) as rest:
        return {
            (method, path): await rest.request(
                method, filled_in(path, ids), json=None if method in ASKING else BODIES.get(path)
            )
            for method, path in ROUTES
        }


async def test_who_may_only_read_changes_nothing_over_any_route(
    server: SharedServer, ids: dict[str, str], tokens: dict[str, str]
) -> None:
    before = await everything(server, tokens["write"])
    answers = await tried(server, ids, tokens["read"])
    asked = {route: it for route, it in answers.items() if route[0] in ASKING}
    assert {route for route, it in asked.items() if it.status_code in (401, 403, 429)} == set()
    told = {route: it for route, it in answers.items() if route not in asked}
    assert len(told) > 10
    for route, answer in told.items():
        assert answer.status_code == 403, route
        assert answer.json() | {"timestamp": "", "path": ""} == {
            "statusCode": 403,
            "message": ONLY_READS,
            "error": "Forbidden",
            "timestamp": "",
            "path": "",
        }
    assert await everything(server, tokens["write"]) == before


async def test_no_route_opens_to_a_token_of_another_list(
    server: SharedServer, ids: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = tokens_of(tmp_path)
    for token in (None, elsewhere, "vigil_"):
        answers = await tried(server, ids, token)
        assert sorted({it.status_code for it in answers.values()}) == [200, 401]


def tokens_of(folder: Path, scope: TokenScope = TokenScope.WRITE) -> str:
    """Return a token of a list that no server has."""
    return add_token(folder / "other.json", "office", scope, 1_700_000_000_000)


async def test_who_may_write_is_refused_nowhere(
    server: SharedServer, ids: dict[str, str], tokens: dict[str, str]
) -> None:
    answers = await tried(server, ids, tokens["write"])
    kept_out = {route for route, it in answers.items() if it.status_code in (401, 403, 429)}
    assert kept_out == set()


async def test_who_may_write_has_no_channel_read_a_file_of_the_server(
    server: SharedServer, tokens: dict[str, str]
) -> None:
    url = f"workflows://evil.test/workflow1/signature1/?template={server.papers.tokens}"
    draft = {"name": "a", "type": "apprise", "config": {"url": url}}
    async with server.papers.rest(server.url, tokens["write"]) as rest:
        answer = await rest.post("/api/notification-channels", json=draft)
        assert answer.status_code == 400
        draft["config"] = {"url": url.partition("?")[0]}
        assert (await rest.post("/api/notification-channels", json=draft)).status_code == 201


@pytest.mark.parametrize("scope", list(TokenScope))
async def test_who_asks_for_health_is_told_what_its_token_allows(
    server: SharedServer, tokens: dict[str, str], scope: TokenScope
) -> None:
    async with server.papers.rest(server.url, tokens[scope]) as rest:
        assert (await rest.get("/api/health")).json()["scope"] == scope
    async with connected(server.url, tokens[scope], tls=server.papers.tls) as client:
        assert (await client.wait_for("connected"))["scope"] == scope


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_who_may_only_read_hears_all_there_is(
    server: SharedServer, tokens: dict[str, str], transport: str
) -> None:
    async with (
        connected(server.url, tokens["read"], tls=server.papers.tls, transport=transport) as client,
        server.papers.rest(server.url, tokens["write"]) as rest,
    ):
        await client.ask("subscribe:all")
        made = await rest.post("/api/endpoints", json=BODIES["/api/endpoints"])
        heard = await client.wait_for("endpoint:created")
        assert heard["endpointId"] == made.json()["id"]
        for call in Call:
            error, _ = await client.call(call.value, {"endpointId": heard["endpointId"]})
            assert error is None, call
    assert set(Call) == READING, "a new call that changes something must not be in it"


@asynccontextmanager
async def a_gateway_that_writes(file: Path) -> AsyncIterator[str]:
    """Serve a gateway none of whose calls only reads."""
    room = _EmptyRoom()
    gateway = Gateway(
        doorkeeper=Doorkeeper(TokenList(file), wait_s=0),
        archive=room,
        monitors=room,
        bus=Bus(),
        clock=room,
        storing=room,
        reading=frozenset(),
    )
    with listening(0) as sock:
        async with (
            asyncio.TaskGroup() as group,
            serving(socketio.ASGIApp(gateway.server), sock, MESSAGE_BYTES),
        ):
            work = group.create_task(gateway.run())
            yield f"http://127.0.0.1:{sock.getsockname()[1]}"
            work.cancel()


async def test_a_call_that_writes_is_refused_in_its_acknowledgement(tmp_path: Path) -> None:
    token = tokens_of(tmp_path, TokenScope.READ)
    async with (
        a_gateway_that_writes(tmp_path / "other.json") as url,
        connected(url, token) as client,
    ):
        for call in Call:
            answer = await client.call(call.value, {"endpointId": "x"})
            assert answer == ({"code": "forbidden", "message": ONLY_READS}, None), call
