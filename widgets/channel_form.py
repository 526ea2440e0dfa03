"""The sheet at the right of the window in which a channel is added or edited.

The window owns it; the notifications presenter opens it, sends what it submits, and shows the
backend's errors beside their fields. A stored secret never comes here.
"""

from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from backend.contract.vocabulary import Limits
from widgets import channel_phrases, parts
from widgets.channel_fields import ChannelFields
from widgets.channel_roles import ChannelKind
from widgets.form_field import FormField
from widgets.inputs import Check, Choice
from widgets.policy_fields import PolicyFields
from widgets.secret_edit import SecretEdit
from widgets.sheet import MARGIN, Sheet
from widgets.style.palette import Theme


class ChannelForm(Sheet):
    """A sheet with a channel's fields.

    Signals:
        submitted: Save these values (wire names; for an existing channel only what changed).
        cancelled: The sheet was closed without saving (from Sheet).
    """

    submitted = Signal(dict)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._before: dict[str, object] = {}
        self._editing, self._is_busy = False, False
        self._name_is_ours = True
        self._general = parts.label("error", wrap=True)
        self._is_elsewhere = False
        self._place = parts.label("secondary", wrap=True)
        self.kind = Choice(theme)
        self.kind.addItems(["" for _ in ChannelKind])
        self.name, self.active = QLineEdit(), Check(theme)
        self.name.setMaxLength(Limits.NAME_LENGTH)
        self.config, self.policy = ChannelFields(theme), PolicyFields(theme)
        self._top = {"type": FormField(self.kind), "name": FormField(self.name)}
        self.save_button = parts.button("primary")
        self.set_content(self._scroll_area())
        self.add_to_foot(self.save_button)
        self.set_tab_order_after(self.active, self.save_button)
        self._connect()
        self._set_texts()

    def open_new(self) -> None:
        """Open the sheet for a new channel."""
        self._editing = False
        self._open({"type": ChannelKind.EMAIL.value, "config": {}, "policy": {}})
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_for(self, values: Mapping[str, object]) -> None:
        """Open the sheet for an existing channel.

        Args:
            values: The channel under its wire names, each stored secret masked.
        """
        self._editing = True
        self._open(values)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def field(self, key: str) -> FormField | None:
        """Return a field by the place the backend names: ``name``, ``config.host``, ..."""
        group, _, rest = key.partition(".")
        inner = rest.partition(".")[0]
        match group:
            case "config":
                return self.config.fields[self.config.kind].get(inner)
            case "policy":
                return self.policy.fields.get(inner)
            case _:
                return self._top.get(group)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show what is wrong beside each field; a key that is no field goes to the top."""
        self.set_busy(False)
        rest: list[str] = []
        for field in self._fields():
            field.show_error("")
        for key, error in errors.items():
            found = self.field(key)
            if found is None:
                rest.append(error)
            else:
                found.show_error(error)
        self._general.setText("\n".join(rest))
        self._general.setVisible(bool(rest))
        wrong = [field for field in self._fields() if field.error]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(wrong[0])

    def set_busy(self, busy: bool) -> None:
        """Lock the sheet while the backend answers."""
        self._is_busy = busy
        parts.lock(self.save_button, busy)
        self._set_texts()

    @property
    def general_error(self) -> str:
        """What is wrong with no field in particular."""
        return self._general.text()

    def values(self) -> dict[str, object]:
        """Return all fields under their wire names; secrets that stay are left out."""
        return {
            "name": self.name.text().strip(),
            "type": self.config.kind.value,
            "config": self.config.values(),
            "isActive": self.active.isChecked(),
            "policy": self.policy.values(),
        }

    def is_dirty(self) -> bool:
        """Return whether something was changed since it was opened."""
        return not self._is_busy and self.values() != self._before

    def submit(self) -> None:
        """Emit the values, unless something is plainly wrong or nothing changed."""
        if self._is_busy:
            return
        problems = {f"config.{key}": why for key, why in self.config.problems().items()}
        problems |= {f"policy.{key}": why for key, why in self.policy.problems().items()}
        if not self.name.text().strip():
            problems = {"name": self.tr("This is needed."), **problems}
        if problems:
            self.show_errors(problems)
            return
        values = self.values()
        if self._editing:
            values = {key: value for key, value in values.items() if value != self._before[key]}
            if not values:
                self.leave()
                return
        self.set_busy(True)
        self.submitted.emit(values)

    def _open(self, values: Mapping[str, object]) -> None:
        kind = ChannelKind(str(values["type"]))
        self.kind.setCurrentIndex(tuple(ChannelKind).index(kind))
        self._top["type"].setVisible(not self._editing)
        self.config.show_values(kind, cast("Mapping[str, object]", values["config"]))
        self.policy.show_values(cast("Mapping[str, object]", values["policy"]))
        self.active.setChecked(bool(values.get("isActive", True)))
        self.name.setText(str(values.get("name") or channel_phrases.kind_word(kind)))
        self._name_is_ours = not self._editing
        self._before = self.values()
        self.show_errors({})
        self._area.verticalScrollBar().setValue(0)
        self.show_sheet()

    def _choose_kind(self, place: int) -> None:
        kind = tuple(ChannelKind)[place]
        self.config.show_kind(kind)
        # What was to be kept or lost so far was of another kind.
        self.show_errors({})
        if self._name_is_ours:
            self.name.setText(channel_phrases.kind_word(kind).partition(" (")[0])

    def _fields(self) -> list[FormField]:
        groups = (self._top, self.config.fields[self.config.kind], self.policy.fields)
        return [field for group in groups for field in group.values()]

    def _scroll_area(self) -> QScrollArea:
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 10, MARGIN, MARGIN)
        column.setSpacing(14)
        self._general.hide()
        for part in (
            self._general,
            self._top["type"],
            self._top["name"],
            self.config,
            self._place,
            parts.rule(),
            self.policy,
            parts.rule(),
            self.active,
        ):
            column.addWidget(part)
        column.addStretch(1)
        area.setWidget(inside)
        # setWidget turns it on, and the sheet would shine through in another colour.
        inside.setAutoFillBackground(False)
        return area

    def _connect(self) -> None:
        self.kind.activated.connect(self._choose_kind)
        self.name.textEdited.connect(self._take_name)
        groups = (*self.config.fields.values(), self.policy.fields, self._top)
        for field in (field for group in groups for field in group.values()):
            editor = field.editor
            if isinstance(editor, QLineEdit):
                editor.textEdited.connect(lambda _="", f=field: f.show_error(""))
                editor.returnPressed.connect(self.submit)
            elif isinstance(editor, SecretEdit):
                editor.edited.connect(lambda f=field: f.show_error(""))
                editor.submitted.connect(self.submit)
        self.policy.occasions.edited.connect(lambda: self.policy.fields["events"].show_error(""))
        self.save_button.clicked.connect(self.submit)

    def _take_name(self, name: str) -> None:
        self._name_is_ours = not name.strip() and not self._editing

    def say_elsewhere(self) -> None:
        """Say that what is secret is kept on a server, not on this computer."""
        self._is_elsewhere = True
        self._set_texts()

    def _set_texts(self) -> None:
        self.set_title(self.tr("Edit channel") if self._editing else self.tr("Add channel"))
        for place, kind in enumerate(ChannelKind):
            self.kind.setItemText(place, channel_phrases.kind_word(kind))
        self._top["type"].show_name(self.tr("Send by"))
        self._top["name"].show_name(self.tr("Name"))
        self._place.setText(
            self.tr("Secrets are kept on the server.")
            if self._is_elsewhere
            else self.tr(
                "Secrets are kept in this computer's keyring, else in a file only you can read."
            )
        )
        self.active.setText(self.tr("Send alerts to this channel"))
        self.save_button.setText(self.tr("Saving...") if self._is_busy else self.tr("Save"))
        self.config.set_texts()
        self.policy.set_texts()

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
