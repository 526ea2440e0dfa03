"""Every route and every call of Socket.IO, tried by who has no key or comes from elsewhere.

The routes are those of the app's own table, so that a new one is tried the day it is made.
"""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from backend.api.app import build_app
from backend.contract.vocabulary import Call
from backend.doorkeeper import Doorkeeper, OneToken
from backend.engine.bus import Bus
from backend.realtime.gateway import Gateway
from tests.helpers.live_backend import TOKEN, LiveBackend, live_backend
from tests.helpers.scripted_prober import refused
from tests.helpers.socket_client import connected
from tests.helpers.stranger import poll, raw, sent_in_vain, transport

pytestmark = pytest.mark.asyncio(loop_scope="module")


class _EmptyRoom:
    """Stands where a table of routes or calls is made and nothing is asked of it."""

    def __getattr__(self, name: str) -> "_EmptyRoom":
        return self


def every_route() -> list[tuple[str, str]]:
    """Return method and path of all that the app answers."""
    rooms = inspect.signature(build_app).parameters
    table: list[Any] = list(build_app(**dict.fromkeys(rooms, _EmptyRoom())).routes)
    for included in [route for route in table if hasattr(route, "effective_route_contexts")]:
        table.remove(included)
        table += included.effective_route_contexts()
    return sorted((method, route.path) for route in table for method in route.methods)


ROUTES = every_route()
OPEN = {
    ("GET", "/api/health"),
    ("GET", "/api/openapi.json"),
    ("GET", "/api/docs"),
    ("GET", "/api/docs/{name}"),
}
"""Who may not come in may read these; the rest of this file's rules hold for them too."""

BODIES = {
    "/api/endpoints": {"name": "new", "url": "http://new.test/"},
    "/api/endpoints/{id}": {"name": "changed"},
    "/api/endpoints/preview": {"endpoint": {"name": "new", "url": "http://new.test/"}},
    "/api/notification-channels": {
        "name": "new",
        "type": "webhook",
        "config": {"url": "http://127.0.0.1:9/"},
    },
    "/api/notification-channels/{id}": {"name": "changed"},
    "/api/incidents/{id}/acknowledge": {"note": "seen"},
    "/api/secrets/{name}": {"value": "new"},
}

KEYS = {
    "none": [],
    "an empty one": ["Authorization:"],
    "no scheme": [f"Authorization: {TOKEN}"],
    "another scheme": [f"Authorization: Basic {TOKEN}"],
    "a longer one": [f"Authorization: Bearer {TOKEN}x"],
    "a shorter one": [f"Authorization: Bearer {TOKEN[:-1]}"],
    "in other letters": [f"Authorization: Bearer {TOKEN.upper()}"],
    "quoted": [f'Authorization: Bearer "{TOKEN}"'],
    "in a list": [f'Authorization: Bearer ["{TOKEN}"]'],
    "in an object": [f'Authorization: Bearer {{"token": "{TOKEN}"}}'],
    "null": ["Authorization: Bearer null"],
    "true": ["Authorization: Bearer true"],
    "a number": ["Authorization: Bearer 0"],
    "an empty list": ["Authorization: Bearer []"],
    "an empty object": ["Authorization: Bearer {}"],
    "twice, wrong last": [f"Authorization: Bearer {TOKEN}", "Authorization: Bearer x"],
    "twice, wrong first": ["Authorization: Bearer x", f"Authorization: Bearer {TOKEN}"],
    "twice, both right": [f"Authorization: Bearer {TOKEN}"] * 2,
    "elsewhere": [f"Cookie: token={TOKEN}", f"X-Authorization: Bearer {TOKEN}"],
}
"""What is shown in the place of the token."""

KEY = f"Authorization: Bearer {TOKEN}"
EVIL = "http://evil.example"
OURS = "http://127.0.0.1:{port}"
PLACES = {
    "a foreign host": ("{path}", ["Host: evil.example"]),
    "a foreign port": ("{path}", ["Host: 127.0.0.1:1"]),
    "a foreign origin": ("{path}", ["Host: 127.0.0.1:{port}", f"Origin: {EVIL}"]),
    "no origin a page can name": ("{path}", ["Host: 127.0.0.1:{port}", "Origin: null"]),
    "both": ("{path}", ["Host: evil.example", f"Origin: {EVIL}"]),
    "both of one name": ("{path}", ["Host: evil.example:{port}", f"Origin: {EVIL}:{{port}}"]),
    "two origins": ("{path}", ["Host: 127.0.0.1:{port}", f"Origin: {OURS}", f"Origin: {EVIL}"]),
    "two in one": ("{path}", ["Host: 127.0.0.1:{port}", f"Origin: {OURS}, {EVIL}"]),
    "absolute, foreign": (EVIL + "{path}", ["Host: 127.0.0.1:{port}"]),
    "absolute, ours": (OURS + "{path}", ["Host: 127.0.0.1:{port}"]),
    "absolute, foreign host": (OURS + "{path}", ["Host: evil.example"]),
    "forwarded": ("{path}", ["Host: evil.example", "X-Forwarded-Host: 127.0.0.1:{port}"]),
}
"""Target and headers of who knows the token, and comes from elsewhere or goes elsewhere."""

