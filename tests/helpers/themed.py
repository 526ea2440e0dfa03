"""An application that looks as Vigil does; for tests that paint or build windows.

A fixture, which the folders that want it import into their conftest.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from widgets.style import assets
from widgets.style.palette import Theme, apply_theme
from widgets.style.tokens import LIGHT


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme, applied until the test ends."""
    assets.load_fonts()
    made = Theme()
    apply_theme(qapp, made, LIGHT)
    yield made
    qapp.setStyleSheet("")
