"""The backend's words about a value it refuses -> the same in the language in use.

The presenters of forms call it with what stands behind a field's name. REST carries English; it
is recognised here by its shape. What is not recognised is shown as it came.
"""

import re

from PySide6.QtCore import QCoreApplication

from widgets import failures

translate = QCoreApplication.translate


def in_words(reason: str) -> str:
    """Return why a value is refused as a sentence in the language in use."""
    plain = _plain().get(reason)
    if plain is not None:
        return plain
    for pattern, sentence in _with_parameters():
        found = re.fullmatch(pattern, reason, re.DOTALL)
        if found:
            return sentence.format(**found.groupdict())
    said = failures.in_words(reason)
    return said[:1].upper() + said[1:]


def _plain() -> dict[str, str]:
    return {**_any_field(), **_address(), **_condition(), **_channel(), **_others()}


def _any_field() -> dict[str, str]:
    """Return what is said of any field: a value is missing, or not of its kind."""
    must_be_list = translate("refusals", "Must be a list")
    must_be_object = translate("refusals", "Must be an object of names and values")
    whole = translate("refusals", "Must be a whole number")
    return {
        "is required": translate("refusals", "Is required"),
        "is not a known field": translate("refusals", "Is not a known field"),
        "must not be null": translate("refusals", "Must not be empty"),
        "must be a valid string": translate("refusals", "Must be a text"),
        "must be a valid integer": whole,
        "must be a valid integer, got a number with a fractional part": whole,
        "must be a valid number": translate("refusals", "Must be a number"),
        "must be a finite number": translate("refusals", "Must be a number"),
        "must be a valid boolean": translate("refusals", "Must be yes or no"),
        "must be a valid tuple": must_be_list,
        "must be a valid list": must_be_list,
        "must be a valid dictionary": must_be_object,
        "must be a valid dictionary or object to extract fields from": must_be_object,
        "must have timezone info": translate("refusals", "Must name its time zone"),
    }


def _address() -> dict[str, str]:
    return {
        "this token may only read": translate("refusals", "This token may only read"),
        "must not contain spaces or control characters": translate(
            "refusals", "Must not contain spaces or control characters"
        ),
        "must start with http:// or https://": translate(
            "refusals", "Must start with http:// or https://"
        ),
        "must name a host": translate("refusals", "Must name a host"),
        "must not name port 0": translate("refusals", "Must not name port 0"),
        "must be a date between the years 1 and 9999 in UTC": translate(
            "refusals", "Must be a date between the years 1 and 9999 in UTC"
        ),
        "must have snoozeUntil or until, not both": translate(
            "refusals", "Must have one end of the snooze, not two"
        ),
    }


def _condition() -> dict[str, str]:
    return {
        "must be a status such as 204, or a range such as 200-299": translate(
            "refusals", "Must be a status such as 204, or a range such as 200-299"
        ),
        "must not end before it begins": translate("refusals", "Must not end before it begins"),
        "is not a valid header name": translate("refusals", "Is not a valid header name"),
        "value must be left out: nothing is compared": translate(
            "refusals", "The value must be left out: nothing is compared"
        ),
        "value must be a number for this comparison": translate(
            "refusals", "The value must be a number for this comparison"
        ),
        "value must be a text for this comparison": translate(
            "refusals", "The value must be a text for this comparison"
        ),
        "value is required for this comparison": translate(
            "refusals", "A value is required for this comparison"
        ),
    }


def _channel() -> dict[str, str]:
    return {
        "must not contain line breaks or control characters": translate(
            "refusals", "Must not contain line breaks or control characters"
        ),
        "must be an e-mail address": translate("refusals", "Must be an e-mail address"),
        "quiet hours must not end when they start": translate(
            "refusals", "Quiet hours must not end when they start"
        ),
        "a recovery is told only where DOWN or DEGRADED was told": translate(
            "refusals", "A recovery is told only where an outage or slowness was told"
        ),
    }


