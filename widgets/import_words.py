"""The dry run's own words: steps, columns and totals."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from widgets.import_roles import ImportColumn, ImportStep

translate = QCoreApplication.translate


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
            return translate("import_words", "Step")
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
