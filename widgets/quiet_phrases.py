"""How long alerts can be paused -> words, in the language in use.

Tray, header and preferences call it.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from widgets import phrases

translate = QCoreApplication.translate


class Pause(StrEnum):
    """How long alerts can be paused."""

    HALF_HOUR = "30min"
    HOUR = "1h"
    TOMORROW = "tomorrow"


def pause_word(pause: Pause) -> str:
    """Return how long a pause is: "30 min"."""
    match pause:
        case Pause.HALF_HOUR:
            return translate("quiet", "30 min")
        case Pause.HOUR:
            return translate("quiet", "1 h")
        case Pause.TOMORROW:
            return translate("quiet", "until tomorrow")


def pause_offer(pause: Pause) -> str:
    """Return what a menu offers: "Pause alerts for 30 min"."""
    match pause:
        case Pause.HALF_HOUR:
            return translate("quiet", "Pause alerts for 30 min")
        case Pause.HOUR:
            return translate("quiet", "Pause alerts for 1 h")
        case Pause.TOMORROW:
            return translate("quiet", "Pause alerts until tomorrow")


def paused_until(until: datetime, now: datetime) -> str:
    """Return "Alerts paused until 14:30"."""
    return translate("quiet", "Alerts paused until {time}").format(time=_when(until, now))


def resume_offer(until: datetime, now: datetime) -> str:
    """Return "Resume alerts (paused until 14:30)"."""
    return translate("quiet", "Resume alerts (paused until {time})").format(time=_when(until, now))


def meaning() -> str:
    """Return what a pause does and does not do."""
    return translate(
        "quiet",
        "While alerts are paused, Vigil shows no desktop notifications. It keeps checking; "
        "the window, the tray icon and your channels go on. What is still down when the pause "
        "ends is told then.",
    )


def _when(until: datetime, now: datetime) -> str:
    tomorrow = now.astimezone().date() + timedelta(days=1)
    if until.astimezone().date() == tomorrow:
        return translate("quiet", "tomorrow {time}").format(time=phrases.clock(until))
    return phrases.moment(until, now)
