"""The editors of an endpoint's fields and how each field is read and shown.

The endpoint form lays them out. Keys are the wire's names; what is allowed is the backend's to
say, the vocabulary's limits only bound the number fields.
"""

from collections.abc import Mapping
from typing import cast

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from backend.contract.vocabulary import Defaults, Limits, Method
from widgets.body_edit import BodyEdit
from widgets.condition_rows import ConditionRows
from widgets.credential_rows import CredentialRows
from widgets.form_field import FormField
from widgets.inputs import Check, Choice, Number
from widgets.style.palette import Theme
from widgets.url_edit import UrlEdit

AUTOMATIC = 0
"""The value of a number field that leaves the choice to the backend."""

FRESH: dict[str, object] = {
    "url": "",
    "name": "",
    "method": Defaults.METHOD.value,
    "checkInterval": Defaults.INTERVAL_S,
    "expectedStatusCode": Defaults.STATUS_CODE,
    "timeoutThreshold": Defaults.TIMEOUT_MS,
    "degradedThreshold": None,
    "failureThreshold": Defaults.FAILURE_THRESHOLD,
    "recoveryThreshold": Defaults.RECOVERY_THRESHOLD,
    "retryInterval": None,
    "headers": None,
    "secretHeaders": [],
    "body": None,
    "secretBody": False,
    "tags": [],
    "note": "",
    "verifyTls": True,
    "followRedirects": True,
    "isActive": True,
    "assertions": [],
}
"""What the form shows for a new endpoint."""


class EndpointFields:
    """All editors by wire name.

    Attributes:
        fields: Every field with its label and error line.
    """

    def __init__(self, theme: Theme) -> None:
        self.url, self.name = UrlEdit(), QLineEdit()
        self.method = Choice(theme)
        self.method.addItems([method.value for method in Method])
        self.interval = _number(Limits.INTERVAL_S)
        self.status_code = _number(Limits.STATUS_CODE)
        self.timeout = _number(Limits.TIMEOUT_MS, " ms")
        self.slow = _number((AUTOMATIC, Limits.TIMEOUT_MS[1]), " ms")
        self.failures = _number(Limits.THRESHOLD)
        self.recoveries = _number(Limits.THRESHOLD)
        self.retry = _number((AUTOMATIC, Limits.INTERVAL_S[1]))
        self.interval.count_seconds()
        self.retry.count_seconds()
        self.headers = CredentialRows(theme)
        self.body = BodyEdit(theme)
        self.tags = QLineEdit()
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(64)
        self.note.setTabChangesFocus(True)
        self.conditions = ConditionRows(theme)
        self.tls, self.redirects, self.active = Check(theme), Check(theme), Check(theme)
        self.name.setMaxLength(Limits.NAME_LENGTH)
        editors: dict[str, QWidget] = {
            "url": self.url,
            "name": self.name,
            "method": self.method,
            "checkInterval": self.interval,
            "expectedStatusCode": self.status_code,
            "timeoutThreshold": self.timeout,
            "degradedThreshold": self.slow,
            "failureThreshold": self.failures,
            "recoveryThreshold": self.recoveries,
            "retryInterval": self.retry,
            "headers": self.headers,
            "body": self.body,
            "tags": self.tags,
            "note": self.note,
            "verifyTls": self.tls,
            "followRedirects": self.redirects,
            "isActive": self.active,
            "assertions": self.conditions,
        }
        self.fields = {key: FormField(editor) for key, editor in editors.items()}

    def body_error(self) -> str | None:
        """Return why the body is not JSON, None when it is or is empty."""
        return self.body.error()

    def values(self) -> dict[str, object]:
        """Return every field under its wire name; the body must be JSON or empty."""
        return {
            "url": self.url.url(),
            "name": self.name.text().strip(),
            "method": self.method.currentText(),
            "checkInterval": self.interval.value(),
            "expectedStatusCode": self.status_code.value(),
            "timeoutThreshold": self.timeout.value(),
            "degradedThreshold": self.slow.value() or None,
            "failureThreshold": self.failures.value(),
            "recoveryThreshold": self.recoveries.value(),
            "retryInterval": self.retry.value() or None,
            "headers": self.headers.values(),
            "secretHeaders": self.headers.locked(),
            "body": self.body.value(),
            "secretBody": self.body.is_secret,
            "tags": [tag.strip() for tag in self.tags.text().split(",") if tag.strip()],
            "note": self.note.toPlainText().strip(),
            "verifyTls": self.tls.isChecked(),
            "followRedirects": self.redirects.isChecked(),
            "isActive": self.active.isChecked(),
            "assertions": self.conditions.values(),
        }

    def show(self, given: Mapping[str, object]) -> None:
        """Show the values of an endpoint; what is missing gets its default."""
        values = {**FRESH, **given}
        self.url.setText(str(values["url"]))
        self.name.setText(str(values["name"]))
        self.method.setCurrentText(str(values["method"]))
        for editor, key in (
            (self.interval, "checkInterval"),
            (self.status_code, "expectedStatusCode"),
            (self.timeout, "timeoutThreshold"),
            (self.slow, "degradedThreshold"),
            (self.failures, "failureThreshold"),
            (self.recoveries, "recoveryThreshold"),
            (self.retry, "retryInterval"),
        ):
            editor.setValue(cast("int | None", values[key]) or AUTOMATIC)
        self.headers.set_values(
            cast("Mapping[str, str] | None", values["headers"]),
            cast("list[str]", values["secretHeaders"]),
        )
        self.body.set_value(values["body"], secret=bool(values["secretBody"]))
        self.tags.setText(", ".join(cast("list[str]", values["tags"])))
        self.note.setPlainText(str(values["note"] or ""))
        self.tls.setChecked(bool(values["verifyTls"]))
        self.redirects.setChecked(bool(values["followRedirects"]))
        self.active.setChecked(bool(values["isActive"]))
        self.conditions.set_values(cast("list[dict[str, object]]", values["assertions"]))


def _number(bounds: tuple[int, int], suffix: str = "") -> Number:
    made = Number()
    made.setRange(*bounds)
    made.setSuffix(suffix)
    made.setGroupSeparatorShown(True)
    return made
