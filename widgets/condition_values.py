"""How a condition's value is typed and shown: JSON where it is JSON, plain text otherwise.

The condition rows call it. Pure Python; knows no widget.
"""

import json
import math
import re

from backend.contract.vocabulary import AssertionKind, Comparison

Scalar = str | int | float | bool | None

PRESENCE = (Comparison.EXISTS, Comparison.NOT_EXISTS)
"""Comparisons without a value."""

TEXTUAL = (
    Comparison.CONTAINS,
    Comparison.NOT_CONTAINS,
    Comparison.MATCHES,
    Comparison.NOT_MATCHES,
)
"""Comparisons with a text, taken as it is typed."""

ORDERS = (
    Comparison.GREATER_THAN,
    Comparison.AT_LEAST,
    Comparison.LESS_THAN,
    Comparison.AT_MOST,
)
"""Comparisons of numbers."""

_CODES = re.compile(r"[1-5]\d\d(-[1-5]\d\d)?", re.ASCII)


def comparisons_of(kind: AssertionKind) -> tuple[Comparison, ...]:
    """Return how a kind of condition may compare, none where it does it in one way only."""
    match kind:
        case AssertionKind.BODY:
            return TEXTUAL
        case AssertionKind.JSON | AssertionKind.HEADER:
            return tuple(Comparison)
        case _:
            return ()


def typed(text: str) -> Scalar:
    """Return what somebody means who types this: a number, true, false, null, or a text.

    A text that looks like one of those is typed in double quotes.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return text
    if isinstance(value, dict | list) or (isinstance(value, float) and not math.isfinite(value)):
        return text
    return value  # type: ignore[no-any-return]


def shown(value: Scalar) -> str:
    """Return the text that ``typed`` reads as this value."""
    if isinstance(value, str) and typed(value) == value and value.isprintable():
        return value
    return json.dumps(value, ensure_ascii=False)


def codes_of(text: str) -> list[str]:
    """Return the statuses and ranges of a list with commas or spaces between them."""
    return text.replace(",", " ").split()


def are_codes(text: str) -> bool:
    """Return whether these are statuses or ranges of them, and at least one."""
    codes = codes_of(text)
    return bool(codes) and all(_CODES.fullmatch(code) for code in codes)


def is_number(text: str) -> bool:
    """Return whether this is a finite number."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")
