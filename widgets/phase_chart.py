"""A small waterfall of one answer: what the time went into, one line for each phase.

The trial panel shows it. It knows phases and milliseconds, no endpoint.
"""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import phrases
from widgets.style import assets
from widgets.style.palette import Theme
from widgets.style.tokens import Type
from widgets.trial_values import Phase

_LINE = 20
_BAR = 8
_GAP = 10
_LEAST_BAR = 2.0

translate = QCoreApplication.translate


def phase_word(phase: Phase) -> str:
    """Return a phase in the language in use."""
    match phase:
        case Phase.DNS:
            return translate("phases", "DNS lookup")
        case Phase.CONNECT:
            return translate("phases", "Connecting")
        case Phase.TLS:
            return translate("phases", "TLS")
        case Phase.FIRST_BYTE:
            return translate("phases", "First byte")
        case Phase.DOWNLOAD:
            return translate("phases", "Download")


def phase_time(latency_ms: float) -> str:
    """Return "84 ms", and with a decimal below ten: "0.4 ms"."""
    if latency_ms < 9.95:
        return translate("phases", "{number} ms").format(number=f"{latency_ms:.1f}")
    return phrases.latency(latency_ms)


class PhaseChart(QWidget):
    """Bars behind each other in time, each with its name before and its length behind."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phases: tuple[tuple[Phase, float], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Take the size of the text."""
        self.setFont(assets.numbers(self._theme.px(Type.SECONDARY)))
        self.updateGeometry()
        self.update()

    def show_phases(self, phases: tuple[tuple[Phase, float], ...]) -> None:
        """Show how long each phase took, in milliseconds; none hides the chart."""
        self._phases = phases
        self.setVisible(bool(phases))
        self.retell()
        self.updateGeometry()
        self.update()

    def retell(self) -> None:
        """Say the same to a screen reader in the language in use."""
        self.setAccessibleName(
            ", ".join(f"{phase_word(phase)} {phase_time(ms)}" for phase, ms in self._phases)
        )

    def sizeHint(self) -> QSize:
        """Return room for one line per phase."""
        return QSize(200, len(self._phases) * self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height: a line that is cut says nothing."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line for each phase."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, metrics, height = self._theme.tokens, QFontMetrics(self.font()), self._line_height()
        before = max((metrics.horizontalAdvance(phase_word(p)) for p, _ in self._phases), default=0)
        after = max((metrics.horizontalAdvance(phase_time(t)) for _, t in self._phases), default=0)
        left, room = before + _GAP, self.width() - before - after - 2 * _GAP
        total = sum(time for _, time in self._phases) or 1.0
        begun, v_centre = 0.0, Qt.AlignmentFlag.AlignVCenter
        for line, (phase, time) in enumerate(self._phases):
            row = QRectF(0, line * height, self.width(), height)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(row, v_centre | Qt.AlignmentFlag.AlignLeft, phase_word(phase))
            painter.setPen(QColor(tokens.text))
            painter.drawText(row, v_centre | Qt.AlignmentFlag.AlignRight, phase_time(time))
            painter.setPen(Qt.PenStyle.NoPen)
            track = QRectF(left, row.center().y() - _BAR / 2, room, _BAR)
            painter.setBrush(QColor(tokens.idle))
            painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
            length = max(_LEAST_BAR, room * time / total)
            start = min(left + room * begun / total, left + room - length)
            painter.setBrush(QColor(tokens.accent))
            radius = min(_BAR / 2, length / 2)
            painter.drawRoundedRect(QRectF(start, track.top(), length, _BAR), radius, radius)
            begun += time

    def _line_height(self) -> int:
        return max(self._theme.px(_LINE), QFontMetrics(self.font()).height() + 4)
