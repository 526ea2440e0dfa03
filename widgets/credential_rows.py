"""The headers of an endpoint: a stored credential is not shown, only kept or replaced.

The endpoint form uses it. The backend shows a reference in the place of a credential; it is sent
back as it came while the person does not replace it.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from backend.contract.secret_names import is_reference, is_sensitive
from widgets import parts
from widgets.form_field import HeaderRows

_REPLACE: Final = "replace"


class CredentialRows(HeaderRows):
    """HTTP headers of which those for credentials are masked, and stored ones not shown."""

    def values(self) -> dict[str, str] | None:
        """Return name and value of the rows that have a name; a reference for what is stored."""
        found = {
            name.text().strip(): self._reference_of(value) or value.text()
            for _, name, value in self._rows
            if name.text().strip()
        }
        return found or None

    def set_values(self, values: Mapping[str, str] | None) -> None:
        """Show these headers."""
        super().set_values(values)
        self._set_texts()

    def add_row(self, name: str = "", value: str = "") -> None:
        """Add a row at the end; a reference is not shown."""
        stored = is_reference(value)
        super().add_row(name, "" if stored else value)
        holder, name_edit, value_edit = self._rows[-1]
        name_edit.textChanged.connect(lambda typed: _mask(value_edit, typed))
        _mask(value_edit, name)
        if not stored:
            return
        value_edit.setProperty("reference", value)
        replace = parts.button("flat")
        replace.setObjectName(_REPLACE)
        replace.clicked.connect(lambda: self._turn(value_edit, replace))
        row = holder.layout()
        if isinstance(row, QHBoxLayout):
            # Within the value's share of the row: names stand one below the other.
            share = QHBoxLayout()
            share.addWidget(value_edit, 1)
            share.addWidget(replace)
            row.insertLayout(1, share, 3)
        self._show_stored(value_edit, replace, kept=True)

    def show_words(self, name: str, value: str, add: str, remove: str) -> None:
        """Name its parts."""
        super().show_words(name, value, add, remove)
        self._set_texts()

    def _turn(self, value: QLineEdit, replace: QPushButton) -> None:
        """Let a stored value be replaced, or leave it as it is after all."""
        kept = not value.isReadOnly()
        self._show_stored(value, replace, kept=kept)
        (replace if kept else value).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show_stored(self, value: QLineEdit, replace: QPushButton, *, kept: bool) -> None:
        value.clear()
        value.setReadOnly(kept)
        value.setFocusPolicy(Qt.FocusPolicy.NoFocus if kept else Qt.FocusPolicy.StrongFocus)
        self._set_texts()

    @staticmethod
    def _reference_of(value: QLineEdit) -> str:
        """Return what stands for a stored value that is to stay, else ""."""
        return str(value.property("reference")) if value.isReadOnly() else ""

    def _set_texts(self) -> None:
        for holder, name, value in self._rows:
            replace = holder.findChild(QPushButton, _REPLACE)
            if value.property("reference") is None or replace is None:
                continue
            if value.isReadOnly():
                value.setPlaceholderText(self.tr("Stored, not shown"))
                value.setAccessibleName(self.tr("Stored, not shown"))
                replace.setText(self.tr("Replace..."))
            else:
                value.setPlaceholderText(self.tr("New value"))
                value.setAccessibleName(self.tr("New value"))
                replace.setText(self.tr("Keep"))
            replace.setAccessibleName(f"{replace.text()} {name.text()}")

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def _mask(value: QLineEdit, name: str) -> None:
    """Show a credential only while it is typed."""
    masked = QLineEdit.EchoMode.PasswordEchoOnEdit
    value.setEchoMode(masked if is_sensitive(name) else QLineEdit.EchoMode.Normal)
