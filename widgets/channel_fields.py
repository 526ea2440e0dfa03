"""The editors of a channel's address: another set for each kind of channel.

The channel form lays them out. Keys are the wire's names; a secret that stays as it is, is left
out of the values.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from widgets.channel_roles import MASK, ChannelKind
from widgets.form_field import FormField
from widgets.inputs import Choice, Number
from widgets.secret_edit import SecretEdit, SecretHeaderRows
from widgets.style.palette import Theme
from widgets.style.tokens import Space

SECURITIES = {"starttls": 587, "tls": 465, "none": 25}
"""How the line to a mail server is secured, with the port that goes with it."""

_NEEDED = {
    ChannelKind.EMAIL: ("host", "from", "to"),
    ChannelKind.SLACK: ("webhookUrl",),
    ChannelKind.WEBHOOK: ("url",),
    ChannelKind.APPRISE: ("url",),
}
_BESIDE = {"port"}
"""Fields that stand beside the one before them."""
_HTTP = {(ChannelKind.SLACK, "webhookUrl"), (ChannelKind.WEBHOOK, "url")}


class ChannelFields(QWidget):
    """The editors of every kind, one kind shown at a time.

    Attributes:
        fields: By kind, every field with its label and error line, by wire name.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._security = Choice(theme)
        self._security.addItems(["" for _ in SECURITIES])
        self._port = Number()
        self._port.setRange(1, 65_535)
        editors: dict[ChannelKind, dict[str, QWidget]] = {
            ChannelKind.EMAIL: {
                "to": QLineEdit(),
                "from": QLineEdit(),
                "host": QLineEdit(),
                "security": self._security,
                "port": self._port,
                "user": QLineEdit(),
                "password": SecretEdit(),
            },
            ChannelKind.SLACK: {"webhookUrl": SecretEdit()},
            ChannelKind.WEBHOOK: {
                "url": SecretEdit(),
                "headers": SecretHeaderRows(theme),
                "secret": SecretEdit(),
            },
            ChannelKind.APPRISE: {"url": SecretEdit()},
        }
        self.fields = {
            kind: {key: FormField(editor) for key, editor in group.items()}
            for kind, group in editors.items()
        }
        self._groups = {kind: QWidget() for kind in ChannelKind}
        self._kind = ChannelKind.EMAIL
        together = QVBoxLayout(self)
        together.setContentsMargins(0, 0, 0, 0)
        together.setSpacing(0)
        for kind, group in self._groups.items():
            column = QVBoxLayout(group)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(14)
            row = QHBoxLayout()
            for key, field in self.fields[kind].items():
                if key not in _BESIDE:
                    row = QHBoxLayout()
                    row.setSpacing(Space.GAP)
                    column.addLayout(row)
                row.addWidget(field, 1)
            together.addWidget(group)
        self._security.activated.connect(self._follow_security)
        self.show_kind(ChannelKind.EMAIL)

    @property
    def kind(self) -> ChannelKind:
        """The kind whose editors are shown."""
        return self._kind

    def show_kind(self, kind: ChannelKind) -> None:
        """Show the editors of a kind."""
        self._kind = kind
        for other, group in self._groups.items():
            group.setVisible(other is kind)

    def values(self) -> dict[str, object]:
        """Return the shown kind's config under its wire names."""
        found: dict[str, object] = {}
        for key, field in self.fields[self.kind].items():
            editor = field.editor
            match editor:
                case SecretEdit():
                    if not editor.is_kept:
                        found[key] = editor.value() or None
                case SecretHeaderRows():
                    found[key] = editor.values()
                case Number():
                    found[key] = editor.value()
                case Choice():
                    found[key] = tuple(SECURITIES)[editor.currentIndex()]
                case QLineEdit() if key == "to":
                    found[key] = _list_of(editor.text())
                case QLineEdit() if key == "user":
                    found[key] = editor.text().strip() or None
                case QLineEdit():
                    found[key] = editor.text().strip()
        return found

    def show_values(self, kind: ChannelKind, config: Mapping[str, object]) -> None:
        """Show a config of a kind; a masked value is one that is stored."""
        for other in ChannelKind:
            self._fill(other, config if other is kind else {})
        self.show_kind(kind)

    def problems(self) -> dict[str, str]:
        """Return what need not be sent to be known as wrong, by wire name."""
        found = {}
        for key in _NEEDED[self.kind]:
            editor = self.fields[self.kind][key].editor
            text = editor.value() if isinstance(editor, SecretEdit) else _text(editor)
            if isinstance(editor, SecretEdit) and editor.is_kept:
                continue
            if not text:
                found[key] = self.tr("This is needed.")
            elif (self.kind, key) in _HTTP and not text.startswith(("http://", "https://")):
                found[key] = self.tr("Must start with http:// or https://")
            elif key in {"from", "to"} and any("@" not in it for it in _list_of(text)):
                found[key] = self.tr("This is not an e-mail address.")
        return found

    def _fill(self, kind: ChannelKind, config: Mapping[str, object]) -> None:
        for key, field in self.fields[kind].items():
            editor, value = field.editor, config.get(key)
            match editor:
                case SecretEdit():
                    editor.set_stored(value == MASK)
                case SecretHeaderRows():
                    editor.set_values(cast("Mapping[str, str] | None", value))
                case Number():
                    editor.setValue(cast("int", value or SECURITIES["starttls"]))
                case Choice():
                    editor.setCurrentIndex(tuple(SECURITIES).index(str(value or "starttls")))
                case QLineEdit() if key == "to":
                    editor.setText(", ".join(cast("Sequence[str]", value or ())))
                case QLineEdit():
                    editor.setText(str(value or ""))

    def _follow_security(self, place: int) -> None:
        """Propose the port of a security, unless somebody chose another one."""
        if self._port.value() in SECURITIES.values():
            self._port.setValue(tuple(SECURITIES.values())[place])

    def set_texts(self) -> None:
        """Say everything in the language in use; the form calls it."""
        for place, words in enumerate(("STARTTLS", "TLS", self.tr("Not encrypted"))):
            self._security.setItemText(place, words)
        mail = self.fields[ChannelKind.EMAIL]
        mail["to"].show_name(self.tr("To"), self.tr("Separated by commas"))
        mail["from"].show_name(self.tr("From"))
        mail["host"].show_name(self.tr("Mail server"))
        mail["security"].show_name(self.tr("Security"))
        mail["port"].show_name(self.tr("Port"))
        mail["user"].show_name(self.tr("User"))
        mail["password"].show_name(self.tr("Password"))
        for key, example in (
            ("to", "oncall@example.com"),
            ("from", "vigil@example.com"),
            ("host", "smtp.example.com"),
        ):
            mail[key].editor.setProperty("placeholderText", example)
        slack = self.fields[ChannelKind.SLACK]
        slack["webhookUrl"].show_name(
            self.tr("Webhook URL"), self.tr("In Slack: Apps, Incoming Webhooks, Add to a channel.")
        )
        hook = self.fields[ChannelKind.WEBHOOK]
        hook["url"].show_name(self.tr("URL"), self.tr("It gets each alert as JSON by POST."))
        hook["headers"].show_name(self.tr("Headers"))
        rows = cast("SecretHeaderRows", hook["headers"].editor)
        rows.show_words(
            self.tr("Name"), self.tr("Value"), self.tr("Add header"), self.tr("Remove header")
        )
        hook["secret"].show_name(
            self.tr("Signing secret"),
            self.tr("Optional: signs each message, so it can be trusted."),
        )
        self.fields[ChannelKind.APPRISE]["url"].show_name(
            self.tr("Apprise URL"),
            self.tr("For Telegram, Discord, ntfy and others: tgram://..., ntfy://..."),
        )


def _text(editor: QWidget) -> str:
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""


def _list_of(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
