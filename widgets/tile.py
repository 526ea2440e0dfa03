"""A small card with a name and a value.

The detail page shows a row of them.
"""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from widgets import parts, phrases
from widgets.style import assets


class Tile(QFrame):
    """A name and a value in a small card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._name, self._value = parts.label("secondary"), QLabel(phrases.UNKNOWN_VALUE)
        self._value.setProperty("role", "tile")
        self._value.setFont(assets.numbers())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 10, 10)
        column.setSpacing(2)
        column.addWidget(self._name)
        column.addWidget(self._value)

    @property
    def value(self) -> str:
        """The value shown."""
        return self._value.text()

    def show_name(self, name: str) -> None:
        """Name the value."""
        self._name.setText(name)

    def show_value(self, value: str) -> None:
        """Show another value."""
        self._value.setText(value)
        self.setAccessibleName(f"{self._name.text()}: {value}")
