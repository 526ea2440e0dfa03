"""The HTTP probe against servers that behave and servers that do not."""

import asyncio
import socket
import threading
import time

import pytest
from structlog.testing import capture_logs

from backend.checks.http_prober import HttpProber
from backend.checks.tls import Contexts
from backend.contract.vocabulary import Method, Reason
from backend.domain.reply import Failure, Reply
from tests.backend.checks.conftest import endpoint_at
from tests.helpers.raw_server import Handler, answering, raw_server
from tests.helpers.target_server import Answer, Fault, running_target


@pytest.mark.parametrize("status", [200, 204, 404, 500, 503])
async def test_any_status_is_a_reply_for_the_judge(prober: HttpProber, status: int) -> None:
    async with running_target(Answer(status, body=b"")) as target:
        reply = await prober.ask(endpoint_at(target.url))

    assert isinstance(reply, Reply)
    assert reply.status_code == status
    assert reply.latency_ms > 0


async def test_the_whole_body_and_the_headers_come_back(prober: HttpProber) -> None:
    async with running_target(Answer(body=b"hello", headers={"X-Who": "me"})) as target:
        reply = await prober.ask(endpoint_at(target.url))

    assert isinstance(reply, Reply)
    assert reply.body == b"hello"
    assert reply.headers["x-who"] == "me"


async def test_the_latency_covers_the_whole_answer(prober: HttpProber) -> None:
    async with running_target(Answer(delay_s=0.15)) as target:
        reply = await prober.ask(endpoint_at(target.url))

    assert isinstance(reply, Reply)
    assert reply.latency_ms >= 150


async def test_an_endpoint_is_asked_as_the_user_said(prober: HttpProber) -> None:
    endpoint_fields = {
        "method": Method.POST,
        "headers": {"X-Key": "geheim", "Accept": "text/é".encode().decode("latin-1")},
        "body": {"a": [1, None]},
    }
    async with running_target() as target:
        await prober.ask(endpoint_at(f"{target.url}/p?q=1#part", **endpoint_fields))

    (request,) = target.requests
    assert (request.method, request.path) == ("POST", "/p?q=1")
    assert request.body == b'{"a": [1, null]}'
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-key"] == "geheim"
    assert request.headers["user-agent"] == "Vigil/9.9"


async def test_an_endpoint_that_was_changed_is_asked_anew(prober: HttpProber) -> None:
    async with running_target() as target:
        for path, mark in (("/old", "1"), ("/old", "1"), ("/new", "2")):
            await prober.ask(endpoint_at(target.url + path, headers={"X-Mark": mark}))
    assert [(it.path, it.headers["x-mark"]) for it in target.requests] == [
        ("/old", "1"),
        ("/old", "1"),
        ("/new", "2"),
    ]


async def test_a_redirect_is_not_taken_for_the_first_question(prober: HttpProber) -> None:
    async with running_target() as target:
        target.answers["/a"] = Answer(302, headers={"Location": "/b"})
        endpoint = endpoint_at(target.url + "/a")
        for _ in range(2):
            await prober.ask(endpoint)
    assert [it.path for it in target.requests] == ["/a", "/b", "/a", "/b"]


async def test_text_with_a_type_of_its_own_is_sent_as_it_is(prober: HttpProber) -> None:
    fields = {
        "method": Method.POST,
        "headers": {"Content-Type": "text/xml", "Content-Length": "9999"},
        "body": "<a/>",
    }
    async with running_target() as target:
        await prober.ask(endpoint_at(target.url, **fields))

    (request,) = target.requests
    assert request.body == b"<a/>"
    assert request.headers["content-type"] == "text/xml"


async def test_a_user_in_the_url_becomes_basic_authorization(prober: HttpProber) -> None:
    async with running_target() as target:
        await prober.ask(endpoint_at(target.url.replace("http://", "http://me:p%40ss@")))

    assert target.requests[0].headers["authorization"] == "Basic bWU6cEBzcw=="
    assert "@" not in target.requests[0].headers["host"]