def _others() -> dict[str, str]:
    return {
        "the change could not be stored": translate("refusals", "The change could not be stored"),
        "nothing was stored: the disk is full": translate(
            "refusals", "Nothing was stored: the disk is full"
        ),
        "nothing was stored: the disk cannot be written": translate(
            "refusals", "Nothing was stored: the disk cannot be written"
        ),
        "nothing is checked now: this computer is about to sleep": translate(
            "refusals", "Nothing is checked now: this computer is about to sleep"
        ),
        "internal error": translate("refusals", "Internal error"),
        "the incident is closed: only an open one can be acknowledged": translate(
            "refusals", "The incident is over: only an open one can be acknowledged"
        ),
        "the body took too long to arrive": translate(
            "refusals", "The request took too long to arrive"
        ),
        "must not name a secret: it is one itself": translate(
            "refusals", "Must not name a secret: it is one itself"
        ),
    }


def _with_parameters() -> tuple[tuple[str, str], ...]:
    return (*_limits(), *_of_values())


def _limits() -> tuple[tuple[str, str], ...]:
    items = r"items?(?: after validation, not (?:more than )?\d+)?"
    return (
        (
            r"must be greater than or equal to (?P<least>\S+)",
            translate("refusals", "Must be at least {least}"),
        ),
        (
            r"must be less than or equal to (?P<most>\S+)",
            translate("refusals", "Must be at most {most}"),
        ),
        (
            r"must have at least 1 character",
            translate("refusals", "Must not be empty"),
        ),
        (
            r"must have at least (?P<least>\d+) characters",
            translate("refusals", "Must have at least {least} characters"),
        ),
        (
            r"must have at most (?P<most>\d+) characters?",
            translate("refusals", "Must have at most {most} characters"),
        ),
        (
            rf"must have at least (?P<least>\d+) {items}",
            translate("refusals", "Must have at least {least} entries"),
        ),
        (
            rf"must have at most (?P<most>\d+) {items}",
            translate("refusals", "Must have at most {most} entries"),
        ),
    )


def _of_values() -> tuple[tuple[str, str], ...]:
    return (
        (r"must be (?P<words>'.*')", translate("refusals", "Must be one of: {words}")),
        (r"must match pattern '.*'", translate("refusals", "Is not written as it should be")),
        (
            r"is not a valid URL: (?P<why>.*)",
            translate("refusals", "Is not a valid URL ({why})"),
        ),
        (
            r"names a host that cannot exist: (?P<host>.*)",
            translate("refusals", "Names a host that cannot exist: {host}"),
        ),
        (
            r"(?P<name>'.*'|\".*\") is not a valid header name",
            translate("refusals", "{name} is not a valid header name"),
        ),
        (
            r"the value of (?P<name>'.*'|\".*\") must not contain control characters",
            translate("refusals", "The value of {name} must not contain control characters"),
        ),
        (
            r"the value of (?P<name>'.*'|\".*\") has characters HTTP cannot carry",
            translate("refusals", "The value of {name} has characters HTTP cannot carry"),
        ),
        (
            r"(?P<name>'.*'|\".*\") is not a known time zone",
            translate("refusals", "{name} is not a known time zone"),
        ),
        (
            r"is not a JSONPath: (?P<why>.*)",
            translate("refusals", "Is not a JSONPath ({why})"),
        ),
        (
            r"value is not a regular expression: (?P<why>.*)",
            translate("refusals", "Is not a regular expression ({why})"),
        ),
        (
            r"\w+ must not be null",
            translate("refusals", "Must not be empty"),
        ),
        (
            r"must have at most (?P<most>\d+) characters as a secret",
            translate("refusals", "Must have at most {most} characters as a secret"),
        ),
        (
            r"must not name a secret in (?P<name>\S+), which is one itself",
            translate("refusals", "Must not name a secret in {name}, which is one itself"),
        ),
        (r"there is no endpoint \S+", translate("refusals", "This endpoint is gone")),
        (r"there is no incident \S+", translate("refusals", "This incident is gone")),
        (
            r"HTTP status (?P<code>\d+)",
            translate("refusals", "The backend answered with HTTP status {code}"),
        ),
        (
            r"the body is not valid JSON: (?P<why>.*)",
            translate("refusals", "The request is not valid JSON ({why})"),
        ),
        (
            r"Input tag .* found using 'kind' does not match .*|Unable to extract tag .*",
            translate("refusals", "Is no kind of condition that is known"),
        ),
    )
