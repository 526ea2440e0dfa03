"""One field of a form: its label, its editor, and the error or hint under it.

The endpoint form is made of these; they know no endpoint.
"""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from widgets import parts
from widgets.style.palette import Theme


class FormField(QWidget):
    """A labelled editor with room for what is wrong with it."""

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._name = QLabel()
        self._name.setBuddy(editor)
        self._hint = parts.label("secondary", wrap=True)
        self._error = parts.label("error", wrap=True)
        self._hint.hide()
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(editor)
        column.addWidget(self._hint)
        column.addWidget(self._error)

    @property
    def error(self) -> str:
        """What is wrong with the field, "" for nothing."""
        return self._error.text()

    def show_name(self, name: str, hint: str = "") -> None:
        """Name the field, and say in small print what it is for."""
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self.editor.setAccessibleName(name)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and not self.error)

    def show_error(self, error: str) -> None:
        """Say what is wrong, "" for nothing."""
        changed = bool(error) != bool(self.error)
        self._error.setText(error)
        self._error.setVisible(bool(error))
        self._hint.setVisible(bool(self._hint.text()) and not error)
        self.editor.setAccessibleDescription(error)
        if changed:
            self.editor.setProperty("invalid", bool(error))
            parts.restyle(self.editor)


class HeaderRows(QWidget):
    """HTTP headers as rows of name and value.

    Signals:
        changed: A row was edited, added or removed.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[tuple[QWidget, QLineEdit, QLineEdit]] = []
        self._words = ("", "", "", "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._add = parts.IconButton(theme, "plus")
        self._add.clicked.connect(self._add_empty)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def values(self) -> dict[str, str] | None:
        """Return name and value of the rows that have a name, None when there are none."""
        found = {
            name.text().strip(): value.text()
            for _, name, value in self._rows
            if name.text().strip()
        }
        return found or None

    def set_values(self, values: Mapping[str, str] | None) -> None:
        """Show these headers."""
        for row in tuple(self._rows):
            self._remove(row)
        for name, value in (values or {}).items():
            self.add_row(name, value)

    def add_row(self, name: str = "", value: str = "") -> None:
        """Add a row at the end."""
        holder, name_edit, value_edit = QWidget(), QLineEdit(name), QLineEdit(value)
        remove = parts.IconButton(self._theme, "x", "flat", 14)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(name_edit, 2)
        line.addWidget(value_edit, 3)
        line.addWidget(remove)
        row = (holder, name_edit, value_edit)
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, holder)
        for edit in (name_edit, value_edit):
            edit.textEdited.connect(self.changed)
        remove.clicked.connect(lambda: self._remove(row))
        remove.clicked.connect(self.changed)
        self.show_words(*self._words)

    def show_words(self, name: str, value: str, add: str, remove: str) -> None:
        """Name its parts."""
        self._words = (name, value, add, remove)
        self._add.setText(add)
        for holder, name_edit, value_edit in self._rows:
            for edit, words in ((name_edit, name), (value_edit, value)):
                edit.setPlaceholderText(words)
                edit.setAccessibleName(words)
            button = holder.findChild(parts.IconButton)
            if button is not None:
                button.setAccessibleName(remove)
                button.setToolTip(parts.plain_tip(remove))

    def _add_empty(self) -> None:
        self.add_row()
        self._rows[-1][1].setFocus()

    def _remove(self, row: tuple[QWidget, QLineEdit, QLineEdit]) -> None:
        self._rows.remove(row)
        with QSignalBlocker(self):
            row[0].hide()
            row[0].deleteLater()
