"""The button with three dots in the header: files in and out, and what else had only a key.

The header owns it; the window passes its intents on, and gives the same to the keyboard.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QMenu

from widgets.parts import IconButton
from widgets.read_only import writes
from widgets.style.palette import Theme

_QUIT = "Ctrl+Q"


class FileMenu(IconButton):
    """A button that opens a menu.

    Signals:
        import_requested: Bring endpoints in from a file.
        export_requested: Take endpoints or checks out.
        report_requested: Make a report.
        check_all_requested: Check every endpoint now.
        keys_requested: Show which keys there are.
        quit_requested: End the program; its key works under sheets too, so the window binds it.

    Attributes:
        choices: The menu it opens.
    """

    import_requested = Signal()
    export_requested = Signal()
    report_requested = Signal()
    check_all_requested = Signal()
    keys_requested = Signal()
    quit_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "ellipsis")
        self.choices = QMenu(self)
        self._actions = [self.choices.addAction("") for _ in (*self.keys(), _QUIT)]
        acts = (*self.keys().values(), self.quit_requested.emit)
        for action, act in zip(self._actions, acts, strict=True):
            action.triggered.connect(lambda _=False, to=act: to())
        for first_of_its_kind in self._actions[3:5]:
            self.choices.insertSeparator(first_of_its_kind)
        writes(self._actions[0], self._actions[3])
        self.clicked.connect(self._open)
        theme.changed.connect(lambda: self.setFixedWidth(theme.px(34)))
        self.setFixedWidth(theme.px(34))
        self._set_texts()

    def keys(self) -> dict[str, Callable[[], None]]:
        """Return the keys that do the same."""
        return {
            "Ctrl+O": self.import_requested.emit,
            "Ctrl+E": self.export_requested.emit,
            "Ctrl+P": self.report_requested.emit,
            "F5": self.check_all_requested.emit,
            "F1": self.keys_requested.emit,
        }

    def _open(self) -> None:
        corner = self.mapToGlobal(self.rect().bottomRight())
        self.choices.popup(corner - QPoint(self.choices.sizeHint().width() - 1, -4))
        self.choices.setActiveAction(self._actions[0])

    def _set_texts(self) -> None:
        words = (
            self.tr("Import..."),
            self.tr("Export..."),
            self.tr("Report..."),
            self.tr("Check everything now"),
            self.tr("Keys"),
            self.tr("Quit"),
        )
        for action, word, key in zip(self._actions, words, (*self.keys(), _QUIT), strict=True):
            # A tab puts the key at the right; the window's own shortcuts act on it.
            action.setText(f"{word}\t{key}")
        self.setToolTip(self.tr("Import, export and more"))
        self.setAccessibleName(self.tr("Import, export and more"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
