"""The sheet in which a file's endpoints are looked at before any of them is added.

The window owns it; the import presenter fills it and carries out what is chosen. It says what
would become of every row and why, and shows how far the work is.
"""

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from widgets import parts
from widgets.import_view import ImportView
from widgets.sheet import MARGIN, Sheet
from widgets.style.palette import Theme
from widgets.style.tokens import Space

_WHY_HEIGHT = 76


class ImportSheet(Sheet):
    """A dry run and its progress.

    Signals:
        confirmed: Carry out what is chosen.
        stopped: Stop what is being carried out.
        another_requested: Choose another file.
        chosen_all: Choose every row that can be, or none (bool).
        cancelled: It was closed (from Sheet).

    Attributes:
        view: The table.
        go_button: The main button.
    """

    confirmed = Signal()
    stopped = Signal()
    another_requested = Signal()
    chosen_all = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent, Space.SHEET_WIDE)
        self._is_running = False
        self._file, self._source = parts.label("name"), parts.label("muted")
        self._file.setMaximumWidth(420)
        self._notes = parts.label("muted", wrap=True)
        self.view = ImportView(theme)
        self._why = parts.label("muted", wrap=True)
        self._totals = parts.label("muted")
        self._bar = QProgressBar()
        self._another, self._all, self._none = (parts.button("link") for _ in range(3))
        self.go_button = parts.button("primary")
        self.set_content(self._lay_out())
        self.add_to_foot_start(self._totals)
        self.add_to_foot_start(self._bar)
        self.add_to_foot(self.go_button)
        self.set_tab_order_after(self.view, self.go_button)
        self.view.looked_at.connect(self._show_why)
        theme.changed.connect(self._measure)
        self.go_button.clicked.connect(self.confirmed)
        self._another.clicked.connect(self.another_requested)
        self._all.clicked.connect(lambda: self.chosen_all.emit(True))
        self._none.clicked.connect(lambda: self.chosen_all.emit(False))
        self._set_texts()

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the rows of a model (ImportRole)."""
        self.view.set_model(model)

    def open_reading(self, file: str) -> None:
        """Open for a file that is being read."""
        self._file.setText(file)
        self._source.setText(self.tr("Reading..."))
        self._notes.hide()
        self._show_rows(False)
        self.show_totals("", "", can_go=False)
        self._show_running(False)
        self.show_sheet()
        self._another.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_file(self, source: str, notes: str, has_rows: bool) -> None:
        """Show who wrote the file and what is said of it as a whole."""
        self._source.setText(source)
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
        self._show_rows(has_rows)
        if has_rows:
            self.view.select_alone(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_why()

    def show_totals(self, totals: str, go: str, *, can_go: bool) -> None:
        """Show what all rows come to, and what the main button does."""
        self._totals.setText(totals)
        self.go_button.setText(go)
        self.go_button.setVisible(bool(go))
        self.go_button.setEnabled(can_go and not self._is_running)

    def show_progress(self, done: int, all_of_them: int) -> None:
        """Show how far the work is."""
        if not self._is_running:
            self._show_running(True)
        self._bar.setMaximum(all_of_them)
        self._bar.setValue(done)
        words = self.tr("{done} of {all}").format(done=f"{done:,}", all=f"{all_of_them:,}")
        self._totals.setText(words)

    def show_ended(self) -> None:
        """Show that the work is over."""
        self._show_running(False)
        self._show_why()

    def request_close(self) -> None:
        """Stop the work, or close."""
        if self._is_running:
            self.stopped.emit()
        else:
            super().request_close()

    def _show_running(self, running: bool) -> None:
        self._is_running = running
        self._bar.setVisible(running)
        self.go_button.setEnabled(not running)
        for part in (self._another, self._all, self._none, self.view):
            part.setEnabled(not running)
        self.cancel_button.setText(self.tr("Stop") if running else self.tr("Cancel"))
        if running:
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self, shown: bool) -> None:
        for part in (self.view, self._why, self._all, self._none):
            part.setVisible(shown)
        self._filler.setVisible(not shown)

    def _show_why(self) -> None:
        words = self.view.why()
        self._why.setText(words)
        self._why.setAccessibleName(words)

    def _lay_out(self) -> QWidget:
        content = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN, 8)
        head.setSpacing(12)
        for part in (self._file, self._source):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self._another)
        notes = QHBoxLayout()
        notes.setContentsMargins(MARGIN, 0, MARGIN, 8)
        notes.addWidget(self._notes)
        choice = QHBoxLayout()
        choice.setContentsMargins(MARGIN, 0, MARGIN, 0)
        choice.addWidget(self._all)
        choice.addWidget(self._none)
        choice.addStretch(1)
        self._why.setContentsMargins(MARGIN, 8, MARGIN, 8)
        self._measure()
        self._why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setMinimumWidth(40)
        self._bar.setMaximumWidth(160)
        self._filler = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in (head, notes, choice):
            column.addLayout(row)
        column.addWidget(self.view, 1)
        column.addWidget(self._why)
        column.addWidget(self._filler, 1)
        return content

    def _measure(self) -> None:
        """Keep room for the same lines, however large they are."""
        self._why.setFixedHeight(self._theme.px(_WHY_HEIGHT))

    def _set_texts(self) -> None:
        self.set_title(self.tr("Import"))
        self._another.setText(self.tr("Another file..."))
        self._all.setText(self.tr("Choose all"))
        self._none.setText(self.tr("Choose none"))
        self._bar.setAccessibleName(self.tr("Progress"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
