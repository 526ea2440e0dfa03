"""From what a prober noted to what may be kept and shown of it.

Used by the pipeline at the first failure of a run, and by the preview.
"""

from typing import Final

from backend.checks.tls import certificate_view
from backend.contract.evidence import EvidenceView, HeaderView, PhasesView
from backend.contract.vocabulary import Reason
from backend.contract.wire import instant
from backend.domain.assertions import Check, Failed, Outcome
from backend.domain.endpoint import Endpoint
from backend.domain.facts import Facts, Phases
from backend.domain.health import Health
from backend.domain.masking import masked, masked_head, masked_header, secrets_sent
from backend.domain.text import shown_text, text_of

_HEADERS: Final = 100
_VALUE_LENGTH: Final = 1000
_CERTIFICATES: Final = 10


def of_first_failure(
    endpoint: Endpoint, check: Check, health: Health, outcome: Outcome
) -> EvidenceView | None:
    """Return the evidence to keep of a check: of the failure that began a run, if it did."""
    if not isinstance(outcome, Failed) or outcome.facts is None:
        return None
    if health.failing_since_ms != check.at_ms:
        return None
    return evidence_of(endpoint, outcome.facts, check.at_ms, outcome.message, outcome.reason)


def evidence_of(
    endpoint: Endpoint,
    facts: Facts,
    at_ms: int,
    message: str | None = None,
    reason: Reason | None = None,
) -> EvidenceView:
    """Return what was seen, with the secrets of the request masked."""
    secrets = secrets_sent(endpoint, facts)
    content_type = {name.lower(): value for name, value in facts.headers}.get("content-type")
    body = shown_text(text_of(facts.body, content_type or ""))
    return EvidenceView(
        checked_at=instant(at_ms),
        error_message=message,
        reason=reason,
        url=masked(facts.url, secrets),
        redirects=facts.redirects,
        phases=_phases(facts.phases),
        addresses=facts.addresses,
        peer=facts.peer,
        certificates=tuple(
            view
            for view in map(certificate_view, facts.certificates[:_CERTIFICATES])
            if view is not None
        ),
        status_code=facts.status_code,
        headers=tuple(
            HeaderView(
                name=shown_text(name),
                value=shown_text(masked_header(name, value, secrets))[:_VALUE_LENGTH],
            )
            for name, value in facts.headers[:_HEADERS]
        ),
        body=masked_head(body, secrets),
        body_bytes=facts.body_bytes,
        body_truncated=facts.body_bytes > len(facts.body),
    )


def _phases(phases: Phases) -> PhasesView:
    return PhasesView(
        dns=_rounded(phases.dns_ms),
        connect=_rounded(phases.connect_ms),
        tls=_rounded(phases.tls_ms),
        first_byte=_rounded(phases.first_byte_ms),
        download=_rounded(phases.download_ms),
    )


def _rounded(spent_ms: float | None) -> float | None:
    return None if spent_ms is None else round(spent_ms, 2)
