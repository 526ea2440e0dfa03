"""Several buttons of which one is chosen, as the keyboard sees them: one stop on the way of Tab.

Rows of chips make one. Tab lands on the chosen button, the arrow keys lead on from there; Qt
itself stops at the button that had the keyboard last, and before that at each of them.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


class OneOf(QButtonGroup):
    """Buttons of which one is chosen.

    Args:
        buttons: All of them, each checkable.
        parent: Whose they are.
    """

    def __init__(self, buttons: Iterable[QAbstractButton], parent: QObject) -> None:
        super().__init__(parent)
        for button in buttons:
            self.addButton(button)
        self.buttonToggled.connect(self._lead_tab)
        self._lead_tab()

    def _lead_tab(self) -> None:
        """Let Tab come to the chosen button, to the first where none is."""
        stop = self.checkedButton() or next(iter(self.buttons()), None)
        for button in self.buttons():
            here = button is stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
