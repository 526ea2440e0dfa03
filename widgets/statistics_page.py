"""The statistics page: one endpoint or all over a period, and endpoints beside each other.

The window owns it; the statistics presenter fills it and listens to its intents.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend.contract.vocabulary import Period
from widgets import headings, parts, phrases
from widgets.comparison_view import ComparisonView
from widgets.flow import EvenRows
from widgets.inputs import Choice
from widgets.pages import ViewState
from widgets.parts import Tile
from widgets.response_panel import ResponsePanel
from widgets.state_stack import StateStack, StateWords
from widgets.style.palette import Theme
from widgets.style.tokens import Space

_LEAST_RANKING, _LEAST_CHOICE = 168, 240
_TILES = ("average", "p50", "p95", "p99", "fastest", "slowest")


@dataclass(frozen=True, slots=True)
class LatencyFigures:
    """Response times of a period in a few numbers, in ms; None when nothing answered."""

    average_ms: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None
    fastest_ms: float | None = None
    slowest_ms: float | None = None


class StatisticsPage(QWidget):
    """The past in numbers.

    Signals:
        subject_changed: Show this endpoint (its id), or all of them ("").
        opened: Show this endpoint's page (its id).
        retry_requested: Load again.
        add_requested: Open the form for a new endpoint.

    Attributes:
        response: The chart.
        comparison: The table of endpoints.
        states: What is said when there are no rows to compare.
    """

    subject_changed = Signal(str)
    opened = Signal(str)
    retry_requested = Signal()
    add_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.response = ResponsePanel(theme)
        self.comparison = ComparisonView(theme)
        self.states = StateStack(self.comparison, self._state_words)
        self._subjects = Choice(theme)
        self._subject_label = parts.label("muted")
        self._subject_label.setBuddy(self._subjects)
        self._tiles = {key: Tile() for key in _TILES}
        self._compared = ""
        self._ranking_title = parts.label("section")
        self._ranking_words = parts.label("secondary")
        self._ranking_card = parts.card()
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()
        self._lay_out()
        self._subjects.currentIndexChanged.connect(self._choose)
        self.response.period_changed.connect(lambda _: self.show_figures(LatencyFigures()))
        self.response.retry_requested.connect(self.retry_requested)
        asked = {"add": self.add_requested, "retry": self.retry_requested}
        self.states.chosen.connect(lambda key: asked[key].emit())
        self.comparison.opened.connect(self.opened)
        self.comparison.chosen.connect(self.choose)
        self._set_texts()

    @property
    def subject(self) -> str:
        """The id of the endpoint shown, "" for all."""
        found = self._subjects.currentData()
        return found if isinstance(found, str) else ""

    def tile(self, key: str) -> Tile:
        """Return a tile: average, p50, p95, p99, fastest or slowest."""
        return self._tiles[key]

    def set_model(self, model: QAbstractItemModel) -> None:
        """Show the ranking of a model (ComparisonRole)."""
        self.comparison.set_model(model)
        self.states.follow(model)

    def show_subjects(self, endpoints: Sequence[tuple[str, str]]) -> None:
        """Offer these endpoints (id and name) beside "All endpoints"; the chosen one stays."""
        chosen = self.subject
        self._subjects.blockSignals(True)
        self._subjects.clear()
        self._subjects.addItem(self.tr("All endpoints"), "")
        for key, name in endpoints:
            self._subjects.addItem(name, key)
        self._subjects.setCurrentIndex(max(0, self._subjects.findData(chosen)))
        self._subjects.blockSignals(False)
        if self.subject != chosen:
            self._choose()

    def show_compared(self, words: str) -> None:
        """Say over which period the endpoints are compared."""
        self._compared = words
        self._set_texts()

    @property
    def ranking_title(self) -> str:
        """What stands over the comparison."""
        return self._ranking_title.text()

    def choose(self, endpoint_id: str) -> None:
        """Show an endpoint, "" for all."""
        found = self._subjects.findData(endpoint_id)
        if found >= 0:
            self._subjects.setCurrentIndex(found)

    def show_figures(self, told: LatencyFigures) -> None:
        """Show the numbers of the chosen endpoint and period."""
        for key, value in zip(
            _TILES,
            (
                told.average_ms,
                told.p50_ms,
                told.p95_ms,
                told.p99_ms,
                told.fastest_ms,
                told.slowest_ms,
            ),
            strict=True,
        ):
            self._tiles[key].show_value(phrases.latency(value))

    def _lay_out(self) -> None:
        self._subjects.setMinimumWidth(_LEAST_CHOICE)
        self._subjects.setMaximumWidth(360)
        self._subjects.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        subject = QHBoxLayout()
        subject.setSpacing(10)
        subject.addWidget(self._subject_label)
        subject.addWidget(self._subjects, 1)
        subject.addStretch(1)
        self._top.setSpacing(10)
        self._top.addLayout(subject, 1)
        # The chart's own chips: they choose the period of the numbers as well.
        self._top.addWidget(self.response.periods, 0, Qt.AlignmentFlag.AlignLeft)
        content = QWidget()
        page = QVBoxLayout(content)
        page.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        page.setSpacing(Space.GAP)
        page.addLayout(self._top)
        page.addWidget(EvenRows(tuple(self._tiles.values()), (6, 3, 2), Space.GAP))
        page.addWidget(self.response, 9)
        page.addWidget(self._ranking(), 16)
        parts.let_scroll(self, content)

    def _share_width(self) -> None:
        """Put under each other what has no room beside each other."""
        asked = (self._subject_label, self.response.periods)
        needed = sum(each.minimumSizeHint().width() for each in asked) + _LEAST_CHOICE
        room = self.width() - 2 * (Space.MARGIN + Space.GAP)
        direction = QBoxLayout.Direction
        self._top.setDirection(direction.LeftToRight if needed <= room else direction.TopToBottom)
        # Only then: with words that may wrap, Qt gives a low page more height than it needs.
        words = self._ranking_words
        spoken = words.fontMetrics().horizontalAdvance(words.text())
        needed = self._ranking_title.sizeHint().width() + spoken + 2 * Space.GAP
        words.setWordWrap(needed > room - 2 * Space.GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._share_width()

    def _measure(self) -> None:
        """Give chart and ranking the height that text of its size asks for."""
        px = self._theme.px
        self.response.setMinimumHeight(px(Space.CHART_LOW))
        self.response.setMaximumHeight(px(Space.CHART))
        self._ranking_card.setMinimumHeight(px(_LEAST_RANKING))

    def _ranking(self) -> QFrame:
        card = self._ranking_card
        head = QHBoxLayout()
        head.setContentsMargins(15, 0, 15, 0)
        head.addWidget(self._ranking_title)
        # Two lines in large texts; the page is never wider than its window for them.
        self._ranking_words.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        head.addWidget(self._ranking_words, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 14, 1, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.states, 1)
        return card

    def _choose(self) -> None:
        self._name_subject()
        self.response.forget()
        self.show_figures(LatencyFigures())
        self.subject_changed.emit(self.subject)

    def _name_subject(self) -> None:
        self.response.set_subject(self._subjects.currentText() if self.subject else "")

    def _state_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading the comparison..."))
            case ViewState.ERROR:
                return StateWords(
                    self.tr("The comparison could not be loaded."),
                    (("retry", self.tr("Try again")),),
                )
            case _:
                return StateWords(
                    self.tr("Nothing to compare yet. Add an endpoint to begin."),
                    (("add", self.tr("Add endpoint")),),
                )

    def _set_texts(self) -> None:
        words = (
            self.tr("Mean"),
            self.tr("Median (p50)"),
            self.tr("p95"),
            self.tr("p99"),
            self.tr("Fastest"),
            self.tr("Slowest"),
        )
        for key, word in zip(_TILES, words, strict=True):
            self._tiles[key].show_name(word)
        self._subject_label.setText(self.tr("Endpoint"))
        self._subjects.setAccessibleName(self.tr("Endpoint"))
        if self._subjects.count():
            self._subjects.setItemText(0, self.tr("All endpoints"))
        else:
            self._subjects.addItem(self.tr("All endpoints"), "")
        compared = self._compared or headings.period_word(Period.DAY)
        self._ranking_title.setText(self.tr("Comparison, {period}").format(period=compared))
        self._ranking_words.setText(
            self.tr("Stability: 60 % uptime, 30 % response time, 10 % incidents")
        )
        self._name_subject()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