HOSTS_TWICE = ["Host: 127.0.0.1:{port}", "Host: evil.example"]

TOKENS = [
    None,
    True,
    False,
    0,
    1.5,
    "",
    "null",
    TOKEN + "x",
    TOKEN.upper(),
    [],
    [TOKEN],
    {},
    {"token": TOKEN},
]
AUTHS = ["", json.dumps(TOKEN), json.dumps([TOKEN]), "null", "true", "7", "{}"] + [
    json.dumps({"token": token}) for token in TOKENS
]
"""What comes with CONNECT in the place of ``{"token": TOKEN}``."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBackend]:
    """One backend for all of these: who is refused leaves nothing behind."""
    async with live_backend(tmp_path_factory.mktemp("doors") / "data") as live:
        yield live


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ids(live: LiveBackend) -> dict[str, str]:
    """Ids of one endpoint, its open incident, and a channel."""
    live.prober.answers["shop"] = refused()
    endpoint = (await live.add("shop", failureThreshold=1))["id"]
    await live.check(endpoint)
    channel = await live.rest.post("/api/notification-channels", json=_silent_channel())
    (incident,) = (await live.rest.get("/api/incidents")).json()["data"]
    return {
        "endpoints": endpoint,
        "incidents": incident["id"],
        "notification-channels": channel.json()["id"],
    }


def _silent_channel() -> dict[str, object]:
    return BODIES["/api/notification-channels"] | {"isActive": False}


async def everything(live: LiveBackend) -> dict[str, object]:
    """Return all that could have been changed."""
    paths = ("/endpoints?limit=100", "/notification-channels", "/incidents", "/notifications")
    stored = {path: (await live.rest.get("/api" + path)).json() for path in paths}
    return stored | {"told": live.spy.names(), "asked": len(live.prober.asked)}


def filled_in(path: str, ids: dict[str, str]) -> str:
    """Return a route's path with what there is in the place of its parameters."""
    collection = path.split("/")[2] if path.startswith("/api/") else ""
    return path.replace("{id}", ids.get(collection, "")).replace("{name}", "start.js")


async def knock(
    live: LiveBackend, method: str, path: str, target: str, lines: list[str]
) -> tuple[int, str]:
    """Send a request that would do something if it were let in."""
    body = json.dumps(BODIES[path]).encode() if method != "GET" and path in BODIES else b""
    length = [f"Content-Length: {len(body)}", "Content-Type: application/json"] if body else []
    return await raw(live, f"{method} {target} HTTP/1.1", *lines, *length, body=body)


async def knock_everywhere(
    live: LiveBackend,
    ids: dict[str, str],
    how: Callable[[str], tuple[str, list[str]]],
    *,
    but: set[tuple[str, str]] = frozenset(),
) -> dict[str, tuple[int, str]]:
    """Try every route in one way, several at a time; return what was answered."""
    room = asyncio.Semaphore(8)
    answers: dict[str, tuple[int, str]] = {}

    async def one(method: str, path: str) -> None:
        target, lines = how(filled_in(path, ids))
        async with room:
            answers[f"{method} {path}"] = await knock(live, method, path, target, lines)

    async with asyncio.TaskGroup() as group:
        for method, path in ROUTES:
            if (method, path) not in but:
                group.create_task(one(method, path))
    return answers


@pytest.mark.parametrize("key", KEYS)
async def test_no_route_opens_to_a_wrong_key(
    live: LiveBackend, ids: dict[str, str], key: str
) -> None:
    before = await everything(live)
    host = f"Host: 127.0.0.1:{live.port}"
    answers = await knock_everywhere(
        live, ids, lambda path: (f"{path}?token={TOKEN}", [host, *KEYS[key]]), but=OPEN
    )
    assert {route: status for route, (status, _) in answers.items() if status != 401} == {}
    assert await everything(live) == before
    for method, path in OPEN:
        target = filled_in(path, ids)
        status, answer = await knock(live, method, path, target, [host, *KEYS[key]])
        assert status == 200
        if path == "/api/health":
            assert json.loads(answer.split("\r\n\r\n")[1]) == {"status": "ok"}


