"""The catalogue of answers: silent, dripping, cut, ill framed, hostile, and odd but legal."""

import asyncio
import gc
import gzip
import time
from collections.abc import Iterator

import pytest

from backend.checks.http_prober import HttpProber
from backend.contract.vocabulary import Method, Reason
from backend.domain.reply import Failure, Reply
from tests.backend.checks.conftest import endpoint_at
from tests.helpers import odd_answers as odd
from tests.helpers.odd_answers import CHUNKED, CLOSING, OK, dripping, flooding, resetting
from tests.helpers.raw_server import Handler, answering, deaf_server, raw_server
from tests.helpers.target_server import Answer, running_target

TIMED_OUT = Failure(Reason.NETWORK, "Timeout exceeded")
NOT_HTTP = "The server's answer is not valid HTTP"
CUT_SHORT = "The answer was cut short"


async def ask(prober: HttpProber, handler: Handler, **fields: object) -> Reply | Failure:
    async with raw_server(handler) as port:
        return await prober.ask(endpoint_at(f"http://127.0.0.1:{port}", **fields))


@pytest.mark.parametrize("status", [*range(200, 209), *range(300, 309), 226, 418, 451, 511, 599])
async def test_every_status_is_a_reply_for_the_judge(prober: HttpProber, status: int) -> None:
    answer = f"HTTP/1.1 {status} Odd\r\nContent-Length: 0\r\n\r\n".encode()
    reply = await ask(prober, answering(answer))

    assert isinstance(reply, Reply)
    assert reply.status_code == status


DRIPPING = {
    "the status line": dripping(b"HTTP/1.1 2"),
    "a header": dripping(OK + b"X: "),
    "headers": dripping(OK, b"X: y\r\n"),
    "the body": dripping(OK + b"Content-Length: 100000\r\n\r\n"),
    "chunks": dripping(CHUNKED, b"1\r\nx\r\n"),
    "a chunk's length": dripping(CHUNKED, b"0"),
    "the trailer": dripping(CHUNKED + b"0\r\n", b"X: y\r\n"),
}


@pytest.mark.parametrize("handler", DRIPPING.values(), ids=DRIPPING)
async def test_the_deadline_ends_what_drips(prober: HttpProber, handler: Handler) -> None:
    began = time.monotonic()
    failure = await ask(prober, handler, timeout_threshold=300)

    assert failure == TIMED_OUT
    assert 0.3 <= time.monotonic() - began < 2.3


async def test_a_port_that_accepts_nobody_is_a_time_out(prober: HttpProber) -> None:
    async with deaf_server() as port:
        failure = await prober.ask(endpoint_at(f"http://127.0.0.1:{port}", timeout_threshold=300))

    assert failure == TIMED_OUT


async def test_a_handshake_that_drips_is_a_time_out(prober: HttpProber) -> None:
    hello = b"\x16\x03\x03\x10\x00"  # a handshake record of 4096 bytes, of which few ever come
    async with raw_server(dripping(hello, b"\x02")) as port:
        failure = await prober.ask(endpoint_at(f"https://127.0.0.1:{port}", timeout_threshold=300))

    assert failure == TIMED_OUT


