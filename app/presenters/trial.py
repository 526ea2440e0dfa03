"""The backend's preview of a draft as the sheet shows it.

The editing presenter calls it. Pure: it knows no widget but the values they read.
"""

from backend.contract.evidence import PreviewView
from backend.contract.vocabulary import CheckStatus, Status
from widgets.trial_values import Finding, Phase, Trial


def trial_of(view: PreviewView) -> Trial:
    """Return what a preview found, with the phases that were begun."""
    result, evidence, phases = view.result, view.evidence, view.evidence.phases
    taken = {
        Phase.DNS: phases.dns,
        Phase.CONNECT: phases.connect,
        Phase.TLS: phases.tls,
        Phase.FIRST_BYTE: phases.first_byte,
        Phase.DOWNLOAD: phases.download,
    }
    if result.status is CheckStatus.FAILURE:
        status = Status.DOWN
    else:
        status = Status.DEGRADED if result.is_degraded else Status.UP
    return Trial(
        status=status,
        message=result.error_message,
        status_code=result.status_code,
        latency_ms=result.response_time,
        phases=tuple((phase, time) for phase, time in taken.items() if time is not None),
        url=evidence.url,
        redirects=evidence.redirects,
        body=evidence.body,
        body_bytes=evidence.body_bytes,
        body_is_cut=evidence.body_truncated,
        findings=tuple(Finding(each.result, each.message) for each in view.assertions),
    )
