"""What the user set: an endpoint, the policy it is judged by, and which edits start it anew.

Pure values, made by the engine from commands and by the archive from rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from backend.contract.assertions import (
    Assertion,
    BodyAssertion,
    CertificateAssertion,
    JsonAssertion,
    StatusAssertion,
)
from backend.contract.vocabulary import Defaults, Method

JsonScalar = str | int | float | bool | None
Json = JsonScalar | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Policy:
    """The numbers a verdict depends on, with every default filled in."""

    interval_s: int
    retry_interval_s: int
    timeout_ms: int
    degraded_ms: int
    failure_threshold: int
    recovery_threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One monitored target. Field names are the command's; ``None`` thresholds follow the rest."""

    id: str
    name: str
    url: str
    method: Method = Defaults.METHOD
    headers: Mapping[str, str] | None = None
    body: Json = None
    check_interval: int = Defaults.INTERVAL_S
    expected_status_code: int = Defaults.STATUS_CODE
    timeout_threshold: int = Defaults.TIMEOUT_MS
    is_active: bool = True
    degraded_threshold: int | None = None
    failure_threshold: int = Defaults.FAILURE_THRESHOLD
    recovery_threshold: int = Defaults.RECOVERY_THRESHOLD
    retry_interval: int | None = None
    verify_tls: bool = True
    follow_redirects: bool = True
    tags: tuple[str, ...] = ()
    note: str = ""
    assertions: tuple[Assertion, ...] = ()
    created_at_ms: int
    updated_at_ms: int

    def expects_status(self, status_code: int) -> bool:
        """Say whether this is a status the user wants."""
        wanted = [it for it in self.assertions if isinstance(it, StatusAssertion)]
        if wanted:
            return all(assertion.accepts(status_code) for assertion in wanted)
        return status_code == self.expected_status_code

    @property
    def looks_at_body(self) -> bool:
        """Whether anything is to be judged by the body."""
        return any(isinstance(it, BodyAssertion | JsonAssertion) for it in self.assertions)

    @property
    def looks_at_certificate(self) -> bool:
        """Whether anything is to be judged by the certificate."""
        return any(isinstance(it, CertificateAssertion) for it in self.assertions)

    @property
    def policy(self) -> Policy:
        """The numbers this endpoint is judged by."""
        return Policy(
            interval_s=self.check_interval,
            retry_interval_s=(
                min(self.check_interval, Defaults.RETRY_INTERVAL_S)
                if self.retry_interval is None
                else self.retry_interval
            ),
            timeout_ms=self.timeout_threshold,
            degraded_ms=(
                round(self.timeout_threshold * Defaults.DEGRADED_SHARE)
                if self.degraded_threshold is None
                else self.degraded_threshold
            ),
            failure_threshold=self.failure_threshold,
            recovery_threshold=self.recovery_threshold,
        )


_ASKED_AND_EXPECTED = (
    "url",
    "method",
    "headers",
    "body",
    "expected_status_code",
    "timeout_threshold",
    "degraded_threshold",
    "verify_tls",
    "follow_redirects",
    "assertions",
)


def changed_fields(before: Endpoint, after: Endpoint) -> frozenset[str]:
    """Return the names of the fields in which two versions of an endpoint differ."""
    return frozenset(
        field.name
        for field in fields(Endpoint)
        if getattr(before, field.name) != getattr(after, field.name)
    )


def starts_anew(before: Endpoint, after: Endpoint) -> bool:
    """Say whether an edit asks or expects something else, so that old verdicts no longer hold."""
    return bool(changed_fields(before, after) & set(_ASKED_AND_EXPECTED))
