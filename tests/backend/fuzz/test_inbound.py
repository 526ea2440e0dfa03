"""Whatever is sent as a body or over Socket.IO is answered or refused, and nothing breaks of it.

Hypothesis makes it up, from plain junk to drafts with one thing wrong; the backend is a whole one
on real sockets, and what it stored on the way must be readable afterwards.
"""

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from backend.contract.vocabulary import Call
from tests.helpers.live_backend import TOKEN, LiveBackend, live_backend
from tests.helpers.socket_client import connected
from tests.helpers.stranger import Transport, transport

EXAMPLES = [300, pytest.param(10_000, marks=[pytest.mark.long, pytest.mark.timeout(3600)])]

DRAFT: dict[str, Any] = {
    "name": "shop",
    "url": "http://shop.test/a?b=c",
    "method": "POST",
    "headers": {"X-A": "b"},
    "body": {"a": [1, None]},
    "checkInterval": 86_400,
    "expectedStatusCode": 200,
    "timeoutThreshold": 5000,
    "degradedThreshold": 1000,
    "failureThreshold": 3,
    "recoveryThreshold": 1,
    "retryInterval": 15,
    "tags": ["paid"],
    "note": "n",
    "isActive": False,
    "assertions": [
        {"kind": "body", "comparison": "matches", "value": "(a+)+b"},
        {"kind": "json", "path": "$..*", "comparison": "exists"},
    ],
}
CHANNEL: dict[str, Any] = {
    "name": "hook",
    "type": "webhook",
    "config": {"url": "http://127.0.0.1:9/", "headers": {"A": "b"}, "secret": "s"},
    "policy": {},
    "isActive": False,
}
BODIES: dict[str, dict[str, Any]] = {
    "POST /api/endpoints": DRAFT,
    "PATCH /api/endpoints/{endpoint}": DRAFT,
    "POST /api/endpoints/preview": {"endpoint": DRAFT},
    "POST /api/notification-channels": CHANNEL,
    "PATCH /api/notification-channels/{channel}": CHANNEL,
    "POST /api/incidents/{incident}/acknowledge": {"note": "seen", "snoozeUntil": None},
    "PUT /api/secrets/{secret}": {"value": "v"},
}

NASTY = st.sampled_from(
    [
        "",
        "\0",
        "a\r\nb: c",
        "\u202e",
        "http://[",
        "http://a:99999/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//a",
        "' OR 1=1 --",
        "{{secret:a}}",
        "%s%n",
        "a" * 3000,
        "(" * 200,
        "$" + "[?" * 100,
        "1e999",
        "9999-12-31T23:59:59+23:59",
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | NASTY
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=8) | NASTY, inner, max_size=4)
    ),
    max_leaves=8,
)


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the way to every value within a value."""
    yield at
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*at, key))


def put(value: Any, at: tuple[Any, ...], other: Any) -> Any:
    """Return a value with another one in one place of it."""
    if not at:
        return other
    copy = value.copy()
    copy[at[0]] = put(value[at[0]], at[1:], other)
    return copy


@st.composite
def nearly(draw: st.DrawFn, valid: dict[str, Any]) -> bytes:
    """Return something valid with a thing or two wrong, or junk."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=60) | JSON.map(lambda it: json.dumps(it).encode()))
    body = valid
    for _ in range(draw(st.integers(1, 2))):
        body = put(body, draw(st.sampled_from(list(places(body)))), draw(JSON))
    if isinstance(body, dict) and draw(st.booleans()):
        body = body | {draw(st.text(max_size=8)): draw(JSON)}
    return json.dumps(body).encode("utf-8", "replace")


Ask = Callable[[Callable[[LiveBackend], Awaitable[None]]], None]


@pytest.fixture
def ask(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Ask]:
    """Run coroutines against one whole backend; at the end nothing may be broken or logged."""
    with asyncio.Runner() as runner, capture_logs() as lines:
        serving = live_backend(tmp_path / "data")
        live = runner.run(serving.__aenter__())
        yield lambda work: runner.run(work(live))
        runner.run(is_whole(live))
        runner.run(serving.__aexit__(None, None, None))
    assert [line for line in lines if "exc_info" in line] == []
    assert [it.getMessage() for it in caplog.records if it.levelno >= logging.ERROR] == []


