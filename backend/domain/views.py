"""How domain values look on the wire: the one mapping from them to the contract's views.

Called by the engine for events and answers, and by the archive for lists and snapshots.
"""

from typing import Literal
from urllib.parse import urlsplit

from backend.contract.alerts import (
    AppriseConfig,
    ChannelView,
    EmailConfig,
    SlackConfig,
    WebhookConfig,
)
from backend.contract.resources import (
    CheckResultView,
    CompactCheck,
    EndpointView,
    IncidentSummary,
    IncidentView,
    RecentCheck,
)
from backend.contract.vocabulary import CheckStatus, UnknownReason
from backend.contract.wire import Instant, instant
from backend.domain.alerting import Channel
from backend.domain.assertions import Check
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.domain.incident import Incident


def endpoint_view(endpoint: Endpoint, health: Health) -> EndpointView:
    """Return an endpoint and its standing, with every default filled in."""
    policy = endpoint.policy
    return EndpointView(
        id=endpoint.id,
        name=endpoint.name,
        url=endpoint.url,
        method=endpoint.method,
        headers=None if endpoint.headers is None else dict(endpoint.headers),
        body=endpoint.body,
        check_interval=endpoint.check_interval,
        expected_status_code=endpoint.expected_status_code,
        timeout_threshold=endpoint.timeout_threshold,
        is_active=endpoint.is_active,
        current_status=health.status,
        last_response_time=health.last_latency_ms,
        last_checked_at=_maybe_instant(health.last_checked_ms),
        consecutive_failures=health.consecutive_failures,
        created_at=instant(endpoint.created_at_ms),
        updated_at=instant(endpoint.updated_at_ms),
        degraded_threshold=policy.degraded_ms,
        failure_threshold=policy.failure_threshold,
        recovery_threshold=policy.recovery_threshold,
        retry_interval=policy.retry_interval_s,
        verify_tls=endpoint.verify_tls,
        follow_redirects=endpoint.follow_redirects,
        tags=endpoint.tags,
        note=endpoint.note,
        last_error=health.last_error,
        status_since=_maybe_instant(health.since_ms),
        unknown_reason=unknown_reason(endpoint, health),
        assertions=endpoint.assertions,
    )


def unknown_reason(endpoint: Endpoint, health: Health) -> UnknownReason | None:
    """Return why the endpoint's status is UNKNOWN."""
    return health.unknown_reason if endpoint.is_active else UnknownReason.PAUSED


def check_status(check: Check) -> CheckStatus:
    """Return the word for how a check went."""
    return CheckStatus.SUCCESS if check.success else CheckStatus.FAILURE


def check_view(check: Check) -> CheckResultView:
    """Return a check as a list of results shows it."""
    return CheckResultView(
        id=check.id,
        endpoint_id=check.endpoint_id,
        status=check_status(check),
        response_time=check.latency_ms,
        status_code=check.status_code,
        error_message=check.message,
        checked_at=instant(check.at_ms),
        is_degraded=check.degraded,
        reason=check.reason,
    )


def recent_check(check: Check) -> RecentCheck:
    """Return a check as a heartbeat strip shows it."""
    return RecentCheck(
        checked_at=instant(check.at_ms),
        status=check_status(check),
        is_degraded=check.degraded,
        response_time=check.latency_ms,
        status_code=check.status_code,
        error_message=check.message,
    )


def compact_check(check: Check) -> CompactCheck:
    """Return the same in the compact form."""
    word: Literal[0, 1, 2] = 0 if not check.success else 2 if check.degraded else 1
    return check.at_ms, word, check.latency_ms, check.status_code, check.message


def incident_view(incident: Incident, endpoint_name: str) -> IncidentView:
    """Return an incident as lists of incidents show it."""
    known = incident.acknowledgement
    return IncidentView(
        id=incident.id,
        started_at=instant(incident.started_at_ms),
        resolved_at=_maybe_instant(incident.resolved_at_ms),
        duration=incident.duration_ms,
        endpoint_id=incident.endpoint_id,
        endpoint_name=endpoint_name,
        failure_count=incident.failure_count,
        error_message=incident.message,
        reason=incident.resolution,
        acknowledged_at=None if known is None else instant(known.at_ms),
        snoozed_until=None if known is None else _maybe_instant(known.snoozed_until_ms),
        snoozed_until_recovery=known is not None and known.snoozed_to_recovery,
        note="" if known is None else known.note,
    )


def incident_summary(incident: Incident) -> IncidentSummary:
    """Return an incident as its endpoint's own page lists it."""
    return IncidentSummary(
        id=incident.id,
        started_at=instant(incident.started_at_ms),
        resolved_at=_maybe_instant(incident.resolved_at_ms),
        duration=incident.duration_ms,
    )


def _maybe_instant(at_ms: int | None) -> Instant | None:
    return None if at_ms is None else instant(at_ms)


def channel_view(channel: Channel) -> ChannelView:
    """Return a channel as it is shown to those who hold the token."""
    return ChannelView(
        id=channel.id,
        name=channel.name,
        type=channel.type,
        config=channel.config.model_dump(mode="json", by_alias=True),
        is_active=channel.is_active,
        created_at=instant(channel.created_at_ms),
        updated_at=instant(channel.updated_at_ms),
        policy=channel.policy,
        target=_target(channel),
    )


def _target(channel: Channel) -> str:
    match channel.config:
        case EmailConfig() as config:
            return ", ".join(config.to)
        case SlackConfig() as config:
            return urlsplit(config.webhook_url.get_secret_value()).hostname or ""
        case WebhookConfig() as config:
            return urlsplit(config.url.get_secret_value()).hostname or ""
        case AppriseConfig() as config:
            return config.url.get_secret_value().partition("://")[0]
