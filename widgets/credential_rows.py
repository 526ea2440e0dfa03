"""The headers of an endpoint: a stored secret is not shown, only kept or replaced.

The endpoint form uses it. Headers for credentials are secret by their name, any other one by its
lock. The backend shows a reference in the place of a secret; it is sent back as it came while the
person does not replace it.
"""

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from backend.contract.secret_names import is_kept, is_sensitive, names_in
from widgets import parts
from widgets.form_field import HeaderRows
from widgets.style.palette import Theme

_REPLACE: Final = "replace"


class CredentialRows(HeaderRows):
    """HTTP headers of which those for credentials are masked, and stored ones not shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._locks: dict[QLineEdit, parts.IconButton] = {}

    def values(self) -> dict[str, str] | None:
        """Return name and value of the rows that have a name; a reference for what is stored."""
        found = {
            name.text().strip(): self._reference_of(value) or value.text()
            for _, name, value in self._rows
            if name.text().strip()
        }
        return found or None

    def locked(self) -> list[str]:
        """Return the names of the headers that are secret though their names do not say so."""
        rows = ((name.text().strip(), self._locks[value]) for _, name, value in self._rows)
        return [name for name, lock in rows if name and lock.isChecked() and _is_free(name)]

    def set_values(self, values: Mapping[str, str] | None, locked: Collection[str] = ()) -> None:
        """Show these headers; those that are ``locked`` are secret."""
        super().set_values(values)
        for _, name, value in self._rows:
            if name.text() in locked:
                self._locks[value].setChecked(True)
        self._set_texts()

    def add_row(self, name: str = "", value: str = "") -> None:
        """Add a row at the end; a reference is not shown."""
        stored = is_kept(value)
        super().add_row(name, "" if stored else value)
        holder, name_edit, value_edit = self._rows[-1]
        lock = self._locks[value_edit] = parts.IconButton(self._theme, "lock-open", "flat", 14)
        lock.setCheckable(True)
        lock.setChecked(stored)
        row = holder.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(2, lock)
            if stored:
                value_edit.setProperty("reference", value)
                self._add_replace(row, value_edit)
        # The keyboard comes to the lock before it comes to what takes the row away.
        remove = next(it for it in holder.findChildren(parts.IconButton) if it is not lock)
        QWidget.setTabOrder(holder.findChild(QPushButton, _REPLACE) or value_edit, lock)
        QWidget.setTabOrder(lock, remove)
        name_edit.textChanged.connect(self._set_texts)
        value_edit.textChanged.connect(self._set_texts)
        lock.toggled.connect(self._set_texts)
        lock.clicked.connect(self.changed)
        self._set_texts()

    def _add_replace(self, row: QHBoxLayout, value: QLineEdit) -> None:
        replace = parts.button("flat")
        replace.setObjectName(_REPLACE)
        replace.clicked.connect(lambda: self._turn(value, replace))
        # Within the value's share of the row: names stand one below the other.
        share = QHBoxLayout()
        share.addWidget(value, 1)
        share.addWidget(replace)
        row.insertLayout(1, share, 3)
        self._show_stored(value, kept=True)

    def _remove(self, row: tuple[QWidget, QLineEdit, QLineEdit]) -> None:
        self._locks.pop(row[2])
        super()._remove(row)

    def show_words(self, name: str, value: str, add: str, remove: str) -> None:
        """Name its parts."""
        super().show_words(name, value, add, remove)
        self._set_texts()

    def _turn(self, value: QLineEdit, replace: QPushButton) -> None:
        """Let a stored value be replaced, or leave it as it is after all."""
        kept = not value.isReadOnly()
        self._show_stored(value, kept=kept)
        (replace if kept else value).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show_stored(self, value: QLineEdit, *, kept: bool) -> None:
        value.clear()
        value.setReadOnly(kept)
        value.setFocusPolicy(Qt.FocusPolicy.NoFocus if kept else Qt.FocusPolicy.StrongFocus)
        if kept:
            self._locks[value].setChecked(True)
        self._set_texts()

    @staticmethod
    def _reference_of(value: QLineEdit) -> str:
        """Return what stands for a stored value that is to stay, else ""."""
        return str(value.property("reference")) if value.isReadOnly() else ""

    def _set_texts(self) -> None:
        for holder, name, value in self._rows:
            if value not in self._locks:
                continue  # the row is being made
            self._show_lock(self._locks[value], name.text().strip(), value)
            replace = holder.findChild(QPushButton, _REPLACE)
            if value.property("reference") is None or replace is None:
                continue
            new = self.tr("New value")
            value.setPlaceholderText(self.tr("Stored") if value.isReadOnly() else new)
            stored = self.tr("Stored, not shown")
            value.setAccessibleName(stored if value.isReadOnly() else new)
            value.setToolTip(parts.plain_tip(stored if value.isReadOnly() else ""))
            replace.setText(self.tr("Replace...") if value.isReadOnly() else self.tr("Keep"))
            replace.setAccessibleName(f"{replace.text()} {name.text()}")

    def _show_lock(self, lock: parts.IconButton, name: str, value: QLineEdit) -> None:
        free = _is_free(name)
        secret = lock.isChecked() or not free
        lock.setEnabled(free and not value.isReadOnly())
        lock.show_icon("lock" if secret else "lock-open")
        # What only names a secret is none itself.
        masked = secret and not names_in(value.text())
        modes = QLineEdit.EchoMode
        value.setEchoMode(modes.PasswordEchoOnEdit if masked else modes.Normal)
        lock.setAccessibleName(self.tr("Keep secret: {header}").format(header=name))
        if not free:
            words = self.tr("A header for credentials is always kept secret")
        elif value.isReadOnly():
            words = self.tr("Kept secret; replace it to change that")
        elif secret:
            words = self.tr("Kept secret: not shown again once it is saved")
        else:
            words = self.tr("Keep this value secret")
        lock.setToolTip(parts.plain_tip(words))
        lock.setAccessibleDescription(words)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def _is_free(name: str) -> bool:
    """Say whether the person decides about a header of that name."""
    return not is_sensitive(name)
