"""What a model of a dry run must answer so that the import sheet can show it."""

from enum import IntEnum, StrEnum

from PySide6.QtCore import Qt

_FIRST = int(Qt.ItemDataRole.UserRole)


class ImportStep(StrEnum):
    """What would become, or has become, of a row."""

    ADD = "add"
    CHANGE = "change"
    SKIP = "skip"
    REFUSE = "refuse"
    DONE = "done"
    FAILED = "failed"


CHOOSABLE = frozenset({ImportStep.ADD, ImportStep.CHANGE, ImportStep.FAILED})
"""Steps that are a choice."""


class ImportColumn(IntEnum):
    """Columns of the dry run."""

    NAME = 0
    STEP = 1
    WHY = 2


class ImportRole(IntEnum):
    """Roles of a row; whether it is chosen is Qt's own CheckStateRole."""

    NAME = _FIRST + 1
    """str"""
    ADDRESS = _FIRST + 2
    """str, method and URL"""
    STEP = _FIRST + 3
    """ImportStep"""
    WHY = _FIRST + 4
    """str, one sentence or several"""
