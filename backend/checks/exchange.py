"""One request and its answer over one connection, by HTTP/1.1.

Called by the HTTP prober within its deadline. Bounded in every direction: a head has a size and a
number of lines, a body has a length, and what is slow to read is read in turns.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Final

import h11

from backend.checks.body import CUT_SHORT, BodyReader, Pace
from backend.checks.connection import Connection
from backend.checks.plain_answer import RawHeaders, plain_answer
from backend.checks.trace import Phase, Trace
from backend.contract.vocabulary import Reason
from backend.domain.reply import Failure

MAX_HEAD_BYTES: Final = 64 * 1024
MAX_HEAD_LINES: Final = 1000
MAX_INTERIM: Final = 20

_PIECE_BYTES: Final = 8 * 1024

NO_ANSWER: Final = Failure(Reason.TARGET, "Connection closed before an answer")
NOT_HTTP: Final = Failure(Reason.TARGET, "The server's answer is not valid HTTP")
ONLY_HTTP_2: Final = Failure(Reason.TARGET, "The server speaks HTTP/2 only")
SPEAKS_TLS: Final = Failure(Reason.TARGET, "The server expects TLS: the address must be https")
HEAD_TOO_LARGE: Final = Failure(Reason.TARGET, "The response headers are too large")
TOO_MANY_INTERIM: Final = Failure(Reason.TARGET, f"More than {MAX_INTERIM} interim answers")

_SETTINGS: Final = 4
"""The type of the frame every HTTP/2 server begins with (RFC 9113, sections 3.4 and 6.5)."""

_TLS_ALERT: Final = b"\x15\x03"


def _new_http() -> h11.Connection:
    """Return the client's side of a conversation that has not begun."""
    return h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it goes out; the target is a path, the headers are complete."""

    method: bytes
    target: bytes
    headers: RawHeaders
    content: bytes | None
    written: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Write it down once.

        Raises:
            h11.LocalProtocolError: it cannot be sent.
        """
        object.__setattr__(self, "written", self.write(_new_http()))

    def write(self, http: h11.Connection) -> bytes:
        """Return it as bytes, and have a connection expect its answer.

        Raises:
            h11.LocalProtocolError: it cannot be sent.
        """
        events: list[h11.Event] = [
            h11.Request(method=self.method, target=self.target, headers=self.headers)
        ]
        if self.content:
            events.append(h11.Data(data=self.content))
        events.append(h11.EndOfMessage())
        return b"".join(http.send(event) or b"" for event in events)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; ``body`` is what was to be kept of it, ``body_bytes`` its length."""

    status_code: int
    headers: RawHeaders
    body: bytes
    body_bytes: int


class Exchange:
    """Asks once over a connection that nobody has used before."""

    def __init__(self, connection: Connection, trace: Trace, pace: Pace, keep: int) -> None:
        """Prepare.

        Args:
            connection: ends with the exchange; dropped by the caller.
            trace: is told what is seen.
            pace: gives out turns.
            keep: how many bytes of the body are wanted.
        """
        self._connection = connection
        self._trace = trace
        self._keep = keep
        self._pace = pace
        self._stretch = pace.begin()
        self._http: h11.Connection
        self._head_bytes = 0
        self._head_lines = 0
        self._over = False

    async def ask(self, request: Request) -> Answer | Failure:
        """Send a request and return the whole answer, or what is wrong with it.

        Raises:
            OSError: the connection was lost.
        """
        self._connection.send(request.written)
        try:
            with self._trace.phase(Phase.FIRST_BYTE):
                received = await self._receive()
            with self._trace.phase(Phase.DOWNLOAD):
                plain = plain_answer(request.method, received)
                if plain is not None:
                    return self._taken(*plain)
                self._http = _new_http()
                request.write(self._http)
                self._http.receive_data(received)
                head = await self._head()
                if isinstance(head, Failure):
                    return head
                return await self._body(head)
        except h11.RemoteProtocolError:
            return self._misunderstood()

    def _taken(self, status_code: int, headers: RawHeaders, body: bytes) -> Answer:
        """Note and return what came in one piece."""
        self._note_head(status_code, headers)
        self._trace.body, self._trace.body_bytes = body[: self._keep], len(body)
        return Answer(status_code, headers, self._trace.body, len(body))

    def _note_head(self, status_code: int, headers: RawHeaders) -> None:
        self._trace.status_code = status_code
        self._trace.headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in headers
        )

    async def _head(self) -> h11.Response | h11.InformationalResponse | Failure:
        interim = 0
        while True:
            event = self._http.next_event()
            match event:
                case h11.NEED_DATA:
                    if self._head_lines > MAX_HEAD_LINES or self._head_bytes > MAX_HEAD_BYTES:
                        return HEAD_TOO_LARGE
                    await self._feed()
                case h11.InformationalResponse(status_code=101):
                    return event
                case h11.InformationalResponse():
                    interim += 1
                    self._head_bytes = self._head_lines = 0
                    if interim > MAX_INTERIM:
                        return TOO_MANY_INTERIM
                case h11.Response():
                    return event
                case _:
                    return NO_ANSWER

    async def _body(self, head: h11.Response | h11.InformationalResponse) -> Answer | Failure:
        self._note_head(head.status_code, head.headers.raw_items())
        if isinstance(head, h11.InformationalResponse):
            return Answer(head.status_code, head.headers.raw_items(), b"", 0)
        codings = [value for name, value in head.headers if name == b"content-encoding"]
        reader = BodyReader(b", ".join(codings).decode("latin-1"), self._keep)
        try:
            body = await reader.read(self._pieces(), self._pace)
        except h11.RemoteProtocolError:
            body = CUT_SHORT if self._over else NOT_HTTP
        finally:
            self._trace.body, self._trace.body_bytes = bytes(reader.head), reader.size
        if isinstance(body, Failure):
            return replace(body, status_code=head.status_code)
        return Answer(head.status_code, head.headers.raw_items(), body.head, body.size)

    async def _pieces(self) -> AsyncIterator[bytes]:
        while True:
            event = self._http.next_event()
            match event:
                case h11.NEED_DATA:
                    await self._feed()
                case h11.Data():
                    yield bytes(event.data)
                case _:
                    return
            await self._stretch.rest()

    async def _feed(self) -> None:
        """Hand the next bytes on, once there are some."""
        self._http.receive_data(await self._receive())

    async def _receive(self) -> bytes:
        """Return the next bytes, once there are some; none at the end."""
        await self._stretch.rest()
        received = await self._connection.read(_PIECE_BYTES)
        self._head_bytes += len(received)
        self._head_lines += received.count(b"\n")
        self._over = not received
        return received

    def _misunderstood(self) -> Failure:
        """Return what an answer is that is no answer."""
        opening = self._connection.opening
        if not opening:
            return NO_ANSWER
        if opening.startswith(_TLS_ALERT):
            return SPEAKS_TLS
        if len(opening) >= 9 and opening[3] == _SETTINGS and opening[5:9] == bytes(4):
            return ONLY_HTTP_2
        if self._over and opening.startswith(b"HTTP/1"):
            return CUT_SHORT
        return HEAD_TOO_LARGE if self._head_bytes > MAX_HEAD_BYTES else NOT_HTTP
