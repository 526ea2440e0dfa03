"""The incidents page: the incidents that a filter leaves, and beside them the chosen one.

The window owns it; models and the chosen incident's story come from the application.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets import parts
from widgets.incident_detail import IncidentDetail
from widgets.incident_filters import IncidentFilter, IncidentFilterBar
from widgets.incident_list import IncidentList
from widgets.pages import ViewState
from widgets.read_only import refuses
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme
from widgets.style.tokens import Space

_LEAST_DETAIL, _MOST_DETAIL = 380, 520


class IncidentsPage(QWidget):
    """Every incident that is kept.

    Signals:
        opened: Show this endpoint (its id).
        chosen: Show this incident's story (its id), "" for none.
        retry_requested: Load again.

    Attributes:
        view: The list.
        filters: What narrows it.
        detail: The chosen incident.
        states: What is said when there are no rows.
    """

    opened = Signal(str)
    chosen = Signal(str)
    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.filters = IncidentList(theme), IncidentFilterBar(theme)
        self.detail = IncidentDetail(theme)
        self.states = StateStack(self.view, self._state_words)
        self._lay_out()
        self._connect()
        self._set_texts()

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the incidents of a model."""
        self.view.set_model(model)
        if self.isVisible():
            self.view.choose_first()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def _lay_out(self) -> None:
        card = parts.card()
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(8)
        self.filters.setContentsMargins(10, 12, 12, 0)
        column.addWidget(self.filters)
        column.addWidget(self.states, 1)
        page = QHBoxLayout(self)
        page.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        page.setSpacing(Space.GAP)
        page.addWidget(card, 1)
        page.addWidget(self.detail)

    def _connect(self) -> None:
        view, answers = self.view, self.detail.answers
        view.opened.connect(self.opened)
        view.chosen.connect(self._choose_incident)
        view.acknowledge_requested.connect(self._acknowledge)
        view.snooze_requested.connect(answers.open_snooze)
        view.note_requested.connect(answers.edit_note)
        answers.open_requested.connect(self._open)
        self.filters.changed.connect(self._narrow)
        self.filters.left.connect(lambda: self.view.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.states.chosen.connect(self._choose)
        self.states.follow(self.view.shown)
        for signal in (self.view.shown.rowsInserted, self.view.shown.rowsRemoved):
            signal.connect(self._show_detail)
        self.view.shown.modelReset.connect(self._show_detail)

    def _choose_incident(self, incident_id: str) -> None:
        if self.isVisible():
            self.chosen.emit(incident_id)

    def _acknowledge(self) -> None:
        told, answers = self.detail.incident, self.detail.answers
        if told is None or told.resolved_at is not None or told.said.at is not None:
            return
        if not refuses(answers.acknowledge_button):
            answers.acknowledge_requested.emit()

    def _open(self) -> None:
        if self.detail.incident is not None:
            self.opened.emit(self.detail.incident.endpoint_id)

    def _narrow(self) -> None:
        bar = self.filters
        self.view.narrow(bar.choice, bar.endpoint_id, bar.words)
        self.states.set_filtered(bar.is_narrowed)
        self._show_detail()
        if self.isVisible():
            self.view.choose_first()

    def show_state(self, state: ViewState, detail: str = "") -> None:
        """Say that data are loading, failed to load, or are there."""
        self.states.show_state(state, detail)
        self._show_detail()

    def _show_detail(self) -> None:
        """Without incidents there is none to choose: the list has the whole page."""
        self.detail.setVisible(self.states.state in {ViewState.NORMAL, ViewState.FILTERED})

    def set_filter(self, choice: IncidentFilter) -> None:
        """Show open, closed or all incidents."""
        self.filters.chip(choice).setChecked(True)

    def show_incident(self, incident_id: str) -> None:
        """Choose an incident, whatever the filter was; nothing where there is none of that id."""
        self.filters.clear()
        self.view.choose(incident_id)

    def _choose(self, key: str) -> None:
        if key == "clear":
            self.filters.clear()
        else:
            self.retry_requested.emit()

    def _state_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading incidents..."))
            case ViewState.FILTERED:
                return StateWords(
                    self.tr("No incident matches."), (("clear", self.tr("Clear the filter")),)
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give the keyboard to the list; with a proxy Tab would go by the filters."""
        super().focusInEvent(event)
        self.view.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        """Choose an incident, and ask for its story."""
        super().showEvent(event)
        self.view.choose_first()
        self.chosen.emit(self.view.current_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width: the detail takes two fifths, within bounds."""
        super().resizeEvent(event)
        wanted = round(self.width() * 0.42)
        self.detail.setFixedWidth(min(_MOST_DETAIL, max(_LEAST_DETAIL, wanted)))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