BROKEN = {
    "closed in the status line": (answering(b"HTTP/1.1 20"), CUT_SHORT, None),
    "closed in the headers": (answering(OK + b"X: y\r\nY"), CUT_SHORT, None),
    "length too long": (answering(OK + b"Content-Length: 9\r\n\r\nab"), CUT_SHORT, 200),
    "negative length": (answering(OK + b"Content-Length: -1\r\n\r\nab"), NOT_HTTP, None),
    "length of words": (answering(OK + b"Content-Length: two\r\n\r\nab"), NOT_HTTP, None),
    "two lengths": (
        answering(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc"),
        NOT_HTTP,
        None,
    ),
    "an absurd length": (
        answering(OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\nab"),
        NOT_HTTP,
        None,
    ),
    "bad chunk": (answering(CHUNKED + b"zz\r\nab\r\n"), NOT_HTTP, 200),
    "chunk of negative length": (answering(CHUNKED + b"-2\r\nab\r\n"), NOT_HTTP, 200),
    "chunk longer than said": (answering(CHUNKED + b"1\r\nab\r\n0\r\n\r\n"), NOT_HTTP, 200),
    "chunks without end": (answering(CHUNKED + b"2\r\nab\r\n"), CUT_SHORT, 200),
    "an unknown coding of transfer": (
        answering(OK + b"Transfer-Encoding: rot13\r\n\r\nab"),
        NOT_HTTP,
        None,
    ),
    "no HTTP at all": (answering(b"220 mail.test ESMTP\r\n\r\n"), NOT_HTTP, None),
    "a status of words": (answering(b"HTTP/1.1 OK\r\n\r\n"), NOT_HTTP, None),
    "a status of four figures": (answering(b"HTTP/1.1 2000 OK\r\n\r\n"), NOT_HTTP, None),
    "a header without a name": (answering(OK + b": x\r\n\r\n"), NOT_HTTP, None),
    "NUL in a header": (answering(OK + b"X: a\0b\r\n\r\n"), NOT_HTTP, None),
    "HTTP/2 only": (answering(odd.HTTP_2_SETTINGS), "The server speaks HTTP/2 only", None),
    "TLS on a plain port": (
        answering(odd.TLS_ALERT),
        "The server expects TLS: the address must be https",
        None,
    ),
}


@pytest.mark.parametrize(("handler", "message", "status"), BROKEN.values(), ids=BROKEN)
async def test_an_ill_framed_answer_is_named(
    prober: HttpProber, handler: Handler, message: str, status: int | None
) -> None:
    assert await ask(prober, handler) == Failure(Reason.TARGET, message, status)


async def test_a_reset_within_the_body_is_the_networks(prober: HttpProber) -> None:
    failure = await ask(prober, resetting(OK + b"Content-Length: 90\r\n\r\nab"))

    assert isinstance(failure, Failure)
    assert (failure.reason, failure.message) == (Reason.NETWORK, "Connection reset")


LEGAL = {
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n\r\nok", b"ok"),
    "no reason": (b"HTTP/1.1 200\r\n" + odd.REST, b"ok"),
    "an empty reason": (b"HTTP/1.1 200 \r\n" + odd.REST, b"ok"),
    "a reason beyond ASCII": (b"HTTP/1.1 200 \xec\xa2\x8b\r\n" + odd.REST, b"ok"),
    "bare line feeds": (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", b"ok"),
    "100 first": (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + odd.REST, b"ok"),
    "hints first": (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3 + OK + odd.REST, b"ok"),
    "204 that claims a body": (b"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n", b""),
    "304 that claims a body": (b"HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\n", b""),
    "more than was promised": (OK + b"Content-Length: 2\r\n\r\nok and more", b"ok"),
    "the same length twice": (OK + b"Content-Length: 2\r\n" + odd.REST, b"ok"),
    "chunked beside a length": (
        OK + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
        b"ok",
    ),
    "chunks with extensions and trailers": (
        CHUNKED + b"2;a=b\r\nok\r\n0\r\nX: y\r\n\r\n",
        b"ok",
    ),
    "until it closes": (CLOSING + b"ok", b"ok"),
    "nothing until it closes": (CLOSING, b""),
    "bytes beyond ASCII in a header": (OK + b"X: \xff\xfe\r\n" + odd.REST, b"ok"),
    "spaces around a value": (OK + b"X:   y  \r\n" + odd.REST, b"ok"),
}


@pytest.mark.parametrize(("answer", "body"), LEGAL.values(), ids=LEGAL)
async def test_what_is_odd_but_legal_is_an_answer(
    prober: HttpProber, answer: bytes, body: bytes
) -> None:
    reply = await ask(prober, answering(answer))

    assert isinstance(reply, Reply), reply
    assert reply.body == body


async def test_switching_protocols_on_request_is_an_answer(prober: HttpProber) -> None:
    answer = b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x00"
    headers = {"Connection": "Upgrade", "Upgrade": "websocket"}
    reply = await ask(prober, answering(answer), headers=headers)

    assert isinstance(reply, Reply)
    assert reply.status_code == 101


async def test_an_answer_before_the_end_of_a_long_question_counts(prober: HttpProber) -> None:
    reply = await ask(
        prober,
        answering(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", hang=True),
        method=Method.POST,
        body="x" * 1_000_000,
    )

    assert isinstance(reply, Reply)
    assert reply.status_code == 413


HOSTILE = {
    "endless headers": (flooding(OK, b"X: y\r\n"), "The response headers are too large", None),
    "a header of 1 MB": (
        answering(OK + b"X: " + b"x" * 1_000_000 + b"\r\n" + odd.REST),
        "The response headers are too large",
        None,
    ),
    "ten thousand headers": (
        answering(OK + b"a:\r\n" * 10_000 + odd.REST),
        "The response headers are too large",
        None,
    ),
    "endless interim answers": (
        flooding(b"", b"HTTP/1.1 103 Hints\r\n\r\n"),
        "More than 20 interim answers",
        None,
    ),
    "an endless body": (flooding(CLOSING, b"x" * 65536), "Response body larger than 10 MB", 200),
    "a body of 100 MB": (
        flooding(OK + b"Content-Length: 100000000\r\n\r\n", b"x" * 65536),
        "Response body larger than 10 MB",
        200,
    ),
    "a bomb": (answering(odd.bomb()), "Response body larger than 10 MB", 200),
    "no gzip": (
        answering(OK + b"Content-Encoding: gzip\r\n" + odd.REST),
        "The compressed body is damaged",
        200,
    ),
    "gzip cut": (
        answering(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 99)[:-9]),
        CUT_SHORT,
        200,
    ),
    "gzip with a wrong sum": (
        answering(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x")[:-8] + bytes(8)),
        "The compressed body is damaged",
        200,
    ),
}


@pytest.mark.parametrize(("handler", "message", "status"), HOSTILE.values(), ids=HOSTILE)
async def test_what_is_hostile_is_named_and_over_at_once(
    prober: HttpProber, handler: Handler, message: str, status: int | None
) -> None:
    began = time.monotonic()
    failure = await ask(prober, handler, timeout_threshold=20_000)

    assert failure == Failure(Reason.TARGET, message, status)
    assert time.monotonic() - began < 5


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Let the garbage collector rest, as long as the test runs."""
    gc.disable()
    yield
    gc.enable()


async def test_chunks_of_one_byte_hold_nobody_up(prober: HttpProber, no_collector: None) -> None:
    """While 2 MB arrive byte by byte, and are refused or not, the loop keeps turning.

    In processor time: a busy machine may let the whole program wait for longer. Without the
    collector: what it takes to look through all that the tests have left is not the prober's.
    """
    handler = answering(CHUNKED + b"1\r\nx\r\n" * 400_000, hang=True)
    longest_s, last = 0.0, time.thread_time()
    async with raw_server(handler) as port, asyncio.TaskGroup() as group:
        url = f"http://127.0.0.1:{port}"
        asking = [
            group.create_task(prober.ask(endpoint_at(url, timeout_threshold=1500)))
            for _ in range(5)
        ]
        while not all(task.done() for task in asking):
            await asyncio.sleep(0)
            now = time.thread_time()
            longest_s, last = max(longest_s, now - last), now

    assert {task.result() for task in asking} == {TIMED_OUT}
    assert longest_s < 0.2


async def test_an_ever_new_place_ends_after_ten_redirects(prober: HttpProber) -> None:
    assert await ask(prober, odd.ever_new()) == Failure(Reason.TARGET, "More than 10 redirects")


async def test_a_slow_chain_has_one_deadline(prober: HttpProber) -> None:
    slow = Answer(302, body=b"", headers={"Location": "/"}, delay_s=0.1)
    async with running_target(slow) as target:
        began = time.monotonic()
        failure = await prober.ask(endpoint_at(target.url, timeout_threshold=350))

    assert failure == TIMED_OUT
    assert time.monotonic() - began < 2.35
    assert 2 <= target.hits <= 4
