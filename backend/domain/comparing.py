"""How a value that was found compares with the one that was wanted, and both in words.

Used by the findings. Total: any two values compare, and nothing is raised.
"""

import json
from functools import lru_cache
from typing import Any, Final

import re2

from backend.contract.assertions import number_of
from backend.contract.vocabulary import Comparison
from backend.domain.text import excerpt, without_surrogates

_SHOWN_LENGTH: Final = 100

_WORDS: Final = {
    Comparison.EQUALS: "expected {}",
    Comparison.NOT_EQUALS: "expected anything else",
    Comparison.GREATER_THAN: "expected more than {}",
    Comparison.AT_LEAST: "expected at least {}",
    Comparison.LESS_THAN: "expected less than {}",
    Comparison.AT_MOST: "expected at most {}",
    Comparison.CONTAINS: "expected it to contain {}",
    Comparison.NOT_CONTAINS: "expected it not to contain {}",
    Comparison.MATCHES: "expected it to match {}",
    Comparison.NOT_MATCHES: "expected it not to match {}",
    Comparison.EXISTS: "expected it to be there",
    Comparison.NOT_EXISTS: "expected it to be missing",
}


def holds(found: object, comparison: Comparison, wanted: object) -> bool:
    """Say whether a value that is there compares as wanted."""
    if comparison in _OPPOSITES:
        return not holds(found, _OPPOSITES[comparison], wanted)
    match comparison:
        case Comparison.EXISTS:
            return True
        case Comparison.EQUALS:
            return _same(found, wanted)
        case Comparison.CONTAINS:
            return _contains(found, wanted)
        case Comparison.MATCHES:
            return _matches(found, wanted)
        case _:
            return _ordered(found, comparison, wanted)


def text_matches(pattern: str, text: str) -> bool:
    """Say whether a pattern is found in a text, in a time that grows with the text alone."""
    return _compiled(pattern).search(without_surrogates(text)) is not None


def shown(value: object) -> str:
    """Return a value as a message shows it: JSON, shortened; what is large only by its size."""
    match value:
        case dict():
            return f"an object of {len(value)}"
        case list():
            return f"an array of {len(value)}"
        case str():
            return f'"{excerpt(without_surrogates(value), _SHOWN_LENGTH)}"'
        case _:
            return excerpt(json.dumps(value), _SHOWN_LENGTH)


def expectation(comparison: Comparison, wanted: object) -> str:
    """Return what was wanted, in words."""
    if comparison in (Comparison.MATCHES, Comparison.NOT_MATCHES):
        return _WORDS[comparison].format(f"/{wanted}/")
    if isinstance(wanted, str) and comparison in _ORDERED:
        return _WORDS[comparison].format(wanted)
    return _WORDS[comparison].format(shown(wanted))


_OPPOSITES: Final = {
    Comparison.NOT_EXISTS: Comparison.EXISTS,
    Comparison.NOT_EQUALS: Comparison.EQUALS,
    Comparison.NOT_CONTAINS: Comparison.CONTAINS,
    Comparison.NOT_MATCHES: Comparison.MATCHES,
}

_ORDERED: Final = {
    Comparison.GREATER_THAN: lambda a, b: a > b,
    Comparison.AT_LEAST: lambda a, b: a >= b,
    Comparison.LESS_THAN: lambda a, b: a < b,
    Comparison.AT_MOST: lambda a, b: a <= b,
}


def _same(found: object, wanted: object) -> bool:
    # To Python True is 1; to JSON it is not.
    if isinstance(found, bool) or isinstance(wanted, bool):
        return found is wanted
    return found == wanted


def _contains(found: object, wanted: object) -> bool:
    match found:
        case str():
            return isinstance(wanted, str) and wanted in found
        case list():
            return any(_same(one, wanted) for one in found)
        case dict():
            return wanted in found
        case _:
            return False


def _matches(found: object, wanted: object) -> bool:
    return isinstance(found, str) and isinstance(wanted, str) and text_matches(wanted, found)


def _ordered(found: object, comparison: Comparison, wanted: object) -> bool:
    left, right = _number(found), _number(wanted)
    return left is not None and right is not None and bool(_ORDERED[comparison](left, right))


def _number(value: object) -> int | float | None:
    match value:
        case bool():
            return None
        case int() | float():
            return value
        case str():
            return number_of(value)
        case _:
            return None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
