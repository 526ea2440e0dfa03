"""A draft asked once and judged, with nothing stored and nothing told.

Called by the API, so that a form can show what its settings would find before they are kept.
"""

import structlog

from backend.checks.prober import Prober
from backend.contract.commands import EndpointDraft, EndpointTrial
from backend.contract.evidence import FindingView, PreviewView, TrialResult
from backend.contract.vocabulary import Reason
from backend.contract.wire import instant
from backend.domain.assertions import Failed, Verdict
from backend.domain.check import check_of
from backend.domain.endpoint import Endpoint
from backend.domain.facts import Facts
from backend.domain.views import check_status
from backend.engine.clock import Clock
from backend.engine.evidence import evidence_of
from backend.engine.judging import Bench

log = structlog.stdlib.get_logger(__name__)


class Preview:
    """Tries drafts."""

    def __init__(self, *, prober: Prober, clock: Clock) -> None:
        """Prepare; the prober is the one that asks the endpoints."""
        self._prober = prober
        self._clock = clock
        self._bench = Bench()

    async def of(self, trial: EndpointTrial) -> PreviewView:
        """Return what one check of a draft finds."""
        now_ms = self._clock.wall_ms()
        values = {name: getattr(trial, name) for name in EndpointDraft.model_fields}
        endpoint = Endpoint(id="preview", created_at_ms=now_ms, updated_at_ms=now_ms, **values)
        verdict, facts = await self._ask(endpoint)
        at_ms = self._clock.wall_ms()
        check = check_of(endpoint.id, verdict.outcome, at_ms)
        return PreviewView(
            result=TrialResult(
                status=check_status(check),
                response_time=check.latency_ms,
                status_code=check.status_code,
                error_message=check.message,
                checked_at=instant(at_ms),
                is_degraded=check.degraded,
                reason=check.reason,
            ),
            evidence=evidence_of(endpoint, facts, at_ms, check.message, check.reason),
            assertions=tuple(
                FindingView(assertion=it.assertion, result=it.result, message=it.message)
                for it in verdict.findings
            ),
        )

    async def _ask(self, endpoint: Endpoint) -> tuple[Verdict, Facts]:
        nothing = Facts(endpoint.url)
        try:
            attempt = await self._prober.ask(endpoint)
            return await self._bench.judge(attempt, endpoint), attempt.facts or nothing
        except Exception as error:
            # As in the pipeline: our bug is a result, and never the target's fault.
            log.exception("a preview failed by our own fault")
            failed = Failed(Reason.OURS, f"Internal error: {type(error).__name__}")
            return Verdict(failed), nothing
