"""The editors of a channel's policy: what it is told, of which endpoints, when, how often again.

The channel form lays them out. Keys are the wire's names.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QRegularExpression, Qt, QTimeZone, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from widgets import channel_phrases, parts
from widgets.channel_roles import Occasion
from widgets.form_field import FormField
from widgets.inputs import Check, Number
from widgets.style.palette import Theme

NEVER = 4
"""The value of the reminder that means never: the least that is allowed is 5 minutes."""
_LONGEST_MIN = 10_080

FRESH: dict[str, object] = {
    "events": (Occasion.DOWN.value, Occasion.RECOVERED.value),
    "tags": (),
    "quietHours": None,
    "reminderMinutes": None,
}


class Occasions(QWidget):
    """What a channel is told: one box each.

    Signals:
        edited: A box was pressed.
    """

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {occasion: Check(theme) for occasion in Occasion}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box in self.boxes.values():
            box.clicked.connect(self.edited)
            row.addWidget(box)
        row.addStretch(1)
        self.setFocusProxy(self.boxes[Occasion.DOWN])

    def values(self) -> list[str]:
        """Return the wire names of what is ticked."""
        return [occasion.value for occasion, box in self.boxes.items() if box.isChecked()]

    def show_values(self, values: Sequence[str]) -> None:
        """Tick these."""
        for occasion, box in self.boxes.items():
            box.setChecked(occasion.value in values)


class QuietSpan(QWidget):
    """From when to when, and by whose clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start, self.end, self.zone = QLineEdit(), QLineEdit(), QLineEdit()
        self.dash = QLabel("-")
        times = QRegularExpression(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
        for line in (self.start, self.end):
            line.setFixedWidth(72)
            line.setPlaceholderText("22:00")
            line.setValidator(QRegularExpressionValidator(times, line))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.start)
        row.addWidget(self.dash)
        row.addWidget(self.end)
        row.addWidget(self.zone, 1)
        self.setFocusProxy(self.start)

    def offer_zones(self) -> None:
        """Complete names of time zones; asked for only when the span is shown."""
        if self.zone.completer() is not None:
            return
        names = [bytes(name.data()).decode() for name in QTimeZone.availableTimeZoneIds()]
        completer = QCompleter(names, self.zone)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if (popup := completer.popup()) is not None:
            popup.setObjectName("completions")
        self.zone.setCompleter(completer)

    def value(self) -> dict[str, str]:
        """Return the span under its wire names; hours have two digits."""
        return {
            "start": self.start.text().strip().zfill(5),
            "end": self.end.text().strip().zfill(5),
            "timeZone": self.zone.text().strip(),
        }

    def show_value(self, span: Mapping[str, str] | None) -> None:
        """Show a span; None for the night by this computer's clock."""
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        shown = span or {"start": "22:00", "end": "07:00", "timeZone": here or "UTC"}
        self.start.setText(shown["start"])
        self.end.setText(shown["end"])
        self.zone.setText(shown["timeZone"])


class PolicyFields(QWidget):
    """All editors of a policy, one under the other.

    Attributes:
        fields: Every field with its label and error line, by wire name.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.occasions, self.tags = Occasions(theme), QLineEdit()
        self.is_quiet, self.span = Check(theme), QuietSpan()
        self.reminder = Number()
        self.reminder.setRange(NEVER, _LONGEST_MIN)
        self.reminder.setGroupSeparatorShown(True)
        self._title = parts.label("section")
        self.fields = {
            "events": FormField(self.occasions),
            "tags": FormField(self.tags),
            "quietHours": FormField(self.span),
            "reminderMinutes": FormField(self.reminder),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._title)
        column.addWidget(self.fields["events"])
        column.addWidget(self.fields["tags"])
        column.addWidget(self.fields["reminderMinutes"])
        column.addWidget(self.is_quiet)
        column.addWidget(self.fields["quietHours"])
        self.is_quiet.toggled.connect(self._show_span)
        self._show_span(False)

    def values(self) -> dict[str, object]:
        """Return every field under its wire name."""
        reminder = self.reminder.value()
        return {
            "events": self.occasions.values(),
            "tags": [tag.strip() for tag in self.tags.text().split(",") if tag.strip()],
            "quietHours": self.span.value() if self.is_quiet.isChecked() else None,
            "reminderMinutes": None if reminder == NEVER else reminder,
        }

    def show_values(self, given: Mapping[str, object]) -> None:
        """Show a policy; what is missing gets its default."""
        values = {**FRESH, **given}
        self.occasions.show_values(cast("Sequence[str]", values["events"]))
        self.tags.setText(", ".join(cast("Sequence[str]", values["tags"])))
        quiet = cast("Mapping[str, str] | None", values["quietHours"])
        self.is_quiet.setChecked(quiet is not None)
        self.span.show_value(quiet)
        self.reminder.setValue(cast("int | None", values["reminderMinutes"]) or NEVER)

    def problems(self) -> dict[str, str]:
        """Return what need not be sent to be known as wrong, by wire name."""
        found = {}
        told = self.occasions.values()
        if not told:
            found["events"] = self.tr("Choose at least one.")
        elif told == [Occasion.RECOVERED.value]:
            found["events"] = self.tr("A recovery is told only where Down or Slow was told.")
        if self.is_quiet.isChecked():
            span = self.span
            if not (span.start.hasAcceptableInput() and span.end.hasAcceptableInput()):
                found["quietHours"] = self.tr("Write times as 22:00.")
            elif span.value()["start"] == span.value()["end"]:
                found["quietHours"] = self.tr("Quiet hours must not end when they start.")
        return found

    def _show_span(self, shown: bool) -> None:
        self.fields["quietHours"].setVisible(shown)
        if shown:
            self.span.offer_zones()

    def set_texts(self) -> None:
        """Say everything in the language in use; the form calls it."""
        self._title.setText(self.tr("What it is told"))
        for occasion, box in self.occasions.boxes.items():
            box.setText(channel_phrases.occasion_word(occasion))
        self.fields["events"].show_name(self.tr("Send when"))
        self.fields["tags"].show_name(
            self.tr("Only endpoints with these tags"),
            self.tr("Separated by commas; empty for all endpoints"),
        )
        self.fields["reminderMinutes"].show_name(self.tr("Remind while still down, every"))
        self.reminder.setSpecialValueText(self.tr("Never"))
        self.reminder.setSuffix(self.tr(" min"))
        self.is_quiet.setText(self.tr("Quiet hours: send nothing between"))
        self.fields["quietHours"].show_name("")
        self.span.start.setAccessibleName(self.tr("Quiet from"))
        self.span.end.setAccessibleName(self.tr("Quiet until"))
        self.span.zone.setAccessibleName(self.tr("Time zone"))
        self.span.zone.setPlaceholderText(self.tr("Time zone"))
