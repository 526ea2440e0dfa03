"""A field for a secret: what is stored is never shown, only replaced.

The channel form uses it for passwords, tokens and addresses that are secrets themselves.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from widgets import parts
from widgets.channel_roles import MASK
from widgets.form_field import HeaderRows


class SecretEdit(QWidget):
    """A masked line; for a stored secret a word and "Replace" in its place.

    Signals:
        edited: The user typed, or chose to replace or to keep.
        submitted: Enter was pressed.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_stored = False
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._stored = parts.label("muted")
        self.replace_button = parts.button()
        self.keep_button = parts.button("flat")
        self.show_button = parts.button("flat")
        self.show_button.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._stored, 1)
        row.addWidget(self.replace_button)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.keep_button)
        self.line.textEdited.connect(lambda _: self.edited.emit())
        self.line.returnPressed.connect(self.submitted)
        self.show_button.toggled.connect(self._reveal)
        self.replace_button.clicked.connect(self._replace)
        self.keep_button.clicked.connect(self._keep)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_stored(False)
        self._set_texts()

    def set_stored(self, stored: bool) -> None:
        """Begin anew: with a stored secret, or with an empty line."""
        self._is_stored = stored
        self._show_line(not stored)

    @property
    def is_kept(self) -> bool:
        """Whether the stored secret stays as it is."""
        return self._is_stored and self.line.isHidden()

    def value(self) -> str:
        """Return what was typed, "" for nothing; not the stored secret, nobody has it."""
        return self.line.text().strip()

    def _show_line(self, shown: bool) -> None:
        self.line.clear()
        self.show_button.setChecked(False)
        self.line.setVisible(shown)
        self.show_button.setVisible(shown)
        self.keep_button.setVisible(shown and self._is_stored)
        self._stored.setVisible(not shown)
        self.replace_button.setVisible(not shown)

    def _replace(self) -> None:
        self._show_line(True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _keep(self) -> None:
        self._show_line(False)
        self.replace_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._set_texts()

    def _set_texts(self) -> None:
        self._stored.setText(self.tr("Stored, not shown"))
        self.replace_button.setText(self.tr("Replace"))
        self.keep_button.setText(self.tr("Keep the stored one"))
        self.show_button.setText(
            self.tr("Hide") if self.show_button.isChecked() else self.tr("Show")
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to what can be typed in or pressed."""
        super().focusInEvent(event)
        (self.replace_button if self.line.isHidden() else self.line).setFocus()

    def event(self, event: QEvent) -> bool:
        """Let the line wear the edge of a field that is wrong."""
        if event.type() == QEvent.Type.DynamicPropertyChange:
            self.line.setProperty("invalid", self.property("invalid"))
            parts.restyle(self.line)
        return super().event(event)

    def setAccessibleName(self, name: str) -> None:
        """Name the line and the button that stands in its place."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.replace_button.setAccessibleName(
            self.tr("Replace: {field}").format(field=name) if name else ""
        )

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


class SecretHeaderRows(HeaderRows):
    """HTTP headers whose values are secrets; a stored one shows dots and stays unless replaced."""

    def add_row(self, name: str = "", value: str = "") -> None:
        """Add a row at the end, its value masked."""
        super().add_row(name, value)
        line = self._rows[-1][2]
        line.setEchoMode(QLineEdit.EchoMode.Password)
        if value == MASK:
            # Typing over a part of the dots would make a secret nobody meant.
            line.textEdited.connect(lambda typed: self._begin_anew(line, typed))

    @staticmethod
    def _begin_anew(line: QLineEdit, typed: str) -> None:
        if typed.startswith(MASK):
            line.setText(typed.removeprefix(MASK))
