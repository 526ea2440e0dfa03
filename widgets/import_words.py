"""The dry run of an import: what its model must answer, and its words for steps and totals."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from PySide6.QtCore import QCoreApplication, QObject, Qt

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


translate = QCoreApplication.translate


class Counts(QObject):
    """Words that depend on a number; lupdate finds plurals only in an object's ``tr``."""

    def entries(self, count: int) -> str:
        """Return "1 entry" or "1,024 entries"."""
        return self.tr("%n entries", "", count).replace(str(count), f"{count:,}", 1)


def step_word(step: ImportStep) -> str:
    """Return the one word for what becomes of a row."""
    match step:
        case ImportStep.ADD:
            return translate("import_words", "Add")
        case ImportStep.CHANGE:
            return translate("import_words", "Change")
        case ImportStep.SKIP:
            return translate("import_words", "Skip")
        case ImportStep.REFUSE:
            return translate("import_words", "Not possible")
        case ImportStep.DONE:
            return translate("import_words", "Done")
        case ImportStep.FAILED:
            return translate("import_words", "Failed")


def column_word(column: ImportColumn) -> str:
    """Return the heading of a column."""
    match column:
        case ImportColumn.NAME:
            return translate("import_words", "Endpoint")
        case ImportColumn.STEP:
            return translate("import_words", "Action")
        case ImportColumn.WHY:
            return translate("import_words", "Why")


def totals(counts: Mapping[ImportStep, int]) -> str:
    """Return what all rows come to: "12 to add, 2 to change, 3 there already, 1 not possible"."""
    words = (
        (ImportStep.ADD, translate("import_words", "{n} can be added")),
        (ImportStep.CHANGE, translate("import_words", "{n} can be changed")),
        (ImportStep.SKIP, translate("import_words", "{n} skipped")),
        (ImportStep.REFUSE, translate("import_words", "{n} not possible")),
        (ImportStep.DONE, translate("import_words", "{n} done")),
        (ImportStep.FAILED, translate("import_words", "{n} failed")),
    )
    return ", ".join(word.format(n=f"{counts[step]:,}") for step, word in words if counts.get(step))


def go(adding: int, changing: int) -> str:
    """Return what the main button does: "Add 12, change 2"."""
    added, changed = f"{adding:,}", f"{changing:,}"
    if adding and changing:
        words = translate("import_words", "Add {added}, change {changed}")
        return words.format(added=added, changed=changed)
    if changing:
        return translate("import_words", "Change {changed}").format(changed=changed)
    return translate("import_words", "Add {added}").format(added=added)
