"""The channels one under the other, each a row of its own; kept by id when they come anew.

The notifications page shows it; the notifications presenter fills it.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from widgets import parts
from widgets.channel_item import ChannelItem
from widgets.channel_roles import ChannelRow, Trial
from widgets.read_only import writes
from widgets.style.palette import Theme


class ChannelList(QScrollArea):
    """All channels.

    Signals:
        switched: A channel was switched on or off (its id, on).
        test_requested: Send a test message (its id).
        edit_requested: Open its form (its id).
        delete_requested: Delete it (its id).
    """

    switched = Signal(str, bool)
    test_requested = Signal(str)
    edit_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: dict[str, ChannelItem] = {}
        self._rules: list[QFrame] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)

    @property
    def items(self) -> Sequence[ChannelItem]:
        """The rows from the top."""
        return tuple(self._items.values())

    def item(self, channel_id: str) -> ChannelItem | None:
        """Return a channel's row, None when it is not shown."""
        return self._items.get(channel_id)

    def show_rows(self, rows: Sequence[ChannelRow]) -> None:
        """Show these channels in this order; rows that stay keep what they say and ask."""
        kept = {row.id for row in rows}
        for key in [key for key in self._items if key not in kept]:
            self._drop(self._items.pop(key))
        before, self._items = self._items, {}
        for row in rows:
            item = before.get(row.id)
            if item is None:
                item = self._make(row)
            else:
                item.show_row(row)
            self._items[row.id] = item
        self._arrange()

    def show_testing(self, channel_id: str) -> None:
        """Say that a test message is on its way."""
        if (item := self.item(channel_id)) is not None:
            item.show_testing()

    def show_trial(self, channel_id: str, trial: Trial) -> None:
        """Say what came of a test message."""
        if (item := self.item(channel_id)) is not None:
            item.show_trial(trial)

    def _make(self, row: ChannelRow) -> ChannelItem:
        made = ChannelItem(self._theme, row)
        made.switched.connect(self.switched)
        made.test_requested.connect(self.test_requested)
        made.edit_requested.connect(self.edit_requested)
        made.delete_requested.connect(self.delete_requested)
        made.grown.connect(lambda: self._reveal(made))
        writes(made.switch, made.test_button, made.edit_button, made.delete_button, within=self)
        return made

    def _arrange(self) -> None:
        """Put every row in its place, a hairline between two."""
        for rule in self._rules:
            self._drop(rule)
        self._rules = []
        for place, item in enumerate(self._items.values()):
            if place:
                rule = parts.rule()
                self._rules.append(rule)
                self._column.insertWidget(2 * place - 1, rule)
            self._column.insertWidget(2 * place, item)

    def _reveal(self, item: ChannelItem) -> None:
        # Its new height is not known before the layouts have looked.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(item, 0, 0)

    def _drop(self, part: QWidget) -> None:
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()
