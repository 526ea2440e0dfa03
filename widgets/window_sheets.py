"""What may lie over the window's pages: one sheet at a time, and the place to drop a file.

The main window makes it and keeps its keys silent while a sheet covers the page. Presenters get
each sheet from the window; it is loaded and built when it is first asked for.
"""

import importlib
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from widgets.interchange import Interchange
from widgets.sheet import FirstUse, Sheet
from widgets.style.palette import Theme

if TYPE_CHECKING:
    from widgets.channel_form import ChannelForm
    from widgets.endpoint_form import EndpointForm
    from widgets.export_sheet import ExportSheet
    from widgets.import_sheet import ImportSheet
    from widgets.keys_sheet import KeysSheet
    from widgets.token_sheet import TokenSheet

AnySheet = TypeVar("AnySheet", bound=Sheet)


class WindowSheets(QObject):
    """The sheets of one window.

    Signals:
        covering: A sheet covers the pages now, or none does any more (bool).

    Attributes:
        form: Adds and edits endpoints.
        channel_form: Adds and edits channels.
        imports, exports: The dry run of a file, and what to take out.
        files: These two, and the place to drop a file.
        keys: Tells which keys there are.
        token: Asks for the token of a server elsewhere.

    Args:
        theme: Their look.
        canvas: What they lie over.
        window: Takes dropped files.
    """

    covering = Signal(bool)

    def __init__(self, theme: Theme, canvas: QWidget, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._canvas = theme, canvas
        self._built: list[Sheet] = []
        self.form: FirstUse[EndpointForm] = self._on_first_use("endpoint_form", "EndpointForm")
        self.channel_form: FirstUse[ChannelForm] = self._on_first_use("channel_form", "ChannelForm")
        self.imports: FirstUse[ImportSheet] = self._on_first_use("import_sheet", "ImportSheet")
        self.exports: FirstUse[ExportSheet] = self._on_first_use("export_sheet", "ExportSheet")
        self.keys: FirstUse[KeysSheet] = self._on_first_use("keys_sheet", "KeysSheet")
        self.token: FirstUse[TokenSheet] = self._on_first_use("token_sheet", "TokenSheet")
        self.files = Interchange(self.imports, self.exports, window)

    @property
    def is_open(self) -> bool:
        """Whether one of them covers the pages."""
        return any(sheet.is_open for sheet in self._built)

    @property
    def covered_px(self) -> int:
        """How much of the window's right the one that is open takes, in pixels."""
        return max(
            (each.sheet_geometry().width() for each in self._built if each.is_open), default=0
        )

    def asks_first(self) -> bool:
        """Ask about what is typed and not saved; say whether it does, which it does once."""
        for sheet in self._built:
            if sheet.is_open and sheet.is_dirty() and not sheet.is_asking():
                sheet.request_close()
                return True
        return False

    def _on_first_use(self, module: str, kind: str) -> "FirstUse[AnySheet]":
        """Return a sheet that is loaded and built when it is first asked for."""

        def build() -> AnySheet:
            make: type[AnySheet] = getattr(importlib.import_module(f"widgets.{module}"), kind)
            sheet = make(self._theme, self._canvas)
            sheet.covering.connect(self._cover)
            self._built.append(sheet)
            return sheet

        return FirstUse(build)

    def _cover(self, covered: bool) -> None:
        self.files.drop.is_open = not covered
        self.covering.emit(covered)
