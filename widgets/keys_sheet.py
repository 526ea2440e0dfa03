"""The sheet that names every key of the window; F1 opens it.

The main window owns it. It only tells: what a key does is said where it is bound.
"""

import sys

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from widgets import parts
from widgets.sheet import MARGIN, Sheet
from widgets.style.palette import Theme

_CAPS = {"Left": "←", "Right": "→", "Return": "Enter"}


def spelt(keys: str) -> str:
    """Return keys as they are written on them, in any language: ⌘N, or Ctrl+N and Alt+←."""
    form = QKeySequence.SequenceFormat
    if sys.platform == "darwin":
        return QKeySequence(keys).toString(form.NativeText)
    # Qt's own words are translated for some keys and not for others.
    *held, key = QKeySequence(keys).toString(form.PortableText).rsplit("+", 1)
    return "+".join((*held, _CAPS.get(key, key)))


class KeysSheet(Sheet):
    """Keys and what they do, by where they work."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._sections = [parts.label("section") for _ in self._lines()]
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._lay_out()
        self._set_texts()

    def open(self) -> None:
        """Show the keys."""
        self.show_sheet()
        self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        place = 0
        for section, (_, lines) in zip(self._sections, self._lines(), strict=True):
            self._grid.addWidget(section, place, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
            self._grid.setRowMinimumHeight(place, 32 if place else 0)
            for _ in lines:
                place += 1
                keys, words = parts.label("name"), parts.label(wrap=True)
                self._rows.append((keys, words))
                self._grid.addWidget(keys, place, 0, Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(words, place, 1)
            place += 1
        self._grid.setRowStretch(place, 1)
        inside, scroll = QWidget(), QScrollArea()
        inside.setLayout(self._grid)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        # Else the area paints its own ground over the sheet's.
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        # The arrow keys scroll it; Tab goes by to the buttons.
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll = scroll
        self.set_content(scroll)

    def _lines(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        everywhere = (
            ("Ctrl+N", self.tr("Add an endpoint")),
            ("Ctrl+F", self.tr("Search endpoints")),
            ("F5", self.tr("Check everything now")),
            ("Ctrl+1", self.tr("Dashboard; Ctrl+2 to Ctrl+5 the pages under it")),
            ("Ctrl+,", self.tr("Preferences")),
            ("Ctrl+Z", self.tr("Undo what a message offers to undo")),
            ("F6", self.tr("Into the newest message; again for the one before, Esc back")),
            ("Ctrl+O", self.tr("Import endpoints from a file")),
            ("Ctrl+E", self.tr("Export endpoints or checks")),
            ("Ctrl+P", self.tr("Report for a period")),
            ("Alt+Left", self.tr("Back from an endpoint")),
            ("F1", self.tr("These keys; Ctrl+? as well")),
            ("Ctrl+Q", self.tr("Quit")),
        )
        rows = (
            ("Return", self.tr("Open the endpoint")),
            ("F2", self.tr("Edit the endpoint")),
            ("Ctrl+R", self.tr("Check the selected endpoints now")),
            ("Space", self.tr("Pause or resume them")),
            ("Del", self.tr("Delete them; it can be undone")),
            ("Ctrl+C", self.tr("Copy their URLs")),
            ("Shift+F10", self.tr("Everything that can be done with them")),
            ("Home", self.tr("First row; End the last")),
            ("Ctrl+A", self.tr("Select all")),
            ("T", self.tr("Tag several selected ones")),
            ("I", self.tr("Set their interval")),
        )
        headings = (
            ("Left", self.tr("The heading before; → the one after")),
            ("Space", self.tr("Sort by it; again for the other way round")),
            ("Shift+Left", self.tr("A narrower column; Shift+→ a wider one")),
        )
        incidents = (
            ("A", self.tr("Acknowledge")),
            ("S", self.tr("Snooze")),
            ("N", self.tr("Write a note")),
        )
        elsewhere = (
            ("Tab", self.tr("Next field or button; Shift+Tab the one before")),
            ("Esc", self.tr("Close a sheet, clear the search")),
            ("Left", self.tr("In a chart: the point before; → the one after")),
        )
        return (
            (self.tr("Everywhere"), everywhere),
            (self.tr("In a list of endpoints"), rows),
            (self.tr("On the heading of a list"), headings),
            (self.tr("On an incident"), incidents),
            (self.tr("In forms and charts"), elsewhere),
        )

    def _set_texts(self) -> None:
        self.set_title(self.tr("Keys"))
        self._cancel.setText(self.tr("Close"))
        self._scroll.setAccessibleName(self.tr("Keys"))
        rows = iter(self._rows)
        for section, (title, lines) in zip(self._sections, self._lines(), strict=True):
            section.setText(title)
            for keys, words in lines:
                key_label, words_label = next(rows)
                key_label.setText(spelt(keys))
                words_label.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
