"""The judge at work: one attempt asked for and judged, and what excuses a failure.

Used by the pipeline and the preview. Where judging takes long, it is done in a thread; the judge
itself is pure and knows nothing of threads.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from backend.checks.tls import ready_to_read
from backend.contract.vocabulary import Reason, UnknownReason
from backend.domain.assertions import Failed, Outcome, Verdict, verdict_on
from backend.domain.endpoint import Endpoint
from backend.domain.facts import Facts
from backend.domain.masking import masked, secrets_sent
from backend.domain.reply import Failure, Prober, Reply


@dataclass(frozen=True, slots=True)
class Excuse:
    """A failure is not the target's. ``unseen``: its status is to become UNKNOWN, and why."""

    words: str
    unseen: UnknownReason | None = None


class Network(Protocol):
    """What the pipeline asks about this computer's network."""

    def note(self, endpoint: Endpoint, attempt: Reply | Failure) -> None:
        """Take what an attempt showed."""

    def address_of(self, endpoint: Endpoint) -> str | None:
        """Return where an endpoint last answered, as far as it is known."""

    async def excuse(self, endpoint: Endpoint, outcome: Outcome, began_ms: float) -> Excuse | None:
        """Return why what came is ours; ``None`` for the target's own, and for its success.

        Args:
            endpoint: whose check it was.
            outcome: how it went.
            began_ms: when the check began, on the monotonic clock.
        """


Attempt = Reply | Failure

log = structlog.stdlib.get_logger(__name__)


class Bench:
    """Where verdicts are reached, bodies one after another.

    Args:
        prober: asks the targets.
    """

    def __init__(self, prober: Prober) -> None:
        self._prober = prober
        # Threads share the interpreter: of three that work the loop gets a turn every 0.1 s,
        # of one every few milliseconds.
        self._one_body = asyncio.Lock()

    async def try_once(
        self,
        endpoint: Endpoint,
        note: Callable[[Attempt], None] = lambda _: None,
        secrets: tuple[str, ...] = (),
    ) -> tuple[Verdict, Facts]:
        """Ask an endpoint once; return the verdict and what was seen. Raises nothing.

        Args:
            endpoint: whom to ask.
            note: told the raw attempt before it is judged.
            secrets: what else of the request is not to be seen of an answer.
        """
        try:
            attempt = await self._prober.ask(endpoint)
            facts = attempt.facts or Facts(endpoint.url)
            if secrets:
                facts = replace(facts, secrets=(*facts.secrets, *secrets))
                attempt = replace(attempt, facts=facts)
            note(attempt)
            verdict = await self._judge(attempt, endpoint)
            if isinstance(verdict.outcome, Failed):
                await ready_to_read(facts.certificates)
            return verdict, facts
        except Exception as error:
            # Our bug must be a result of this check, and never the target's fault.
            log.exception("a check failed by our own fault", endpoint=endpoint.id)
            failed = Failed(Reason.OURS, f"Internal error: {type(error).__name__}")
            return Verdict(failed), Facts(endpoint.url)

    async def _judge(self, attempt: Attempt, endpoint: Endpoint) -> Verdict:
        """Judge one attempt without holding up the loop, however large its body is."""
        if isinstance(attempt, Failure) or not endpoint.assertions:
            return verdict_on(attempt, endpoint)
        if endpoint.looks_at_body:
            async with self._one_body:
                verdict = await asyncio.to_thread(verdict_on, attempt, endpoint)
        else:
            verdict = verdict_on(attempt, endpoint)
        return _without(secrets_sent(endpoint, attempt.facts), verdict)


def _without(secrets: tuple[str, ...], verdict: Verdict) -> Verdict:
    """Return a verdict whose words quote no secret that the target sent back."""
    if not secrets:
        return verdict
    outcome = verdict.outcome
    if isinstance(outcome, Failed):
        outcome = replace(outcome, message=masked(outcome.message, secrets))
    findings = (replace(it, message=masked(it.message, secrets)) for it in verdict.findings)
    return Verdict(outcome, tuple(findings))
