"""The preferences page: appearance, starting, notifications, reconnecting, secrets, health.

The preferences presenter fills it and stores what it emits; it keeps nothing.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets import pages, parts
from widgets.health_card import HealthCard
from widgets.inputs import Check, Choice, Number, Seconds
from widgets.pages import Page
from widgets.quiet_panel import QuietPanel
from widgets.secrets_card import SecretsCard
from widgets.style.palette import Theme
from widgets.style.tokens import Space

CHOICES: dict[str, tuple[object, ...]] = {
    "language": ("system", "en", "ko"),
    "theme": ("system", "light", "dark"),
    "text_size": (100, 125, 150, 200),
    "motion": ("system", "reduced", "full"),
}
_CHECKS = (
    "compact_rows",
    "close_to_tray",
    "start_at_login",
    "start_minimized",
    "look_for_updates",
)
_FIELD_WIDTH = 200
_WIDTH = 720


class PreferencesPage(QScrollArea):
    """Settings that take effect at once.

    Signals:
        changed: A setting was changed (its key, its value). Keys and values: those of ``CHOICES``;
            bool for ``compact_rows``, ``close_to_tray``, ``start_at_login``, ``start_minimized``,
            ``look_for_updates``;
            ``reconnect_attempts`` int, ``reconnect_delay_s`` float, ``reconnect_max_delay_s``
            float.
        shown: It comes on the screen: what others can change is to be shown anew.

    Attributes:
        quiet: Pausing alerts.
        secrets: What is kept under a name.
        health: How Vigil itself is.
    """

    changed = Signal(str, object)
    shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = {key: Choice(theme) for key in CHOICES}
        self._checks = {key: Check(theme) for key in _CHECKS}
        self._numbers: dict[str, Number | Seconds] = {
            "reconnect_attempts": Number(),
            "reconnect_delay_s": Seconds(),
            "reconnect_max_delay_s": Seconds(),
        }
        self._asked = self._server = ""
        self.quiet = QuietPanel()
        self.secrets = SecretsCard(theme)
        self.health = HealthCard(theme)
        self._trouble = parts.label("error", wrap=True)
        self._trouble.hide()
        self._labels: dict[str, QLabel] = {}
        self._sections: dict[str, QLabel] = {}
        self._bound_editors()
        self._column, self._theme = QWidget(), theme
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()
        self._connect()
        self._set_texts()

    def offer_updates(self, asked: str) -> None:
        """Offer to look for newer versions, at a host that the user is told; "" to not offer it."""
        self._asked = asked
        self._updates_card.setVisible(bool(asked))
        self._set_texts()

    def say_elsewhere(self, server: str) -> None:
        """Say which server is joined at login: that is an entry of its own."""
        self._server = server
        self._set_texts()

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show settings without emitting; a key that is missing keeps what it shows."""
        for key, choice in self._choices.items():
            if key in values:
                with QSignalBlocker(choice):
                    choice.setCurrentIndex(CHOICES[key].index(values[key]))
        for key, check in self._checks.items():
            if key in values:
                with QSignalBlocker(check):
                    check.setChecked(bool(values[key]))
        for key, number in self._numbers.items():
            found = values.get(key)
            with QSignalBlocker(number):
                # A number field shows nothing but numbers, and a whole one nothing but whole ones.
                match number, found:
                    case (Seconds(), int() | float()):
                        number.setValue(found)
                    case (Number(), int()):
                        number.setValue(found)

    def show_trouble(self, words: str) -> None:
        """Say why starting at login could not be switched; "" for no trouble."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))
        self._checks["start_at_login"].setAccessibleDescription(words)

    def _bound_editors(self) -> None:
        for key, choice in self._choices.items():
            choice.addItems([""] * len(CHOICES[key]))
        for number in self._numbers.values():
            number.setKeyboardTracking(False)
            if isinstance(number, Seconds):
                number.setRange(0.1, 300)
            else:
                number.setRange(1, 1000)

    def _measure(self) -> None:
        """Take the size of the text."""
        px = self._theme.px
        self._column.setMaximumWidth(px(_WIDTH) + 2 * Space.MARGIN)
        for wide in (*self._choices.values(), *self._numbers.values()):
            wide.setFixedWidth(px(_FIELD_WIDTH))

    def _lay_out(self) -> None:
        canvas = QWidget()
        canvas.setObjectName("canvas")
        column = QVBoxLayout(self._column)
        column.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.GAP)
        # The column is bounded, not its cards: else they get the height of text in wider ones.
        beside = QHBoxLayout(canvas)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._column, 1)
        beside.addStretch(0)
        for section, keys in (
            ("window", ("language", "theme", "text_size", "motion", "compact_rows")),
            ("start", ("start_at_login", "start_minimized", "close_to_tray")),
            ("quiet", ("quiet",)),
            ("line", tuple(self._numbers)),
        ):
            column.addWidget(self._section(section, keys))
        self._updates_card = self._section("updates", ("look_for_updates",))
        self._updates_card.hide()
        column.addWidget(self._updates_card)
        column.addWidget(self.secrets)
        column.addWidget(self.health)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(canvas)

    def _section(self, section: str, keys: tuple[str, ...]) -> QFrame:
        made = parts.card()
        self._sections[section] = parts.label("section")
        grid = QGridLayout(made)
        grid.setContentsMargins(20, 16, 20, 18)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._sections[section], 0, 0, 1, 2)
        editors: dict[str, QWidget] = {**self._choices, **self._numbers}
        alone: dict[str, QWidget] = {**self._checks, "quiet": self.quiet}
        for key in keys:
            place = grid.rowCount()
            if key in alone:
                grid.addWidget(alone[key], place, 0, 1, 2)
                if key == "start_at_login":
                    grid.addWidget(self._trouble, place + 1, 0, 1, 2)
                continue
            self._labels[key] = QLabel()
            self._labels[key].setBuddy(editors[key])
            grid.addWidget(self._labels[key], place, 0)
            grid.addWidget(editors[key], place, 1, Qt.AlignmentFlag.AlignRight)
        return made

    def _connect(self) -> None:
        for key, choice in self._choices.items():
            choice.currentIndexChanged.connect(
                lambda place, key=key: self.changed.emit(key, CHOICES[key][place])
            )
        for key, check in self._checks.items():
            check.toggled.connect(lambda on, key=key: self.changed.emit(key, on))
        for key, number in self._numbers.items():
            number.valueChanged.connect(lambda value, key=key: self.changed.emit(key, value))

    def _set_texts(self) -> None:
        self.setAccessibleName(pages.page_word(Page.PREFERENCES))
        self._sections["window"].setText(self.tr("Appearance"))
        self._sections["start"].setText(self.tr("Starting and closing"))
        self._sections["quiet"].setText(self.tr("Desktop notifications"))
        self._sections["line"].setText(self.tr("Connection"))
        self._sections["updates"].setText(self.tr("New versions"))
        for key, words in {
            "language": self.tr("Language"),
            "theme": self.tr("Theme"),
            "text_size": self.tr("Text size"),
            "motion": self.tr("Motion"),
            "reconnect_attempts": self.tr("Tries before giving up"),
            "reconnect_delay_s": self.tr("Delay before the first try"),
            "reconnect_max_delay_s": self.tr("Longest delay between tries"),
        }.items():
            self._labels[key].setText(words)
            editors: Mapping[str, QWidget] = {**self._choices, **self._numbers}
            editors[key].setAccessibleName(words)
        for key, words in {
            "compact_rows": self.tr("Compact rows"),
            "start_at_login": self._login_words(),
            "start_minimized": self.tr("Open the window minimized at every start"),
            "close_to_tray": self.tr("Keep running in the tray when the window is closed"),
            "look_for_updates": self.tr("Ask {host} once a day and say when there is one").format(
                host=self._asked
            ),
        }.items():
            self._checks[key].setText(words)
            self._checks[key].setAccessibleName(words)
        self._name_choices()

    def _login_words(self) -> str:
        if not self._server:
            return self.tr("Start Vigil, minimized, when I log in")
        words = self.tr("Start a Vigil that joins {server}, minimized, when I log in")
        return words.format(server=self._server)

    def _name_choices(self) -> None:
        system = self.tr("System")
        for key, items in {
            # A language is written in itself, so that its speakers find it.
            "language": (system, "English", "한국어"),
            "theme": (system, self.tr("Light"), self.tr("Dark")),
            "text_size": tuple(f"{size} %" for size in CHOICES["text_size"]),
            "motion": (system, self.tr("Reduced"), self.tr("Full")),
        }.items():
            for place, words in enumerate(items):
                self._choices[key].setItemText(place, words)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what others can change."""
        super().showEvent(event)
        self.shown.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
