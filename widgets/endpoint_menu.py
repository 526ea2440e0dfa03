"""The context menu of the endpoint table.

The view opens one over its selected rows and passes its intents on.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from widgets.keys_sheet import spelt
from widgets.read_only import writes
from widgets.window_keys import EDIT_KEY


class EndpointMenu(QMenu):
    """What can be done with some endpoints; it goes when it is closed.

    Signals:
        opened: Show the endpoint's page (its id); only for one endpoint.
        check_requested: Check them now (list of ids).
        pause_requested: Pause or resume them (list of ids).
        copy_requested: Put their URLs on the clipboard.
        edit_requested: Open the form (its id); only for one endpoint.
        delete_requested: Delete them (list of ids).
    """

    opened = Signal(str)
    check_requested = Signal(list)
    pause_requested = Signal(list)
    copy_requested = Signal()
    edit_requested = Signal(str)
    delete_requested = Signal(list)

    def __init__(self, ids: list[str], paused: bool, parent: QWidget) -> None:
        """Make a menu.

        Args:
            ids: The endpoints it is about, at least one.
            paused: Whether all of them are paused, so that it offers to resume.
            parent: The table.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(ids) == 1:
            opening = self._add(self.tr("Open"), "Return")
            opening.triggered.connect(lambda: self.opened.emit(ids[0]))
            self.setDefaultAction(opening)
        checking = self._add(self.tr("Check now"), "Ctrl+R")
        checking.triggered.connect(lambda: self.check_requested.emit(ids))
        pausing = self._add(self.tr("Resume") if paused else self.tr("Pause"), "Space")
        pausing.triggered.connect(lambda: self.pause_requested.emit(ids))
        writes(checking, pausing, within=parent)
        if len(ids) == 1:
            editing = self._add(self.tr("Edit"), EDIT_KEY)
            editing.triggered.connect(lambda: self.edit_requested.emit(ids[0]))
            writes(editing, within=parent)
        copying = self._add(
            self.tr("Copy URL") if len(ids) == 1 else self.tr("Copy URLs"), "Ctrl+C"
        )
        copying.triggered.connect(self.copy_requested)
        self.addSeparator()
        deleting = self._add(self.tr("Delete"), "Del")
        deleting.triggered.connect(lambda: self.delete_requested.emit(ids))
        writes(deleting, within=parent)

    def _add(self, words: str, key: str) -> QAction:
        """Add what a key does too: a tab puts it at the right, the table acts on it."""
        return self.addAction(f"{words}\t{spelt(key)}")