async def is_whole(live: LiveBackend) -> None:
    """Look at everything that was stored."""
    total = (await live.rest.get("/api/endpoints")).json()["meta"]["total"]
    for page in range(1, 2 + total // 100):
        answer = await live.rest.get(f"/api/endpoints?limit=100&page={page}")
        assert answer.status_code == 200
    for path in ("notification-channels", "incidents", "statistics/overview", "self"):
        assert (await live.rest.get(f"/api/{path}")).status_code == 200
    assert (await live.rest.get("/metrics")).status_code == 200
    async with connected(live.url, TOKEN) as client:
        shown = await client.ask("subscribe:all", {"snapshot": True})
        assert len(shown["snapshot"]["endpoints"]) == total


def check(examples: int, strategy: st.SearchStrategy[Any], work: Callable[[Any], None]) -> None:
    """Hold a rule against many examples."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=examples <= 300,  # the same in every short run; the long one looks further
        phases=[Phase.generate],  # an example that is waited for in vain would be shrunk for ever
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def rule(example: Any) -> None:
        work(example)

    rule()


@pytest.mark.parametrize("examples", EXAMPLES)
def test_no_body_breaks_a_route(ask: Ask, examples: int) -> None:
    ids: dict[str, str] = {}

    async def prepare(live: LiveBackend) -> None:
        ids["endpoint"] = (await live.add(isActive=False))["id"]
        channel = await live.rest.post("/api/notification-channels", json=CHANNEL)
        ids["channel"] = channel.json()["id"]
        ids["secret"] = "pin"
        ids["incident"] = ids["endpoint"]  # there is none of that id: the body is read all the same

    ask(prepare)

    def send(example: tuple[str, bytes]) -> None:
        (method, path), body = example[0].split(), example[1]

        async def to(live: LiveBackend) -> None:
            answer = await live.rest.request(
                method,
                path.format(**ids),
                content=body,
                headers={"content-type": "application/json"},
            )
            assert answer.status_code in (200, 201, 400, 404), answer.text
            assert "Traceback" not in answer.text
            if answer.status_code >= 400:
                error = answer.json()
                assert error["statusCode"] == answer.status_code
                assert isinstance(error["message"], str | list)

        ask(to)

    routes = st.sampled_from(sorted(BODIES))
    check(examples, routes.flatmap(lambda it: st.tuples(st.just(it), nearly(BODIES[it]))), send)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_no_query_breaks_a_route(ask: Ask, examples: int) -> None:
    keys = ["page", "limit", "status", "isActive", "sortBy", "order", "period", "startDate"]
    keys += ["endDate", "endpointId", "channelId", "state", "days"]
    paths = ["endpoints", "incidents", "notifications", "statistics/comparison"]
    paths += ["statistics/response-time", "statistics/uptime/daily", "endpoints/x/uptime"]
    pair = st.tuples(st.sampled_from(keys), SCALARS.map(str))
    queries = st.tuples(st.sampled_from(paths), st.lists(pair, max_size=4))

    def send(example: tuple[str, list[tuple[str, str]]]) -> None:
        path, pairs = example
        query = "&".join(f"{key}={quote(value)}" for key, value in pairs)

        async def to(live: LiveBackend) -> None:
            answer = await live.rest.get(f"/api/{path}?{query}")
            assert answer.status_code in (200, 400), answer.text

        ask(to)

    check(examples, queries, send)


@pytest.mark.parametrize("examples", EXAMPLES)
def test_every_call_is_answered_whatever_it_holds(ask: Ask, examples: int) -> None:
    reserved = ["connect", "disconnect", "connect_error", "*", "connected", "check:completed"]
    names = st.sampled_from([*Call, *reserved]) | st.text(max_size=10)
    fields = st.fixed_dictionaries(
        {},
        optional={"endpointId": JSON, "snapshot": JSON, "since": JSON, "epoch": JSON, "x": JSON},
    )
    calls = st.tuples(names, st.lists(fields | JSON, max_size=3))
    lines = AsyncExitStack()
    opened: list[Transport] = []

    def send(example: tuple[str, list[Any]]) -> None:
        async def to(live: LiveBackend) -> None:
            if not opened:
                opened.append(await lines.enter_async_context(transport(live.url)))
                await opened[0].say(f'0{{"token":"{TOKEN}"}}')
                await opened[0].wait_for("0{")
            name, arguments = example
            opened[0].heard.clear()
            await opened[0].say("27" + json.dumps([name, *arguments]))
            answer = await opened[0].wait_for("37", f"an answer to {example}")
            error, result = json.loads(answer[2:])
            assert (error is None) is not (result is None)
            assert error is None or set(error) == {"code", "message"}
            assert error is None or error["code"] != "internal"

        ask(to)

    check(examples, calls, send)
    ask(lambda _live: lines.aclose())


@pytest.mark.parametrize("examples", EXAMPLES)
def test_no_packet_harms_any_line_but_its_own(ask: Ask, examples: int) -> None:
    begun = st.sampled_from(list("0123456789")) | st.sampled_from(["2[", '2["sync"', "51-", "61-"])
    junk = st.builds(str.__add__, begun, st.text(max_size=20) | JSON.map(json.dumps))
    packets = st.lists(junk | st.text(max_size=10) | st.binary(max_size=20), max_size=4)

    def send(example: tuple[bool, list[str | bytes]]) -> None:
        known, sent = example

        async def to(live: LiveBackend) -> None:
            async with transport(live.url) as line:
                if known:
                    await line.say(f'0{{"token":"{TOKEN}"}}')
                    await line.wait_for("0{")
                line.heard.clear()
                await line.say(*(it if isinstance(it, bytes) else _sendable(it) for it in sent))
            if not known:
                assert all(it.startswith("4") for it in line.heard), line.heard

        ask(to)

    check(examples, st.tuples(st.booleans(), packets), send)


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def test_the_bodies_that_are_tried_are_all_that_are_read(ask: Ask) -> None:
    read: set[str] = set()

    async def look(live: LiveBackend) -> None:
        document = (await live.rest.get("/api/openapi.json")).json()
        for path, methods in document["paths"].items():
            read.update(f"{it.upper()} {path}" for it in methods if "requestBody" in methods[it])

    ask(look)
    tried, there = ({re.sub(r"\{\w+\}", "{}", it) for it in routes} for routes in (BODIES, read))
    assert tried == there
