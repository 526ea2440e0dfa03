"""Incidents in words: who is down, why, since when, how it ended; and when nothing was seen.

The incident views call it; times come as arguments.
"""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from backend.contract.vocabulary import Resolution, UnknownReason
from widgets.incident_values import NOBODY, Acknowledgement
from widgets.phrases import failure_count, failure_words, moment, rough_span, span

translate = QCoreApplication.translate


def resolution_word(resolution: Resolution | None) -> str:
    """Return why an incident closed."""
    match resolution:
        case Resolution.EDITED:
            return translate("incident_phrases", "closed by an edit")
        case Resolution.PAUSED:
            return translate("incident_phrases", "closed by a pause")
        case Resolution.DELETED:
            return translate("incident_phrases", "closed by deletion")
        case _:
            return translate("incident_phrases", "recovered")


def incident_title(name: str, resolved_at: datetime | None, resolution: Resolution | None) -> str:
    """Return the bold sentence of an incident: "{name} is down" or "{name} recovered"."""
    if resolved_at is None:
        return translate("incident_phrases", "{name} is down").format(name=name)
    match resolution:
        case None | Resolution.RECOVERED:
            return translate("incident_phrases", "{name} recovered").format(name=name)
        case _:
            return translate("incident_phrases", "{name} - {how}").format(
                name=name, how=resolution_word(resolution)
            )


def incident_detail(
    started_at: datetime, resolved_at: datetime | None, message: str | None, now: datetime
) -> str:
    """Return the muted line of an incident: its cause and length, or its length and end."""
    if resolved_at is None:
        length = rough_span((now - started_at).total_seconds())
        cause = failure_words(message)
        return f"{cause} - {length}" if cause else length
    length = span((resolved_at - started_at).total_seconds())
    return translate("incident_phrases", "after {span} - {when}").format(
        span=length, when=moment(resolved_at, now)
    )


def incident_cause(message: str | None, failed: int) -> str:
    """Return why, and how many checks failed: "Expected status 200, got 503 - 4 failures"."""
    count = failure_count(failed)
    cause = failure_words(message)
    return f"{cause} - {count}" if cause else count


def incident_sentence(
    name: str,
    started_at: datetime,
    resolved_at: datetime | None,
    resolution: Resolution | None,
    now: datetime,
    *,
    failed: int,
    message: str | None,
    said: Acknowledgement = NOBODY,
) -> str:
    """Return all of an incident, as a screen reader says its row."""
    began = translate("incident_phrases", "began {when}").format(when=moment(started_at, now))
    words = (
        incident_title(name, resolved_at, resolution),
        incident_cause(message, failed),
        began,
        incident_length(started_at, resolved_at, now),
        acknowledgement_word(said, now),
    )
    return ", ".join(word for word in words if word)


def acknowledgement_word(said: Acknowledgement, now: datetime) -> str:
    """Return what somebody said of an incident, short enough for its row; "" for nothing."""
    if said.to_recovery:
        return translate("incident_phrases", "Snoozed until it recovers")
    if said.snoozed_until is not None and said.is_snoozed(now):
        return translate("incident_phrases", "Snoozed until {when}").format(
            when=moment(said.snoozed_until, now)
        )
    return "" if said.at is None else translate("incident_phrases", "Acknowledged")


def acknowledgement_sentence(said: Acknowledgement, now: datetime) -> str:
    """Return the same with the time at which it was said; "" for nothing."""
    if said.at is None:
        return ""
    known = translate("incident_phrases", "Acknowledged {when}").format(when=moment(said.at, now))
    if said.to_recovery:
        return translate("incident_phrases", "{known} - snoozed until it recovers").format(
            known=known
        )
    if said.snoozed_until is not None and said.is_snoozed(now):
        return translate("incident_phrases", "{known} - snoozed until {when}").format(
            known=known, when=moment(said.snoozed_until, now)
        )
    return known


def incident_length(started_at: datetime, resolved_at: datetime | None, now: datetime) -> str:
    """Return how long it took, or "open for 4 min"."""
    if resolved_at is None:
        words = rough_span((now - started_at).total_seconds())
        return translate("incident_phrases", "open for {span}").format(span=words)
    return span((resolved_at - started_at).total_seconds())


translate = QCoreApplication.translate


def why_unknown(reason: UnknownReason | None) -> str:
    """Return why nothing is known, "" when it only was not checked yet."""
    match reason:
        case UnknownReason.OFFLINE:
            return failure_words("This computer is offline")
        case UnknownReason.RESOLVER:
            return failure_words("This computer's name server does not answer")
        case UnknownReason.ASLEEP:
            return translate("incident_phrases", "This computer was asleep")
        case UnknownReason.PAUSED | None:
            return ""


def offline_for(seconds: float) -> str:
    """Return how long this computer was offline: "Offline for 12 min"."""
    return translate("incident_phrases", "Offline for {span}").format(span=span(seconds))
