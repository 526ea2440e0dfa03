"""Shows a view's rows, or why there are none: loading, empty, filtered-empty, error.

Pages wrap their lists in one. It follows the list's model by itself; a presenter says when
data are loading or could not be had, and whether a filter is on. A view without a model, such
as a chart, is shown as it is told. Stale data stay on screen
under the window's banner.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from widgets.empty_state import EmptyState
from widgets.pages import ViewState


@dataclass(frozen=True, slots=True)
class StateWords:
    """A sentence and its buttons, each with the key it emits."""

    sentence: str
    buttons: Sequence[tuple[str, str]] = ()


class StateStack(QStackedWidget):
    """One view and its five states.

    Signals:
        chosen: A button of a state was pressed (its key: ``add``, ``clear``, ``retry``, ...).
    """

    chosen = Signal(str)

    def __init__(
        self, view: QWidget, words: Callable[[ViewState], StateWords], parent: QWidget | None = None
    ) -> None:
        """Wrap a view.

        Args:
            view: What is shown when there are rows.
            words: What to say in each other state, in the language in use.
            parent: Its owner.
        """
        super().__init__(parent)
        self._view = view
        self._words = words
        self._model: QAbstractItemModel | None = None
        self._told = ViewState.NORMAL
        self._detail = ""
        self._filtered = False
        self._empty = EmptyState()
        self._empty.chosen.connect(self.chosen)
        self.addWidget(view)
        self.addWidget(self._empty)

    @property
    def state(self) -> ViewState:
        """The state on the screen."""
        if self._model is None or self._told in {ViewState.LOADING, ViewState.ERROR}:
            return self._told
        if self._model.rowCount():
            return ViewState.NORMAL
        return ViewState.FILTERED if self._filtered else ViewState.EMPTY

    @property
    def empty_state(self) -> EmptyState:
        """The sentence and buttons shown without rows."""
        return self._empty

    def follow(self, model: QAbstractItemModel) -> None:
        """Watch whether a model has rows."""
        if self._model is not None:
            for signal in (
                self._model.rowsInserted,
                self._model.rowsRemoved,
                self._model.modelReset,
            ):
                signal.disconnect(self._refresh)
        self._model = model
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._refresh)
        self._refresh()

    def show_state(self, state: ViewState, detail: str = "") -> None:
        """Say that data are loading, could not be had (with why), or are there again."""
        self._told, self._detail = state, detail
        self._filtered = state is ViewState.FILTERED or (
            self._filtered and state is not ViewState.EMPTY
        )
        self._refresh()

    def set_filtered(self, filtered: bool) -> None:
        """Say whether a search or a filter is on."""
        self._filtered = filtered
        self._refresh()

    def _refresh(self) -> None:
        state, held = self.state, self.window().focusWidget()
        is_here = held in (self, self._view) or self._empty.isAncestorOf(held)
        if state is ViewState.NORMAL:
            self.setCurrentIndex(0)
            if is_here:
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if is_here:
            # Else Qt hands the keyboard to the next button, be it at the other end of the window.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        words = self._words(state)
        sentence = f"{words.sentence}\n{self._detail}" if self._detail else words.sentence
        self._empty.show_words(sentence, words.buttons)
        self.setCurrentIndex(1)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
