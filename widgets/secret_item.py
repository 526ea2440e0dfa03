"""One secret that is kept under a name: who uses it, and the buttons that replace and delete it.

The secrets card makes one for each. Both are asked for in place; the value is never shown.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend.contract.secret_names import reference
from widgets import parts
from widgets.secret_edit import SecretEdit
from widgets.style.palette import Theme
from widgets.window_keys import key_of


@dataclass(frozen=True)
class SecretRow:
    """A secret as it is shown.

    Attributes:
        name: Of the secret.
        users: The first of those who use it, by name.
        uses: How many there are.
    """

    name: str
    users: tuple[str, ...] = ()
    uses: int = 0


class SecretItem(QFrame):
    """A secret's row.

    Signals:
        replaced: It is to have another value (its name, that).
        delete_requested: Delete it; the question was answered already (its name).
    """

    replaced = Signal(str, str)
    delete_requested = Signal(str)

    def __init__(self, theme: Theme, row: SecretRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._name, self._reference = parts.ElidedLabel("name"), parts.ElidedLabel("secondary")
        self._users = parts.label("secondary", wrap=True)
        self.copy_button, self.replace_button = parts.button("flat"), parts.button()
        self._is_copied = False
        self.delete_button = parts.IconButton(theme, "trash-2")
        self.value = SecretEdit()
        self.save_button, self.cancel_button = parts.button("primary"), parts.button()
        self._editor, self._question = QWidget(), QFrame()
        self._asked = parts.label(wrap=True)
        self.keep_button, self.confirm_button = parts.button(), parts.button("danger")
        self._lay_out()
        self._connect()
        self.show_row(row)

    def show_row(self, row: SecretRow) -> None:
        """Show a secret."""
        self._row, self._is_copied = row, False
        self._set_texts()

    def close_editor(self) -> None:
        """Forget what is typed; the keyboard goes back to where it came from."""
        had = self._editor.isAncestorOf(self.window().focusWidget())
        self.value.set_stored(False)
        self._editor.hide()
        if had:
            self.replace_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def tabs(self) -> tuple[QWidget, ...]:
        """What the keyboard comes to, in this order."""
        edit = (self.value.line, self.value.show_button, self.save_button, self.cancel_button)
        ask = (self.keep_button, self.confirm_button)
        return (self.copy_button, self.replace_button, self.delete_button, *edit, *ask)

    @property
    def is_asking(self) -> bool:
        """Whether it asks about deleting."""
        return not self._question.isHidden()

    @property
    def said(self) -> str:
        """Who uses it, in words."""
        return self._users.text()

    def _copy(self) -> None:
        """Put what stands for it on the clipboard, for an endpoint."""
        QGuiApplication.clipboard().setText(reference(self._row.name))
        self._is_copied = True
        self._set_texts()

    def _open_editor(self) -> None:
        self._question.hide()
        self._editor.show()
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        self.close_editor()
        self._question.show()
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self._question.hide()
        self.delete_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _replace(self) -> None:
        if self.save_button.isEnabled():
            self.replaced.emit(self._row.name, self.value.value())

    def _show_save(self) -> None:
        self.save_button.setEnabled(bool(self.value.value()))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._name)
        head.addWidget(self._reference, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        words.addWidget(self._users)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addLayout(words, 1)
        line.addWidget(self.copy_button)
        line.addWidget(self.replace_button)
        line.addWidget(self.delete_button)
        edit = QHBoxLayout(self._editor)
        edit.setContentsMargins(0, 0, 0, 0)
        edit.setSpacing(8)
        edit.addWidget(self.value, 1)
        edit.addWidget(self.save_button)
        edit.addWidget(self.cancel_button)
        self._question.setObjectName("warning")
        ask = QHBoxLayout(self._question)
        ask.setContentsMargins(14, 8, 14, 8)
        ask.addWidget(self._asked, 1)
        ask.addWidget(self.keep_button)
        ask.addWidget(self.confirm_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addLayout(line)
        column.addWidget(self._editor)
        column.addWidget(self._question)
        self._editor.hide()
        self._question.hide()

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.replace_button.clicked.connect(self._open_editor)
        self.delete_button.clicked.connect(self._ask)
        self.value.edited.connect(self._show_save)
        self.value.submitted.connect(self._replace)
        self.save_button.clicked.connect(self._replace)
        self.cancel_button.clicked.connect(self.close_editor)
        self.keep_button.clicked.connect(self._keep)
        self.confirm_button.clicked.connect(lambda: self.delete_requested.emit(self._row.name))
        key_of(self._editor, "Esc", self.close_editor)
        key_of(self._question, "Esc", self._keep)
        self._show_save()

    def _set_texts(self) -> None:
        row = self._row
        self._name.setText(row.name)
        self._reference.setText(reference(row.name))
        self._users.setText(self._words())
        self.copy_button.setText(self.tr("Copied") if self._is_copied else self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy what stands for it in an endpoint"))
        self.copy_button.setAccessibleName(self.tr("Copy {name}").format(name=row.name))
        self.replace_button.setText(self.tr("Replace"))
        self.replace_button.setAccessibleName(self.tr("Replace {name}").format(name=row.name))
        self.delete_button.setToolTip(self.tr("Delete"))
        self.delete_button.setAccessibleName(self.tr("Delete {name}").format(name=row.name))
        self.value.setAccessibleName(self.tr("New value of {name}").format(name=row.name))
        self.value.line.setPlaceholderText(self.tr("New value"))
        self.save_button.setText(self.tr("Save"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.keep_button.setText(self.tr("Keep it"))
        self.confirm_button.setText(self.tr("Delete"))
        asked = self.tr("Delete {name}? Its value is forgotten for good.").format(name=row.name)
        if row.uses:
            asked += " " + self.tr("Who uses it is not checked or told any more without it.")
        self._asked.setText(asked)
        self.setAccessibleName(f"{row.name}, {self._users.text()}")

    def _words(self) -> str:
        row = self._row
        if not row.uses:
            return self.tr("Not used")
        names = ", ".join(row.users)
        more = row.uses - len(row.users)
        if more > 0:
            return self.tr("Used by {names} and {count} more").format(names=names, count=more)
        return self.tr("Used by {names}").format(names=names)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
