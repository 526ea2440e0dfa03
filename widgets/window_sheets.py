"""What may lie over the window's pages: one sheet at a time, and the place to drop a file.

The main window makes it and keeps its keys silent while a sheet covers the page. Presenters get
each sheet from the window.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from widgets.channel_form import ChannelForm
from widgets.endpoint_form import EndpointForm
from widgets.interchange import Interchange
from widgets.keys_sheet import KeysSheet
from widgets.style.palette import Theme
from widgets.token_sheet import TokenSheet


class WindowSheets(QObject):
    """The sheets of one window.

    Signals:
        covering: A sheet covers the pages now, or none does any more (bool).

    Attributes:
        form: Adds and edits endpoints.
        channel_form: Adds and edits channels.
        files: Imports, exports, and takes dropped files.
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
        self.form = EndpointForm(theme, canvas)
        self.channel_form = ChannelForm(theme, canvas)
        self.files = Interchange(theme, canvas, window)
        self.keys = KeysSheet(theme, canvas)
        self.token = TokenSheet(theme, canvas)
        self._all = (
            self.form,
            self.channel_form,
            self.files.imports,
            self.files.exports,
            self.keys,
            self.token,
        )
        for sheet in self._all:
            sheet.covering.connect(self._cover)

    @property
    def is_open(self) -> bool:
        """Whether one of them covers the pages."""
        return any(sheet.is_open for sheet in self._all)

    def _cover(self, covered: bool) -> None:
        self.files.drop.is_open = not covered
        self.covering.emit(covered)
