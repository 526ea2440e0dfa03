"""Common causes of several changes -> words, in the language in use.

Toasts and notifications that speak of several endpoints at once call it.
"""

from PySide6.QtCore import QCoreApplication

from backend.contract.vocabulary import CauseKind
from widgets import phrases

_LISTED = 5

translate = QCoreApplication.translate


def down_together(count: int, kind: CauseKind | None, subject: str) -> str:
    """Return the title for several that went down together: "❌ 4 endpoints on a.test are down"."""
    match kind:
        case None:
            words = translate("presenters", "❌ {count} endpoints are down")
        case CauseKind.HOST:
            words = translate("causes", "❌ {count} endpoints on {subject} are down")
        case CauseKind.ADDRESS:
            words = translate("causes", "❌ {count} endpoints at {subject} are down")
        case CauseKind.RESOLVER:
            words = translate("causes", "❌ {count} endpoints are down: their names are not found")
        case CauseKind.CERTIFICATE:
            words = translate("causes", "❌ {count} endpoints are down: {subject}")
            subject = phrases.failure_words(subject)
        case CauseKind.TAG:
            words = translate("causes", "❌ {count} endpoints tagged {subject} are down")
    return words.format(count=f"{count:,}", subject=subject)


def recovered_together(count: int, kind: CauseKind | None, subject: str) -> str:
    """Return the title for several that recovered together."""
    match kind:
        case CauseKind.HOST:
            words = translate("causes", "✨ {count} endpoints on {subject} have recovered")
        case CauseKind.ADDRESS:
            words = translate("causes", "✨ {count} endpoints at {subject} have recovered")
        case CauseKind.TAG:
            words = translate("causes", "✨ {count} endpoints tagged {subject} have recovered")
        case _:
            words = translate("presenters", "✨ {count} endpoints have recovered")
    return words.format(count=f"{count:,}", subject=subject)


def listed(names: tuple[str, ...]) -> str:
    """Return names in a row, the first of many: "Shop, Search, Cart and 4 more"."""
    if len(names) <= _LISTED:
        return ", ".join(names)
    shown = ", ".join(names[: _LISTED - 1])
    return phrases.names(shown, len(names) - _LISTED + 2)
