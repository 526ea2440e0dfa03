"""The pages of the window, what stands on one that has no rows to show, and the pages' names.

The frame is painted with these alone, before what the pages show is loaded (``widgets/roles``).
"""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


class Page(StrEnum):
    """Pages of the main window.

    The sidebar leads to all but two: ENDPOINT is opened from a list, FIRST_RUN comes by itself
    while there is nothing to show.
    """

    DASHBOARD = "dashboard"
    ENDPOINTS = "endpoints"
    ENDPOINT = "endpoint"
    INCIDENTS = "incidents"
    STATISTICS = "statistics"
    NOTIFICATIONS = "notifications"
    PREFERENCES = "preferences"
    FIRST_RUN = "first-run"


class ViewState(StrEnum):
    """What a view has to say instead of its rows."""

    LOADING = "loading"
    EMPTY = "empty"
    FILTERED = "filtered"
    ERROR = "error"
    NORMAL = "normal"


def page_word(page: Page) -> str:
    """Return the title of a page."""
    return {
        Page.DASHBOARD: translate("headings", "Dashboard"),
        Page.ENDPOINTS: translate("headings", "Endpoints"),
        Page.ENDPOINT: translate("headings", "Endpoint"),
        Page.INCIDENTS: translate("headings", "Incidents"),
        Page.STATISTICS: translate("headings", "Statistics"),
        Page.NOTIFICATIONS: translate("headings", "Notifications"),
        Page.PREFERENCES: translate("headings", "Preferences"),
        Page.FIRST_RUN: translate("headings", "Welcome to Vigil"),
    }[page]
