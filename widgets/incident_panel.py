"""A card with the incident timeline, its title and its states.

The dashboard and the detail page show one each.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from widgets import parts
from widgets.incident_timeline import IncidentTimeline
from widgets.pages import ViewState
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme


class IncidentPanel(QFrame):
    """The newest incidents.

    Signals:
        opened: Show this endpoint (its id).
        retry_requested: Load again.

    Attributes:
        view: The timeline.
        states: What is said when there are no rows.
    """

    opened = Signal(str)
    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.view = IncidentTimeline(theme)
        self.states = StateStack(self.view, self._state_words)
        self._title = parts.label("section")
        self._title.setContentsMargins(15, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 15, 1, 6)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.states, 1)
        self.view.opened.connect(self.opened)
        self.states.chosen.connect(lambda _: self.retry_requested.emit())
        self._set_texts()

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the newest incidents of a model."""
        self.view.set_model(model)
        self.states.follow(model)

    def show_state(self, state: ViewState, detail: str = "") -> None:
        """Say that data are loading, failed to load, or are there."""
        self.states.show_state(state, detail)

    def _state_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading incidents..."))
            case ViewState.ERROR:
                return StateWords(
                    self.tr("The incidents could not be loaded."),
                    (("retry", self.tr("Try again")),),
                )
            case _:
                return StateWords(self.tr("No incidents."))

    def _set_texts(self) -> None:
        self._title.setText(self.tr("Incidents"))
        self.view.setAccessibleName(self.tr("Incidents"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
