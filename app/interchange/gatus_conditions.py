"""Conditions of Gatus -> what Vigil expects of an answer; those it has nothing for are named.

Called for each endpoint of a Gatus configuration. A condition is ``left operator right``, where
the left side is a placeholder such as ``[STATUS]`` or ``[BODY].user.name``.
"""

import json
import math
import operator as operators
import re
from collections.abc import Iterator, Sequence

from app.interchange.drafting import Drafting, path_of, text_of
from backend.contract.vocabulary import Limits

_CONDITION = re.compile(r"(.+?)\s*(==|!=|<=|>=|<|>)\s*(.*)", re.DOTALL)
_CALL = re.compile(r"(pat|any)\((.*)\)", re.DOTALL)
_HAS = re.compile(r"has\(\[BODY\](.*)\)", re.DOTALL)
_DURATION = re.compile(r"(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+")
_PART = re.compile(r"(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_DAY_S, _MOST_S = 86_400, 1e9
_COMPARISONS = {
    "==": "equals",
    "!=": "notEquals",
    "<": "lessThan",
    "<=": "atMost",
    ">": "greaterThan",
    ">=": "atLeast",
}
_COMPARED = {
    "==": operators.eq,
    "!=": operators.ne,
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}
_ALL_CODES = range(Limits.STATUS_CODE[0], Limits.STATUS_CODE[1] + 1)
_MOST_RANGES = 20
_SPECIAL = frozenset(r"\.+*?()|[]{}^$")


def seconds_of(duration: object) -> float | None:
    """Return a duration as Go writes it (``1m30s``) in seconds, ``None`` where it is none."""
    written = text_of(duration)
    if not _DURATION.fullmatch(written):
        return None
    return sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(written))


def carry_over(drafting: Drafting, conditions: Sequence[str]) -> None:
    """Put into a draft what conditions ask for."""
    codes = set(_ALL_CODES)
    for condition in conditions:
        found = _CONDITION.fullmatch(condition)
        if found is None:
            drafting.not_carried(condition)
            continue
        left, operator, right = (part.strip() for part in found.groups())
        if left == "[STATUS]":
            wanted = _codes(operator, right)
            if wanted is None:
                drafting.not_carried(condition)
            else:
                codes &= wanted
        elif (left, operator, right) != ("[CONNECTED]", "==", "true"):
            assertion = _assertion(left, operator, right)
            if assertion is None:
                drafting.not_carried(condition)
            else:
                drafting.add_assertion(assertion, condition)
    _set_codes(drafting, codes)


def _set_codes(drafting: Drafting, codes: set[int]) -> None:
    """Expect one status, or some; Gatus without a condition on it takes any."""
    ranges = list(_ranges(codes))
    if len(codes) == 1:
        drafting.fields["expectedStatusCode"] = next(iter(codes))
    elif not ranges or len(ranges) > _MOST_RANGES:
        drafting.not_carried("[STATUS]")
    else:
        assertion = {"kind": "status", "codes": ranges}
        drafting.add_assertion(assertion, "[STATUS]")


def _codes(operator: str, right: str) -> set[int] | None:
    """Return the codes that a condition on the status takes."""
    call = _CALL.fullmatch(right)
    if call is not None:
        names = [part.strip() for part in call[2].split(",")] if call[1] == "any" else [call[2]]
        patterns = [re.compile(_pattern(name)) for name in names[:_MOST_RANGES]]
        named = {code for code in _ALL_CODES if any(it.search(str(code)) for it in patterns)}
        return {"==": named, "!=": set(_ALL_CODES) - named}.get(operator)
    if not re.fullmatch(r"\d{3}", right):
        return None
    wanted = int(right)
    takes = _COMPARED[operator]
    return {code for code in _ALL_CODES if takes(code, wanted)}


def _ranges(codes: set[int]) -> Iterator[str]:
    ordered, first = sorted(codes), None
    for place, code in enumerate(ordered):
        first = code if first is None else first
        if place + 1 == len(ordered) or ordered[place + 1] != code + 1:
            yield f"{first}-{code}" if code != first else str(code)
            first = None


