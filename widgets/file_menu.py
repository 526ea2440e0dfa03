"""The button with three dots in the header: what can be brought in and taken out as a file.

The header owns it; the window passes its intents on, and gives the same to the keyboard.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QMenu

from widgets.parts import IconButton
from widgets.read_only import writes
from widgets.style.palette import Theme

_IMPORT, _EXPORT, _REPORT = "Ctrl+O", "Ctrl+E", "Ctrl+P"


class FileMenu(IconButton):
    """A button that opens a menu.

    Signals:
        import_requested: Bring endpoints in from a file.
        export_requested: Take endpoints or checks out.
        report_requested: Make a report.

    Attributes:
        choices: The menu it opens.
    """

    import_requested = Signal()
    export_requested = Signal()
    report_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "ellipsis")
        self.choices = QMenu(self)
        self._actions = [self.choices.addAction("") for _ in range(3)]
        signals = (self.import_requested, self.export_requested, self.report_requested)
        for action, signal in zip(self._actions, signals, strict=True):
            action.triggered.connect(lambda _=False, to=signal: to.emit())
        writes(self._actions[0])
        self.clicked.connect(self._open)
        theme.changed.connect(lambda: self.setFixedWidth(theme.px(34)))
        self.setFixedWidth(theme.px(34))
        self._set_texts()

    def keys(self) -> dict[str, Callable[[], None]]:
        """Return the keys that do the same."""
        return {
            _IMPORT: self.import_requested.emit,
            _EXPORT: self.export_requested.emit,
            _REPORT: self.report_requested.emit,
        }

    def _open(self) -> None:
        corner = self.mapToGlobal(self.rect().bottomRight())
        self.choices.popup(corner - QPoint(self.choices.sizeHint().width() - 1, -4))
        self.choices.setActiveAction(self._actions[0])

    def _set_texts(self) -> None:
        words = (self.tr("Import..."), self.tr("Export..."), self.tr("Report..."))
        for action, word, key in zip(self._actions, words, self.keys(), strict=True):
            # A tab puts the key at the right; the window's own shortcuts act on it.
            action.setText(f"{word}\t{key}")
        self.setToolTip(self.tr("Import, export, report"))
        self.setAccessibleName(self.tr("Import, export, report"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
