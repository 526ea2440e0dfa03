"""Why nothing is known of an endpoint, and how long this computer was offline, in words.

Presenters and models call it; it keeps nothing.
"""

from PySide6.QtCore import QCoreApplication

from backend.contract.vocabulary import UnknownReason
from widgets.phrases import failure_words, span

translate = QCoreApplication.translate


def why_unknown(reason: UnknownReason | None) -> str:
    """Return why nothing is known, "" when it only was not checked yet."""
    match reason:
        case UnknownReason.OFFLINE:
            return failure_words("This computer is offline")
        case UnknownReason.RESOLVER:
            return failure_words("This computer's name server does not answer")
        case UnknownReason.ASLEEP:
            return translate("offline_phrases", "This computer was asleep")
        case UnknownReason.PAUSED | None:
            return ""


def offline_for(seconds: float) -> str:
    """Return how long this computer was offline: "Offline for 12 min"."""
    return translate("offline_phrases", "Offline for {span}").format(span=span(seconds))
