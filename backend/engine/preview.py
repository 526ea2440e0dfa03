"""A draft asked once and judged, with nothing stored and nothing told.

Called by the API, so that a form can show what its settings would find before they are kept.
"""

import json

import structlog

from backend.checks.tls import ready_to_read
from backend.contract.commands import EndpointDraft, EndpointTrial
from backend.contract.evidence import FindingView, PreviewView, TrialResult
from backend.contract.wire import instant
from backend.domain.assertions import check_of
from backend.domain.endpoint import Endpoint
from backend.domain.masking import texts_of, worth_masking
from backend.domain.reply import Prober
from backend.domain.views import check_status
from backend.engine.clock import Clock
from backend.engine.evidence import evidence_of
from backend.engine.judging import Bench
from backend.engine.sleep import Bedtime

log = structlog.stdlib.get_logger(__name__)


def _secrets_of(trial: EndpointTrial) -> tuple[str, ...]:
    """Return what of a draft is marked as secret, as it may come back."""
    marked = {name.lower() for name in trial.secret_headers}
    found = [value for name, value in (trial.headers or {}).items() if name.lower() in marked]
    if trial.secret_body:
        found += [json.dumps(trial.body), *texts_of(trial.body)]
    return worth_masking(found)


class Preview:
    """Tries drafts."""

    def __init__(self, *, prober: Prober, clock: Clock, bedtime: Bedtime | None = None) -> None:
        """Prepare; the prober is the one that asks the endpoints, and so is the bedtime theirs."""
        self._clock = clock
        self._bench = Bench(prober)
        self._bedtime = Bedtime() if bedtime is None else bedtime

    async def of(self, trial: EndpointTrial) -> PreviewView:
        """Return what one check of a draft finds.

        Raises:
            NearSleepError: this computer is about to sleep.
        """
        self._bedtime.refuse()
        now_ms = self._clock.wall_ms()
        values = {name: getattr(trial, name) for name in EndpointDraft.model_fields}
        endpoint = Endpoint(id="preview", created_at_ms=now_ms, updated_at_ms=now_ms, **values)
        verdict, facts = await self._bench.try_once(endpoint, secrets=_secrets_of(trial))
        await ready_to_read(facts.certificates)
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
