"""The sheet in which is chosen what to take out: endpoints, checks, or a report.

The window owns it; the export presenter opens it, asks where to save, and does the work.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from backend.contract.vocabulary import Period
from widgets import parts
from widgets.check_list import CheckList
from widgets.filter_bar import Chip, OneOf
from widgets.period_picker import PeriodPicker
from widgets.sheet import MARGIN, Sheet
from widgets.style.palette import Theme


class ExportKind(StrEnum):
    """What can be taken out."""

    ENDPOINTS = "endpoints"
    RESULTS = "results"
    REPORT = "report"


class ExportSheet(Sheet):
    """What, of when, of which endpoints.

    Signals:
        confirmed: Ask where to save, and do it.
        stopped: Stop the work.
        cancelled: It was closed (from Sheet).

    Attributes:
        endpoints: Which of them.
        periods: Of when.
        go_button: The main button.
    """

    confirmed = Signal()
    stopped = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._is_running = False
        self._kind = ExportKind.ENDPOINTS
        self._kinds = {kind: Chip(theme) for kind in ExportKind}
        self._group = OneOf(self._kinds.values(), self)
        self._about = parts.label("muted", wrap=True)
        self._period_title, self.periods = parts.label("section"), PeriodPicker(theme)
        self._list_title, self.endpoints = parts.label("section"), CheckList(theme)
        self._all, self._none = parts.button("link"), parts.button("link")
        self._problem = parts.label("error", wrap=True)
        self._progress, self._bar = parts.label("muted"), QProgressBar()
        self.go_button = parts.button("primary")
        self.set_content(self._lay_out())
        self.add_to_foot_start(self._progress)
        self.add_to_foot_start(self._bar)
        self.add_to_foot(self.go_button)
        self.set_tab_order_after(self.endpoints, self.go_button)
        for kind, chip in self._kinds.items():
            chip.toggled.connect(lambda on, it=kind: self._choose(it) if on else None)
        self.endpoints.changed.connect(self._show_count)
        self._all.clicked.connect(lambda: self.endpoints.choose_all(True))
        self._none.clicked.connect(lambda: self.endpoints.choose_all(False))
        self.go_button.clicked.connect(self.confirmed)
        self._set_texts()

    @property
    def kind(self) -> ExportKind:
        """What is to be taken out."""
        return self._kind

    @property
    def period(self) -> Period:
        """Of when."""
        return self.periods.period

    def chip(self, kind: ExportKind) -> Chip:
        """Return the chip of one kind."""
        return self._kinds[kind]

    def open_for(
        self, kind: ExportKind, endpoints: Sequence[tuple[str, str]], chosen: Collection[str]
    ) -> None:
        """Open the sheet.

        Args:
            kind: What to propose.
            endpoints: What there is (id and name).
            chosen: The ids to propose.
        """
        self.endpoints.show_rows(endpoints, chosen)
        self._problem.hide()
        self._show_running(False)
        self._kinds[kind].setChecked(True)
        self._choose(kind)
        self.show_sheet()
        self._kinds[kind].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, done: int, all_of_them: int) -> None:
        """Show how far the work is."""
        self._problem.hide()
        if not self._is_running:
            self._show_running(True)
        self._bar.setMaximum(all_of_them)
        self._bar.setValue(done)
        words = self.tr("{done} of {all}").format(done=f"{done:,}", all=f"{all_of_them:,}")
        self._progress.setText(words)

    def show_problem(self, words: str) -> None:
        """Say why nothing was saved; "" ends the work without a word."""
        self._show_running(False)
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def request_close(self) -> None:
        """Stop the work, or close."""
        if self._is_running:
            self.stopped.emit()
        else:
            super().request_close()

    def _choose(self, kind: ExportKind) -> None:
        self._kind = kind
        with_period = kind is not ExportKind.ENDPOINTS
        self._period_title.setVisible(with_period)
        self.periods.setVisible(with_period)
        self._about.setText(self._about_words(kind))

    def _show_running(self, running: bool) -> None:
        self._is_running = running
        self._bar.setVisible(running)
        self._progress.setVisible(running)
        for part in (*self._kinds.values(), self.periods, self.endpoints, self._all, self._none):
            part.setEnabled(not running)
        self.cancel_button.setText(self.tr("Stop") if running else self.tr("Cancel"))
        self._show_count()
        if running:
            self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_count(self) -> None:
        count = len(self.endpoints.chosen())
        self._list_title.setText(self.tr("Endpoints, {n} chosen").format(n=f"{count:,}"))
        self.go_button.setEnabled(count > 0 and not self._is_running)

    def _lay_out(self) -> QWidget:
        content = QWidget()
        kinds = QHBoxLayout()
        kinds.setSpacing(4)
        for chip in self._kinds.values():
            kinds.addWidget(chip)
        kinds.addStretch(1)
        head = QHBoxLayout()
        head.addWidget(self._list_title)
        head.addStretch(1)
        head.addWidget(self._all)
        head.addWidget(self._none)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setMinimumWidth(40)
        self._bar.setMaximumWidth(120)
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, 4, MARGIN, 8)
        column.setSpacing(10)
        column.addLayout(kinds)
        column.addWidget(self._about)
        column.addSpacing(6)
        column.addWidget(self._period_title)
        column.addWidget(self.periods, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(head)
        column.addWidget(self.endpoints, 1)
        column.addWidget(self._problem)
        return content

    def _about_words(self, kind: ExportKind) -> str:
        match kind:
            case ExportKind.ENDPOINTS:
                return self.tr(
                    "A file that Vigil reads back in, here or on another computer. Secrets stay "
                    "here: sign-in and other private headers, and passwords in URLs, are left out."
                )
            case ExportKind.RESULTS:
                return self.tr(
                    "Every single check for a spreadsheet, newest first. Single checks are kept "
                    "for 7 days."
                )
            case ExportKind.REPORT:
                return self.tr("Uptime, response times and incidents on pages to print or send.")

    def _set_texts(self) -> None:
        self.set_title(self.tr("Export"))
        words = (self.tr("Endpoints (JSON)"), self.tr("Checks (CSV)"), self.tr("Report (PDF)"))
        for chip, word in zip(self._kinds.values(), words, strict=True):
            chip.show_words(word)
        self._period_title.setText(self.tr("Period"))
        self._all.setText(self.tr("Choose all"))
        self._none.setText(self.tr("Choose none"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self.endpoints.setAccessibleName(self.tr("Endpoints to export"))
        self.go_button.setText(self.tr("Save as..."))
        self._about.setText(self._about_words(self._kind))
        self._show_count()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
