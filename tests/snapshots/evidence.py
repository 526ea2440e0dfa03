"""What the backend tells of an incident of the pictures: how it began, and its checks."""

import re
from datetime import timedelta

from backend.contract.evidence import CertificateView, EvidenceView, HeaderView, PhasesView
from backend.contract.resources import EndpointName, IncidentCheck, IncidentDetail
from backend.contract.vocabulary import CheckStatus, Reason
from tests.snapshots import world
from tests.snapshots.world import NOW


def incident(found: re.Match[str]) -> IncidentDetail:
    """Return an incident with what its first failure saw."""
    (told,) = [it for it in world.incidents() if it.id == found[1]]
    checks = tuple(
        IncidentCheck(
            checked_at=told.started_at + timedelta(seconds=30 * place),
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
                    not_after=NOW + timedelta(days=30),
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
