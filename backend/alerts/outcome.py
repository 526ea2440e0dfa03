"""What came of one try to deliver: for each target whether it took the letter.

Returned by the transports, read by the courier.
"""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from backend.checks.failures import TIMED_OUT, failure_of


@dataclass(frozen=True, slots=True)
class Result:
    """How one target answered; ``error`` is ``None`` where it took the letter.

    ``retry_after_s`` is how many seconds its server wants to be left alone.
    """

    target: str
    error: str | None = None
    retry_after_s: float | None = None


def in_words(error: BaseException) -> str:
    """Return what an exception of a delivery says, in plain words and without secrets."""
    if isinstance(error, httpx.TimeoutException):
        return TIMED_OUT.message
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (OSError, ssl.SSLError)):
            return failure_of(cause).message
        cause = cause.__cause__ or cause.__context__
    return f"Delivery failed: {type(error).__name__}"


def summary_of(results: Sequence[Result]) -> str:
    """Return the errors as one line, naming the targets where there are several."""
    failed = [it for it in results if it.error is not None]
    if len(results) == 1:
        return failed[0].error or "" if failed else ""
    return "; ".join(f"{it.target}: {it.error}" for it in failed)
