"""The sheet that asks for the token of a server elsewhere.

The window owns it; the server presenter opens it, says why, and takes what was typed.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import parts
from widgets.form_field import FormField
from widgets.secret_edit import SecretEdit
from widgets.sheet import MARGIN, Sheet
from widgets.style.palette import Theme


class TokenSheet(Sheet):
    """One masked line, what it is for, and where it is kept.

    Signals:
        submitted: This is the token.
        cancelled: It was closed without one (from Sheet).

    Attributes:
        token: The line.
        go_button: The main button.
    """

    submitted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._server, self._was_refused = "", False
        self._about = parts.label(wrap=True)
        self.token = SecretEdit()
        self._field = FormField(self.token)
        self._kept = parts.label("secondary", wrap=True)
        self._where = parts.label("secondary", wrap=True)
        self.go_button = parts.button("primary")
        self.set_content(self._lay_out())
        self.add_to_foot(self.go_button)
        self.set_tab_order_after(self.token.show_button, self.go_button)
        self.token.edited.connect(self._show_can_go)
        self.token.edited.connect(lambda: self._field.show_error(""))
        self.token.submitted.connect(self._submit)
        self.go_button.clicked.connect(self._submit)
        self._set_texts()

    def open_for(self, server: str, was_refused: bool) -> None:
        """Ask.

        Args:
            server: Its name, as ``vigil.example:8443``.
            was_refused: Whether there was a token that the server does not take any more.
        """
        self._server, self._was_refused = server, was_refused
        self.token.set_stored(False)
        self._show_can_go()
        self._set_texts()
        self.show_sheet()
        self.token.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def words(self) -> str:
        """What it says about itself."""
        return "\n".join((self._about.text(), self._field.error, self._kept.text()))

    def _submit(self) -> None:
        if token := self.token.value():
            self.token.set_stored(False)
            self.close_sheet()
            self.submitted.emit(token)

    def _show_can_go(self) -> None:
        self.go_button.setEnabled(bool(self.token.value()))

    def _lay_out(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, 4, MARGIN, 8)
        column.setSpacing(10)
        column.addWidget(self._about)
        column.addSpacing(6)
        column.addWidget(self._field)
        column.addWidget(self._kept)
        column.addWidget(self._where)
        column.addStretch(1)
        return content

    def _set_texts(self) -> None:
        self.set_title(self.tr("Join a server"))
        self._about.setText(
            self.tr("To join {server} you need one of its tokens.").format(server=self._server)
        )
        self._field.show_name(self.tr("Token"))
        refused = self.tr("The server does not take the token any more.")
        self._field.show_error(refused if self._was_refused else "")
        self._kept.setText(
            self.tr(
                "It is kept in this computer's keyring, or where there is none in a file that "
                "only you can read."
            )
        )
        self._where.setText(
            self.tr("Whoever runs the server makes one with: {command}").format(
                command="vigil-backend token add NAME"
            )
        )
        self.go_button.setText(self.tr("Join"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
