"""The HTTP probe: asks an endpoint once, over a fresh connection, under one deadline.

Called by the engine. Judges nothing but whether there was a whole answer.
"""

import asyncio
import ssl
import time
import traceback
from dataclasses import replace
from types import TracebackType
from typing import Final, Self

import httpx
import structlog

from backend.checks import failures
from backend.checks.body import Pace
from backend.checks.certificate_dates import valid_until
from backend.checks.connection import Connection, connect
from backend.checks.exchange import Answer, Exchange, Request
from backend.checks.question import (
    REDIRECTS,
    InvalidAddressError,
    Question,
    question_of,
    redirected,
)
from backend.checks.resolver import Resolver
from backend.checks.tls import Contexts
from backend.checks.trace import Trace
from backend.contract.vocabulary import Reason
from backend.domain.endpoint import Endpoint
from backend.domain.facts import HEAD_BYTES
from backend.domain.reply import JUDGED_BYTES, Failure, Reply

MAX_REDIRECTS: Final = 10

_GRACE_S: Final = 1.0
"""How long an attempt may take to clean up after its deadline before it is left to itself."""

_LATE_S: Final = 0.25
"""When a deadline is noticed so late, the answer may have come in time while we had no turn."""

_COARSE_S: Final = 0.001
"""How much too early the timer of a loop that counts whole milliseconds may come."""

_CERTIFICATE_S: Final = 2.0
"""How long the certificate that was refused is worth waiting for."""

_REMEMBERED: Final = 20_000
"""Of how many endpoints the request is remembered as it goes out."""

_DAY_S: Final = 24 * 3600

_TOO_MANY_REDIRECTS: Final = Failure(Reason.TARGET, f"More than {MAX_REDIRECTS} redirects")

