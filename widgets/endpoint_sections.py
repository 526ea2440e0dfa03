"""How the endpoint's fields lie in the sheet: the main ones, the test's result, the rest folded.

The endpoint form fills it and asks it to show a part; it knows no values.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from widgets import parts
from widgets.form_field import FormField
from widgets.sheet import MARGIN
from widgets.style.palette import Theme
from widgets.style.tokens import Space

_AIR = 12
_SINGLE = ("headers", "body", "tags", "note", "verifyTls", "followRedirects", "isActive")


class EndpointSections(QScrollArea):
    """The scrolling middle of the sheet.

    Args:
        fields: Every field by wire name.
        trial: The result of a test, under the main fields.
    """

    def __init__(self, theme: Theme, fields: Mapping[str, FormField], trial: QWidget) -> None:
        super().__init__()
        self._general = parts.label("error", wrap=True)
        self.more_button = parts.IconButton(theme, "chevron-right", "link", 14)
        self._more = QWidget()
        self._more_column = QVBoxLayout(self._more)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._inside = QWidget()
        self._lay_out_main(fields, trial)
        self._lay_out_more(fields)
        self.setWidget(self._inside)
        # setWidget turns it on, and the sheet would shine through in another colour.
        self._inside.setAutoFillBackground(False)
        self.more_button.clicked.connect(lambda: self.show_more(self._more.isHidden()))

    @property
    def general_error(self) -> str:
        """What is wrong with no field in particular."""
        return self._general.text()

    def say_general(self, words: str) -> None:
        """Say at the top what is wrong with no field in particular, "" for nothing."""
        self._general.setText(words)
        self._general.setVisible(bool(words))

    def show_more(self, shown: bool) -> None:
        """Unfold or fold what has good defaults."""
        self._more.setVisible(shown)
        self.more_button.show_icon("chevron-down" if shown else "chevron-right")

    def show_part(self, part: QWidget) -> None:
        """Scroll to a part, and unfold the rest if it lies there."""
        if self._more.isAncestorOf(part):
            self.show_more(True)
        # What was just shown or grew has no place yet, and would be looked for at the old one.
        for column in (self._more_column, self._column):
            column.activate()
        self._inside.adjustSize()
        self.ensureWidgetVisible(part, 0, _AIR)

    def _lay_out_main(self, fields: Mapping[str, FormField], trial: QWidget) -> None:
        column = self._column = QVBoxLayout(self._inside)
        column.setContentsMargins(MARGIN, 10, MARGIN, MARGIN)
        column.setSpacing(14)
        self._general.hide()
        column.addWidget(self._general)
        column.addWidget(fields["url"])
        column.addWidget(fields["name"])
        column.addLayout(_pair(fields["method"], fields["checkInterval"]))
        column.addWidget(trial)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._more)
        column.addStretch(1)

    def _lay_out_more(self, fields: Mapping[str, FormField]) -> None:
        column = self._more_column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for left, right in (
            ("expectedStatusCode", "timeoutThreshold"),
            ("degradedThreshold", "retryInterval"),
            ("failureThreshold", "recoveryThreshold"),
        ):
            column.addLayout(_pair(fields[left], fields[right]))
        column.addWidget(fields["assertions"])
        for key in _SINGLE:
            column.addWidget(fields[key])


def _pair(left: QWidget, right: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.GAP)
    grid.addWidget(left, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(right, 0, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
