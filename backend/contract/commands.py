"""What the backend accepts: a new endpoint, a changed one, and the ways to ask for lists.

Built by the desktop's form and by any REST client, validated here once for all. An unknown
field is refused, so that a misspelt one is never lost in silence.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import IPv6Address
from typing import Annotated, ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    JsonValue,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from backend.contract.assertions import Assertions
from backend.contract.vocabulary import Defaults, Limits, Method
from backend.contract.wire import Command

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FORBIDDEN_IN_VALUE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_FORBIDDEN_IN_URL = re.compile(r"[\s\x00-\x1f\x7f]")


def _absolute_http_url(url: str) -> str:
    if _FORBIDDEN_IN_URL.search(url):
        raise ValueError("must not contain spaces or control characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ValueError(f"is not a valid URL: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise ValueError("must start with http:// or https://")
    if not host:
        raise ValueError("must name a host")
    if port == 0:
        raise ValueError("must not name port 0")
    if not (_is_ipv6(host) if "[" in parts.netloc else _is_host_name(host)):
        raise ValueError(f"names a host that cannot exist: {host}")
    return url


def _is_ipv6(host: str) -> bool:
    try:
        return bool(IPv6Address(host))
    except ValueError:
        return False


def _is_host_name(host: str) -> bool:
    """Say whether every label is of letters, digits, hyphens and underscores, in any script."""
    labels = host.removesuffix(".").split(".")
    return len(host) <= 253 and all(
        0 < len(label) <= 63 and all(_is_in_a_label(character) for character in label)
        for label in labels
    )


def _is_in_a_label(character: str) -> bool:
    # Letters, the marks that some scripts write beside them, and numbers.
    return character in "-_" or unicodedata.category(character)[0] in "LMN"


def _http_headers(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name):
            raise ValueError(f"{name!r} is not a valid header name")
        if _FORBIDDEN_IN_VALUE.search(value):
            raise ValueError(f"the value of {name!r} must not contain control characters")
        try:
            value.encode("latin-1")
        except UnicodeEncodeError as error:
            raise ValueError(f"the value of {name!r} has characters HTTP cannot carry") from error
    return {name: value.strip(" \t") for name, value in headers.items()}


def _in_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be a date between the years 1 and 9999 in UTC") from None


def _unique_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tags))


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=Limits.NAME_LENGTH)
]
Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=Limits.URL_LENGTH),
    AfterValidator(_absolute_http_url),
]
Headers = Annotated[dict[str, str], AfterValidator(_http_headers)]
IntervalS = Annotated[int, Field(strict=True, ge=Limits.INTERVAL_S[0], le=Limits.INTERVAL_S[1])]
StatusCode = Annotated[int, Field(strict=True, ge=Limits.STATUS_CODE[0], le=Limits.STATUS_CODE[1])]
TimeoutMs = Annotated[int, Field(strict=True, ge=Limits.TIMEOUT_MS[0], le=Limits.TIMEOUT_MS[1])]
ThresholdMs = Annotated[int, Field(strict=True, ge=1, le=Limits.TIMEOUT_MS[1])]
Threshold = Annotated[int, Field(strict=True, ge=Limits.THRESHOLD[0], le=Limits.THRESHOLD[1])]
RetryS = Annotated[int, Field(strict=True, ge=1, le=Limits.INTERVAL_S[1])]
Flag = Annotated[bool, Field(strict=True)]
Note = Annotated[str, StringConstraints(max_length=Limits.NOTE_LENGTH)]
Tag = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=Limits.TAG_LENGTH)
]
Tags = Annotated[tuple[Tag, ...], Field(max_length=Limits.TAGS), AfterValidator(_unique_tags)]


class EndpointDraft(Command):
    """What an endpoint is. ``None`` thresholds follow from the other fields."""

    name: Name
    url: Url
    method: Method = Defaults.METHOD
    headers: Headers | None = None
    body: JsonValue = None
    check_interval: IntervalS = Defaults.INTERVAL_S
    expected_status_code: StatusCode = Defaults.STATUS_CODE
    timeout_threshold: TimeoutMs = Defaults.TIMEOUT_MS
    is_active: Flag = True
    degraded_threshold: ThresholdMs | None = None
    failure_threshold: Threshold = Defaults.FAILURE_THRESHOLD
    recovery_threshold: Threshold = Defaults.RECOVERY_THRESHOLD
    retry_interval: RetryS | None = None
    verify_tls: Flag = True
    follow_redirects: Flag = True
    tags: Tags = ()
    note: Note = ""
    assertions: Assertions = ()


class Discretion(Command):
    """What of an endpoint is to be kept as a secret, beside its credentials.

    It is shown as a reference from then on. To ``PATCH``, what is not sent stays as secret as it
    is, also where it gets another value; what is sent alone is about the values that are there.
    """

    secret_headers: tuple[str, ...] = ()
    secret_body: Flag = False


class NewEndpoint(Discretion, EndpointDraft):
    """``POST /endpoints``: a draft, and what of it is secret."""


class EndpointTrial(NewEndpoint):
    """``POST /endpoints/preview``: a draft that is asked once and not kept; it needs no name."""

    name: Name = "Preview"


class EndpointPatch(Command):
    """Any subset of the draft's fields.

    A field that was not sent stays as it is; ``None`` is a value only where the draft allows it.
    """

    NULLABLE: ClassVar[frozenset[str]] = frozenset(
        {"headers", "body", "degraded_threshold", "retry_interval"}
    )

    name: Name | None = None
    url: Url | None = None
    method: Method | None = None
    headers: Headers | None = None
    body: JsonValue = None
    check_interval: IntervalS | None = None
    expected_status_code: StatusCode | None = None
    timeout_threshold: TimeoutMs | None = None
    is_active: Flag | None = None
    degraded_threshold: ThresholdMs | None = None
    failure_threshold: Threshold | None = None
    recovery_threshold: Threshold | None = None
    retry_interval: RetryS | None = None
    verify_tls: Flag | None = None
    follow_redirects: Flag | None = None
    tags: Tags | None = None
    note: Note | None = None
    assertions: Assertions | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _null_only_where_it_is_a_value(cls, value: object, field: ValidationInfo) -> object:
        if value is None and field.field_name not in cls.NULLABLE:
            raise ValueError("must not be null")
        return value

    def changes(self) -> dict[str, object]:
        """Return the fields that were sent, under their Python names."""
        own = self.model_fields_set & EndpointPatch.model_fields.keys()
        return {name: getattr(self, name) for name in own}


class ChangedEndpoint(Discretion, EndpointPatch):
    """``PATCH /endpoints/:id``: some fields, and what of them is secret."""


class IncidentAcknowledgement(Command):
    """``POST /incidents/:id/acknowledge``: somebody knows of it, and may want to be left alone.

    A field that was not sent stays as it is; ``null`` takes the note or the snooze back.
    """

    note: Note | None = None
    snooze_until: Annotated[AwareDatetime, AfterValidator(_in_utc)] | None = None
    until: Literal["recovery"] | None = None

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.snooze_until is not None and self.until is not None:
            raise ValueError("must have snoozeUntil or until, not both")
        return self

    @property
    def says_snooze(self) -> bool:
        """Whether it says anything of a snooze, its end included."""
        return not self.model_fields_set.isdisjoint({"snooze_until", "until"})