async def test_head_has_no_body_to_wait_for(prober: HttpProber) -> None:
    head_only = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
    async with raw_server(answering(head_only, hang=True)) as port:
        reply = await prober.ask(endpoint_at(f"http://127.0.0.1:{port}", method=Method.HEAD))

    assert isinstance(reply, Reply)
    assert reply.body == b""


async def test_every_check_has_a_fresh_connection(prober: HttpProber) -> None:
    peers: list[tuple[str, int]] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peers.append(writer.get_extra_info("peername"))
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async with raw_server(handler) as port:
        for _ in range(3):
            assert isinstance(await prober.ask(endpoint_at(f"http://127.0.0.1:{port}")), Reply)

    assert len(set(peers)) == 3


async def test_a_connection_is_given_up_once_the_answer_is_there(prober: HttpProber) -> None:
    left = asyncio.Event()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        assert await reader.read() == b""
        left.set()

    async with raw_server(handler) as port, asyncio.timeout(10):
        assert isinstance(await prober.ask(endpoint_at(f"http://127.0.0.1:{port}")), Reply)
        await left.wait()


async def test_many_silent_servers_delay_nobody(prober: HttpProber) -> None:
    async with (
        running_target(Answer(fault=Fault.SILENCE)) as silent,
        running_target() as healthy,
        asyncio.TaskGroup() as group,
    ):
        hanging = [
            group.create_task(prober.ask(endpoint_at(silent.url, timeout_threshold=20_000)))
            for _ in range(150)
        ]
        await silent.wait_for_hits(150)
        assert isinstance(await prober.ask(endpoint_at(healthy.url)), Reply)
        assert not any(task.done() for task in hanging)
        for task in hanging:
            task.cancel()


async def silent_after_accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def dripping_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.02)


async def interim_for_ever(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


SILENCES = {
    "before the answer": silent_after_accept,
    "within the headers": answering(b"HTTP/1.1 200 OK\r\nX: ", hang=True),
    "within the body": answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", hang=True),
    "by dripping": dripping_for_ever,
    "by interim answers": interim_for_ever,
    "by redirecting slowly": answering(
        b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 5\r\n\r\n", hang=True
    ),
}


@pytest.mark.parametrize("handler", SILENCES.values(), ids=SILENCES)
async def test_the_deadline_ends_every_silence(prober: HttpProber, handler: Handler) -> None:
    async with raw_server(handler) as port:
        began = time.monotonic()
        failure = await prober.ask(endpoint_at(f"http://127.0.0.1:{port}", timeout_threshold=200))
        took_s = time.monotonic() - began

    assert failure == Failure(Reason.NETWORK, "Timeout exceeded")
    assert 0.2 <= took_s < 2.2


@pytest.mark.parametrize("stopped_s", [0.6, 1.7])
async def test_a_deadline_that_passed_while_we_had_no_turn_is_our_own_fault(
    prober: HttpProber, stopped_s: float
) -> None:
    async with running_target(Answer(delay_s=0.05)) as target:
        endpoint = endpoint_at(target.url, timeout_threshold=200)
        asyncio.get_running_loop().call_later(0.02, threading.Event().wait, stopped_s)
        failure = await prober.ask(endpoint)

    assert isinstance(failure, Failure)
    assert (failure.reason, failure.message) == (
        Reason.OURS,
        "This computer was asleep or too busy",
    )


async def test_the_deadline_ends_a_silent_handshake(prober: HttpProber) -> None:
    async with raw_server(silent_after_accept) as port:
        began = time.monotonic()
        failure = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}", timeout_threshold=200))
        took_s = time.monotonic() - began

    assert failure == Failure(Reason.NETWORK, "Timeout exceeded")
    assert took_s < 2.2


async def test_the_deadline_ends_a_request_nobody_reads(prober: HttpProber) -> None:
    async with raw_server(silent_after_accept) as port:
        failure = await prober.ask(
            endpoint_at(
                f"http://127.0.0.1:{port}",
                method=Method.POST,
                body="x" * 20_000_000,
                timeout_threshold=300,
            )
        )

    assert failure == Failure(Reason.NETWORK, "Timeout exceeded")


