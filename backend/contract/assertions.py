"""What an endpoint may be held to beside an answer in time: a list of assertions, all must hold.

Read by the judge, written by the form. Each is refused with the name of its field where it could
never be judged: an expression that is none, a comparison without something to compare with.
"""

import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StringConstraints,
    model_validator,
)

from backend.contract.vocabulary import AssertionKind, Comparison, Limits
from backend.contract.wire import Message

_CODES = re.compile(r"([1-5]\d\d)(?:-([1-5]\d\d))?", re.ASCII)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")

ORDERS = frozenset(
    {Comparison.GREATER_THAN, Comparison.AT_LEAST, Comparison.LESS_THAN, Comparison.AT_MOST}
)
"""Comparisons of numbers."""

PRESENCE = frozenset({Comparison.EXISTS, Comparison.NOT_EXISTS})
"""Comparisons that compare with nothing."""

TEXTUAL = frozenset(
    {Comparison.CONTAINS, Comparison.NOT_CONTAINS, Comparison.MATCHES, Comparison.NOT_MATCHES}
)
"""Comparisons with a text."""

_PATTERNS = frozenset({Comparison.MATCHES, Comparison.NOT_MATCHES})


def _range_of_codes(codes: str) -> str:
    found = _CODES.fullmatch(codes)
    if found is None:
        raise ValueError("must be a status such as 204, or a range such as 200-299")
    if found[2] is not None and found[2] < found[1]:
        raise ValueError("must not end before it begins")
    return codes


def _query(path: str) -> str:
    from backend.contract.patterns import fault_of_path  # noqa: PLC0415 - seldom needed

    fault = fault_of_path(path)
    if fault is not None:
        raise ValueError(f"is not a JSONPath: {fault}")
    return path


def _header_name(name: str) -> str:
    if not _TOKEN.fullmatch(name):
        raise ValueError("is not a valid header name")
    return name


Codes = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_range_of_codes)]
Expression = Annotated[str, StringConstraints(min_length=1, max_length=Limits.EXPRESSION_LENGTH)]
JsonPath = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=Limits.EXPRESSION_LENGTH),
    AfterValidator(_query),
]
HeaderName = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_header_name)
]
Milliseconds = Annotated[int, Field(strict=True, ge=1, le=Limits.TIMEOUT_MS[1])]
Days = Annotated[
    int, Field(strict=True, ge=Limits.CERTIFICATE_DAYS[0], le=Limits.CERTIFICATE_DAYS[1])
]
Scalar = (
    Annotated[str, StringConstraints(strict=True, max_length=Limits.EXPRESSION_LENGTH)]
    | StrictBool
    | StrictInt
    | Annotated[StrictFloat, Field(allow_inf_nan=False)]
    | None
)


class _Assertion(Message):
    model_config = ConfigDict(extra="forbid")


class StatusAssertion(_Assertion):
    """The status is one of these; it takes the place of ``expectedStatusCode``."""

    kind: Literal[AssertionKind.STATUS] = AssertionKind.STATUS
    codes: Annotated[tuple[Codes, ...], Field(min_length=1, max_length=20)]

    def accepts(self, status_code: int) -> bool:
        """Say whether a status is one of these."""
        return any(
            int(first) <= status_code <= int(last or first)
            for first, _, last in (codes.partition("-") for codes in self.codes)
        )


class ResponseTimeAssertion(_Assertion):
    """The whole answer took at most so long."""

    kind: Literal[AssertionKind.RESPONSE_TIME] = AssertionKind.RESPONSE_TIME
    max_ms: Milliseconds


class BodyAssertion(_Assertion):
    """The beginning of the body, as text, contains or matches something, or does not."""

    kind: Literal[AssertionKind.BODY] = AssertionKind.BODY
    comparison: Literal[
        Comparison.CONTAINS, Comparison.NOT_CONTAINS, Comparison.MATCHES, Comparison.NOT_MATCHES
    ]
    value: Expression

    @model_validator(mode="after")
    def _is_a_pattern(self) -> "BodyAssertion":
        _require_pattern(self.comparison, self.value)
        return self


class JsonAssertion(_Assertion):
    """Every value a JSONPath finds compares; none found is a failure but for ``notExists``."""

    kind: Literal[AssertionKind.JSON] = AssertionKind.JSON
    path: JsonPath
    comparison: Comparison
    value: Scalar = None

    @model_validator(mode="after")
    def _can_compare(self) -> "JsonAssertion":
        value = self.value
        if self.comparison in PRESENCE and value is not None:
            raise ValueError("value must be left out: nothing is compared")
        if self.comparison in ORDERS and (
            isinstance(value, bool) or not isinstance(value, int | float)
        ):
            raise ValueError("value must be a number for this comparison")
        if self.comparison in TEXTUAL and not isinstance(value, str):
            raise ValueError("value must be a text for this comparison")
        _require_pattern(self.comparison, value)
        return self


class HeaderAssertion(_Assertion):
    """A header of the answer compares; one that is missing fails but for ``notExists``."""

    kind: Literal[AssertionKind.HEADER] = AssertionKind.HEADER
    name: HeaderName
    comparison: Comparison
    value: Expression | None = None

    @model_validator(mode="after")
    def _can_compare(self) -> "HeaderAssertion":
        if (self.comparison in PRESENCE) is (self.value is not None):
            raise ValueError(
                "value must be left out: nothing is compared"
                if self.value is not None
                else "value is required for this comparison"
            )
        if self.comparison in ORDERS and number_of(self.value or "") is None:
            raise ValueError("value must be a number for this comparison")
        _require_pattern(self.comparison, self.value)
        return self


class CertificateAssertion(_Assertion):
    """The certificate is valid for so many days more; with fewer left the endpoint is DEGRADED."""

    kind: Literal[AssertionKind.CERTIFICATE] = AssertionKind.CERTIFICATE
    min_days: Days


Assertion = Annotated[
    StatusAssertion
    | ResponseTimeAssertion
    | BodyAssertion
    | JsonAssertion
    | HeaderAssertion
    | CertificateAssertion,
    Field(discriminator="kind"),
]
Assertions = Annotated[tuple[Assertion, ...], Field(max_length=Limits.ASSERTIONS)]


def number_of(text: str) -> float | None:
    """Return the number a text is, if it is one and finite."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _require_pattern(comparison: Comparison, value: object) -> None:
    if comparison in _PATTERNS and isinstance(value, str):
        from backend.contract.patterns import fault_of_expression  # noqa: PLC0415 - seldom needed

        fault = fault_of_expression(value)
        if fault is not None:
            raise ValueError(f"value is not a regular expression: {fault}")