log = structlog.stdlib.get_logger(__name__)


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
        self._pace = Pace()
        self._attempts = asyncio.TaskGroup()
        self._questions: dict[str, tuple[Endpoint, Question]] = {}
        self._encoded: dict[str, tuple[Question, httpx.URL, Request]] = {}

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
        """Ask once; see :class:`backend.domain.reply.Prober`."""
        timeout_s = endpoint.timeout_threshold / 1000
        question = self._question_of(endpoint)
        trace = Trace(question.url)
        attempt = self._attempts.create_task(
            self._attempt(endpoint, question, trace, timeout_s), name=f"ask {endpoint.id}"
        )
        loop = asyncio.get_running_loop()
        left_s = loop.time() + timeout_s + _GRACE_S
        try:
            await asyncio.wait({attempt}, timeout=timeout_s + _GRACE_S)
        finally:
            attempt.cancel()
        result = attempt.result() if attempt.done() else _timed_out(loop.time() - left_s)
        return replace(result, facts=trace.facts())

    def _question_of(self, endpoint: Endpoint) -> Question:
        """Return the first request of an endpoint, made anew only once it was changed."""
        known = self._questions.get(endpoint.id)
        if known is not None and known[0] is endpoint:
            return known[1]
        if len(self._questions) >= _REMEMBERED:
            self._questions.clear()
            self._encoded.clear()
        question = question_of(endpoint)
        self._questions[endpoint.id] = (endpoint, question)
        return question

    def _request_of(self, question: Question, endpoint: Endpoint) -> tuple[httpx.URL, Request]:
        """Return a request encoded; the first one of an endpoint is the same each time."""
        known = self._encoded.get(endpoint.id)
        if known is not None and known[0] is question:
            return known[1:]
        url, request = _encoded(question, self._user_agent)
        if self._question_of(endpoint) is question:
            self._encoded[endpoint.id] = (question, url, request)
        return url, request

    async def _attempt(
        self, endpoint: Endpoint, question: Question, trace: Trace, timeout_s: float
    ) -> Reply | Failure:
        loop = asyncio.get_running_loop()
        due_s = loop.time() + timeout_s + _COARSE_S
        noticed_s: list[float] = []
        # Beside the deadline: what is measured after it holds what a slow target did to the end.
        notice = loop.call_at(due_s, lambda: noticed_s.append(loop.time()))
        try:
            async with asyncio.timeout_at(due_s) as deadline:
                return await self._ask_and_follow(endpoint, question, trace, deadline)
        except Exception as error:  # noqa: BLE001 - of one check, it becomes that check's result
            failure = failures.failure_of(error)
            if failure is failures.TIMED_OUT and noticed_s:
                return _timed_out(noticed_s[0] - due_s)
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
        finally:
            notice.cancel()

    async def _ask_and_follow(
        self, endpoint: Endpoint, question: Question, trace: Trace, deadline: asyncio.Timeout
    ) -> Reply | Failure:
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._exchange(question, endpoint, trace, deadline)
            if isinstance(answer, Failure):
                return answer
            headers = httpx.Headers(answer.headers)
            location = headers.get("location")
            if (
                location is None
                or answer.status_code not in REDIRECTS
                or endpoint.expects_status(answer.status_code)
                or not endpoint.follow_redirects
            ):
                return Reply(
                    answer.status_code,
                    trace.elapsed_ms,
                    headers,
                    answer.body,
                    answer.body_bytes,
                    _days_left(trace) if endpoint.looks_at_certificate else None,
                )
            question = redirected(question, answer.status_code, location)
            trace.asks(question.url)
        return _TOO_MANY_REDIRECTS

    async def _exchange(
        self, question: Question, endpoint: Endpoint, trace: Trace, deadline: asyncio.Timeout
    ) -> Answer | Failure:
        url, request = self._request_of(question, endpoint)
        try:
            connection = await self._connect(url, endpoint.verify_tls, trace)
        except ssl.SSLCertVerificationError as error:
            await self._look_at_certificate(url, trace, deadline)
            failure = failures.failure_of(error)
            if error.verify_code != failures.CERTIFICATE_EXPIRED or not trace.certificates:
                return failure
            return failures.expired_on(valid_until(trace.certificates[0]).date())
        keep = JUDGED_BYTES if endpoint.looks_at_body else HEAD_BYTES
        try:
            return await Exchange(connection, trace, self._pace, keep).ask(request)
        finally:
            connection.drop()

    async def _connect(self, url: httpx.URL, verify: bool, trace: Trace) -> Connection:
        if self._contexts is None:
            raise RuntimeError("used outside its block")
        context = None
        if url.scheme == "https":
            context = self._contexts.verifying if verify else self._contexts.trusting
        host = url.raw_host.decode("ascii")
        port = url.port or (80 if context is None else 443)
        return await connect(self._resolver, host, port, context, trace)

    async def _look_at_certificate(
        self, url: httpx.URL, trace: Trace, deadline: asyncio.Timeout
    ) -> None:
        """Ask for the certificates once more: the error that refuses them does not show them."""
        left_s = (deadline.when() or 0) - asyncio.get_running_loop().time()
        shown = Trace(trace.url)
        try:
            async with asyncio.timeout(min(_CERTIFICATE_S, left_s / 2)):
                connection = await self._connect(url, verify=False, trace=shown)
            connection.drop()
        except OSError:
            return
        trace.certificates = shown.certificates


def _encoded(question: Question, user_agent: str) -> tuple[httpx.URL, Request]:
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
    return request.url, Request(
        request.method.encode("ascii"),
        request.url.raw_path,
        request.headers.raw,
        question.content,
    )


def _timed_out(late_s: float) -> Failure:
    """Return whose fault a deadline is that passed, and was noticed so late."""
    return failures.TOO_BUSY if late_s > _LATE_S else failures.TIMED_OUT


def _days_left(trace: Trace) -> float | None:
    """Return how long the server's own certificate is still valid."""
    if not trace.certificates:
        return None
    try:
        until = valid_until(trace.certificates[0])
    except ValueError:
        return None
    return (until.timestamp() - time.time()) / _DAY_S
