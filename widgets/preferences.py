"""The preferences page: language, theme, tray, and how to reconnect.

The preferences presenter fills it and stores what it emits; it keeps nothing.
"""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets import parts
from widgets.inputs import Check, Choice, Number, Seconds
from widgets.style.palette import Theme
from widgets.style.tokens import Space

LANGUAGES = ("system", "en", "ko")
THEMES = ("system", "light", "dark")


class PreferencesPage(QScrollArea):
    """Settings that take effect at once.

    Signals:
        changed: A setting was changed (its key, its value). Keys and values:
            ``language`` system|en|ko, ``theme`` system|light|dark, ``close_to_tray`` bool,
            ``reconnect_attempts`` int, ``reconnect_delay_s`` float,
            ``reconnect_max_delay_s`` float, ``look_for_updates`` bool.
    """

    changed = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._theme_choice = Choice(theme), Choice(theme)
        self._tray, self._updates = Check(theme), Check(theme)
        self._asked = ""
        self._attempts = Number()
        self._delay, self._cap = Seconds(), Seconds()
        self._labels: dict[str, QLabel] = {}
        self._sections: dict[str, QLabel] = {}
        self._bound_editors()
        self._lay_out()
        self._connect()
        self._set_texts()

    def offer_updates(self, asked: str) -> None:
        """Offer to look for newer versions, at a host that the user is told; "" to not offer it."""
        self._asked = asked
        self._updates_card.setVisible(bool(asked))
        self._set_texts()

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show settings without emitting; a key that is missing keeps what it shows."""
        editors = (self._language, self._theme_choice, self._tray, self._updates)
        blockers = [
            QSignalBlocker(editor) for editor in (*editors, self._attempts, self._delay, self._cap)
        ]
        if "language" in values:
            self._language.setCurrentIndex(LANGUAGES.index(str(values["language"])))
        if "theme" in values:
            self._theme_choice.setCurrentIndex(THEMES.index(str(values["theme"])))
        if "close_to_tray" in values:
            self._tray.setChecked(bool(values["close_to_tray"]))
        if "look_for_updates" in values:
            self._updates.setChecked(bool(values["look_for_updates"]))
        if "reconnect_attempts" in values:
            self._attempts.setValue(cast("int", values["reconnect_attempts"]))
        if "reconnect_delay_s" in values:
            self._delay.setValue(cast("float", values["reconnect_delay_s"]))
        if "reconnect_max_delay_s" in values:
            self._cap.setValue(cast("float", values["reconnect_max_delay_s"]))
        del blockers

    def _bound_editors(self) -> None:
        self._language.addItems(["", "", ""])
        self._theme_choice.addItems(["", "", ""])
        self._attempts.setRange(1, 1000)
        for editor in (self._delay, self._cap):
            editor.setRange(0.1, 300)
        for number in (self._attempts, self._delay, self._cap):
            number.setKeyboardTracking(False)
        for wide in (self._language, self._theme_choice, self._attempts, self._delay, self._cap):
            wide.setFixedWidth(200)

    def _lay_out(self) -> None:
        canvas = QWidget()
        canvas.setObjectName("canvas")
        column = QVBoxLayout(canvas)
        column.setContentsMargins(Space.MARGIN, 4, Space.MARGIN, Space.MARGIN)
        column.setSpacing(Space.GAP)
        column.addWidget(
            self._section("window", (("language", self._language), ("theme", self._theme_choice)))
        )
        column.addWidget(self._section("tray", (("close_to_tray", self._tray),)))
        column.addWidget(
            self._section(
                "line",
                (
                    ("reconnect_attempts", self._attempts),
                    ("reconnect_delay_s", self._delay),
                    ("reconnect_max_delay_s", self._cap),
                ),
            )
        )
        self._updates_card = self._section("updates", (("look_for_updates", self._updates),))
        self._updates_card.hide()
        column.addWidget(self._updates_card)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(canvas)

    def _section(self, key: str, rows: tuple[tuple[str, QWidget], ...]) -> QFrame:
        made = parts.card()
        made.setMaximumWidth(720)
        self._sections[key] = parts.label("section")
        grid = QGridLayout(made)
        grid.setContentsMargins(20, 16, 20, 18)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._sections[key], 0, 0, 1, 2)
        for place, (name, editor) in enumerate(rows, start=1):
            if isinstance(editor, Check):
                grid.addWidget(editor, place, 0, 1, 2)
                continue
            self._labels[name] = QLabel()
            self._labels[name].setBuddy(editor)
            grid.addWidget(self._labels[name], place, 0)
            grid.addWidget(editor, place, 1, Qt.AlignmentFlag.AlignRight)
        return made

    def _connect(self) -> None:
        self._language.currentIndexChanged.connect(
            lambda place: self.changed.emit("language", LANGUAGES[place])
        )
        self._theme_choice.currentIndexChanged.connect(
            lambda place: self.changed.emit("theme", THEMES[place])
        )
        self._tray.toggled.connect(lambda on: self.changed.emit("close_to_tray", on))
        self._updates.toggled.connect(lambda on: self.changed.emit("look_for_updates", on))
        self._attempts.valueChanged.connect(
            lambda value: self.changed.emit("reconnect_attempts", value)
        )
        self._delay.valueChanged.connect(
            lambda value: self.changed.emit("reconnect_delay_s", value)
        )
        self._cap.valueChanged.connect(
            lambda value: self.changed.emit("reconnect_max_delay_s", value)
        )

    def _set_texts(self) -> None:
        self._sections["window"].setText(self.tr("Appearance"))
        self._sections["tray"].setText(self.tr("Window"))
        self._sections["line"].setText(self.tr("Connection"))
        for key, words, editor in (
            ("language", self.tr("Language"), self._language),
            ("theme", self.tr("Theme"), self._theme_choice),
            ("reconnect_attempts", self.tr("Tries before giving up"), self._attempts),
            ("reconnect_delay_s", self.tr("Delay before the first try"), self._delay),
            ("reconnect_max_delay_s", self.tr("Longest delay between tries"), self._cap),
        ):
            self._labels[key].setText(words)
            editor.setAccessibleName(words)
        self._tray.setText(self.tr("Keep running in the tray when the window is closed"))
        self._sections["updates"].setText(self.tr("New versions"))
        self._updates.setText(
            self.tr("Ask {host} once a day and say when there is one").format(host=self._asked)
        )
        # A language is written in itself, so that its speakers find it.
        for place, words in enumerate((self.tr("System"), "English", "한국어")):
            self._language.setItemText(place, words)
        for place, words in enumerate((self.tr("System"), self.tr("Light"), self.tr("Dark"))):
            self._theme_choice.setItemText(place, words)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
