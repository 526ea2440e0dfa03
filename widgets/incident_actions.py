"""What can be said of an open incident: acknowledge it, snooze it, note something.

The incident's detail owns it and passes its intents on. A closed incident shows only its note.
"""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from backend.contract.vocabulary import Limits
from widgets import incident_phrases, parts
from widgets.flow import Flow
from widgets.incident_values import NOBODY, Acknowledgement
from widgets.inputs import Moment
from widgets.read_only import refuses, writes
from widgets.style.palette import Theme
from widgets.window_keys import key_of

_NOTE_HEIGHT = 62
_AN_HOUR = timedelta(hours=1)
_A_QUARTER = timedelta(minutes=15)


class IncidentActions(QWidget):
    """Buttons, what was said, the note.

    Signals:
        acknowledge_requested: Somebody knows of it.
        withdraw_requested: Nobody does after all.
        snooze_requested: Nobody wants to be reminded until a time (aware datetime), None for
            until it recovers.
        awake_requested: End the snooze.
        note_saved: This is the note now.
        open_requested: Show the endpoint's page.

    Attributes:
        note: The editor of the note.
        until: The editor of a snooze's end.
    """

    acknowledge_requested = Signal()
    withdraw_requested = Signal()
    snooze_requested = Signal(object)
    awake_requested = Signal()
    note_saved = Signal(str)
    open_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._incident_id, self._said, self._is_open = "", NOBODY, False
        self._drafts: dict[str, str] = {}
        self.acknowledge_button = parts.button("primary")
        self.snooze_button = parts.IconButton(theme, "chevron-down")
        self.open_button = parts.button()
        self._said_label = parts.label("muted", wrap=True)
        self.awake_button, self.withdraw_button = parts.button("flat"), parts.button("flat")
        self.until = Moment()
        self.until_button, self._not_until = parts.button("primary"), parts.button()
        self._until_row = self._make_until_row()
        self.note, self.save_button = QPlainTextEdit(), parts.button()
        self._note_label = parts.label("secondary")
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        writes(self.acknowledge_button, self.snooze_button, self.awake_button)
        writes(self.withdraw_button, self.until_button, self.note)
        self._lay_out()
        self._connect()
        theme.changed.connect(self._measure)
        self._measure()
        self._set_texts()

    def _measure(self) -> None:
        """Take the size of the text."""
        self.note.setFixedHeight(self._theme.px(_NOTE_HEIGHT))

    def show_said(self, incident_id: str, said: Acknowledgement, is_open: bool) -> None:
        """Show what was said of an incident; what is typed and not saved waits for its return.

        Args:
            incident_id: Which one it is.
            said: That.
            is_open: Whether more can be said.
        """
        typed = self.note.toPlainText() if self._is_typed else None
        anew = incident_id != self._incident_id
        if anew:
            if typed is not None and self._is_open:
                self._drafts[self._incident_id] = typed
            typed = self._drafts.pop(incident_id, None) if is_open else None
            self._until_row.hide()
        self._incident_id, self._said, self._is_open = incident_id, said, is_open
        if anew or typed is None:
            self.note.setPlainText(said.note if typed is None else typed)
        self._show()

    def fit(self, room: int) -> None:
        """Take two lines where the buttons do not fit in one of so many pixels."""
        side_by_side = (self.acknowledge_button, self.snooze_button, self.open_button)
        needed = sum(each.sizeHint().width() + 8 for each in side_by_side)
        direction = QBoxLayout.Direction
        self._buttons.setDirection(
            direction.LeftToRight if needed <= room else direction.TopToBottom
        )

    def open_snooze(self) -> None:
        """Offer how long to be left alone."""
        if not self._is_open or refuses(self.snooze_button):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in (
            (self.tr("For 15 minutes"), lambda: self._snooze(_A_QUARTER)),
            (self.tr("For 1 hour"), lambda: self._snooze(_AN_HOUR)),
            (self.tr("Until it recovers"), lambda: self.snooze_requested.emit(None)),
            (self.tr("Until a time..."), self._ask_until),
        ):
            menu.addAction(words).triggered.connect(act)
        # popup, not exec: a nested loop would stop every coroutine of the application.
        menu.popup(self.snooze_button.mapToGlobal(QPoint(0, self.snooze_button.height() + 2)))

    def edit_note(self) -> None:
        """Put the keyboard into the note."""
        if self._is_open and not refuses(self.note):
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def said(self) -> str:
        """What is said of the acknowledgement, "" for nothing."""
        return self._said_label.text()

    @property
    def _is_typed(self) -> bool:
        return self.note.toPlainText().strip() != self._said.note

    def _snooze(self, span: timedelta) -> None:
        self.snooze_requested.emit(datetime.now(UTC) + span)

    def _ask_until(self) -> None:
        now = datetime.now(UTC)
        self.until.show_moment(now + _AN_HOUR)
        self._until_row.show()
        self.until.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _snooze_until(self) -> None:
        if refuses(self.until_button):
            return
        self._until_row.hide()
        self.snooze_requested.emit(self.until.moment)

    def _save(self) -> None:
        if self._is_open and self._is_typed and not refuses(self.note):
            self.note_saved.emit(self.note.toPlainText().strip())

    def _make_until_row(self) -> QFrame:
        made = QFrame()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.until, 1)
        row.addWidget(self.until_button)
        row.addWidget(self._not_until)
        made.hide()
        return made

    def _lay_out(self) -> None:
        answers = Flow((self.acknowledge_button, self.snooze_button), 8)
        self._buttons.setSpacing(8)
        self._buttons.addWidget(answers, 1)
        self._buttons.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._said_label, 1)
        said.addWidget(self.awake_button)
        said.addWidget(self.withdraw_button)
        noted = QHBoxLayout()
        noted.setSpacing(8)
        noted.addWidget(self.note, 1)
        noted.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.note.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._buttons)
        column.addWidget(self._until_row)
        column.addLayout(said)
        column.addWidget(self._note_label)
        column.addLayout(noted)

    def _connect(self) -> None:
        self.acknowledge_button.clicked.connect(self.acknowledge_requested)
        self.snooze_button.clicked.connect(self.open_snooze)
        self.open_button.clicked.connect(self.open_requested)
        self.awake_button.clicked.connect(self.awake_requested)
        self.withdraw_button.clicked.connect(self.withdraw_requested)
        self.until_button.clicked.connect(self._snooze_until)
        self._not_until.clicked.connect(self._until_row.hide)
        self.note.textChanged.connect(self._show_note)
        self.save_button.clicked.connect(self._save)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            key_of(self.note, key, self._save)
        for key in ("Return", "Enter"):
            key_of(self.until, key, self._snooze_until)
        key_of(self._until_row, "Esc", self._until_row.hide)

    def _show(self) -> None:
        now, said = datetime.now(UTC), self._said
        self.acknowledge_button.setVisible(self._is_open and said.at is None)
        self.snooze_button.setVisible(self._is_open)
        sentence = incident_phrases.acknowledgement_sentence(said, now)
        self._said_label.setText(sentence)
        self._said_label.setVisible(bool(sentence))
        self.awake_button.setVisible(self._is_open and said.is_snoozed(now))
        self.withdraw_button.setVisible(self._is_open and said.at is not None)
        self._show_note()

    def _show_note(self) -> None:
        shown = self._is_open or bool(self._said.note)
        for part in (self._note_label, self.note):
            part.setVisible(shown)
        self.note.setReadOnly(not self._is_open)
        fits = len(self.note.toPlainText().strip()) <= Limits.NOTE_LENGTH
        self.save_button.setVisible(self._is_open)
        self.save_button.setEnabled(self._is_typed and fits)
        if not fits:
            most = f"{Limits.NOTE_LENGTH:,}"
            self._note_label.setText(self.tr("Note: at most {count} characters").format(count=most))
        else:
            self._note_label.setText(self.tr("Note"))

    def _set_texts(self) -> None:
        self.acknowledge_button.setText(self.tr("Acknowledge"))
        self.acknowledge_button.setToolTip(self.tr("Say that you know of it (A)"))
        self.snooze_button.setText(self.tr("Snooze"))
        self.snooze_button.setToolTip(self.tr("Be reminded later (S)"))
        self.open_button.setText(self.tr("Open endpoint"))
        self.awake_button.setText(self.tr("End snooze"))
        self.withdraw_button.setText(self.tr("Take back"))
        self.until.setAccessibleName(self.tr("Snooze until"))
        self.until_button.setText(self.tr("Snooze"))
        self._not_until.setText(self.tr("Cancel"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("What is known, who is on it (N)"))
        self.save_button.setText(self.tr("Save"))
        self.save_button.setToolTip(self.tr("Save the note (Ctrl+Enter)"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
