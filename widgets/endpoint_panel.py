"""A card with the endpoint table, its chips and its states; two pages show one.

It passes the table's intents on and adds what the buttons of the empty states ask for.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets import parts
from widgets.endpoint_view import EndpointView
from widgets.filter_bar import FilterBar
from widgets.roles import EndpointFilter, ViewState
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme
from widgets.style.tokens import Space


class EndpointPanel(QFrame):
    """The endpoint list of a page.

    Signals:
        filter_changed: Another chip was chosen (EndpointFilter).
        add_requested: Open the form for a new endpoint.
        example_requested: Open that form with an address that answers.
        clear_requested: Drop filter and search.
        retry_requested: Load again.

    Attributes:
        view: The table; its signals are the intents on endpoints.
        filters: The chips.
        states: What is said when there are no rows.
    """

    filter_changed = Signal(object)
    add_requested = Signal()
    example_requested = Signal()
    clear_requested = Signal()
    retry_requested = Signal()

    def __init__(self, theme: Theme, titled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.view = EndpointView(theme)
        self.filters = FilterBar(theme)
        self.states = StateStack(self.view, self._state_words)
        self._title = parts.label("section")
        self._title.setMinimumHeight(self.filters.sizeHint().height())
        self._title.setVisible(titled)
        top = QHBoxLayout()
        top.setContentsMargins(15, 12, 8, 4)
        top.addWidget(self._title)
        if titled:
            top.addStretch(1)
            top.addWidget(self.filters)
        else:
            top.setContentsMargins(10, 12, 12, 4)
            top.addWidget(self.filters)
            top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.states, 1)
        self.filters.filter_changed.connect(self._filter)
        self.states.chosen.connect(self._choose)
        self._set_texts()

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the rows of a model."""
        self.view.set_model(model)
        self.states.follow(model)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._show_filters)
        self._show_filters()

    def _show_filters(self) -> None:
        """Where there are no rows but for the chips' sake, there is nothing to narrow."""
        self.filters.setVisible(self.states.state in {ViewState.NORMAL, ViewState.FILTERED})

    def show_state(self, state: ViewState, detail: str = "") -> None:
        """Say that data are loading, failed to load, or are there."""
        self.states.show_state(state, detail)
        self._show_filters()

    def set_filter(self, choice: EndpointFilter) -> None:
        """Choose a chip without emitting."""
        self.filters.set_filter(choice)
        self.set_narrowed(choice is not EndpointFilter.ALL)

    def set_narrowed(self, narrowed: bool) -> None:
        """Say whether a search or a chip leaves rows out."""
        self.states.set_filtered(narrowed)
        self._show_filters()

    def _filter(self, choice: EndpointFilter) -> None:
        self.set_narrowed(choice is not EndpointFilter.ALL)
        self.filter_changed.emit(choice)

    def _choose(self, key: str) -> None:
        match key:
            case "add":
                self.add_requested.emit()
            case "example":
                self.example_requested.emit()
            case "clear":
                self.set_filter(EndpointFilter.ALL)
                self.filter_changed.emit(EndpointFilter.ALL)
                self.clear_requested.emit()
            case "retry":
                self.retry_requested.emit()

    def _state_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading endpoints..."))
            case ViewState.FILTERED:
                return StateWords(
                    self.tr("No endpoint matches."), (("clear", self.tr("Clear the filter")),)
                )
            case ViewState.ERROR:
                return StateWords(
                    self.tr("The endpoints could not be loaded."),
                    (("retry", self.tr("Try again")),),
                )
            case _:
                return StateWords(
                    self.tr("Nothing is watched yet. Add the URL of an API to begin."),
                    (("add", self.tr("Add endpoint")), ("example", self.tr("Try an example"))),
                )

    def _set_texts(self) -> None:
        self._title.setText(self.tr("Endpoints"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class EndpointsPage(QWidget):
    """All endpoints.

    Attributes:
        endpoints: The list with its chips.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.endpoints = EndpointPanel(theme)
        page = QVBoxLayout(self)
        page.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        page.addWidget(self.endpoints)
