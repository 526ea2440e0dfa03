"""The sheet at the right of the window in which an endpoint is added or edited.

The window owns it; the editing presenter opens it, sends what it submits, and shows the
backend's errors beside their fields. It asks about unsaved changes in place, never in a dialog.
"Test now" shows what the present draft finds before anything is saved.
"""

from collections.abc import Collection, Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from widgets import parts
from widgets.body_edit import BodyEdit
from widgets.condition_rows import ConditionRows
from widgets.endpoint_fields import EndpointFields
from widgets.endpoint_sections import EndpointSections
from widgets.endpoint_words import name_fields
from widgets.form_field import FormField
from widgets.inputs import Number
from widgets.sheet import Sheet
from widgets.style.palette import Theme
from widgets.trial_panel import TrialPanel
from widgets.trial_values import Trial
from widgets.url_edit import proposed_name
from widgets.window_keys import key_of


class EndpointForm(Sheet):
    """A sheet with an endpoint's fields.

    Signals:
        submitted: Save these values (wire names; for an existing endpoint only what changed).
        tested: Ask once with these values (all wire names) and show what comes of it.
        cancelled: The sheet was closed without saving (from Sheet).
    """

    submitted = Signal(dict)
    tested = Signal(dict)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._editors = EndpointFields(theme)
        self._before: dict[str, object] = {}
        self._editing = False
        self._taken: Collection[str] = ()
        self._name_is_ours = True
        self._is_busy = False
        self._save = parts.button("primary")
        self.trial = TrialPanel(theme)
        self.test_button = parts.IconButton(theme, "play")
        self._sections = EndpointSections(theme, self._editors.fields, self.trial)
        self.set_content(self._sections)
        self.add_to_foot_start(self.test_button)
        self.add_to_foot(self._save)
        self._order_tabs()
        self._connect()
        self._set_texts()

    def open_new(self, taken: Collection[str] = ()) -> None:
        """Open the sheet for a new endpoint, the keyboard in the URL; others have these names."""
        self._editing, self._taken = False, taken
        self._open({})

    def suggest_url(self, url: str) -> None:
        """Fill in a URL to begin with, and the name that follows from it."""
        self._editors.url.setText(url)
        self._follow_url(url)

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
        of_rows: dict[int, str] = {}
        for field in self._editors.fields.values():
            field.show_error("")
        for key, error in errors.items():
            name, _, place = key.partition(".")
            found = self._editors.fields.get(name)
            if name == "assertions" and place.isdecimal():
                of_rows[int(place)] = error
            elif found is None:
                rest.append(error)
            else:
                found.show_error(error)
        self._editors.conditions.show_errors(of_rows)
        self._sections.say_general("\n".join(rest))
        self._go_to_first_error()

    def set_busy(self, busy: bool) -> None:
        """Lock the sheet while the backend answers."""
        self._is_busy = busy
        parts.lock(self._save, busy)
        self._set_texts()

    @property
    def general_error(self) -> str:
        """What is wrong with no field in particular."""
        return self._sections.general_error

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
        problems = self._problems()
        if problems:
            self.show_errors(problems)
            return
        self._end_test()
        values = self._editors.values()
        if self._editing:
            values = {key: v for key, v in values.items() if v != self._before[key]}
            if not values:
                self.leave()
                return
        self.set_busy(True)
        self.submitted.emit(values)

    def test(self) -> None:
        """Emit the present draft to be tried, unless something in it is plainly wrong.

        A test that is under way is replaced by the new one.
        """
        if self._is_busy:
            return
        problems = self._problems()
        self.show_errors(problems)
        if problems:
            self._end_test()
            return
        values = {key: v for key, v in self._editors.values().items() if key != "name" or v}
        self._editors.conditions.begin_test()
        self.trial.show_testing()
        self._sections.show_part(self.trial)
        self.tested.emit(values)

    def show_trial(self, trial: Trial) -> None:
        """Show what a test brought, and beside each condition what was found.

        One that was given up meanwhile is not shown; likewise below.
        """
        if not self.trial.is_testing:
            return
        self.trial.show_trial(trial)
        self._editors.conditions.show_findings(trial.findings)
        self._sections.show_part(self.trial)

    def show_trial_problem(self, words: str) -> None:
        """Say why no test could be made."""
        if not self.trial.is_testing:
            return
        self.trial.show_problem(words)
        self._sections.show_part(self.trial)

    def refuse_trial(self, errors: Mapping[str, str]) -> None:
        """Show why the backend would not try the draft, beside its fields."""
        if self.trial.is_testing:
            self.trial.clear()
            self.show_errors(errors)

    @property
    def conditions(self) -> ConditionRows:
        """What an answer is held to."""
        return self._editors.conditions

    def _problems(self) -> dict[str, str]:
        """Return what is plainly wrong by field: it need not be sent to know."""
        conditions = self._editors.conditions.problems()
        found = {f"assertions.{place}": words for place, words in conditions.items()}
        body = self._editors.body_error()
        if body is not None:
            found["body"] = self.tr("Not JSON: {why}").format(why=body)
        return found

    def _end_test(self) -> None:
        if self.trial.is_testing:
            self.trial.clear()

    def _go_to_first_error(self) -> None:
        wrong = [field for field in self._editors.fields.values() if field.error]
        rows = [row for row in self._editors.conditions.rows if row.error]
        # Backwards: the first one is shown last, and what is folded is unfolded for any.
        for part in reversed((*wrong, *rows)):
            self._sections.show_part(part)
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif rows:
            rows[0].kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_condition(self, path: str, value: object) -> None:
        """Make a condition of a value that was clicked in the tested answer."""
        if self._editors.conditions.add_equal(path, value):
            self._sections.show_more(True)
            self.trial.say_picked(path)

    def _order_tabs(self) -> None:
        editors, more = self._editors, self._sections.more_button
        for one, other in pairwise((editors.interval, self.trial.body, more, editors.status_code)):
            QWidget.setTabOrder(one, other)
        self.set_tab_order_after(editors.active, self._save)
        QWidget.setTabOrder(editors.active, self.test_button)

    def _open(self, values: Mapping[str, object]) -> None:
        self._editors.show(values)
        self._before = self._editors.values()
        self._name_is_ours = not values.get("name")
        self.trial.clear()
        self.show_errors({})
        self._sections.show_more(False)
        self._set_texts()
        self.show_sheet()
        self._editors.url.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        editors = self._editors
        editors.url.url_edited.connect(self._follow_url)
        editors.method.currentIndexChanged.connect(self.trial.clear)
        editors.url.command_pasted.connect(self._take_command)
        editors.url.editingFinished.connect(self._hint_url)
        editors.name.textEdited.connect(self._take_name)
        for key, field in editors.fields.items():
            editor = field.editor
            if isinstance(editor, QLineEdit):
                editor.textEdited.connect(lambda _="", k=key: self.field(k).show_error(""))
                editor.returnPressed.connect(self.submit)
            elif isinstance(editor, Number):
                editor.entered.connect(self.submit)
            elif isinstance(editor, QPlainTextEdit | BodyEdit):
                editor.textChanged.connect(lambda k=key: self.field(k).show_error(""))
        self._save.clicked.connect(self.submit)
        self.test_button.clicked.connect(self.test)
        self.cancelled.connect(self._end_test)
        self.trial.picked.connect(self._add_condition)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            key_of(self, keys, self.test)

    def _take_command(self, command: dict[str, object]) -> None:
        """Fill the form from a curl command."""
        editors = self._editors
        # It may not be JSON, and the command brings its own.
        editors.body.clear()
        editors.show({**editors.values(), **command})
        self.show_errors({})
        self._follow_url(editors.url.text())

    def _follow_url(self, url: str) -> None:
        self.trial.clear()  # it was of another
        self._editors.conditions.begin_test()
        if self._name_is_ours:
            self._editors.name.setText(proposed_name(url, self._taken))

    def _take_name(self, name: str) -> None:
        self._name_is_ours = not name.strip()

    def _hint_url(self) -> None:
        url = self._editors.url.text().strip()
        if url and not url.startswith(("http://", "https://")):
            self.field("url").show_error(self.tr("Must start with http:// or https://"))

    def _set_texts(self) -> None:
        self.set_title(self.tr("Edit endpoint") if self._editing else self.tr("Add endpoint"))
        self._sections.more_button.setText(self.tr("More"))
        self._save.setText(self.tr("Saving...") if self._is_busy else self.tr("Save"))
        self.test_button.setText(self.tr("Test now"))
        self.test_button.setToolTip(self.tr("Ask once with these settings (Ctrl+Enter)"))
        name_fields(self._editors)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()
