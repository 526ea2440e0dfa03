"""The body that is sent: JSON, which may be kept as a secret; a stored one is only replaced.

The endpoint form uses it. The backend shows a reference in the place of a secret body.
"""

import json

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from backend.contract.secret_names import MADE_BODY, is_kept
from widgets import parts
from widgets.inputs import Check
from widgets.json_text import NotJson, read_json
from widgets.style.palette import Theme

_HEIGHT = 88


class BodyEdit(QWidget):
    """A text of several lines and whether it is secret; for a stored one "Replace" instead.

    Signals:
        textChanged: Something was typed.

    Attributes:
        text: The editor.
        secret: Whether it is to be kept as a secret.
    """

    textChanged = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reference = ""
        self.text = QPlainTextEdit()
        self.text.setFixedHeight(_HEIGHT)
        self.text.setTabChangesFocus(True)
        self.secret = Check(theme)
        self._stored = parts.label("muted")
        self.replace_button, self.keep_button = parts.button(), parts.button("flat")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._stored)
        foot.addWidget(self.replace_button)
        foot.addWidget(self.secret)
        foot.addStretch(1)
        foot.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addLayout(foot)
        self.text.textChanged.connect(self.textChanged)
        self.replace_button.clicked.connect(lambda: self._turn(kept=False))
        self.keep_button.clicked.connect(lambda: self._turn(kept=True))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show(kept=False)
        self._set_texts()

    @property
    def is_kept(self) -> bool:
        """Whether a stored body stays as it is."""
        return bool(self._reference) and self.text.isHidden()

    @property
    def is_secret(self) -> bool:
        """Whether there is a body and it is to be kept as a secret."""
        return self.is_kept or (self.secret.isChecked() and bool(self._typed()))

    def error(self) -> str | None:
        """Return why what was typed is not JSON, None where it is or there is nothing."""
        try:
            self.value()
        except NotJson as error:
            return str(error)
        return None

    def value(self) -> object:
        """Return the body, or the reference to a stored one; raises ``NotJson``."""
        if self.is_kept:
            return self._reference
        typed = self._typed()
        return read_json(typed) if typed else None

    def set_value(self, body: object, *, secret: bool = False) -> None:
        """Show a body; a reference is not shown."""
        stored = is_kept(body, MADE_BODY)
        self._reference = str(body) if stored else ""
        nothing = body is None or stored
        self.text.setPlainText("" if nothing else json.dumps(body, indent=2, ensure_ascii=False))
        self.secret.setChecked(stored or secret)
        self._show(kept=stored)

    def clear(self) -> None:
        """Forget what is typed and stored."""
        self.set_value(None, secret=self.secret.isChecked())

    def _typed(self) -> str:
        return self.text.toPlainText().strip()

    def _turn(self, *, kept: bool) -> None:
        """Let a stored body be replaced, or leave it as it is after all."""
        self.text.clear()
        self.secret.setChecked(True)
        self._show(kept=kept)
        (self.replace_button if kept else self.text).setFocus(Qt.FocusReason.OtherFocusReason)
        self.textChanged.emit()

    def _show(self, *, kept: bool) -> None:
        self.text.setVisible(not kept)
        self.secret.setVisible(not kept)
        self._stored.setVisible(kept)
        self.replace_button.setVisible(kept)
        self.keep_button.setVisible(bool(self._reference) and not kept)
        self.setFocusProxy(self.replace_button if kept else self.text)

    def _set_texts(self) -> None:
        self._stored.setText(self.tr("Stored, not shown"))
        self.replace_button.setText(self.tr("Replace"))
        self.replace_button.setAccessibleName(self.tr("Replace the body"))
        self.keep_button.setText(self.tr("Keep the stored one"))
        self.secret.setText(self.tr("Keep the body secret"))
        self.secret.setAccessibleName(self.secret.text())
        self.secret.setToolTip(self.tr("It is not shown again once it is saved"))

    def event(self, event: QEvent) -> bool:
        """Let the text wear the edge of a field that is wrong."""
        if event.type() == QEvent.Type.DynamicPropertyChange:
            self.text.setProperty("invalid", self.property("invalid"))
            parts.restyle(self.text)
        return super().event(event)

    def setAccessibleName(self, name: str) -> None:
        """Name the text."""
        super().setAccessibleName(name)
        self.text.setAccessibleName(name)

    def setAccessibleDescription(self, words: str) -> None:
        """Say of the text what is wrong."""
        super().setAccessibleDescription(words)
        self.text.setAccessibleDescription(words)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
