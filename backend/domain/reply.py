"""The raw facts of one attempt: the reply that came back, or how it failed.

Made by a prober, judged by :mod:`backend.domain.assertions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.contract.vocabulary import Reason


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its body was read to the end within the deadline.

    ``latency_ms`` runs from before the name was resolved until the last byte was read.
    """

    status_code: int
    latency_ms: float
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """No whole answer. ``message`` names the cause in plain words, without secrets."""

    reason: Reason
    message: str
    status_code: int | None = None
    latency_ms: float | None = None