def _assertion(left: str, operator: str, right: str) -> dict[str, object] | None:
    """Return the assertion a condition stands for, ``None`` where there is none."""
    if left == "[RESPONSE_TIME]":
        return _response_time(operator, right)
    if left == "[CERTIFICATE_EXPIRATION]":
        return _certificate(operator, right)
    has = _HAS.fullmatch(left)
    if has is not None:
        return _presence(has[1], operator, right)
    if left == "[BODY]":
        return _body(operator, right)
    return _json(left.removeprefix("[BODY]"), operator, right) if "[BODY]" in left[:6] else None


def _certificate(operator: str, right: str) -> dict[str, object] | None:
    left_s = seconds_of(right)
    if left_s is None or left_s > _MOST_S or operator not in (">", ">="):
        return None
    return {"kind": "certificate", "minDays": max(1, math.ceil(left_s / _DAY_S))}


def _presence(short: str, operator: str, right: str) -> dict[str, object] | None:
    path = path_of(short)
    if path is None or operator not in ("==", "!=") or right not in ("true", "false"):
        return None
    exists = (operator == "==") is (right == "true")
    return {"kind": "json", "path": path, "comparison": "exists" if exists else "notExists"}


def _response_time(operator: str, right: str) -> dict[str, object] | None:
    seconds = seconds_of(f"{right}ms" if right.isdecimal() else right)
    if operator not in ("<", "<=") or seconds is None or seconds > _MOST_S:
        return None
    return {"kind": "responseTime", "maxMs": int(seconds * 1000) - (operator == "<")}


def _body(operator: str, right: str) -> dict[str, object] | None:
    if operator not in ("==", "!=") or right.startswith("any("):
        return None
    call = _CALL.fullmatch(right)
    inner = call[2] if call is not None else ""
    contained = inner[1:-1]
    if len(inner) > 2 and inner[0] == inner[-1] == "*" and not set(contained) & set("*?[\\"):
        comparison = "contains" if operator == "==" else "notContains"
        return {"kind": "body", "comparison": comparison, "value": contained}
    comparison = "matches" if operator == "==" else "notMatches"
    pattern = _pattern(inner if call is not None else right, exact=call is None)
    return {"kind": "body", "comparison": comparison, "value": pattern}


def _json(short: str, operator: str, right: str) -> dict[str, object] | None:
    path, call = path_of(short), _CALL.fullmatch(right)
    if path is None or right.startswith(("[", "len(", "has(")):
        return None
    if call is None:
        comparison, value = _COMPARISONS[operator], _scalar(right)
        return {"kind": "json", "path": path, "comparison": comparison, "value": value}
    if operator not in ("==", "!="):
        return None
    comparison = "matches" if operator == "==" else "notMatches"
    if call[1] == "pat":
        return {"kind": "json", "path": path, "comparison": comparison, "value": _pattern(call[2])}
    parts = [part.strip() for part in call[2].split(",")]
    if not all(isinstance(_scalar(part), str) for part in parts):
        return None  # a pattern is for texts, and these are numbers or booleans
    choice = "|".join(_escaped(str(_scalar(part))) for part in parts)
    return {"kind": "json", "path": path, "comparison": comparison, "value": f"^(?:{choice})$"}


def _scalar(written: str) -> object:
    """Return what stands at the right of a condition: a JSON number or boolean, else a text."""
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):
        return written
    return value if isinstance(value, bool | int | float | str) else written


def _pattern(glob: str, exact: bool = False) -> str:
    """Return a glob of Gatus as a regular expression: ``*`` is anything, ``?`` one character."""
    wild = {} if exact else {"*": ".*", "?": "."}
    return f"(?s)^{''.join(wild.get(it) or _escaped(it) for it in glob)}$"


def _escaped(text: str) -> str:
    # re.escape would escape spaces too, which RE2 does not take.
    return "".join(f"\\{it}" if it in _SPECIAL else it for it in text)
