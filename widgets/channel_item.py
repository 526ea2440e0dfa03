"""One channel in the list: where it leads, what it is told, how the last alert fared, its buttons.

The channel list makes one for each channel. Deleting is asked about in place; what a test brought
stands under it until the next one.
"""

from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QRectF, QSignalBlocker, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend.contract.vocabulary import DeliveryState
from widgets import channel_phrases, parts
from widgets.channel_roles import ChannelRow, Trial
from widgets.delivery_log import look_of
from widgets.flow import stand_beside
from widgets.inputs import Check
from widgets.style import assets, marks
from widgets.style.palette import Theme

_ICON = 20
_MARK = 13
_SWITCH = 72
_TEST = 124
_WORDS = 240
"""Room for the words beside the buttons, with margins and icon."""


class ChannelItem(QFrame):
    """A channel's row.

    Signals:
        switched: It was switched on or off (its id, on).
        test_requested: Send a test message (its id).
        edit_requested: Open its form (its id).
        delete_requested: Delete it; the question was answered already (its id).
        grown: It asks or says something more; it may have to be scrolled to.
    """

    switched = Signal(str, bool)
    test_requested = Signal(str)
    edit_requested = Signal(str)
    delete_requested = Signal(str)
    grown = Signal()

    def __init__(self, theme: Theme, row: ChannelRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._row = theme, row
        self._trial: Trial | None = None
        self._is_testing = False
        self._icon = QLabel()
        self._name, self._target = parts.label(), parts.ElidedLabel("secondary")
        self._name.setProperty("role", "name")
        self._told, self._last = parts.label("secondary", wrap=True), parts.label("secondary")
        self._mark = _Mark(theme)
        self.switch = Check(theme)
        self.test_button = parts.IconButton(theme, "send")
        # Words of different lengths take turns on these: what stands beside must not jump.
        self.switch.setMinimumWidth(_SWITCH)
        self.test_button.setMinimumWidth(_TEST)
        self.edit_button = parts.IconButton(theme, "pencil")
        self.delete_button = parts.IconButton(theme, "trash-2")
        self._question, self._answers = QFrame(), QWidget()
        self._asked = parts.label(wrap=True)
        self.keep_button, self.confirm_button = parts.button(), parts.button("danger")
        self._lay_out()
        self._connect()
        theme.changed.connect(self._measure)
        self._measure()
        self.show_row(row)

    @property
    def row(self) -> ChannelRow:
        """What is shown."""
        return self._row

    @property
    def test_lines(self) -> list[str]:
        """What is said about the last test."""
        return [label.text() for label in self._answers.findChildren(QLabel)]

    def show_row(self, row: ChannelRow) -> None:
        """Show a channel."""
        self._row = row
        blocker = QSignalBlocker(self.switch)
        self.switch.setChecked(row.is_active)
        blocker.unblock()
        self._draw_icon()
        self._set_texts()

    def show_testing(self) -> None:
        """Say that a test message is on its way."""
        self._is_testing, self._trial = True, None
        self._set_texts()

    def show_trial(self, trial: Trial) -> None:
        """Say what came of a test message, target by target."""
        self._is_testing, self._trial = False, trial
        self._set_texts()
        self.grown.emit()

    def ask_to_delete(self) -> None:
        """Ask in place; the keyboard is on the answer that loses nothing."""
        self._question.show()
        self.keep_button.setFocus()
        self.grown.emit()

    @property
    def is_asking(self) -> bool:
        """Whether it asks about deleting."""
        return not self._question.isHidden()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._name)
        head.addWidget(self._target, 1)
        state = QHBoxLayout()
        state.setSpacing(6)
        state.addWidget(self._mark)
        state.addWidget(self._last, 1)
        words.addLayout(head)
        words.addWidget(self._told)
        words.addLayout(state)
        self._buttons = QWidget()
        beside = QHBoxLayout(self._buttons)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        line = self._line = QHBoxLayout()
        line.setSpacing(8)
        about = QHBoxLayout()
        about.addWidget(self._icon)
        about.addSpacing(6)
        about.addLayout(words, 1)
        line.addLayout(about, 1)
        for part in (self.switch, self.test_button, self.edit_button, self.delete_button):
            beside.addWidget(part)
        beside.addStretch(1)
        line.addWidget(self._buttons)
        self._answers_column = QVBoxLayout(self._answers)
        self._answers_column.setContentsMargins(34, 4, 0, 0)
        self._answers_column.setSpacing(4)
        self._question.setObjectName("warning")
        ask = QHBoxLayout(self._question)
        ask.setContentsMargins(14, 8, 14, 8)
        ask.addWidget(self._asked, 1)
        ask.addWidget(self.keep_button)
        ask.addWidget(self.confirm_button)
        self._question.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._answers)
        column.addWidget(self._question)

    def _connect(self) -> None:
        self.switch.toggled.connect(lambda on: self.switched.emit(self._row.id, on))
        self.test_button.clicked.connect(lambda: self.test_requested.emit(self._row.id))
        self.edit_button.clicked.connect(lambda: self.edit_requested.emit(self._row.id))
        self.delete_button.clicked.connect(self.ask_to_delete)
        self.keep_button.clicked.connect(self._keep)
        self.confirm_button.clicked.connect(lambda: self.delete_requested.emit(self._row.id))

    def _keep(self) -> None:
        self._question.hide()
        self.delete_button.setFocus()

    def _measure(self) -> None:
        """Take the size of the text."""
        px = self._theme.px
        self._icon.setFixedSize(px(_ICON), px(_ICON))
        self._draw_icon()

    def event(self, event: QEvent) -> bool:
        """Put the buttons under the words where both have not enough room beside each other."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            needed = self._buttons.sizeHint().width()
            stand_beside(self._line, self._buttons, needed, self.width() - self._theme.px(_WORDS))
        return super().event(event)

    def _draw_icon(self) -> None:
        tokens = self._theme.tokens
        colour = tokens.accent if self._row.is_active else tokens.muted
        icon = channel_phrases.ICONS[self._row.kind]
        size = self._theme.px(_ICON)
        self._icon.setPixmap(assets.pixmap(icon, colour, size, self.devicePixelRatioF()))

    def _set_texts(self) -> None:
        row = self._row
        kind = channel_phrases.kind_word(row.kind)
        self._name.setText(row.name)
        self._target.setText(row.target)
        self._icon.setToolTip(parts.plain_tip(kind))
        self._icon.setAccessibleName(kind)
        self._told.setText(channel_phrases.policy_words(row.policy))
        self._last.setText(channel_phrases.last_words(row.last, datetime.now(UTC)))
        self._mark.setVisible(row.last is not None)
        if row.last is not None:
            self._mark.show_state(row.last.state)
            why = channel_phrases.error_words(row.last.error, None, row.last.at)
            self._last.setToolTip(parts.plain_tip(why))
        self.switch.setText(self.tr("On") if row.is_active else self.tr("Off"))
        self.test_button.setText(
            self.tr("Sending...") if self._is_testing else self.tr("Send test")
        )
        parts.lock(self.test_button, self._is_testing)
        self.keep_button.setText(self.tr("Keep it"))
        self.confirm_button.setText(self.tr("Delete"))
        self._asked.setText(
            self.tr("Delete {name}? Its address and secrets are forgotten.").format(name=row.name)
        )
        self._name_for_readers()
        self._show_answers()

    def _name_for_readers(self) -> None:
        name = self._row.name
        self.setAccessibleName(f"{name}, {channel_phrases.kind_word(self._row.kind)}")
        for part, words, tip in (
            (self.switch, self.tr("Send alerts to {name}"), ""),
            (self.test_button, self.tr("Send a test message to {name}"), ""),
            (self.edit_button, self.tr("Edit {name}"), self.tr("Edit")),
            (self.delete_button, self.tr("Delete {name}"), self.tr("Delete")),
        ):
            part.setAccessibleName(words.format(name=name))
            part.setToolTip(parts.plain_tip(tip))

    def _show_answers(self) -> None:
        while (item := self._answers_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        said = [] if self._trial is None else channel_phrases.trial_words(self._trial)
        for is_good, words in said:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            mark = _Mark(self._theme)
            mark.show_state(DeliveryState.DELIVERED if is_good else DeliveryState.FAILED)
            row.addWidget(mark)
            row.addWidget(parts.label("secondary" if is_good else "error", words, wrap=True), 1)
            self._answers_column.addWidget(line)
        self._answers.setVisible(bool(said))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class _Mark(QWidget):
    """The mark of a delivery's state; the word stands beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._state = theme, DeliveryState.PENDING
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Take the size of the text."""
        edge = self._theme.px(_MARK)
        self.setFixedSize(edge, edge)

    def show_state(self, state: DeliveryState) -> None:
        """Show the mark of a state."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        shape, tone = look_of(self._state, self._theme.tokens)
        marks.draw(QPainter(self), QRectF(self.rect()), shape, tone)
