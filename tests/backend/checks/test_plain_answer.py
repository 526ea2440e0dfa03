"""The short way of reading an answer agrees with h11 in all that it takes."""

import h11
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backend.checks.plain_answer import plain_answer

ORDINARY = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8 \r\nContent-Length:2\r\n\r\nok"
)

PIECES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 503\r\n",
        b"HTTP/1.1 204 No Content\r\n",
        b"HTTP/1.1 100 Continue\r\n",
        b"HTTP/1.0 200 OK\r\n",
        b"Content-Length: 2\r\n",
        b"content-length:\t2 \r\n",
        b"Content-Length: 3\r\n",
        b"Content-Length: 2, 2\r\n",
        b"Content-Length: +2\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"X-Empty:\r\n",
        b"X-Latin: \xe9\r\n",
        b"X Name: 1\r\n",
        b" folded\r\n",
        b"X-Bare: a\nb\r\n",
        b"X-Nul: \x00\r\n",
        b"Connection: close\r\n",
        b"\r\n",
        b"\r\n",
        b"ok",
        b"ok",
        b"2\r\nok\r\n0\r\n\r\n",
    ]
)


def as_h11_reads_it(method: bytes, received: bytes) -> tuple[object, ...] | None:
    """Return status, headers and body; ``None`` where it is not one whole answer."""
    http = h11.Connection(h11.CLIENT)
    http.send(h11.Request(method=method, target=b"/", headers=[(b"Host", b"x")]))
    http.send(h11.EndOfMessage())
    http.receive_data(received)
    head, body = None, b""
    while True:
        try:
            event = http.next_event()
        except h11.RemoteProtocolError:
            return None
        match event:
            case h11.Response():
                head = event
            case h11.Data():
                body += bytes(event.data)
            case h11.EndOfMessage() if head is not None:
                return head.status_code, head.headers.raw_items(), body
            case _:
                return None


def test_an_ordinary_answer_is_read_in_one_step():
    assert plain_answer(b"GET", ORDINARY) == (
        200,
        [(b"Content-Type", b"text/plain; charset=utf-8"), (b"Content-Length", b"2")],
        b"ok",
    )


@pytest.mark.parametrize("cut", range(0, len(ORDINARY), 7))
def test_what_is_not_whole_is_left_to_h11(cut: int):
    assert plain_answer(b"GET", ORDINARY[:cut]) is None


def test_the_answer_to_head_is_left_to_h11():
    assert plain_answer(b"HEAD", ORDINARY) is None


@given(
    st.sampled_from([b"GET", b"POST", b"HEAD", b"DELETE"]),
    st.lists(PIECES, max_size=7).map(b"".join),
)
@example(b"GET", ORDINARY + b"more than it said")
@example(b"GET", b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")
@example(b"GET", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nok")
@example(b"GET", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 0\r\n\r\nok")
@example(b"GET", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Latin: \xe9\r\n\r\nok")
def test_what_is_taken_is_what_h11_reads(method: bytes, received: bytes):
    taken = plain_answer(method, received)
    if taken is not None:
        assert taken == as_h11_reads_it(method, received)


@given(
    st.sampled_from([b"200 OK", b"200", b"200 ", b"404 Not Found", b"599 x"]),
    st.lists(
        st.tuples(
            st.from_regex(rb"[-!#$%&'*+.^_`|~0-9A-Za-z]{1,8}", fullmatch=True),
            st.binary(max_size=8),
        ),
        max_size=5,
    ),
    st.binary(max_size=12),
)
def test_any_header_is_read_as_h11_reads_it(
    status: bytes, headers: list[tuple[bytes, bytes]], body: bytes
):
    lines = [b"HTTP/1.1 " + status, *(name + b":" + value for name, value in headers)]
    lines.append(b"Content-Length: %d" % len(body))
    received = b"\r\n".join(lines) + b"\r\n\r\n" + body
    taken = plain_answer(b"GET", received)
    if taken is not None:
        assert taken == as_h11_reads_it(b"GET", received)