@pytest.mark.parametrize("place", PLACES)
async def test_no_route_opens_to_who_comes_from_elsewhere_even_with_the_token(
    live: LiveBackend, ids: dict[str, str], place: str
) -> None:
    before = await everything(live)
    target, lines = PLACES[place]

    def how(path: str) -> tuple[str, list[str]]:
        fill = {"path": path, "port": live.port}
        return target.format(**fill), [*(line.format(**fill) for line in lines), KEY]

    answers = await knock_everywhere(live, ids, how)
    assert {route: status for route, (status, _) in answers.items() if status != 403} == {}
    assert "access-control" not in "".join(answer.lower() for _, answer in answers.values())
    assert await everything(live) == before


async def test_no_route_opens_to_who_names_two_hosts(
    live: LiveBackend, ids: dict[str, str]
) -> None:
    before = await everything(live)
    lines = [*(line.format(port=live.port) for line in HOSTS_TWICE), KEY]
    for first in (lines, lines[::-1]):
        answers = await knock_everywhere(live, ids, lambda path, lines=first: (path, lines))
        # RFC 9112, 3.2: such a request is not HTTP at all, and is not looked at further.
        assert {status for status, _ in answers.values()} == {400}
    assert await everything(live) == before


@pytest.mark.parametrize("call", list(Call))
async def test_no_call_is_answered_to_who_never_asked_to_be_let_in(
    live: LiveBackend, ids: dict[str, str], call: Call
) -> None:
    message = call_of(call, ids)
    async with transport(live.url) as stranger:
        await stranger.say(message)
        await stranger.is_hung_up_on()
        assert stranger.heard == []
    heard, refused_with = await poll(live.url, ["4" + message])
    assert (heard, refused_with) == ([], 400)


@pytest.mark.parametrize("auth", AUTHS)
async def test_no_call_is_answered_to_who_shows_anything_but_the_token(
    live: LiveBackend, ids: dict[str, str], auth: str
) -> None:
    before = await everything(live)
    calls = [call_of(call, ids) for call in Call]
    async with transport(live.url) as stranger:
        await stranger.say("0" + auth, *calls)
        await stranger.is_hung_up_on()
        assert [it for it in stranger.heard if not it.startswith("4")] == []
    for sent in (["40" + auth], ["\x1e".join(["40" + auth, *("4" + call for call in calls)])]):
        heard, refused_with = await poll(live.url, sent)
        assert refused_with == 400
        assert all(sent_in_vain(packet) for packet in heard), heard
    assert await everything(live) == before


def call_of(call: Call, ids: dict[str, str]) -> str:
    """Return the packet of a call that would be answered."""
    return "27" + json.dumps([call.value, {"endpointId": ids["endpoints"], "snapshot": True}])


async def test_the_line_opens_to_nobody_from_elsewhere(live: LiveBackend) -> None:
    upgrade = [
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    for kind, more in (("polling", []), ("websocket", upgrade)):
        for name, (target, lines) in PLACES.items():
            fill = {"path": f"/socket.io/?EIO=4&transport={kind}", "port": live.port}
            filled = [line.format(**fill) for line in lines]
            status, _ = await raw(live, f"GET {target.format(**fill)} HTTP/1.1", *filled, *more)
            assert status == 403, (kind, name)


async def test_every_door_opens_to_the_token(live: LiveBackend, ids: dict[str, str]) -> None:
    """All that is refused above is refused for its key or its place, and for nothing else."""
    answers = await knock_everywhere(
        live, ids, lambda path: (path, [f"Host: localhost:{live.port}", KEY])
    )
    refused_ones = {route: it for route, it in answers.items() if it[0] in (401, 403, 415, 429)}
    assert refused_ones == {}
    assert len(answers) > 30
    async with connected(live.url, TOKEN) as client:
        for call in Call:
            error, _ = await client.call(call.value, {"endpointId": (await live.add())["id"]})
            assert error is None, call


async def test_the_calls_that_are_tried_are_all_there_are() -> None:
    gateway = Gateway(
        doorkeeper=Doorkeeper(OneToken(TOKEN)),
        archive=_EmptyRoom(),
        monitors=_EmptyRoom(),
        bus=Bus(),
        clock=_EmptyRoom(),
        storing=_EmptyRoom(),
    )
    assert set(gateway.server.handlers) == {"/"}
    assert set(gateway.server.handlers["/"]) == {*map(str, Call), "connect", "disconnect", "*"}
