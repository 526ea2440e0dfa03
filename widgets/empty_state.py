"""One sentence and at most two buttons, where there is nothing else to show.

The state stack shows it for loading, empty, filtered-empty and error.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from widgets import parts
from widgets.read_only import writes

_ROOMY, _LOW = (24, 14), (4, 6)
"""Room above and below, and between: where there is much of it, and where there is little."""

_WRITING = {"add", "example"}
"""The keys of buttons that lead to something new."""


class EmptyState(QWidget):
    """A sentence in the middle of a view.

    Signals:
        chosen: A button was pressed (its key).
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = parts.label("muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._buttons: list[QPushButton] = []
        self._column = column = QVBoxLayout(self)
        self._leave(*_ROOMY)
        column.addStretch(2)
        column.addWidget(self._sentence)
        column.addLayout(self._row)
        column.addStretch(3)

    @property
    def sentence(self) -> str:
        """The sentence shown."""
        return self._sentence.text()

    def buttons(self) -> list[QPushButton]:
        """Return the buttons shown."""
        return list(self._buttons)

    def show_words(self, sentence: str, buttons: Sequence[tuple[str, str]] = ()) -> None:
        """Show a sentence and buttons.

        Args:
            sentence: What there is to say.
            buttons: Key and words of each; the first is the main one.
        """
        self._sentence.setText(sentence)
        while self._row.count():
            item = self._row.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._buttons = []
        self._row.addStretch(1)
        for place, (key, words) in enumerate(buttons):
            made = parts.button("" if place else "primary", words)
            made.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self._row.addWidget(made)
            if key in _WRITING:
                writes(made, within=self)
            self._buttons.append(made)
        self._row.addStretch(1)
        self._fit()

    def _leave(self, edge: int, between: int) -> None:
        self._column.setContentsMargins(24, edge, 24, edge)
        self._column.setSpacing(between)

    def _fit(self) -> None:
        """Let the words have what there is in a low place."""
        words = self._sentence.heightForWidth(self.width() - 48)
        edge, between = _ROOMY
        needed = 2 * edge + words + between + self._row.sizeHint().height()
        self._leave(*(_LOW if needed > self.height() else _ROOMY))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take more room around, or less."""
        super().resizeEvent(event)
        self._fit()
