"""Columns and chips -> their names, in the language in use.

Heads of tables and the filter bar call it; the names of pages are in ``widgets/pages``.
"""

from PySide6.QtCore import QCoreApplication

from backend.contract.vocabulary import Period, Status
from widgets.phrases import status_word
from widgets.roles import CheckColumn, Column, ComparisonColumn, EndpointFilter

translate = QCoreApplication.translate


def column_word(column: Column) -> str:
    """Return the heading of a column of the endpoint table."""
    match column:
        case Column.STATUS:
            return translate("headings", "Status")
        case Column.ENDPOINT:
            return translate("headings", "Endpoint")
        case Column.HEARTBEATS:
            return translate("headings", "Last checks")
        case Column.LATENCY:
            return translate("headings", "Latency")
        case Column.DAYS:
            return translate("headings", "Last 30 days")
        case Column.UPTIME:
            return translate("headings", "Uptime 24 h")


def check_column_word(column: CheckColumn) -> str:
    """Return the heading of a column of the log of checks."""
    match column:
        case CheckColumn.TIME:
            return translate("headings", "Time")
        case CheckColumn.RESULT:
            return translate("headings", "Result")
        case CheckColumn.CODE:
            return translate("headings", "Code")
        case CheckColumn.LATENCY:
            return translate("headings", "Latency")
        case CheckColumn.MESSAGE:
            return translate("headings", "Message")


def comparison_column_word(column: ComparisonColumn) -> str:
    """Return the heading of a column of the comparison."""
    return {
        ComparisonColumn.RANK: translate("headings", "Rank"),
        ComparisonColumn.NAME: translate("headings", "Endpoint"),
        ComparisonColumn.SCORE: translate("headings", "Stability"),
        ComparisonColumn.UPTIME: translate("headings", "Uptime"),
        ComparisonColumn.LATENCY: translate("headings", "Mean response"),
        ComparisonColumn.INCIDENTS: translate("headings", "Incidents"),
        ComparisonColumn.DAYS: translate("headings", "Last 30 days"),
    }[column]


def filter_word(choice: EndpointFilter) -> str:
    """Return the word on a chip."""
    match choice:
        case EndpointFilter.ALL:
            return translate("headings", "All")
        case EndpointFilter.DOWN:
            return status_word(Status.DOWN)
        case EndpointFilter.DEGRADED:
            return status_word(Status.DEGRADED)
        case EndpointFilter.UP:
            return status_word(Status.UP)
        case EndpointFilter.UNKNOWN:
            return status_word(Status.UNKNOWN)
        case EndpointFilter.PAUSED:
            return status_word(Status.UNKNOWN, paused=True)


def period_word(period: Period) -> str:
    """Return the word on a period's chip."""
    match period:
        case Period.DAY:
            return translate("headings", "24 h")
        case Period.WEEK:
            return translate("headings", "7 d")
        case Period.MONTH:
            return translate("headings", "30 d")
        case Period.CUSTOM:
            return translate("headings", "Custom")
