"""The channels of the pictures' world, and what was sent to them."""

from datetime import timedelta

from backend.contract.alerts import AlertPolicy, ChannelType, ChannelView, DeliveryView
from backend.contract.resources import Page, PageMeta
from backend.contract.vocabulary import AlertKind, DeliveryState, Status
from tests.snapshots.past import NOW

REFUSED, GONE = "Connection refused", "The server answered 410"


def channels() -> tuple[ChannelView, ...]:
    """Return an e-mail address, a Slack channel, and a webhook that is switched off."""
    made = (
        ("mail", "On-call", ChannelType.EMAIL, "oncall@example.com, lead@example.com", True),
        ("slack", "#incidents", ChannelType.SLACK, "hooks.slack.com", True),
        ("hook", "Status page", ChannelType.WEBHOOK, "status.example.com", False),
    )
    return tuple(
        ChannelView(
            id=key,
            name=name,
            type=kind,
            config={},
            is_active=active,
            created_at=NOW - timedelta(days=40),
            updated_at=NOW - timedelta(days=3),
            policy=AlertPolicy(),
            target=target,
        )
        for key, name, kind, target, active in made
    )


def deliveries(any_endpoints: bool) -> Page[DeliveryView]:
    """Return what was told of the newest outages, newest first; nothing without endpoints."""
    delivered, failed, pending = (
        DeliveryState.DELIVERED,
        DeliveryState.FAILED,
        DeliveryState.PENDING,
    )
    told = (
        ("slack", "#incidents", "Payments API", AlertKind.DOWN, delivered, _ago(m=4, s=26), None),
        ("mail", "On-call", "Payments API", AlertKind.DOWN, pending, _ago(m=4, s=26), REFUSED),
        ("mail", "On-call", "Auth", AlertKind.RECOVERED, delivered, _ago(h=4, m=21, s=29), None),
        ("slack", "#incidents", "Auth", AlertKind.DOWN, delivered, _ago(h=4, m=23, s=29), None),
        ("hook", "Status page", "Website", AlertKind.DOWN, failed, _ago(h=15, m=59, s=29), GONE),
    )
    rows = tuple(
        DeliveryView(
            id=f"delivery-{place}",
            channel_id=channel,
            channel_name=channel_name,
            endpoint_id=f"id-{name}",
            endpoint_name=name,
            kind=kind,
            status=Status.UP if kind is AlertKind.RECOVERED else Status.DOWN,
            state=state,
            attempts=1 if error is None else 3,
            created_at=NOW - ago,
            settled_at=None if state is pending else NOW - ago,
            next_try_at=NOW + timedelta(minutes=2) if state is pending else None,
            error=error,
        )
        for place, (channel, channel_name, name, kind, state, ago, error) in enumerate(told)
    )
    shown = rows if any_endpoints else ()
    meta = PageMeta(total=len(shown), page=1, limit=100, total_pages=1)
    return Page(data=shown, meta=meta)


def _ago(h: int = 0, m: int = 0, s: int = 0) -> timedelta:
    return timedelta(hours=h, minutes=m, seconds=s)
