"""How a channel looks on the wire: its secrets masked, its target named without them."""

from urllib.parse import urlsplit

from backend.contract.alerts import (
    AppriseConfig,
    ChannelView,
    EmailConfig,
    SlackConfig,
    WebhookConfig,
)
from backend.contract.wire import instant
from backend.domain.alerting import Channel


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
