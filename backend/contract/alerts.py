"""Channels, their policies, and the log of what was told: the language of alerts.

Shown and accepted by REST under ``/notification-channels`` and ``/notifications``. A secret leaves
a channel's config only through :func:`revealed`, for the archive; everywhere else it is a mask.
"""

import re
from enum import StrEnum
from typing import Annotated, ClassVar, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    Field,
    JsonValue,
    PlainSerializer,
    SecretStr,
    SerializationInfo,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

from backend.contract.commands import Flag, Headers, Name, Tags, Url
from backend.contract.vocabulary import AlertKind, DeliveryState, Status
from backend.contract.wire import Command, Instant, Message

MASK = "********"
"""Shown in place of a secret; sent back by a client it means "as it is"."""


class ChannelType(StrEnum):
    """What kind of place a channel is."""

    EMAIL = "email"
    SLACK = "slack"
    WEBHOOK = "webhook"
    APPRISE = "apprise"


class Security(StrEnum):
    """How the line to a mail server is secured."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class AlertEvent(StrEnum):
    """What a channel may choose to be told; ``RECOVERED`` only follows what was told before."""

    DOWN = "down"
    RECOVERED = "recovered"
    DEGRADED = "degraded"


def _masked(secret: SecretStr, info: SerializationInfo) -> str:
    if isinstance(info.context, dict) and info.context.get("reveal"):
        return secret.get_secret_value()
    return MASK


def _one_line(text: str) -> str:
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise ValueError("must not contain line breaks or control characters")
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r'[^\s@<>()\[\],;:"\\]{1,64}@[^\s@<>()\[\],;:"\\]{1,190}', text):
        raise ValueError("must be an e-mail address")
    return _one_line(text)


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise ValueError(f"{name!r} is not a known time zone") from error
    return name


_url = TypeAdapter(Url)
_headers = TypeAdapter(Headers)


def _secret_url(secret: SecretStr) -> SecretStr:
    return SecretStr(_url.validate_python(secret.get_secret_value()))


def _secret_headers(secrets: dict[str, SecretStr]) -> dict[str, SecretStr]:
    _headers.validate_python({name: it.get_secret_value() for name, it in secrets.items()})
    return secrets


Secret = Annotated[SecretStr, PlainSerializer(_masked, return_type=str)]
SecretUrl = Annotated[Secret, AfterValidator(_secret_url)]
SecretHeaders = Annotated[dict[str, Secret], Field(max_length=50), AfterValidator(_secret_headers)]
Address = Annotated[str, AfterValidator(_address)]
Host = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9._:-]{1,253}$")]
Port = Annotated[int, Field(strict=True, ge=1, le=65_535)]
User = Annotated[str, StringConstraints(max_length=320), AfterValidator(_one_line)]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
TimeZone = Annotated[str, StringConstraints(min_length=1), AfterValidator(_time_zone)]
Minutes = Annotated[int, Field(strict=True, ge=5, le=10_080)]


class EmailConfig(Command):
    """A mailbox, or some, reached through a mail server."""

    host: Host
    port: Port = 587
    security: Security = Security.STARTTLS
    user: User | None = None
    password: Secret | None = None
    from_: Annotated[Address, Field(alias="from")]
    to: Annotated[tuple[Address, ...], Field(min_length=1, max_length=50)]


class SlackConfig(Command):
    """A Slack channel behind its incoming webhook, whose address is the secret."""

    webhook_url: SecretUrl


class WebhookConfig(Command):
    """Any server that takes JSON; with a ``secret`` it can tell that we sent it."""

    url: SecretUrl
    headers: SecretHeaders | None = None
    secret: Secret | None = None


class AppriseConfig(Command):
    """Whatever apprise can reach by one of its URLs."""

    url: Annotated[Secret, Field(min_length=5)]


ChannelConfig = EmailConfig | SlackConfig | WebhookConfig | AppriseConfig

CONFIGS: dict[ChannelType, type[ChannelConfig]] = {
    ChannelType.EMAIL: EmailConfig,
    ChannelType.SLACK: SlackConfig,
    ChannelType.WEBHOOK: WebhookConfig,
    ChannelType.APPRISE: AppriseConfig,
}
"""What a channel of each type is configured by."""


def revealed(config: ChannelConfig) -> dict[str, JsonValue]:
    """Return a config under its wire names with its secrets, for the archive alone."""
    return config.model_dump(mode="json", by_alias=True, context={"reveal": True})


class QuietHours(Command):
    """A span of every day in which nothing is told; it may pass midnight."""

    start: TimeOfDay
    end: TimeOfDay
    time_zone: TimeZone

    @model_validator(mode="after")
    def _has_a_length(self) -> Self:
        if self.start == self.end:
            raise ValueError("quiet hours must not end when they start")
        return self


class AlertPolicy(Command):
    """What a channel is told.

    ``tags``: only endpoints with one of these; empty for all. ``reminder_minutes``: how often it
    is told again of an endpoint that stays DOWN; ``None`` for never.
    """

    events: Annotated[tuple[AlertEvent, ...], Field(min_length=1)] = (
        AlertEvent.DOWN,
        AlertEvent.RECOVERED,
    )
    tags: Tags = ()
    quiet_hours: QuietHours | None = None
    reminder_minutes: Minutes | None = None

    @model_validator(mode="after")
    def _recovery_follows_something(self) -> Self:
        if set(self.events) == {AlertEvent.RECOVERED}:
            raise ValueError("a recovery is told only where DOWN or DEGRADED was told")
        return self


class ChannelDraft(Command):
    """``POST /notification-channels``; ``config`` has the fields of its type's model above."""

    name: Name
    type: ChannelType
    config: dict[str, JsonValue]
    is_active: Flag = True
    policy: AlertPolicy = AlertPolicy()


