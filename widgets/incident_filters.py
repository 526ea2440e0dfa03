"""What narrows the incidents: open or closed, one endpoint, words; and the rows that it leaves.

The incidents page puts the bar over its list; the list shows the proxy over an incident model.
"""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Signal,
)
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from widgets import phrases
from widgets.filter_bar import Chip, OneOf
from widgets.inputs import Choice
from widgets.roles import IncidentRole
from widgets.search_edit import SearchEdit
from widgets.style.palette import Theme
from widgets.window_keys import key_of

Index = QModelIndex | QPersistentModelIndex


class IncidentFilter(StrEnum):
    """Which incidents the list shows."""

    ALL = "all"
    ACTIVE = "active"
    RESOLVED = "resolved"


class IncidentProxy(QSortFilterProxyModel):
    """The incidents a filter leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice, self._endpoint_id = IncidentFilter.ALL, ""
        self._words: tuple[str, ...] = ()

    def narrow(self, choice: IncidentFilter, endpoint_id: str = "", words: str = "") -> None:
        """Leave the incidents of a state, of an endpoint ("" for any), with every word."""
        asked = (choice, endpoint_id, tuple(words.casefold().split()))
        if asked != (self._choice, self._endpoint_id, self._words):
            self._choice, self._endpoint_id, self._words = asked
            self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Return whether the filter leaves an incident."""
        index = self.sourceModel().index(source_row, 0, source_parent)
        if self._choice is not IncidentFilter.ALL:
            is_open = index.data(IncidentRole.RESOLVED_AT) is None
            if is_open != (self._choice is IncidentFilter.ACTIVE):
                return False
        if self._endpoint_id and index.data(IncidentRole.ENDPOINT_ID) != self._endpoint_id:
            return False
        return not self._words or self._has_words(index)

    def _has_words(self, index: QModelIndex) -> bool:
        """Return whether name, cause (as told and as shown) and note hold every word."""
        message = index.data(IncidentRole.MESSAGE)
        held = (
            index.data(IncidentRole.ENDPOINT_NAME),
            message,
            phrases.failure_words(message),
            index.data(IncidentRole.NOTE),
        )
        text = "\n".join(each or "" for each in held).casefold()
        return all(word in text for word in self._words)


class IncidentFilterBar(QWidget):
    """Chips, the choice of an endpoint, and a search field.

    Signals:
        changed: The user narrows the list in another way.
        left: The keyboard goes on to the list.

    Attributes:
        search: The search field.
        endpoints: The choice of an endpoint.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: Sequence[tuple[str, str]] | None = None
        self._chips = {choice: Chip(theme) for choice in IncidentFilter}
        self._group = OneOf(self._chips.values(), self)
        self.endpoints, self.search = Choice(theme), SearchEdit(theme)
        self._lay_out()
        self._chips[IncidentFilter.ALL].setChecked(True)
        # Arrow keys check a chip without a click, so this listens to the chips' state.
        for chip in self._chips.values():
            chip.toggled.connect(lambda on: self.changed.emit() if on else None)
        self.endpoints.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.search.textChanged.connect(lambda _: self.changed.emit())
        self.search.returnPressed.connect(self.left)
        key_of(self.search, "Esc", self.search.clear)
        key_of(self.search, "Down", self.left.emit)
        self._set_texts()

    @property
    def choice(self) -> IncidentFilter:
        """The chosen chip."""
        return next(choice for choice, chip in self._chips.items() if chip.isChecked())

    @property
    def endpoint_id(self) -> str:
        """The id of the chosen endpoint, "" for all."""
        found = self.endpoints.currentData()
        return found if isinstance(found, str) else ""

    @property
    def words(self) -> str:
        """The words in the search field."""
        return self.search.text()

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        chosen = self.choice is not IncidentFilter.ALL
        return chosen or bool(self.endpoint_id) or bool(self.words.strip())

    def chip(self, choice: IncidentFilter) -> Chip:
        """Return one chip."""
        return self._chips[choice]

    def show_endpoints(self, named: Sequence[tuple[str, str]]) -> None:
        """Offer these endpoints (id and name) beside all of them; the chosen one stays.

        While nobody looks they wait: a thousand take as long to put in as a frame does.
        """
        self._waiting = named
        if self.isVisible():
            self._offer(named)

    def showEvent(self, event: QShowEvent) -> None:
        """Offer what came while nobody looked."""
        super().showEvent(event)
        if self._waiting is not None:
            self._offer(self._waiting)

    def _offer(self, named: Sequence[tuple[str, str]]) -> None:
        self._waiting, chosen = None, self.endpoint_id
        self.endpoints.blockSignals(True)
        self.endpoints.clear()
        self.endpoints.addItem(self.tr("All endpoints"), "")
        for key, name in named:
            self.endpoints.addItem(name, key)
        self.endpoints.setCurrentIndex(max(0, self.endpoints.findData(chosen)))
        self.endpoints.blockSignals(False)
        if self.endpoint_id != chosen:
            self.changed.emit()

    def clear(self) -> None:
        """Leave nothing out."""
        self._chips[IncidentFilter.ALL].setChecked(True)
        self.endpoints.setCurrentIndex(0)
        self.search.clear()

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(4)
        for chip in self._chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        fields = self._fields = QHBoxLayout()
        fields.setSpacing(8)
        self.endpoints.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        fields.addWidget(self.search, 1)
        fields.addWidget(self.endpoints, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(chips)
        column.addLayout(fields)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the choice under the search field where its first words do not fit beside it."""
        super().resizeEvent(event)
        needed = self.endpoints.fontMetrics().horizontalAdvance(self.tr("All endpoints"))
        needed += self.endpoints.sizeHint().width()  # which has room for no words, as it is told
        beside = 2 * needed + self._fields.spacing() <= self.width()
        direction = QHBoxLayout.Direction
        self._fields.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _set_texts(self) -> None:
        for choice, words in (
            (IncidentFilter.ALL, self.tr("All")),
            (IncidentFilter.ACTIVE, self.tr("Open")),
            (IncidentFilter.RESOLVED, self.tr("Closed")),
        ):
            self._chips[choice].show_words(words)
        if self.endpoints.count():
            self.endpoints.setItemText(0, self.tr("All endpoints"))
        else:
            self.endpoints.addItem(self.tr("All endpoints"), "")
        self.endpoints.setAccessibleName(self.tr("Endpoint"))
        self.search.show_hint(self.tr("Search incidents"), "Ctrl+F")

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
