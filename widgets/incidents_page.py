"""The incidents page: all incidents, with chips for open and closed ones.

The window owns it; its model comes from the application.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets.filter_bar import Chip
from widgets.incident_list import IncidentFilter, IncidentList
from widgets.roles import ViewState
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme
from widgets.style.tokens import Space


class IncidentsPage(QWidget):
    """Every incident that is kept.

    Signals:
        opened: Show this endpoint (its id).
        retry_requested: Load again.

    Attributes:
        view: The list.
        states: What is said when there are no rows.
    """

    opened = Signal(str)
    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = IncidentList(theme)
        self.states = StateStack(self.view, self._state_words)
        self._chips = {choice: Chip(theme) for choice in IncidentFilter}
        self._group = QButtonGroup(self)
        chips = QHBoxLayout()
        chips.setContentsMargins(10, 12, 12, 8)
        chips.setSpacing(4)
        for choice, chip in self._chips.items():
            self._group.addButton(chip)
            chips.addWidget(chip)
            chip.clicked.connect(lambda _=False, c=choice: self.set_filter(c))
        chips.addStretch(1)
        card = QFrame()
        card.setProperty("card", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addLayout(chips)
        column.addWidget(self.states, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        page.addWidget(card)
        self.view.opened.connect(self.opened)
        self.states.chosen.connect(self._choose)
        self.states.follow(self.view.shown)
        self.set_filter(IncidentFilter.ALL)
        self._set_texts()

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the incidents of a model."""
        self.view.set_model(model)

    def show_state(self, state: ViewState, detail: str = "") -> None:
        """Say that data are loading, failed to load, or are there."""
        self.states.show_state(state, detail)

    def set_filter(self, choice: IncidentFilter) -> None:
        """Show open, closed or all incidents."""
        self._chips[choice].setChecked(True)
        self.view.set_filter(choice)
        self.states.set_filtered(choice is not IncidentFilter.ALL)

    def _choose(self, key: str) -> None:
        if key == "clear":
            self.set_filter(IncidentFilter.ALL)
        else:
            self.retry_requested.emit()

    def _state_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading incidents..."))
            case ViewState.FILTERED:
                return StateWords(
                    self.tr("No incident matches."), (("clear", self.tr("Show all")),)
                )
            case ViewState.ERROR:
                return StateWords(
                    self.tr("The incidents could not be loaded."),
                    (("retry", self.tr("Try again")),),
                )
            case _:
                return StateWords(self.tr("No incidents. Nothing has been down so far."))

    def _set_texts(self) -> None:
        self.view.setAccessibleName(self.tr("Incidents"))
        for choice, words in (
            (IncidentFilter.ALL, self.tr("All")),
            (IncidentFilter.ACTIVE, self.tr("Active")),
            (IncidentFilter.RESOLVED, self.tr("Resolved")),
        ):
            self._chips[choice].show_words(words)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
