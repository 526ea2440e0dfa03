"""Lets the window look as it did when it was last closed, and keeps how it looks.

Made with the window, before anything slow is imported. A page that speaks of one endpoint is not
come back to: the endpoint may be gone, so the page before it is kept.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.host.window_memory import WindowMemory
from widgets.main_window import MainWindow
from widgets.pages import Page

if TYPE_CHECKING:
    from widgets.import_sheet import ImportSheet
    from widgets.table import Table

_PASSING = frozenset({Page.ENDPOINT, Page.FIRST_RUN})
_IMPORT = "import"
"""The name of the one table that is there only once a file was imported."""


class Looks(QObject):
    """Place, page and columns of one window."""

    def __init__(self, window: MainWindow, memory: WindowMemory) -> None:
        super().__init__(window)
        self._window, self._memory = window, memory
        self._page = self.last_page
        window.page_changed.connect(self._on_page)

    @property
    def last_page(self) -> Page:
        """The page the window was closed on, the dashboard the first time."""
        kept = self._memory.recall_page()
        known = kept in {page.value for page in Page} - _PASSING
        return Page(kept) if known else Page.DASHBOARD

    def restore_columns(self) -> None:
        """Let the columns of all tables look as they did, once there are tables."""
        for name, table in self._tables().items():
            table.take_look(self._memory.recall_table(name))
        self._window.sheets.imports.then(self._restore_import)

    def restore_place(self) -> None:
        """Put the window where it was."""
        kept = self._memory.recall()
        if kept is not None:
            self._window.restoreGeometry(kept)

    def keep(self) -> None:
        """Keep how everything looks now."""
        for name, table in self._tables().items():
            self._memory.keep_table(name, table.look())
        imports = self._window.sheets.imports.built
        if imports is not None:
            self._memory.keep_table(_IMPORT, imports.view.look())
        self._memory.keep_page(self._page)
        self._memory.keep(self._window.saveGeometry())

    def _restore_import(self, sheet: "ImportSheet") -> None:
        sheet.view.take_look(self._memory.recall_table(_IMPORT))

    def _tables(self) -> "dict[str, Table]":
        window = self._window
        return {
            "dashboard": window.dashboard.endpoints.view,
            "endpoints": window.endpoints.endpoints.view,
            "checks": window.endpoint.checks,
            "comparison": window.statistics.comparison,
            "deliveries": window.notifications.log,
        }

    def _on_page(self, name: str) -> None:
        if name not in _PASSING:
            self._page = Page(name)
