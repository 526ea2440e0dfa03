"""The sheet at the right of the window in which an endpoint is added or edited.

The window owns it; the editing presenter opens it, sends what it submits, and shows the
backend's errors beside their fields. It asks about unsaved changes in place, never in a dialog.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from widgets import parts
from widgets.endpoint_fields import EndpointFields
from widgets.form_field import FormField
from widgets.sheet import MARGIN, Sheet
from widgets.style.palette import Theme
from widgets.style.tokens import Space


class EndpointForm(Sheet):
    """A sheet with an endpoint's fields.

    Signals:
        submitted: Save these values (wire names; for an existing endpoint only what changed).
        cancelled: The sheet was closed without saving (from Sheet).
    """

    submitted = Signal(dict)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._editors = EndpointFields(theme)
        self._before: dict[str, object] = {}
        self._editing = False
        self._name_is_ours = True
        self._is_busy = False
        self._general = parts.label("error", wrap=True)
        self._more_button = parts.IconButton(theme, "chevron-right", "link", 14)
        self._more = QWidget()
        self._save = parts.button("primary")
        self.set_content(self._scroll_area())
        self.add_to_foot(self._save)
        self.set_tab_order_after(self._editors.active, self._save)
        self._connect()
        self._set_texts()

    def open_new(self) -> None:
        """Open the sheet for a new endpoint, the keyboard in the URL."""
        self._editing = False
        self._open({})

    def suggest_url(self, url: str) -> None:
        """Fill in a URL to begin with, and the name that follows from it."""
        self._editors.url.setText(url)
        self._propose_name(url)

    def open_for(self, values: Mapping[str, object]) -> None:
        """Open the sheet for an existing endpoint.

        Args:
            values: The endpoint under its wire names.
        """
        self._editing = True
        self._open(values)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show what the backend refused, beside each field; the rest at the top.

        Args:
            errors: Sentence by wire name; a key that is no field goes to the top.
        """
        self.set_busy(False)
        rest: list[str] = []
        for field in self._editors.fields.values():
            field.show_error("")
        for key, error in errors.items():
            found = self._editors.fields.get(key.split(".")[0])
            if found is None:
                rest.append(error)
            else:
                found.show_error(error)
                if self._more.isAncestorOf(found):
                    self._show_more(True)
        self._say_general("\n".join(rest))
        wrong = [field for field in self._editors.fields.values() if field.error]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """Lock the sheet while the backend answers."""
        self._is_busy = busy
        self._save.setDisabled(busy)
        self._set_texts()

    @property
    def general_error(self) -> str:
        """What is wrong with no field in particular."""
        return self._general.text()

    def values(self) -> dict[str, object]:
        """Return all fields under their wire names; the body must be JSON."""
        return self._editors.values()

    def field(self, key: str) -> FormField:
        """Return a field by its wire name."""
        return self._editors.fields[key]

    def is_dirty(self) -> bool:
        """Return whether something was changed since it was opened."""
        if self._is_busy:
            return False
        return self._editors.body_error() is not None or self._editors.values() != self._before

    def submit(self) -> None:
        """Emit the values, unless the body cannot be read as JSON or nothing changed."""
        if self._is_busy:
            return
        problem = self._editors.body_error()
        if problem is not None:
            self._show_more(True)
            self.field("body").show_error(self.tr("Not JSON: {why}").format(why=problem))
            self._editors.body.setFocus()
            return
        values = self._editors.values()
        if self._editing:
            values = {key: v for key, v in values.items() if v != self._before[key]}
            if not values:
                self.leave()
                return
        self.set_busy(True)
        self.submitted.emit(values)

    def _open(self, values: Mapping[str, object]) -> None:
        self._editors.show(values)
        self._before = self._editors.values()
        self._name_is_ours = not values.get("name")
        self.show_errors({})
        self._show_more(False)
        self._set_texts()
        self.show_sheet()
        self._editors.url.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scroll_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        inside = QWidget()
        fields = self._editors.fields
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 10, MARGIN, MARGIN)
        column.setSpacing(14)
        self._general.hide()
        column.addWidget(self._general)
        column.addWidget(fields["url"])
        column.addWidget(fields["name"])
        column.addLayout(_pair(fields["method"], fields["checkInterval"]))
        column.addWidget(self._more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._more)
        column.addStretch(1)
        rest = QVBoxLayout(self._more)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(14)
        rest.addLayout(_pair(fields["expectedStatusCode"], fields["timeoutThreshold"]))
        rest.addLayout(_pair(fields["degradedThreshold"], fields["retryInterval"]))
        rest.addLayout(_pair(fields["failureThreshold"], fields["recoveryThreshold"]))
        for key in ("headers", "body", "tags", "note", "verifyTls", "followRedirects", "isActive"):
            rest.addWidget(fields[key])
        area.setWidget(inside)
        # setWidget turns it on, and the sheet would shine through in another colour.
        inside.setAutoFillBackground(False)
        return area

    def _connect(self) -> None:
        editors = self._editors
        editors.url.textEdited.connect(self._propose_name)
        editors.url.editingFinished.connect(self._hint_url)
        editors.name.textEdited.connect(self._take_name)
        for key, field in editors.fields.items():
            editor = field.editor
            if isinstance(editor, QLineEdit):
                editor.textEdited.connect(lambda _="", k=key: self.field(k).show_error(""))
                editor.returnPressed.connect(self.submit)
            elif isinstance(editor, QPlainTextEdit):
                editor.textChanged.connect(lambda k=key: self.field(k).show_error(""))
        self._more_button.clicked.connect(lambda: self._show_more(self._more.isHidden()))
        self._save.clicked.connect(self.submit)

    def _propose_name(self, url: str) -> None:
        if self._name_is_ours:
            self._editors.name.setText(host_of(url))

    def _take_name(self, name: str) -> None:
        self._name_is_ours = not name.strip()

    def _hint_url(self) -> None:
        url = self._editors.url.text().strip()
        if url and not url.startswith(("http://", "https://")):
            self.field("url").show_error(self.tr("Must start with http:// or https://"))

    def _show_more(self, shown: bool) -> None:
        self._more.setVisible(shown)
        self._more_button.show_icon("chevron-down" if shown else "chevron-right")

    def _say_general(self, words: str) -> None:
        self._general.setText(words)
        self._general.setVisible(bool(words))

    def _set_texts(self) -> None:
        title = self.tr("Edit endpoint") if self._editing else self.tr("Add endpoint")
        self.set_title(title)
        self._more_button.setText(self.tr("More"))
        self._save.setText(self.tr("Saving...") if self._is_busy else self.tr("Save"))
        self._name_main_fields()
        self._name_more_fields()

    def _name_main_fields(self) -> None:
        editors = self._editors
        self.field("url").show_name(self.tr("URL"))
        editors.url.setPlaceholderText("https://api.example.com/health")
        self.field("name").show_name(self.tr("Name"))
        self.field("method").show_name(self.tr("Method"))
        self.field("checkInterval").show_name(self.tr("Check every"))
        self.field("expectedStatusCode").show_name(self.tr("Expected status code"))
        self.field("timeoutThreshold").show_name(self.tr("Time-out"))
        self.field("degradedThreshold").show_name(self.tr("Slow above"))
        editors.slow.setSpecialValueText(self.tr("40 % of the time-out"))
        self.field("retryInterval").show_name(self.tr("Check again after a failure"))
        editors.retry.setSpecialValueText(self.tr("Automatic"))
        self.field("failureThreshold").show_name(self.tr("Failures in a row until down"))
        self.field("recoveryThreshold").show_name(self.tr("Successes in a row until up"))

    def _name_more_fields(self) -> None:
        editors = self._editors
        self.field("headers").show_name(self.tr("Headers"))
        editors.headers.show_words(
            self.tr("Name"), self.tr("Value"), self.tr("Add header"), self.tr("Remove header")
        )
        self.field("body").show_name(self.tr("Body (JSON)"))
        self.field("tags").show_name(self.tr("Tags"), self.tr("Separated by commas"))
        self.field("note").show_name(self.tr("Note"))
        for key, words in (
            ("verifyTls", self.tr("Verify the TLS certificate")),
            ("followRedirects", self.tr("Follow redirects")),
            ("isActive", self.tr("Check this endpoint")),
        ):
            self.field(key).show_name("")
            box = self.field(key).editor
            box.setProperty("text", words)
            box.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def host_of(url: str) -> str:
    """Return the host of a URL that is still being typed, "" while there is none."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""


def _pair(left: QWidget, right: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.GAP)
    grid.addWidget(left, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(right, 0, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
