"""The 32 px strip over the page: the line is down, this computer offline, nothing can be stored.

The window owns it; the presenter tells it which, and since when.
"""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from backend.contract.vocabulary import StorageTrouble
from widgets import health_facts, parts, phrases
from widgets.health_facts import Restored
from widgets.parts import plain_tip
from widgets.style import marks
from widgets.style.marks import Shape
from widgets.style.palette import Theme
from widgets.style.tokens import Space


class Banner(QWidget):
    """Says that what is shown is old, or why it is unknown; hidden while all is well.

    Signals:
        dismissed: The user has read what became of damaged data.
        retry_requested: Start again what was given up.
    """

    dismissed = Signal()
    retry_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trouble: StorageTrouble | None = None
        self._restored: Restored | None = None
        self._at: datetime | None = None
        self._why = self._way_on = ""
        self._is_offline = False
        strip = QFrame()
        strip.setObjectName("banner")
        strip.setMinimumHeight(theme.px(Space.BANNER))
        theme.changed.connect(lambda: strip.setMinimumHeight(theme.px(Space.BANNER)))
        self._mark = _Mark(theme)
        self._words = parts.label(wrap=True)
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        self._retry = parts.button("flat")
        self._retry.setObjectName("start again")
        self._retry.clicked.connect(self.retry_requested)
        row.addWidget(self._retry)
        self._dismiss = parts.button("flat")
        self._dismiss.clicked.connect(self.dismissed)
        row.addWidget(self._dismiss)
        # The room to the page belongs to the banner: it goes when the banner goes.
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, 0, Space.MARGIN, 8)
        column.addWidget(strip)
        self._last_lines = _Lines()
        column.addWidget(self._last_lines)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    @property
    def last_lines(self) -> str:
        """What stands below it: the last lines of a backend that was given up."""
        return self._last_lines.whole

    def show_stale(self, at: datetime | None, why: str = "", way_on: str = "") -> None:
        """Show that data are from ``at``; None when there were none yet.

        Args:
            at: When the line last stood.
            why: A sentence; below it, if there are any, the last lines of a backend that was given
                up, which can be started again.
            way_on: What the button says instead of "Start again"; with it there always is one.
        """
        self._forget()
        self._at, self._why, self._way_on = at, why, way_on
        self._appear()

    def show_offline(self, since: datetime) -> None:
        """Show that this computer is offline since then."""
        self._forget()
        self._at, self._is_offline = since, True
        self._appear()

    def show_unstored(self, trouble: StorageTrouble, since: datetime) -> None:
        """Show that nothing can be stored since then, and why."""
        self._forget()
        self._at, self._trouble = since, trouble
        self._appear()

    def show_restored(self, restored: Restored) -> None:
        """Show what became of damaged data, until the user has read it."""
        self._forget()
        self._restored = restored
        self._appear()

    def _forget(self) -> None:
        self._at, self._why, self._way_on, self._is_offline = None, "", "", False
        self._trouble = self._restored = None

    def _appear(self) -> None:
        self._set_texts()
        self._dismiss.setVisible(self._restored is not None)
        self._retry.setVisible(bool(self._way_on) or "\n" in self._why)
        self._last_lines.setVisible("\n" in self._why)
        self.show()

    def _set_texts(self) -> None:
        words = self._sentence()
        if self._why:
            words = f"{words} - {self._why}"
        sentence, _, last_lines = words.partition("\n")
        self._words.setText(sentence)
        self._last_lines.show_lines(last_lines)
        kept = "" if self._restored is None else health_facts.kept_at(self._restored)
        self.setToolTip(plain_tip(kept))
        self._dismiss.setText(self.tr("Understood"))
        self._retry.setText(self._way_on or self.tr("Start again"))
        self.setAccessibleName(f"{words}. {kept}" if kept else words)

    def _sentence(self) -> str:
        if self._restored is not None:
            return health_facts.restored_sentence(self._restored, datetime.now(UTC))
        if self._trouble is not None and self._at is not None:
            return self.tr("{trouble} (since {time})").format(
                trouble=health_facts.unstored_sentence(self._trouble), time=phrases.clock(self._at)
            )
        if self._at is None:
            return self.tr("Not connected")
        if self._is_offline:
            return self.tr("This computer is offline since {time} - nobody is blamed").format(
                time=phrases.clock(self._at)
            )
        return self.tr("Not connected - data {as_of}").format(as_of=phrases.as_of(self._at))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class _Lines(QLabel):
    """Lines that can be selected, each shortened in its middle where it is too long."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = ""
        self.setProperty("role", "secondary")
        self.setTextFormat(Qt.TextFormat.PlainText)
        # However long a line is, it makes the window no wider.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setContentsMargins(38, 0, 12, 0)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_lines(self, lines: str) -> None:
        """Show other lines."""
        self.whole = lines
        room, middle = self.contentsRect().width(), Qt.TextElideMode.ElideMiddle
        metrics = self.fontMetrics()
        fit = "\n".join(metrics.elidedText(each, middle, room) for each in lines.splitlines())
        self.setText(fit)
        self.setToolTip("" if fit == lines else plain_tip(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more of them, or less."""
        super().resizeEvent(event)
        self.show_lines(self.whole)


class _Mark(QWidget):
    """The warning triangle in the colour of connecting."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Take the size of the text."""
        self.setFixedSize(self._theme.px(16), self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        tone = self._theme.tokens.connecting
        marks.draw(QPainter(self), QRectF(self.rect()), Shape.WARNING, tone)
