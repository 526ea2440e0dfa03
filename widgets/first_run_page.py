"""The first steps with an empty profile: a URL, notifications, starting at login; all skippable.

The window shows it instead of an empty dashboard, once. Its presenter does what it asks for and
says what came of it; any other page may be opened meanwhile, which ends it too.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backend.contract.vocabulary import Status
from widgets import parts
from widgets.form_field import FormField
from widgets.inputs import Check
from widgets.style.palette import Theme
from widgets.style.tokens import Space
from widgets.url_edit import UrlEdit

_WIDTH = 560
STEPS = 3


class FirstRunPage(QWidget):
    """Three steps in one card.

    Signals:
        url_entered: Watch this URL.
        test_requested: Send a notification to see whether one appears.
        autostart_wanted: Start at login, or do not.
        finished: The last step was taken, or all were skipped.
    """

    url_entered = Signal(str)
    test_requested = Signal()
    autostart_wanted = Signal(bool)
    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place, self._title = parts.label("secondary"), parts.label("title", wrap=True)
        self._sentence = parts.label("muted", wrap=True)
        self.url = UrlEdit()
        self._url_field = FormField(self.url)
        self._mark, self._result = parts.MarkLabel(theme, 16), parts.label(wrap=True)
        self.test, self._answer = parts.button(), parts.label("secondary", wrap=True)
        self.autostart = Check(theme)
        self._trouble = parts.label("error", wrap=True)
        self._steps = QStackedWidget()
        self.skip_all, self.skip = parts.button("flat"), parts.button()
        self.next = parts.button("primary")
        self._is_watched = False
        self._lay_out()
        self._connect()
        self.show_step(0)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._steps.currentIndex()

    @property
    def result(self) -> str:
        """What is said of the first check, "" before it."""
        return "" if self._result.isHidden() else self._result.text()

    def show_step(self, step: int) -> None:
        """Show a step, the keyboard on what it is about."""
        self._steps.setCurrentIndex(step)
        # The tallest page must not decide the height of all.
        for place in range(STEPS):
            if (page := self._steps.widget(place)) is not None:
                page.setVisible(place == step)
        self._set_texts()
        main = (self.url, self.test, self.autostart)[step]
        had_focus = self.isAncestorOf(self.window().focusWidget())
        self.setFocusProxy(main)
        if had_focus:
            main.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_checking(self) -> None:
        """Say that the endpoint was added and its first check is under way."""
        self._is_watched = True
        self._show_result(Status.UNKNOWN, self.tr("Added. The first check is under way..."))

    def show_check(self, status: Status, words: str) -> None:
        """Show how the first check went."""
        self._show_result(status, words)

    def show_url_error(self, words: str) -> None:
        """Say what is wrong with the URL, the keyboard back in it."""
        self._url_field.show_error(words)
        self.url.setReadOnly(False)
        self.next.setEnabled(True)
        if words:
            self.url.setFocus()

    def show_answer(self, words: str) -> None:
        """Show what came of the test notification."""
        self._answer.setText(words)
        self._answer.show()

    def show_autostart(self, is_on: bool, trouble: str = "") -> None:
        """Show whether the system starts Vigil at login, and why it could not be switched."""
        blocked = self.autostart.blockSignals(True)
        self.autostart.setChecked(is_on)
        self.autostart.blockSignals(blocked)
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self.autostart.setAccessibleDescription(trouble)

    def _show_result(self, status: Status, words: str) -> None:
        self._mark.show_status(status)
        self._mark.show()
        self._result.setText(words)
        self._result.show()
        self.next.setEnabled(True)
        self._set_texts()
        self.next.setFocus()

    def _go_on(self) -> None:
        if self.step == 0 and not self._is_watched:
            if self.url.isReadOnly():
                return  # the answer is on its way
            self._url_field.show_error("")
            if not self.url.url():
                self.show_url_error(self.tr("Type a URL, or skip this step"))
                return
            self.next.setEnabled(False)
            self.url.setReadOnly(True)
            self.url_entered.emit(self.url.url())
            return
        self._leave_step()

    def _leave_step(self) -> None:
        if self.step + 1 < STEPS:
            self.show_step(self.step + 1)
        else:
            self.finished.emit()

    def _connect(self) -> None:
        self.next.clicked.connect(self._go_on)
        self.skip.clicked.connect(self._leave_step)
        self.skip_all.clicked.connect(self.finished)
        self.url.returnPressed.connect(self._go_on)
        self.test.clicked.connect(self.test_requested)
        self.autostart.toggled.connect(self.autostart_wanted)
        skip_all = QShortcut(QKeySequence("Esc"), self, self.finished.emit)
        skip_all.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        result = QHBoxLayout()
        result.setSpacing(8)
        result.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        result.addWidget(self._result, 1)
        for hidden in (self._mark, self._result, self._answer, self._trouble):
            hidden.hide()
        trial = QHBoxLayout()
        trial.addWidget(self.test)
        trial.addStretch(1)
        for step in (
            (self._url_field, result),
            (trial, self._answer),
            (self.autostart, self._trouble),
        ):
            self._steps.addWidget(_column(*step))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.skip_all)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.next)
        card = parts.card()
        card.setMaximumWidth(self._theme.px(_WIDTH))
        inner = QVBoxLayout(card)
        inner.setContentsMargins(28, 24, 28, 20)
        inner.setSpacing(8)
        inner.addWidget(self._place)
        inner.addWidget(self._title)
        inner.addWidget(self._sentence)
        inner.addSpacing(8)
        inner.addWidget(self._steps)
        inner.addSpacing(12)
        inner.addLayout(foot)
        self._centre(card)

    def _centre(self, card: QFrame) -> None:
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 100)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, Space.MARGIN, Space.MARGIN, Space.MARGIN)
        column.addStretch(2)
        column.addLayout(across)
        column.addStretch(3)

    def _set_texts(self) -> None:
        step = self.step
        self._place.setText(
            self.tr("Step {number} of {count}").format(number=step + 1, count=STEPS)
        )
        title, sentence = (
            (
                self.tr("What should Vigil watch?"),
                self.tr("Give it the address of an API or a page. It is checked once a minute."),
            ),
            (
                self.tr("How an outage reaches you"),
                self.tr(
                    "While this window is not in front, Vigil tells of outages and recoveries "
                    "by a notification of your system. Try whether one appears."
                ),
            ),
            (
                self.tr("Always there"),
                self.tr("Vigil only sees what happens while it runs. It can start with you."),
            ),
        )[step]
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self._url_field.show_name(self.tr("URL"))
        self.url.setPlaceholderText("https://api.example.com/health")
        self.test.setText(self.tr("Send a test notification"))
        self.autostart.setText(self.tr("Start Vigil, minimized, when I log in"))
        self.autostart.setAccessibleName(self.autostart.text())
        self.skip_all.setText(self.tr("Skip all"))
        self.skip_all.setVisible(step + 1 < STEPS)
        self.skip.setText(self.tr("Skip"))
        self.skip.setVisible(step == 0 and not self._is_watched)
        self.next.setText(self._next_words())

    def _next_words(self) -> str:
        if self.step == 0 and not self._is_watched:
            return self.tr("Watch it")
        return self.tr("Next") if self.step + 1 < STEPS else self.tr("Done")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button the keyboard is on by Enter; on the last switch Enter is Done."""
        focused = self.window().focusWidget()
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif isinstance(focused, QPushButton):
            focused.click()
        elif focused is self.autostart:
            self._go_on()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def _column(*content: QWidget | QHBoxLayout) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for part in content:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch(1)
    return made
