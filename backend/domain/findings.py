"""What came of each assertion: whether it holds, and in words what was measured.

Used by the judge and by the preview. Total: whatever a body holds, nothing is raised. Reading a
large body takes up to a few tenths of a second, so the caller chooses the thread.
"""

from dataclasses import dataclass
from functools import cached_property

from backend.contract.assertions import (
    Assertion,
    BodyAssertion,
    CertificateAssertion,
    HeaderAssertion,
    JsonAssertion,
    ResponseTimeAssertion,
    StatusAssertion,
)
from backend.contract.vocabulary import Comparison, FindingResult
from backend.domain.comparing import expectation, holds, shown, text_matches
from backend.domain.json_query import NotFindable, find, read_json
from backend.domain.reply import JUDGED_BYTES, Reply
from backend.domain.text import excerpt, text_of, without_surrogates

_BEGINNING_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """One assertion and what came of it; ``message`` carries what was measured."""

    assertion: Assertion
    result: FindingResult
    message: str


def findings(reply: Reply, assertions: tuple[Assertion, ...]) -> tuple[Finding, ...]:
    """Return what came of each assertion, in their order."""
    looked_at = _LookedAt(reply)
    return tuple(_finding(assertion, looked_at) for assertion in assertions)


class _LookedAt:
    """A reply with its body read as text and as JSON, each at most once."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    @cached_property
    def text(self) -> str:
        return text_of(self.reply.body, self.reply.headers.get("content-type", ""))

    @cached_property
    def json(self) -> object:
        if not self.reply.is_whole:
            return NotFindable(f"too long to be read as JSON: over {JUDGED_BYTES // 1024} KB")
        try:
            return read_json(self.reply.body)
        except NotFindable as fault:
            return fault

    @property
    def beginning(self) -> str:
        """The first words of the body, for a message."""
        if not self.text:
            return "it is empty"
        return f'it begins with "{excerpt(self.text, _BEGINNING_LENGTH)}"'


def _finding(assertion: Assertion, seen: _LookedAt) -> Finding:
    match assertion:
        case StatusAssertion():
            good, message = _status(assertion, seen.reply.status_code)
        case ResponseTimeAssertion(max_ms=max_ms):
            good = seen.reply.latency_ms <= max_ms
            message = f"Response time {seen.reply.latency_ms:.0f} ms"
            message += "" if good else f", expected at most {max_ms} ms"
        case BodyAssertion():
            good, message = _body(assertion, seen)
        case JsonAssertion():
            good, message = _json(assertion, seen)
        case HeaderAssertion():
            found = seen.reply.headers.get(assertion.name)
            values = [] if found is None else [found]
            good, message = _values(f"Header {assertion.name}", values, assertion)
        case CertificateAssertion():
            good, message = _certificate(assertion, seen.reply.certificate_days)
    result = FindingResult.FAILS
    if good:
        result = FindingResult.HOLDS
    elif isinstance(assertion, CertificateAssertion):
        result = FindingResult.WARNS
    return Finding(assertion, result, without_surrogates(message))


def _status(assertion: StatusAssertion, status_code: int) -> tuple[bool, str]:
    if assertion.accepts(status_code):
        return True, f"Status {status_code}"
    return False, f"Expected status {' or '.join(assertion.codes)}, got {status_code}"


def _body(assertion: BodyAssertion, seen: _LookedAt) -> tuple[bool, str]:
    wanted, comparison = assertion.value, assertion.comparison
    if comparison in (Comparison.MATCHES, Comparison.NOT_MATCHES):
        is_there, verb, what = text_matches(wanted, seen.text), "match", f"/{wanted}/"
    else:
        is_there, verb, what = wanted in seen.text, "contain", shown(wanted)
    where = "Body" if seen.reply.is_whole else f"Body (first {JUDGED_BYTES // 1024} KB)"
    good = is_there is (comparison in (Comparison.CONTAINS, Comparison.MATCHES))
    if is_there:
        return good, f"{where} {verb}{'es' if verb == 'match' else 's'} {what}"
    return good, f"{where} does not {verb} {what}" + ("" if good else f", {seen.beginning}")


def _json(assertion: JsonAssertion, seen: _LookedAt) -> tuple[bool, str]:
    if isinstance(seen.json, NotFindable):
        return False, f"Body is {seen.json}, {seen.beginning}"
    try:
        values = find(assertion.path, seen.json)
    except NotFindable as fault:
        return False, f"Body is {fault}"
    return _values(f"JSON {assertion.path}", values, assertion)


def _values(
    what: str, values: list[object] | list[str], assertion: JsonAssertion | HeaderAssertion
) -> tuple[bool, str]:
    """Judge all values found: none is missing, and the first that does not compare is told."""
    comparison, wanted = assertion.comparison, assertion.value
    if not values:
        if comparison is Comparison.NOT_EXISTS:
            return True, f"{what} is missing"
        return False, f"{what} is missing, {expectation(comparison, wanted)}"
    for value in values:
        if not holds(value, comparison, wanted):
            return False, f"{what} is {shown(value)}, {expectation(comparison, wanted)}"
    return True, f"{what} is {shown(values[0])}"


def _certificate(assertion: CertificateAssertion, days: float | None) -> tuple[bool, str]:
    if days is None:
        return False, "No TLS certificate was shown"
    left = f"TLS certificate has {int(days)} days left"
    if days >= assertion.min_days:
        return True, left
    return False, f"{left}, expected at least {assertion.min_days}"
