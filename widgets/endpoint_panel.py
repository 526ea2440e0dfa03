"""A card with the endpoint table, its chips and its states; two pages show one.

It passes the table's intents on and adds what the buttons of the empty states ask for.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets import parts
from widgets.bulk_bar import BulkBar
from widgets.endpoint_delegate import row_of
from widgets.endpoint_view import EndpointView
from widgets.filter_bar import FilterBar
from widgets.pages import ViewState
from widgets.roles import EndpointFilter
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.window_keys import key_of

_SEVERAL = 2
_SOON_MS = 500


class EndpointPanel(QFrame):
    """The endpoint list of a page.

    Signals:
        filter_changed: Another chip was chosen (EndpointFilter).
        add_requested: Open the form for a new endpoint.
        example_requested: Open that form with an address that answers.
        clear_requested: Drop filter and search.
        retry_requested: Load again.
        tag_requested: Add a tag to these endpoints (list of ids, the tag, True), or take it away.
        interval_requested: Check these endpoints every so many seconds (list of ids, seconds).

    Attributes:
        view: The table; its signals are the intents on endpoints.
        filters: The chips.
        bulk: What takes their place while several endpoints are selected.
        states: What is said when there are no rows.
    """

    filter_changed = Signal(object)
    add_requested = Signal()
    example_requested = Signal()
    clear_requested = Signal()
    retry_requested = Signal()
    tag_requested = Signal(list, str, bool)
    interval_requested = Signal(list, int)

    def __init__(self, theme: Theme, titled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.view = EndpointView(theme)
        self.filters, self.bulk = FilterBar(theme), BulkBar(theme)
        self.bulk.hide()
        self.states = StateStack(self.view, self._state_words)
        self._awaited = ""
        self._title = parts.label("section")
        self._title.setMinimumHeight(self.filters.sizeHint().height())
        if not titled:
            self._title.hide()
        top = QHBoxLayout()
        top.setContentsMargins(15, 9, 8, 1)
        top.addStrut(self.bulk.height())
        top.addWidget(self._title)
        if titled:
            top.addStretch(1)
        else:
            top.setContentsMargins(10, 9, 12, 1)
        top.addWidget(self.filters)
        top.addWidget(self.bulk)
        if not titled:
            top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 6)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.states, 1)
        self.filters.filter_changed.connect(self._filter)
        self.states.chosen.connect(self._choose)
        self._connect_bulk()
        self._set_texts()

    def _connect_bulk(self) -> None:
        view, bulk = self.view, self.bulk
        self._bulk_keys = [key_of(view, "T", bulk.edit_tag), key_of(view, "I", bulk.edit_interval)]
        # What is selected may be paused or resumed by somebody else.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._show_bulk)
        view.selected.connect(self._show_bulk)
        view.selected.connect(lambda: self.select(""))
        bulk.pause_requested.connect(lambda: view.pause_requested.emit(view.selected_ids()))
        bulk.delete_requested.connect(lambda: view.delete_requested.emit(view.selected_ids()))
        bulk.tag_requested.connect(
            lambda tag, add: self.tag_requested.emit(view.selected_ids(), tag, add)
        )
        bulk.interval_requested.connect(
            lambda seconds: self.interval_requested.emit(view.selected_ids(), seconds)
        )
        bulk.left.connect(lambda: view.setFocus(Qt.FocusReason.OtherFocusReason))
        self._show_bulk()

    def show_progress(self, words: str) -> None:
        """Say how far a step over many endpoints has come, "" when it is over."""
        self.bulk.show_progress(words)
        self._show_bulk()

    def select(self, endpoint_id: str) -> None:
        """Select an endpoint, once the model holds it: unless another is selected before that."""
        self._awaited = endpoint_id
        self._select_awaited()

    def _select_awaited(self) -> None:
        awaited = self._awaited
        if awaited and row_of(self.view.model(), awaited) >= 0:
            self._awaited = ""
            self.view.select(awaited)

    def _show_bulk(self) -> None:
        """Let the bar take the place of the chips while it has something to say."""
        count, all_paused = self.view.selection_facts()
        several = count >= _SEVERAL
        if several:
            self.bulk.show_selection(count, all_paused)
        else:
            self.bulk.show_actions()
        for key in self._bulk_keys:
            key.setEnabled(several)
        shown = several or self.bulk.is_busy
        if not shown and self.bulk.isAncestorOf(self.window().focusWidget()):
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bulk.setVisible(shown)
        self._show_filters()

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the rows of a model."""
        self.view.set_model(model)
        self.states.follow(model)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._show_filters)
        model.rowsInserted.connect(self._select_awaited)
        model.dataChanged.connect(self._look_soon)
        self._show_filters()

    def _look_soon(self) -> None:
        if self.bulk.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _show_filters(self) -> None:
        """Where there are no rows but for the chips' sake, there is nothing to narrow."""
        has_rows = self.states.state in {ViewState.NORMAL, ViewState.FILTERED}
        self.filters.setVisible(has_rows and self.bulk.isHidden())

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