class ChannelPatch(Command):
    """``PATCH /notification-channels/:id``: any subset; what was not sent stays.

    ``config`` and ``policy`` are merged key by key; a secret that is missing or masked stays.
    """

    NOT_NULL: ClassVar[tuple[str, ...]] = ("name", "config", "is_active", "policy")

    name: Name | None = None
    config: dict[str, JsonValue] | None = None
    is_active: Flag | None = None
    policy: dict[str, JsonValue] | None = None

    @model_validator(mode="after")
    def _nothing_is_null(self) -> Self:
        for name in self.NOT_NULL:
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} must not be null")
        return self


class ChannelView(Message):
    """One channel; ``config`` shows a mask for each secret that is set.

    ``target`` says where it leads without telling a secret: addresses, or a host.
    """

    id: str
    name: str
    type: ChannelType
    config: dict[str, JsonValue]
    is_active: bool
    created_at: Instant
    updated_at: Instant
    policy: AlertPolicy
    target: str


class ChannelDeleted(Message):
    """``DELETE /notification-channels/:id``."""

    message: str
    deleted_at: Instant


class TargetView(Message):
    """How one target of a channel answered; ``error`` in plain words, without secrets."""

    target: str
    ok: bool
    error: str | None


class ChannelTest(Message):
    """``POST /notification-channels/:id/test``: what came of a test message; ``duration`` in ms."""

    ok: bool
    duration: int
    results: tuple[TargetView, ...]


class DeliveryView(Message):
    """``GET /notifications``: one alert to one channel, newest first."""

    id: str
    channel_id: str
    channel_name: str
    endpoint_id: str
    endpoint_name: str
    kind: AlertKind
    status: Status
    state: DeliveryState
    attempts: int
    created_at: Instant
    settled_at: Instant | None
    """When it was delivered, dropped or given up."""
    next_try_at: Instant | None
    error: str | None
    """Why it failed, last or for good, or why it was dropped."""
