"""The HTTP probe: asks an endpoint once, over a fresh connection, under one deadline.

Called by the engine. Judges nothing but whether there was a whole answer.
"""

import asyncio
import ssl
import traceback
from dataclasses import dataclass, replace
from time import perf_counter
from types import TracebackType
from typing import Final, Self

import httpcore
import httpx
import structlog

from backend.checks import failures
from backend.checks.body import CUT_SHORT, read_body
from backend.checks.connection import Connection, connect
from backend.checks.question import (
    REDIRECTS,
    InvalidAddressError,
    Question,
    question_of,
    redirected,
)
from backend.checks.resolver import Resolver
from backend.checks.tls import Contexts, valid_until
from backend.contract.vocabulary import Reason
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Reply

MAX_REDIRECTS: Final = 10

_GRACE_S: Final = 1.0
"""How long an attempt may take to clean up after its deadline before it is left to itself."""

_EXPIRY_S: Final = 2.0
"""How long the date of an expired certificate is worth waiting for."""

_TOO_MANY_REDIRECTS: Final = Failure(Reason.TARGET, f"More than {MAX_REDIRECTS} redirects")
_NO_ANSWER: Final = Failure(Reason.TARGET, "Connection closed before an answer")

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Answer:
    status_code: int
    headers: httpx.Headers
    body: bytes


class HttpProber:
    """Asks over HTTP/1.1. Open while its ``async with`` block lasts."""

    def __init__(self, version: str, contexts: Contexts | None = None) -> None:
        """Prepare a prober.

        Args:
            version: of this program, for the User-Agent.
            contexts: how to secure connections; loaded on entering when ``None``.
        """
        self._user_agent = f"Vigil/{version}"
        self._contexts = contexts
        self._resolver = Resolver()
        self._attempts = asyncio.TaskGroup()

    async def __aenter__(self) -> Self:
        if self._contexts is None:
            self._contexts = await asyncio.to_thread(Contexts.load)
        await self._attempts.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._attempts.__aexit__(kind, error, trace)

    async def ask(self, endpoint: Endpoint) -> Reply | Failure:
        """Ask once; see :class:`backend.checks.prober.Prober`."""
        timeout_s = endpoint.timeout_threshold / 1000
        attempt = self._attempts.create_task(
            self._attempt(endpoint, timeout_s), name=f"ask {endpoint.id}"
        )
        try:
            await asyncio.wait({attempt}, timeout=timeout_s + _GRACE_S)
        finally:
            attempt.cancel()
        return attempt.result() if attempt.done() else failures.TIMED_OUT

    async def _attempt(self, endpoint: Endpoint, timeout_s: float) -> Reply | Failure:
        try:
            async with asyncio.timeout(timeout_s) as deadline:
                return await self._ask_and_follow(endpoint, deadline)
        except Exception as error:  # noqa: BLE001 - of one check, it becomes that check's result
            failure = failures.failure_of(error)
            if failure.reason is Reason.OURS:
                # Only where it happened: the text of an exception may hold what a header does.
                where = "".join(traceback.format_tb(error.__traceback__))
                log.error(
                    "a check failed by our own fault",
                    endpoint=endpoint.id,
                    cause=failure.message,
                    where=where,
                )
            return failure

    async def _ask_and_follow(
        self, endpoint: Endpoint, deadline: asyncio.Timeout
    ) -> Reply | Failure:
        began = perf_counter()
        question = question_of(endpoint)
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._exchange(question, endpoint.verify_tls, deadline)
            if isinstance(answer, Failure):
                return answer
            location = answer.headers.get("location")
            if (
                location is None
                or answer.status_code not in REDIRECTS
                or answer.status_code == endpoint.expected_status_code
                or not endpoint.follow_redirects
            ):
                latency_ms = (perf_counter() - began) * 1000
                return Reply(answer.status_code, latency_ms, answer.headers, answer.body)
            question = redirected(question, answer.status_code, location)
        return _TOO_MANY_REDIRECTS

    async def _exchange(
        self, question: Question, verify: bool, deadline: asyncio.Timeout
    ) -> _Answer | Failure:
        request = _request_of(question, self._user_agent)
        try:
            connection = await self._connect(request.url, verify)
        except ssl.SSLCertVerificationError as error:
            if error.verify_code != failures.CERTIFICATE_EXPIRED:
                raise
            return await self._expired(request.url, deadline) or failures.failure_of(error)
        try:
            return await _ask(connection, request)
        finally:
            connection.drop()

    async def _connect(self, url: httpcore.URL, verify: bool) -> Connection:
        if self._contexts is None:
            raise RuntimeError("used outside its block")
        context = None
        if url.scheme == b"https":
            context = self._contexts.verifying if verify else self._contexts.trusting
        origin = url.origin
        return await connect(self._resolver, origin.host.decode("ascii"), origin.port, context)

    async def _expired(self, url: httpcore.URL, deadline: asyncio.Timeout) -> Failure | None:
        """Ask for the certificate once more, since the error does not say when it expired."""
        left_s = (deadline.when() or 0) - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(_EXPIRY_S, left_s / 2)):
                connection = await self._connect(url, verify=False)
            certificate = connection.certificate
            connection.drop()
            return failures.expired_on(valid_until(certificate or b""))
        except (OSError, ValueError):
            return None


def _request_of(question: Question, user_agent: str) -> httpcore.Request:
    """Encode a question: httpx knows names beyond ASCII, Host and Content-Length."""
    headers = [
        (name.encode("ascii"), value.encode("latin-1"))
        for name, value in question.headers(user_agent).items()
    ]
    try:
        request = httpx.Request(
            question.method, question.url, headers=headers, content=question.content
        )
    except httpx.InvalidURL as error:
        raise InvalidAddressError("The URL is not valid") from error
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=question.content,
    )


async def _ask(connection: Connection, request: httpcore.Request) -> _Answer | Failure:
    exchange = httpcore.AsyncHTTP11Connection(request.url.origin, connection)
    try:
        response = await exchange.handle_async_request(request)
    except httpcore.RemoteProtocolError:
        if connection.ended and not connection.begun:
            return _NO_ANSWER
        raise
    headers = httpx.Headers(response.headers)
    try:
        body = await read_body(response.aiter_stream(), headers.get("content-encoding", ""))
    except httpcore.RemoteProtocolError:
        if not connection.ended:
            raise
        body = CUT_SHORT
    if isinstance(body, Failure):
        return replace(body, status_code=response.status)
    return _Answer(response.status, headers, body)
