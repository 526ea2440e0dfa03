"""A card with the response chart: title, legend, period, and what is said without values.

The dashboard, the detail page and the statistics page show one each; a presenter fills it.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend.contract.vocabulary import Period
from widgets import chart_painter, parts
from widgets.pages import ViewState
from widgets.period_picker import PeriodPicker
from widgets.response_chart import ResponseChart
from widgets.series import Series
from widgets.state_stack import StateStack, StateWords
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Type

_BETWEEN = 12
_EDGES = 26
_SIDES = 9, 8
_SAMPLE, _LEGEND_GAP = 18, 14


class ResponsePanel(QFrame):
    """Response times of one endpoint or of all.

    Signals:
        period_changed: The user chose another period (Period).
        retry_requested: Load again.

    Attributes:
        chart: The chart.
        periods: The period's chips.
        states: What is said when there is no chart.
    """

    period_changed = Signal(object)
    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.chart = ResponseChart(theme)
        self.periods = PeriodPicker(theme)
        self.states = StateStack(self.chart, self._state_words)
        self._title = parts.ElidedLabel("section")
        self._subject: str | None = ""
        self._legend = ChartLegend(theme)
        self._whole = parts.button("flat")
        self._whole.hide()
        head = QHBoxLayout()
        head.setContentsMargins(7, 0, 0, 0)
        head.setSpacing(_BETWEEN)
        head.addWidget(self._title)
        head.addWidget(self._legend)
        head.addStretch(1)
        head.addWidget(self._whole)
        head.addWidget(self.periods)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDES[0], 10, _SIDES[1], 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.states, 1)
        self.periods.period_changed.connect(self._change_period)
        self.chart.zoomed.connect(self._show_whole)
        self._whole.clicked.connect(self.chart.reset_zoom)
        self.states.chosen.connect(lambda _: self.retry_requested.emit())
        self._shown: Period | None = None
        theme.changed.connect(self._fit_legend)
        self._set_texts()
        self._show_state(ViewState.LOADING)

    @property
    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def set_subject(self, name: str | None) -> None:
        """Say whose response times they are: a name, "" for all endpoints, None to say nothing."""
        self._subject = name
        self._set_texts()

    def show_series(self, series: Series, period: Period) -> None:
        """Show values of a period, or that there are none in it."""
        self.chart.show_series(series, whole=period is not self._shown)
        self._shown = period
        self._show_state(ViewState.EMPTY if series.is_empty else ViewState.NORMAL)

    def forget(self) -> None:
        """Say that values are loading: those shown were of something else."""
        self._shown = None
        self._show_state(ViewState.LOADING)

    def fail(self, why: str) -> None:
        """Say that the values could not be loaded, "" for values that may come after all.

        Values that are shown stay.
        """
        if self._shown is None:
            self._show_state(ViewState.ERROR if why else ViewState.LOADING, why)

    def _show_state(self, state: ViewState, why: str = "") -> None:
        self.states.show_state(state, why)
        # Without lines there is nothing to explain, nor to look closer at.
        lens = self.chart.lens
        self._show_whole(lens is not None and not lens.is_whole)

    def _show_whole(self, is_zoomed: bool) -> None:
        self._whole.setVisible(is_zoomed and self.states.state is ViewState.NORMAL)
        self._fit_legend()

    def _fit_legend(self) -> None:
        """Show the legend where there are lines and room for it: what is pressed goes first."""
        # The title stays where it is when the legend comes and goes.
        self._title.setMinimumHeight(self._legend.sizeHint().height())
        beside = sum(it.sizeHint().width() + _BETWEEN for it in self._beside())
        room = self.width() - _EDGES - beside
        long, short = self._titles()
        self._title.setText(long)
        if self._subject == "" and self._title.sizeHint().width() + _BETWEEN > room:
            # Of all endpoints is what is meant where nothing else is said.
            self._title.setText(short)
        named = (self._title, self._legend)
        is_drawn = self.states.state is ViewState.NORMAL
        needed = sum(it.sizeHint().width() + _BETWEEN for it in named)
        self._legend.setVisible(is_drawn and needed <= room)

    def _beside(self) -> list[QWidget]:
        """Return what stands in the head beside title and legend, and stays."""
        beside: list[QWidget] = [self._whole] if not self._whole.isHidden() else []
        # Elsewhere than in the head the period takes no room of it.
        return [*beside, self.periods] if self.isAncestorOf(self.periods) else beside

    def _change_period(self, period: Period) -> None:
        self.forget()
        self._fit_legend()
        self.period_changed.emit(period)

    def _state_words(self, state: ViewState) -> StateWords:
        match state:
            case ViewState.LOADING:
                return StateWords(self.tr("Loading response times..."))
            case ViewState.ERROR:
                return StateWords(
                    self.tr("The response times could not be loaded."),
                    (("retry", self.tr("Try again")),),
                )
            case _:
                return StateWords(self.tr("No response times in this period yet."))

    def _titles(self) -> tuple[str, str]:
        """Return the title, and the shortest one."""
        short = self.tr("Response time")
        if self._subject is None:
            return short, short
        whose = self._subject or self.tr("all endpoints")
        return self.tr("Response time - {name}").format(name=whose), short

    def _set_texts(self) -> None:
        self._whole.setText(self.tr("Whole period"))
        self._fit_legend()

    def minimumSizeHint(self) -> QSize:
        """Return what it needs without the legend: where that is shown, it would keep its room."""
        head = [it.minimumSizeHint().width() + _BETWEEN for it in (self._title, *self._beside())]
        inner = self.states.minimumSizeHint().width() + sum(_SIDES)
        least = _EDGES + sum(head) - _BETWEEN
        return QSize(max(inner, least), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the legend out where it has no room."""
        super().resizeEvent(event)
        self._fit_legend()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class ChartLegend(QWidget):
    """What the lines and the shade mean."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(", ".join(self._entries()))
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Take the size of the text."""
        px = self._theme.px
        self._font = assets.font(px(Type.SECONDARY))
        self._sample, self._gap = px(_SAMPLE), px(_LEGEND_GAP)
        self.updateGeometry()
        self.update()

    def _entries(self) -> tuple[str, str, str]:
        return self.tr("p50"), self.tr("p95"), self.tr("outage")

    def _width_of(self, words: str) -> int:
        return self._sample + 5 + QFontMetrics(self._font).horizontalAdvance(words) + self._gap

    def sizeHint(self) -> QSize:
        """Return room for every entry."""
        return QSize(sum(self._width_of(words) for words in self._entries()), self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a legend cut in half says nothing."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a sample and a word for each."""
        tokens, painter = self._theme.tokens, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        left, middle = 0, self.height() // 2
        for number, words in enumerate(self._entries()):
            if number == 2:
                px = self._theme.px
                box = QRectF(left, middle - px(6), self._sample, px(12))
                painter.fillRect(box, chart_painter.translucent(tokens.down.fill, 0.2))
                foot = QRectF(left, box.bottom() - px(3), self._sample, px(3))
                painter.fillRect(foot, QColor(tokens.down.outline))
            else:
                pens = (chart_painter.p50_pen, chart_painter.p95_pen)
                painter.setPen(pens[number](tokens))
                painter.drawLine(left, middle, left + self._sample, middle)
            painter.setPen(QColor(tokens.muted))
            where = QRectF(left + self._sample + 5, 0, self._width_of(words), self.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, words)
            left += self._width_of(words)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for other words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(", ".join(self._entries()))
            self.updateGeometry()
            self.update()
