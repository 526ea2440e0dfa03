"""Asks which file to open or where to save, without a loop of its own.

The import and export presenters call it. The dialog goes when it is answered.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_which(parent: QWidget, title: str, filters: list[str], then: Callable[[str], None]) -> None:
    """Ask for a file that exists, and go on with its path."""
    picker = _picker(parent, title, then)
    picker.setFileMode(QFileDialog.FileMode.ExistingFile)
    picker.setNameFilters(filters)
    picker.open()


def ask_where(
    parent: QWidget, title: str, name: str, kind: str, then: Callable[[str], None]
) -> None:
    """Ask where to save a file, and go on with its path.

    Args:
        parent: The window.
        title: What the dialog is called.
        name: The name it proposes.
        kind: The filter for its kind, such as ``CSV (*.csv)``.
        then: Called with the path.
    """
    picker = _picker(parent, title, then)
    picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    picker.setNameFilter(kind)
    picker.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    picker.selectFile(name)
    picker.open()


def _picker(parent: QWidget, title: str, then: Callable[[str], None]) -> QFileDialog:
    picker = QFileDialog(parent, title)
    picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    picker.fileSelected.connect(then)
    return picker
