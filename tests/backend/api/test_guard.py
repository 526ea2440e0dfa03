"""Who is let in, on which terms, and with how large a body."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from backend.api.guard import BODY_BYTES, Guard
from backend.doorkeeper import Doorkeeper, OneToken
from tests.helpers.live_backend import ALLOWED_ORIGIN, TOKEN, LiveBackend, live_backend
from tests.helpers.stranger import raw

pytestmark = pytest.mark.asyncio(loop_scope="module")

AUTHORISED = f"Authorization: Bearer {TOKEN}"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveBackend]:
    """One backend for all of these: who is refused leaves nothing behind."""
    async with live_backend(tmp_path_factory.mktemp("guarded") / "data") as live:
        yield live


@pytest.mark.parametrize("path", ["/api/endpoints", "/api/health", "/socket.io/?EIO=4"])
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "127.0.0.1:{port}.evil.example",
        "0.0.0.0:{port}",
        "127.1:{port}",
        "",
    ],
)
async def test_a_foreign_host_is_refused_before_anything(
    live: LiveBackend, path: str, host: str
) -> None:
    status, _ = await raw(
        live, f"GET {path} HTTP/1.1", f"Host: {host.format(port=live.port)}", AUTHORISED
    )
    assert status in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}"])
async def test_every_name_of_loopback_is_let_in(live: LiveBackend, host: str) -> None:
    status, _ = await raw(
        live,
        "GET /api/endpoints HTTP/1.1",
        f"Host: {host.format(port=live.port)}",
        "X-Forwarded-Host: evil.example",
        AUTHORISED,
    )
    assert status == 200


async def test_two_hosts_are_refused_even_if_one_is_ours() -> None:
    guard = Guard(reached_by_nobody, port=80, doorkeeper=Doorkeeper(OneToken(TOKEN)))
    headers = [(b"host", b"127.0.0.1:80"), (b"host", b"evil.example")]
    assert await status_said_by(guard, "/api/health", headers) == 403


async def reached_by_nobody(scope: object, receive: object, send: object) -> None:
    """Stand behind a guard that lets nobody in."""
    raise AssertionError(f"let in: {scope}")


async def status_said_by(
    guard: Guard, path: str, headers: list[tuple[bytes, bytes]], method: str = "GET"
) -> object:
    """Ask a guard without a server; the body, if one is announced, begins and never ends."""
    said: list[dict[str, object]] = []
    came = iter([{"type": "http.request", "body": b"{", "more_body": True}])

    async def receive() -> dict[str, object]:
        for message in came:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, object]) -> None:
        said.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    async with asyncio.timeout(5):
        await guard(scope, receive, send)
    return said[0]["status"]


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("https://evil.example", 403),
        ("null", 403),
        ("http://127.0.0.1:1", 403),
        ("https://127.0.0.1:{port}", 403),
        ("http://127.0.0.1:{port}", 200),
        ("http://localhost:{port}", 200),
        (ALLOWED_ORIGIN, 200),
    ],
)
@pytest.mark.parametrize("path", ["/api/health", "/socket.io/?EIO=4&transport=polling"])
async def test_only_named_origins_are_let_in_and_none_is_told_so_by_a_header(
    live: LiveBackend, path: str, origin: str, expected: int
) -> None:
    status, answer = await raw(
        live,
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{live.port}",
        f"Origin: {origin.format(port=live.port)}",
    )
    assert status == expected
    assert "access-control" not in answer.lower()


async def test_a_second_origin_does_not_slip_in_behind_ours(live: LiveBackend) -> None:
    own = f"127.0.0.1:{live.port}"
    status, _ = await raw(
        live,
        "GET /api/health HTTP/1.1",
        f"Host: {own}",
        f"Origin: http://{own}",
        "Origin: https://evil.example",
    )
    assert status == 403


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer wrong",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer \xe9\xff",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/endpoints"), ("POST", "/api/health"), ("GET", "/api/nope")]
)
async def test_without_the_token_nothing_is_said(
    live: LiveBackend, header: str | None, method: str, path: str
) -> None:
    lines = [] if header is None else [f"Authorization: {header}"]
    status, answer = await raw(
        live, f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{live.port}", *lines
    )
    assert status == 401
    error = json.loads(answer.split("\r\n\r\n", 1)[1])
    assert error == error | {"statusCode": 401, "error": "Unauthorized", "path": path}


async def test_the_token_in_the_query_string_is_no_token(live: LiveBackend) -> None:
    status, _ = await raw(
        live, f"GET /api/endpoints?token={TOKEN} HTTP/1.1", f"Host: 127.0.0.1:{live.port}"
    )
    assert status == 401


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
async def test_a_body_that_is_not_called_json_is_refused(
    live: LiveBackend, content_type: str | None
) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    draft = json.dumps({"name": "a", "url": "http://a.test/"}).encode()
    answer = await live.rest.post("/api/endpoints", content=draft, headers=headers)
    assert answer.status_code == 415
    assert answer.json()["statusCode"] == 415
    assert (await live.rest.get("/api/endpoints?status=UNKNOWN")).json()["data"] == []


async def test_json_may_name_its_character_set(live: LiveBackend) -> None:
    answer = await live.rest.post(
        "/api/endpoints",
        content=b'{"name": "", "url": "http://a.test/"}',
        headers={"content-type": "Application/JSON; charset=utf-8"},
    )
    assert answer.status_code == 400
    assert answer.json()["message"] == "name must have at least 1 character"


@pytest.mark.parametrize("size", [BODY_BYTES, BODY_BYTES + 1])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_has_a_limit_whether_or_not_it_says_its_length(
    live: LiveBackend, size: int, chunked: bool
) -> None:
    head, tail = b'{"name": "a", "url": "http://a.test/", "junk": "', b'"}'
    body = head + b"x" * (size - len(head) - len(tail)) + tail

    async def parts():
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    answer = await live.rest.post(
        "/api/endpoints",
        content=parts() if chunked else body,
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == (413 if size > BODY_BYTES else 400), answer.text


async def test_a_sender_that_stops_in_the_middle_is_given_up() -> None:
    guard = Guard(
        reached_by_nobody, port=80, doorkeeper=Doorkeeper(OneToken(TOKEN)), body_timeout_s=0.05
    )
    headers = [
        (b"host", b"127.0.0.1:80"),
        (b"authorization", f"Bearer {TOKEN}".encode()),
        (b"content-type", b"application/json"),
        (b"transfer-encoding", b"chunked"),
    ]
    assert await status_said_by(guard, "/api/endpoints", headers, "POST") == 408


async def test_a_websocket_elsewhere_or_from_elsewhere_is_refused(live: LiveBackend) -> None:
    upgrade = [
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]

    async def status_of(path: str, *lines: str) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
        head = [f"GET {path} HTTP/1.1", "Connection: Upgrade", *upgrade, *lines, "", ""]
        writer.write("\r\n".join(head).encode())
        async with asyncio.timeout(10):
            first = await reader.readline()
        writer.close()
        return first.split()[1].decode()

    own = f"Host: 127.0.0.1:{live.port}"
    realtime = "/socket.io/?EIO=4&transport=websocket"
    assert await status_of("/api/endpoints", own, AUTHORISED) == "403"
    assert await status_of(realtime, "Host: evil.example") == "403"
    assert await status_of(realtime, own, "Origin: https://evil.example") == "403"
    assert await status_of(realtime, own, f"Origin: {ALLOWED_ORIGIN}") == "101"


async def test_who_is_refused_while_sending_still_hears_why(live: LiveBackend) -> None:
    body = b"x" * (3 * BODY_BYTES)
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    lines = [
        "POST /api/endpoints HTTP/1.1",
        f"Host: 127.0.0.1:{live.port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "",
        "",
    ]
    writer.write("\r\n".join(lines).encode() + body)
    async with asyncio.timeout(10):
        await writer.drain()
        answer = await reader.read()
    writer.close()
    assert answer.split()[1] == b"401"


async def test_what_is_not_http_is_answered_in_the_form_of_all_errors(live: LiveBackend) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(b"GET /api/health\x00 HTTP/1.1\r\nHost: x\r\n\r\n")
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n")
    error = json.loads(body)
    assert (error["statusCode"], error["error"]) == (400, "Bad Request")
    assert error["message"] == "Invalid HTTP request received"
