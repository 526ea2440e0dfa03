"""The card "Secrets": what is kept under a name, to be used in several endpoints and channels.

The preferences page owns it; the secrets presenter fills it. No value is ever shown in it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from backend.contract.secret_names import MADE, NAME, reference
from widgets import parts
from widgets.form_field import FormField
from widgets.read_only import writes
from widgets.secret_edit import SecretEdit
from widgets.secret_item import SecretItem, SecretRow
from widgets.style.palette import Theme
from widgets.window_keys import key_of

_LONGEST = 100


class SecretsCard(QFrame):
    """All named secrets, and a form for one more.

    Signals:
        put_requested: Keep a value under a name, new or not (that name, the value).
        delete_requested: Delete a secret (its name).

    Attributes:
        name: Where the name of a new one is typed.
        value: Where its value is.
    """

    put_requested = Signal(str, str)
    delete_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._theme = theme
        self._items: dict[str, SecretItem] = {}
        self._title, self._hint = parts.label("section"), parts.label("secondary", wrap=True)
        self._trouble = parts.label("error", wrap=True)
        self._trouble.hide()
        self.add_button = parts.IconButton(theme, "plus")
        self.name, self.value = QLineEdit(), SecretEdit()
        self.name_field, self.value_field = FormField(self.name), FormField(self.value)
        self.save_button, self.cancel_button = parts.button("primary"), parts.button()
        self._form = QWidget()
        writes(self.add_button, self.save_button)
        self._rows = QVBoxLayout()
        self._lay_out()
        self._connect()
        self._set_texts()

    @property
    def items(self) -> Sequence[SecretItem]:
        """The rows from the top."""
        return tuple(self._items.values())

    @property
    def trouble(self) -> str:
        """What went wrong, "" for nothing."""
        return self._trouble.text()

    @property
    def is_adding(self) -> bool:
        """Whether the form for a new one is open."""
        return not self._form.isHidden()

    def show_rows(self, rows: Sequence[SecretRow]) -> None:
        """Show these secrets in this order; rows that stay keep what is typed in them."""
        names = {row.name for row in rows}
        for name in [it for it in self._items if it not in names]:
            gone = self._items.pop(name)
            gone.hide()
            gone.deleteLater()
        for place, row in enumerate(rows):
            item = self._items.get(row.name)
            if item is None:
                item = self._items[row.name] = self._make(row)
            item.show_row(row)
            self._rows.insertWidget(place, item)
        self._order_tabs()
        self.show_trouble("")

    def show_trouble(self, words: str) -> None:
        """Say what went wrong; "" for nothing."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def saved(self, name: str) -> None:
        """Close the editor in which a value was typed that is kept now."""
        if self.is_adding and name == self._typed_name():
            self.close_form()
        if name in self._items:
            self._items[name].close_editor()

    def open_form(self) -> None:
        """Ask for a new secret."""
        self._form.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Forget what is typed."""
        self.name.clear()
        self.value.set_stored(False)
        for field in (self.name_field, self.value_field):
            field.show_error("")
        self._form.hide()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed_name(self) -> str:
        return self.name.text().strip()

    def _save(self) -> None:
        name = self._typed_name()
        error = self._wrong_with(name)
        self.name_field.show_error(error)
        if error:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.value.value():
            self.value_field.show_error(self.tr("Type the value"))
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.save_button.isEnabled():
            self.put_requested.emit(name, self.value.value())

    def _wrong_with(self, name: str) -> str:
        if not re.fullmatch(NAME, name):
            return self.tr("Letters, digits, and . _ - only")
        if name.startswith(MADE):
            return self.tr("Names that begin with {made} are given by Vigil").format(made=MADE)
        if name in self._items:
            return self.tr("There is a secret of that name: replace it instead")
        return ""

    def _make(self, row: SecretRow) -> SecretItem:
        made = SecretItem(self._theme, row)
        made.replaced.connect(self.put_requested)
        made.delete_requested.connect(self.delete_requested)
        writes(made.replace_button, made.delete_button, within=self)
        writes(made.save_button, made.confirm_button, within=self)
        return made

    def _order_tabs(self) -> None:
        """Let the keyboard come by the rows from the top, then the form, then its button.

        Rows that are made later would come behind whatever is below the card.
        """
        before: QWidget | None = self.name.previousInFocusChain()
        while before is not None and before is not self.name and self._is_passed_over(before):
            before = before.previousInFocusChain()
        rows = [part for item in self._items.values() for part in item.tabs]
        form = (self.name, self.value.line, self.value.show_button)
        ways = (self.save_button, self.cancel_button, self.add_button)
        for one, other in pairwise((before or self.name, *rows, *form, *ways)):
            QWidget.setTabOrder(one, other)

    def _is_passed_over(self, part: QWidget) -> bool:
        return self.isAncestorOf(part) or part.focusPolicy() == Qt.FocusPolicy.NoFocus

    def _lay_out(self) -> None:
        self._rows.setSpacing(8)
        self.name.setMaxLength(_LONGEST)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(10)
        form.addWidget(self.name_field)
        form.addWidget(self.value_field)
        form.addLayout(buttons)
        self._form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 18)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self._trouble)
        column.addLayout(self._rows)
        column.addWidget(self._form)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.open_form)
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.close_form)
        self.name.textEdited.connect(lambda _: self.name_field.show_error(""))
        self.name.returnPressed.connect(self._save)
        self.value.submitted.connect(self._save)
        self.value.edited.connect(lambda: self.value_field.show_error(""))
        key_of(self._form, "Esc", self.close_form)

    def _set_texts(self) -> None:
        self._title.setText(self.tr("Secrets"))
        self._hint.setText(
            self.tr("{reference} in a header, a body or an address stands for the value.").format(
                reference=reference("NAME")
            )
        )
        self.add_button.setText(self.tr("Add secret"))
        self.name_field.show_name(self.tr("Name"))
        self.value_field.show_name(self.tr("Value"), self.tr("It is not shown again."))
        self.save_button.setText(self.tr("Save"))
        self.cancel_button.setText(self.tr("Cancel"))

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