async def test_a_cancelled_check_stays_cancelled(prober: HttpProber) -> None:
    async with (
        running_target(Answer(fault=Fault.SILENCE)) as target,
        asyncio.TaskGroup() as group,
    ):
        check = group.create_task(prober.ask(endpoint_at(target.url)))
        await target.wait_for_hits(1)
        check.cancel()

    assert check.cancelled()


async def test_a_closed_port_is_refused(prober: HttpProber) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        failure = await prober.ask(endpoint_at(f"http://127.0.0.1:{unused.getsockname()[1]}"))

    assert failure == Failure(Reason.NETWORK, "Connection refused")


BROKEN = {
    "reset": (Answer(fault=Fault.RESET), Reason.NETWORK, "Connection reset", None),
    "closed": (
        Answer(fault=Fault.CLOSE),
        Reason.TARGET,
        "Connection closed before an answer",
        None,
    ),
    "garbage": (
        Answer(fault=Fault.GARBAGE),
        Reason.TARGET,
        "The server's answer is not valid HTTP",
        None,
    ),
    "cut short": (
        Answer(body=b"0123456789", fault=Fault.TRUNCATE),
        Reason.TARGET,
        "The answer was cut short",
        200,
    ),
}


@pytest.mark.parametrize(("answer", "reason", "message", "status"), BROKEN.values(), ids=BROKEN)
async def test_a_broken_answer_is_named(
    prober: HttpProber, answer: Answer, reason: Reason, message: str, status: int | None
) -> None:
    async with running_target(answer) as target:
        failure = await prober.ask(endpoint_at(target.url))

    assert failure == Failure(reason, message, status)


async def test_a_chunked_body_without_its_end_is_cut_short(prober: HttpProber) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    async with raw_server(answering(head + b"3\r\nabc\r\n")) as port:
        failure = await prober.ask(endpoint_at(f"http://127.0.0.1:{port}"))

    assert failure == Failure(Reason.TARGET, "The answer was cut short", 200)


async def test_headers_without_end_are_not_read_for_ever(prober: HttpProber) -> None:
    async with raw_server(answering(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000)) as port:
        failure = await prober.ask(endpoint_at(f"http://127.0.0.1:{port}"))

    assert isinstance(failure, Failure)
    assert failure.message == "The response headers are too large"


async def test_a_name_that_does_not_exist_is_the_resolvers(prober: HttpProber) -> None:
    failure = await prober.ask(endpoint_at("http://no-such-host.invalid", timeout_threshold=60_000))

    assert isinstance(failure, Failure)
    assert failure.reason is Reason.RESOLVER
    assert failure.message.startswith("DNS lookup failed: ")


@pytest.mark.parametrize(
    "url", ["http://a..b/", f"http://{'a' * 64}.test/", "http://ex_\u2603\ufffd.test"]
)
async def test_a_host_that_cannot_be_is_a_failure_of_its_check(
    prober: HttpProber, url: str
) -> None:
    failure = await prober.ask(endpoint_at(url, timeout_threshold=60_000))

    assert isinstance(failure, Failure)
    assert failure.reason in (Reason.TARGET, Reason.RESOLVER)


async def test_our_own_fault_is_told_without_secrets(prober: HttpProber) -> None:
    async with running_target() as target:
        with capture_logs() as logged:
            failure = await prober.ask(endpoint_at(target.url, headers={"X": "geheim\x00"}))

    assert failure == Failure(Reason.OURS, "Internal error: LocalProtocolError")
    (entry,) = logged
    assert entry["endpoint"] == "e"
    assert "http_prober.py" in entry["where"]
    assert "geheim" not in str(entry)


async def test_a_prober_loads_its_certificates_itself() -> None:
    async with running_target() as target, HttpProber("1") as prober:
        assert isinstance(await prober.ask(endpoint_at(target.url)), Reply)


def test_the_real_contexts_verify_and_trust() -> None:
    contexts = Contexts.load()

    assert contexts.verifying.check_hostname
    assert contexts.verifying.get_ca_certs()
    assert not contexts.trusting.check_hostname
