"""What a page elsewhere makes a browser send, and senders that take their time: on real sockets."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from structlog.testing import capture_logs

from backend.api.guard import ASGIApp, Guard, Receive, Scope, Send
from backend.doorkeeper import Doorkeeper, OneToken
from backend.serving import listening, serving
from tests.helpers.live_backend import TOKEN, LiveBackend
from tests.helpers.stranger import raw

DRAFT = b'{"name":"a","url":"http://a.test/"}'
FORMS = {
    "application/x-www-form-urlencoded": b"name=a&url=http%3A%2F%2Fa.test%2F",
    "multipart/form-data; boundary=x": (
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\na\r\n--x--\r\n'
    ),
    "text/plain": DRAFT.replace(b'"}', b'","="}'),
    "": DRAFT,
}
"""What a page may post anywhere without asking; the third is JSON by a trick."""


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("path", ["/api/endpoints", "/api/notification-channels"])
async def test_a_form_of_another_page_changes_nothing(
    live: LiveBackend, kind: str, path: str
) -> None:
    own, body = f"Host: 127.0.0.1:{live.port}", FORMS[kind]
    form = [f"Content-Length: {len(body)}", *([f"Content-Type: {kind}"] if kind else [])]
    navigated = ["Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"]
    key = f"Authorization: Bearer {TOKEN}"
    expected = (([], 401), (["Origin: http://evil.example"], 403), (navigated, 403), ([key], 415))
    for lines, status in expected:
        answered, _ = await raw(live, f"POST {path} HTTP/1.1", own, *form, *lines, body=body)
        assert answered == status, lines
    assert (await live.rest.get(path)).json() in ([], {"data": [], "meta": _NO_PAGE})
    assert live.spy.names() == []


_NO_PAGE = {"total": 0, "page": 1, "limit": 20, "totalPages": 0}


async def test_a_preflight_of_another_page_is_told_nothing(live: LiveBackend) -> None:
    status, answer = await raw(
        live,
        "OPTIONS /api/endpoints HTTP/1.1",
        f"Host: 127.0.0.1:{live.port}",
        "Origin: http://evil.example",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization, content-type",
        "Access-Control-Request-Private-Network: true",
    )
    assert status == 403
    assert "access-control" not in answer.lower()


async def test_a_name_that_turns_out_to_be_this_computer_is_let_nowhere(live: LiveBackend) -> None:
    """DNS rebinding: to the browser it is one origin, so it sends no Origin with a GET."""
    for path in ("/api/health", "/api/endpoints", "/socket.io/?EIO=4&transport=polling"):
        for name in ("evil.example", "localhost.", "127.0.0.1.nip.io", "localhost@evil.example"):
            status, answer = await raw(
                live,
                f"GET {path} HTTP/1.1",
                f"Host: {name}:{live.port}",
                f"Referer: http://{name}:{live.port}/",
                "Sec-Fetch-Site: same-origin",
                f"Cookie: token={TOKEN}",
            )
            assert status == 403, (path, name)
            assert '"ok"' not in answer
            assert "sid" not in answer


async def test_who_is_sent_away_is_in_the_log_without_what_he_showed(live: LiveBackend) -> None:
    own = f"Host: 127.0.0.1:{live.port}"
    with capture_logs() as lines:
        await raw(live, "GET /api/endpoints?token=shown1 HTTP/1.1", own)
        await raw(live, "GET /api/endpoints HTTP/1.1", own, "Authorization: Bearer shown2")
        await raw(live, "GET /api/health HTTP/1.1", own, "Authorization: Bearer shown3")
        await raw(live, "GET /api/health HTTP/1.1", "Host: shown4", f"Cookie: {TOKEN}")
        await raw(live, f"GET /api/{TOKEN} HTTP/1.1", own)
    assert [line["door"] for line in lines] == [
        "GET /api/endpoints",
        "GET /api/endpoints",
        "GET /api/health",
        "GET /api/health",
        "GET /api/...",
    ]
    assert TOKEN not in str(lines)
    assert "shown" not in str(lines)


@asynccontextmanager
async def guarded(**settings: float) -> AsyncIterator[int]:
    """Serve an app that says how much it was told, behind a guard; its port."""

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        body = (await receive())["body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": str(len(body)).encode()})

    with listening(0) as sock:
        port = sock.getsockname()[1]
        wait_s = settings.pop("wait_s", 0)
        guard: ASGIApp = Guard(
            app, port=port, doorkeeper=Doorkeeper(OneToken(TOKEN), wait_s=wait_s), **settings
        )
        async with serving(guard, sock, 1_000_000):
            yield port


@pytest.mark.parametrize("path", ["/api/endpoints", "/socket.io/?EIO=4&transport=polling&sid=x"])
async def test_a_sender_that_drips_is_given_up_and_holds_nobody_up(path: str) -> None:
    async with guarded(body_timeout_s=0.3) as port:
        head = [
            f"POST {path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            f"Authorization: Bearer {TOKEN}",
            "Content-Type: application/json",
            "Content-Length: 1000",
            "",
            "",
        ]
        slow = [await asyncio.open_connection("127.0.0.1", port) for _ in range(20)]
        for _, writer in slow:
            writer.write("\r\n".join(head).encode() + b"{")
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(trust_env=False, headers=headers) as quick:
            answer = await quick.post(f"http://127.0.0.1:{port}/", json={})
        assert answer.text == "2"
        async with asyncio.timeout(10):
            answers = [await reader.read() for reader, _ in slow]
        assert {answer.split()[1] for answer in answers} == {b"408"}
        for _, writer in slow:
            writer.close()


@pytest.mark.parametrize("path", ["/api/endpoints", "/socket.io/?EIO=4&transport=polling"])
async def test_no_request_is_hidden_in_the_body_of_another(live: LiveBackend, path: str) -> None:
    head = f"Host: 127.0.0.1:{live.port}\r\nAuthorization: Bearer {TOKEN}\r\n"
    head += "Content-Type: application/json\r\n"
    hidden = f"POST /api/endpoints HTTP/1.1\r\n{head}Content-Length: {len(DRAFT)}\r\n\r\n"
    said = f"POST {path} HTTP/1.1\r\n{head}Transfer-Encoding: chunked\r\n"
    said += f"Content-Length: {5 + len(hidden) + len(DRAFT)}\r\n\r\n0\r\n\r\n{hidden}"
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(said.encode() + DRAFT)
    async with asyncio.timeout(10):
        answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert (await live.rest.get("/api/endpoints")).json()["data"] == []


@pytest.mark.long
@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: "])
async def test_who_never_ends_the_head_of_a_request_is_hung_up_on(sent: bytes) -> None:
    async with guarded() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        async with asyncio.timeout(15):
            assert await reader.read() == b""
        writer.close()


async def test_a_head_without_end_is_refused(live: LiveBackend) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", live.port)
    writer.write(b"GET /api/health HTTP/1.1\r\n" + b"X-Long: " + b"x" * 200_000)
    async with asyncio.timeout(10):
        first = await reader.readline()
    writer.close()
    assert b" 400 " in first


async def test_wrong_tokens_wait_while_the_right_one_does_not() -> None:
    async with (
        guarded(wait_s=0.2) as port,
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            trust_env=False,
            timeout=20,
            limits=httpx.Limits(max_connections=None),
        ) as rest,
    ):
        began = time.monotonic()

        async def ask(token: str, path: str = "/api/endpoints") -> tuple[int, float]:
            answer = await rest.get(path, headers={"Authorization": f"Bearer {token}"})
            return answer.status_code, time.monotonic() - began

        async with asyncio.TaskGroup() as group:
            wrong = [group.create_task(ask(f"guess{n}")) for n in range(7)]
            open_one = group.create_task(ask("guess", "/api/health"))
            right = group.create_task(ask(TOKEN))
        assert right.result()[0] == 200
        assert right.result()[1] < min(each.result()[1] for each in wrong)
        assert {each.result()[0] for each in wrong} == {401}
        assert min(each.result()[1] for each in wrong) >= 0.2
        assert max(each.result()[1] for each in [*wrong, open_one]) >= 0.4, "four at a time"


async def test_a_flood_of_wrong_tokens_is_told_that_it_is_one_and_the_right_one_passes() -> None:
    async with (
        guarded(wait_s=1) as port,
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}",
            trust_env=False,
            timeout=20,
            limits=httpx.Limits(max_connections=None),
        ) as rest,
        asyncio.TaskGroup() as group,
    ):
        flood = [
            group.create_task(rest.get("/", headers={"Authorization": f"Bearer {n}"}))
            for n in range(70)
        ]
        done, _ = await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)
        assert {each.result().status_code for each in done} == {429}
        answer = await rest.get("/", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        for each in flood:
            each.cancel()
