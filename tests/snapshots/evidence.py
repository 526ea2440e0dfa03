"""What the backend tells of an incident of the pictures: how it began, and its checks."""

from collections.abc import Sequence
from datetime import timedelta

from backend.contract.evidence import (
    CertificateView,
    EvidenceView,
    FindingView,
    HeaderView,
    PhasesView,
    PreviewView,
    TrialResult,
)
from backend.contract.resources import EndpointName, IncidentCheck, IncidentDetail
from backend.contract.vocabulary import CheckStatus, FindingResult, Reason
from tests.snapshots import world
from tests.snapshots.past import NOW
from tests.snapshots.seeds import Seed

CERTIFICATE_UNTIL = NOW + timedelta(days=23, hours=4)


def incident(seeds: Sequence[Seed], key: str) -> IncidentDetail:
    """Return an incident with what its first failure saw."""
    (told,) = [it for it in world.incidents(seeds) if it.id == key]
    checks = tuple(
        IncidentCheck(
            checked_at=told.started_at
            + timedelta(seconds=15 * min(place, 2), minutes=max(0, place - 2)),
            status=CheckStatus.FAILURE,
            error_message=told.error_message,
        )
        for place in range(min(told.failure_count, 8))
    )
    return IncidentDetail(
        **dict(told),
        endpoint=EndpointName(name=told.endpoint_name, url="https://api.pay.example.com/health"),
        check_results=checks,
        evidence=EvidenceView(
            checked_at=told.started_at,
            error_message=told.error_message,
            reason=Reason.TARGET,
            url="https://api.pay.example.com/health",
            redirects=0,
            phases=PhasesView(dns=12.1, connect=18.4, tls=41.9, first_byte=96.3, download=2.5),
            addresses=("203.0.113.7", "2001:db8::7"),
            peer="203.0.113.7",
            certificates=(
                CertificateView(
                    subject="api.pay.example.com",
                    issuer="Example Trust CA 2",
                    names=("api.pay.example.com", "pay.example.com"),
                    not_before=NOW - timedelta(days=60),
                    not_after=CERTIFICATE_UNTIL,
                    sha256="5f2b" * 16,
                ),
            ),
            status_code=503,
            headers=(
                HeaderView(name="Content-Type", value="application/json"),
                HeaderView(name="Retry-After", value="30"),
                HeaderView(name="Set-Cookie", value="•••"),
            ),
            body='{"error": "upstream unavailable", "service": "ledger"}',
            body_bytes=54,
            body_truncated=False,
        ),
    )


def preview() -> PreviewView:
    """Return what a test of the first endpoint brings: one of two conditions does not hold."""
    status, quick = world.ASSERTIONS
    return PreviewView(
        result=TrialResult(
            status=CheckStatus.FAILURE,
            response_time=184.2,
            status_code=200,
            error_message="Response time 184 ms, expected at most 100 ms",
            checked_at=NOW,
            is_degraded=False,
            reason=None,
        ),
        evidence=EvidenceView(
            checked_at=NOW,
            error_message=None,
            reason=None,
            url="https://api.pay.example.com/health",
            redirects=0,
            phases=PhasesView(dns=12.1, connect=18.4, tls=41.9, first_byte=96.3, download=15.5),
            addresses=("203.0.113.7",),
            peer="203.0.113.7",
            certificates=(),
            status_code=200,
            headers=(),
            body='{"status": "ok", "version": "4.2.1", "queue": {"waiting": 3}}',
            body_bytes=62,
            body_truncated=False,
        ),
        assertions=(
            FindingView(
                assertion=status, result=FindingResult.HOLDS, message='JSON $.status: "ok"'
            ),
            FindingView(
                assertion=quick,
                result=FindingResult.FAILS,
                message="Response time 184 ms, expected at most 100 ms",
            ),
        ),
    )
