"""The judge at work: where it takes long, in a thread, and with secrets kept out of its words.

Used by the pipeline and the preview. The judge itself is pure and knows nothing of threads.
"""

import asyncio
from dataclasses import replace

from backend.domain.assertions import Failed, Verdict, verdict_on
from backend.domain.endpoint import Endpoint
from backend.domain.masking import masked, secrets_of
from backend.domain.reply import Failure, Reply


class Bench:
    """Where verdicts are reached, bodies one after another."""

    def __init__(self) -> None:
        # Threads share the interpreter: of three that work the loop gets a turn every 0.1 s,
        # of one every few milliseconds.
        self._one_body = asyncio.Lock()

    async def judge(self, attempt: Reply | Failure, endpoint: Endpoint) -> Verdict:
        """Judge one attempt without holding up the loop, however large its body is."""
        if isinstance(attempt, Failure) or not endpoint.assertions:
            return verdict_on(attempt, endpoint)
        if endpoint.looks_at_body:
            async with self._one_body:
                verdict = await asyncio.to_thread(verdict_on, attempt, endpoint)
        else:
            verdict = verdict_on(attempt, endpoint)
        return _without(secrets_of(endpoint), verdict)


def _without(secrets: tuple[str, ...], verdict: Verdict) -> Verdict:
    """Return a verdict whose words quote no secret that the target sent back."""
    if not secrets:
        return verdict
    outcome = verdict.outcome
    if isinstance(outcome, Failed):
        outcome = replace(outcome, message=masked(outcome.message, secrets))
    findings = (replace(it, message=masked(it.message, secrets)) for it in verdict.findings)
    return Verdict(outcome, tuple(findings))
