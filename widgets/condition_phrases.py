"""The words of the conditions: their kinds, their comparisons, and what is wrong with one.

The condition rows call it; it keeps nothing and knows no widget.
"""

from PySide6.QtCore import QCoreApplication

from backend.contract.vocabulary import AssertionKind, Comparison

translate = QCoreApplication.translate


def kind_word(kind: AssertionKind) -> str:
    """Return what a condition looks at."""
    match kind:
        case AssertionKind.STATUS:
            return translate("conditions", "Status code")
        case AssertionKind.RESPONSE_TIME:
            return translate("conditions", "Response time")
        case AssertionKind.BODY:
            return translate("conditions", "Body text")
        case AssertionKind.JSON:
            return translate("conditions", "JSON value")
        case AssertionKind.HEADER:
            return translate("conditions", "Header")
        case AssertionKind.CERTIFICATE:
            return translate("conditions", "Certificate")


def comparison_word(comparison: Comparison) -> str:
    """Return how a condition compares."""
    return _orders().get(comparison) or _others()[comparison]


def subject_word(kind: AssertionKind) -> str:
    """Return what the field beside the kind asks for."""
    match kind:
        case AssertionKind.STATUS:
            return translate("conditions", "Codes, such as 200-299, 304")
        case AssertionKind.RESPONSE_TIME:
            return translate("conditions", "At most")
        case AssertionKind.JSON:
            return translate("conditions", "JSONPath, such as $.status")
        case AssertionKind.HEADER:
            return translate("conditions", "Name of the header")
        case AssertionKind.CERTIFICATE:
            return translate("conditions", "Valid for at least")
        case AssertionKind.BODY:
            return ""


def needed() -> str:
    """Say that a field is empty that must not be."""
    return translate("conditions", "This is needed.")


def not_codes() -> str:
    """Say that a status is none."""
    return translate("conditions", "Must be a status such as 204, or a range such as 200-299")


def not_a_number() -> str:
    """Say that a comparison of numbers has none."""
    return translate("conditions", "Must be a number for this comparison")


def _orders() -> dict[Comparison, str]:
    return {
        Comparison.EQUALS: translate("conditions", "equals"),
        Comparison.NOT_EQUALS: translate("conditions", "is not"),
        Comparison.GREATER_THAN: translate("conditions", "is more than"),
        Comparison.AT_LEAST: translate("conditions", "is at least"),
        Comparison.LESS_THAN: translate("conditions", "is less than"),
        Comparison.AT_MOST: translate("conditions", "is at most"),
    }


def _others() -> dict[Comparison, str]:
    return {
        Comparison.CONTAINS: translate("conditions", "contains"),
        Comparison.NOT_CONTAINS: translate("conditions", "does not contain"),
        Comparison.MATCHES: translate("conditions", "matches"),
        Comparison.NOT_MATCHES: translate("conditions", "does not match"),
        Comparison.EXISTS: translate("conditions", "is there"),
        Comparison.NOT_EXISTS: translate("conditions", "is missing"),
    }
