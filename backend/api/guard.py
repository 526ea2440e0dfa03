"""The door: who may speak to this server at all, and how much they may say.

Outermost ASGI layer, in front of REST and Socket.IO alike. In this order: Host, Origin, token,
type, size and patience of the body. Knows no route but the few that are open. The token of a
Socket.IO client comes later, with its CONNECT, and is the gateway's matter.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

from backend.api.errors import error_view
from backend.doorkeeper import Doorkeeper, peer_of
from backend.storage.tokens import Holder

Scope = MutableMapping[str, Any]
ASGIMessage = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[ASGIMessage]]
Send = Callable[[ASGIMessage], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_BYTES: Final = 1_000_000
BODY_TIMEOUT_S: Final = 10.0

_DRAINED_BYTES: Final = 4 * BODY_BYTES
_DRAIN_S: Final = 2.0

_REALTIME: Final = "/socket.io"
_OPEN: Final = frozenset({"/api/health", "/api/openapi.json", "/api/docs"})
"""What may be read without the token; health then says only that it is well."""

_DOCS: Final = "/api/docs/"
"""The parts of the docs page, which hold no data."""


_READS: Final = frozenset({"GET", "HEAD"})
"""All that a token may do that may only read; nothing changes by them."""

_SENT_AWAY: Final = frozenset({401, 403, 429})
"""Who is told one of these has no business here, and is told of in the log."""


class Refused(Exception):  # noqa: N818  # a decision, not an error
    """The request is not let in; ``status`` says why in HTTP's words.

    ``unread``: the body was not touched yet.
    """

    def __init__(self, status: int, message: str, *, unread: bool = True) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.unread = unread


class Guard:
    """Lets in who may come in, with a body that is whole; refuses all others."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        port: int,
        doorkeeper: Doorkeeper,
        hosts: Iterable[str] | None = None,
        is_secure: bool = False,
        allowed_origins: Iterable[str] = (),
        body_timeout_s: float = BODY_TIMEOUT_S,
    ) -> None:
        """Stand in front of an app.

        Args:
            app: what is guarded.
            port: the one it is served on; a Host that names another is foreign.
            doorkeeper: knows what REST clients must show.
            hosts: what it is called, each as a Host header says it; the names of loopback on
                that port unless given.
            is_secure: it speaks TLS, so its own pages are https.
            allowed_origins: of pages that may connect, beside our own.
            body_timeout_s: how long a client may take to send a body.
        """
        if hosts is None:
            hosts = (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}")
        own, scheme = tuple(hosts), "https" if is_secure else "http"
        self._app = app
        self._hosts = frozenset(host.encode() for host in own)
        self._origins = frozenset(
            origin.encode()
            for origin in (*(f"{scheme}://{host}" for host in own), *allowed_origins)
        )
        self._doorkeeper = doorkeeper
        self._body_timeout_s = body_timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or websocket."""
        try:
            match scope["type"]:
                case "http":
                    receive = await self._admit_request(scope, receive)
                case "websocket":
                    self._check_sender(scope)
                    if not _is_realtime(scope):
                        raise Refused(404, "there is no such websocket")
        except Refused as refused:
            if refused.unread and scope["type"] == "http":
                await _drain(scope, receive)
            if refused.status in _SENT_AWAY:
                self._tell(scope, refused.message)
            await _refuse(scope, send, refused)
            return
        await self._app(scope, receive, self._noting(scope, send))

    def _noting(self, scope: Scope, send: Send) -> Send:
        """Return what sends an answer; where there are several who write, it is noted who did."""
        holder: Holder | None = scope.get("state", {}).get("holder")
        if holder is None or not holder.name or scope["method"] in _READS:
            return send

        async def noted(message: ASGIMessage) -> None:
            if message["type"] == "http.response.start":
                self._doorkeeper.note(_door(scope), holder, message["status"])
            await send(message)

        return noted

    async def _admit_request(self, scope: Scope, receive: Receive) -> Receive:
        self._check_sender(scope)
        realtime = _is_realtime(scope)
        if not realtime:
            holder = await self._holder(scope)
            if holder is not None and not holder.may_write and scope["method"] not in _READS:
                raise Refused(403, "this token may only read")
            scope.setdefault("state", {})["holder"] = holder
        if _values(scope, b"content-length") and _values(scope, b"transfer-encoding"):
            # Who stands between may have read it by the other one (RFC 9112, 6.1).
            raise Refused(400, "a body has one length: Content-Length or Transfer-Encoding")
        if not _has_body(scope):
            return receive
        if not realtime:
            _check_type(scope)
        return await self._whole_body(scope, receive)

    def _check_sender(self, scope: Scope) -> None:
        """Refuse names of this server that are not its own, and pages of others.

        A page elsewhere can make its name resolve to this machine (DNS rebinding); then its Host
        gives it away, or else its Origin. A target with a scheme and a host has the last word
        about both (RFC 9112, 3.2.2), so none is believed.
        """
        if not scope["path"].startswith("/"):
            raise Refused(403, "the request target must be a path")
        hosts = _values(scope, b"host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            raise Refused(403, "the Host header names another server")
        if any(origin not in self._origins for origin in _values(scope, b"origin")):
            raise Refused(403, "this Origin is not allowed")

    async def _holder(self, scope: Scope) -> Holder | None:
        """Return who shows a token; without one, what is open is let be read all the same.

        A wrong one waits wherever it is tried, or what is open could be asked instead.
        """
        shown = _values(scope, b"authorization")
        holder = self._holder_of(shown[0]) if len(shown) == 1 else None
        if holder is not None:
            return holder
        if shown and not await self._doorkeeper.slow_down(peer_of(scope.get("client"))):
            raise Refused(429, "too many wrong tokens at once")
        if not _is_open(scope):
            raise Refused(401, "a valid token is needed: Authorization: Bearer TOKEN")
        if shown:
            self._tell(scope, "a wrong token")
        return None

    def _holder_of(self, authorization: bytes) -> Holder | None:
        scheme, _, token = authorization.partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        return self._doorkeeper.holder_of(token.strip())

    def _tell(self, scope: Scope, why: str) -> None:
        self._doorkeeper.tell(_door(scope), why, peer_of(scope.get("client")))

    async def _whole_body(self, scope: Scope, receive: Receive) -> Receive:
        """Read the body to its end before anything begins, and return what replays it."""
        try:
            async with asyncio.timeout(self._body_timeout_s):
                body = await _read(scope, receive)
        except TimeoutError:
            raise Refused(408, "the body took too long to arrive", unread=False) from None
        told = False

        async def replay() -> ASGIMessage:
            nonlocal told
            if told:
                return await receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        return replay


def _door(scope: Scope) -> str:
    return f"{scope.get('method', 'websocket')} {scope['path']}"


def _is_realtime(scope: Scope) -> bool:
    path: str = scope["path"]
    return path == _REALTIME or path.startswith(_REALTIME + "/")


def _is_open(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["method"] == "GET" and (path in _OPEN or path.startswith(_DOCS))


def _values(scope: Scope, name: bytes) -> list[bytes]:
    return [value for key, value in scope["headers"] if key.lower() == name]


def _has_body(scope: Scope) -> bool:
    lengths = _values(scope, b"content-length")
    return any(length != b"0" for length in lengths) or bool(_values(scope, b"transfer-encoding"))


def _check_type(scope: Scope) -> None:
    types = [value.split(b";")[0].strip().lower() for value in _values(scope, b"content-type")]
    if types != [b"application/json"]:
        raise Refused(415, "a body must be application/json")


async def _read(scope: Scope, receive: Receive) -> bytes:
    """Return the body; of one that is too large the rest is read, within bounds, and dropped."""
    too_large = Refused(413, f"a body may have at most {BODY_BYTES} bytes", unread=False)
    lengths = _values(scope, b"content-length")
    if any(length.isdigit() and int(length) > BODY_BYTES + _DRAINED_BYTES for length in lengths):
        raise too_large
    parts: list[bytes] = []
    size = 0
    while size <= BODY_BYTES + _DRAINED_BYTES:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "the body was cut short", unread=False)
        part: bytes = message.get("body", b"")
        size += len(part)
        if size <= BODY_BYTES:
            parts.append(part)
        if not message.get("more_body", False):
            break
    if size > BODY_BYTES:
        raise too_large
    return b"".join(parts)


async def _drain(scope: Scope, receive: Receive) -> None:
    """Let a refused client say its piece: hanging up on it would take the answer along."""
    if _values(scope, b"expect"):
        return  # it sends nothing before it is told to
    if _has_body(scope):
        with contextlib.suppress(TimeoutError, Refused):
            async with asyncio.timeout(_DRAIN_S):
                await _read(scope, receive)


async def _refuse(scope: Scope, send: Send, refused: Refused) -> None:
    if scope["type"] == "websocket":
        # Before the handshake is accepted, a close is answered as 403.
        await send({"type": "websocket.close", "code": 1008})
        return
    view = error_view(refused.status, refused.message, scope["path"])
    body = json.dumps(view.to_wire()).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),  # what is left of the request is not read
    ]
    if refused.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
