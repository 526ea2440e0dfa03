"""Codes and numbers -> the words a person reads, in the language in use.

Widgets and presenters call it; it keeps nothing and knows no widget. Times come as arguments.
"""

import math
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from backend.contract.vocabulary import Status
from widgets import failures

translate = QCoreApplication.translate

UNKNOWN_VALUE = "-"


class Counts(QObject):
    """Words that depend on a number; lupdate finds plurals only in an object's ``tr``."""

    def failures(self, count: int) -> str:
        """Return "1 failure" or "4 failures"."""
        return _grouped(self.tr("%n failure(s)", "", count), count)

    def checks(self, count: int) -> str:
        """Return "1 check" or "40 checks"."""
        return _grouped(self.tr("%n check(s)", "", count), count)

    def of_endpoints(self, count: int) -> str:
        """Return "of 1 endpoint" or "of 1,000 endpoints"."""
        return _grouped(self.tr("of %n endpoint(s)", "", count), count)


def _grouped(words: str, count: int) -> str:
    """Write the number in words as all numbers of the window are, whatever the system's way is."""
    return words.replace(str(count), f"{count:,}", 1)


_COUNTS = Counts()


def status_word(status: Status, paused: bool = False) -> str:
    """Return the one word of a state: "Up", "Down", "Slow", "Waiting" or "Paused"."""
    if paused:
        return translate("phrases", "Paused")
    match status:
        case Status.UP:
            return translate("phrases", "Up")
        case Status.DOWN:
            return translate("phrases", "Down")
        case Status.DEGRADED:
            return translate("phrases", "Slow")
        case Status.UNKNOWN:
            return translate("phrases", "Waiting")


def check_word(status: Status) -> str:
    """Return the one word of a single check: "OK", "Slow", "Failed" or "Held"."""
    match status:
        case Status.UP:
            return translate("phrases", "OK")
        case Status.DEGRADED:
            return translate("phrases", "Slow")
        case Status.DOWN:
            return translate("phrases", "Failed")
        case Status.UNKNOWN:
            return translate("phrases", "Held")


def latency(latency_ms: float | None) -> str:
    """Return a response time such as "1,840 ms", "-" when there is none."""
    if latency_ms is None:
        return UNKNOWN_VALUE
    return translate("phrases", "{number} ms").format(number=f"{latency_ms:,.0f}")


def uptime(percent: float | None) -> str:
    """Return a share such as "99.87 %", "-" when nothing was measured.

    Rounded down, so that 100.00 % is only said when no check failed.
    """
    if percent is None:
        return UNKNOWN_VALUE
    # A little more than the binary error: 99.87 must not become 99.86.
    floored = math.floor(percent * 100 + 1e-6) / 100
    return f"{floored:.2f} %"


def score(points: float | None) -> str:
    """Return a stability score such as "97.4", "-" when nothing was measured."""
    return UNKNOWN_VALUE if points is None else f"{points:.1f}"


def span(seconds: float) -> str:
    """Return a duration in at most two units: "38 s", "4 min", "2 h 10 min", "3 d 4 h"."""
    whole = max(0, int(seconds))
    minutes, hours, days = whole // 60, whole // 3600, whole // 86_400
    if minutes < 1:
        return translate("phrases", "{s} s").format(s=whole)
    if minutes < 10 and whole % 60:
        return translate("phrases", "{min} min {s} s").format(min=minutes, s=whole % 60)
    if hours < 1:
        return translate("phrases", "{min} min").format(min=minutes)
    if days < 1:
        return (
            translate("phrases", "{h} h {min} min").format(h=hours, min=minutes % 60)
            if minutes % 60
            else translate("phrases", "{h} h").format(h=hours)
        )
    return (
        translate("phrases", "{d} d {h} h").format(d=days, h=hours % 24)
        if hours % 24
        else translate("phrases", "{d} d").format(d=days)
    )


def rough_span(seconds: float) -> str:
    """Return a running duration without flicker: seconds, then whole minutes, then hours."""
    return span(seconds if seconds < 60 else int(seconds) // 60 * 60)


def clock(at: datetime) -> str:
    """Return the local time of day, "14:03"."""
    return f"{at.astimezone():%H:%M}"


def clock_seconds(at: datetime) -> str:
    """Return the local time of day, "14:05:09"."""
    return f"{at.astimezone():%H:%M:%S}"


def moment(at: datetime, now: datetime) -> str:
    """Return when something was: "09:41", "yesterday 22:03" or "Oct 12, 22:03"."""
    local, today = at.astimezone(), now.astimezone().date()
    if local.date() == today:
        return clock(at)
    if local.date() == today - timedelta(days=1):
        return translate("phrases", "yesterday {time}").format(time=clock(at))
    month = QLocale().monthName(local.month, QLocale.FormatType.ShortFormat)
    return translate("phrases", "{month} {day}, {time}").format(
        month=month, day=local.day, time=clock(at)
    )


def moment_seconds(at: datetime, now: datetime) -> str:
    """Return when something was, to the second: "09:41:07" or "Oct 12, 22:03:11"."""
    return moment(at, now) + f"{at.astimezone():%H:%M:%S}"[5:]


def as_of(at: datetime) -> str:
    """Return "as of 14:03", said beside data that may be old."""
    return translate("phrases", "as of {time}").format(time=clock(at))


def ago(at: datetime, now: datetime) -> str:
    """Return "just now", "38 s ago" or "4 min ago"."""
    seconds = (now - at).total_seconds()
    if seconds < 2:
        return translate("phrases", "just now")
    return translate("phrases", "{span} ago").format(span=rough_span(seconds))


def failure_words(message: str | None) -> str:
    """Return an error of the backend in the language in use; unknown ones stay as they came."""
    return failures.in_words(message or "")


def detail_sentence(
    status: Status,
    paused: bool,
    since: datetime | None,
    now: datetime,
    *,
    message: str | None = None,
    latency_ms: float | None = None,
) -> str:
    """Return the one sentence of the detail page.

    Args:
        status: The endpoint's standing.
        paused: Whether it is paused; said before anything else.
        since: When this standing began, None when that is not known.
        now: The present time.
        message: The last error in the backend's words, or why nothing is known.
        latency_ms: The last response time, in milliseconds.

    Returns:
        For example "Down for 4 min - Expected status 200, got 503".
    """
    if paused:
        return translate("phrases", "Paused - no checks are made")
    if status is Status.UNKNOWN:
        return failure_words(message) or translate("phrases", "Waiting for the first check")
    if since is None:
        head = status_word(status)
    else:
        # What has just begun lasts: for no seconds it would not be.
        head = _standing_for(status, rough_span(max(1.0, (now - since).total_seconds())))
    tail = failure_words(message) or (latency(latency_ms) if latency_ms is not None else "")
    return f"{head} - {tail}" if tail else head


def _standing_for(status: Status, span_words: str) -> str:
    match status:
        case Status.DOWN:
            return translate("phrases", "Down for {span}").format(span=span_words)
        case Status.DEGRADED:
            return translate("phrases", "Slow for {span}").format(span=span_words)
        case _:
            return translate("phrases", "Up for {span}").format(span=span_words)


def toast_status(status: Status, name: str) -> str:
    """Return the toast's title for a change to UP, DOWN or DEGRADED; "" for UNKNOWN."""
    match status:
        case Status.UP:
            return translate("phrases", "✅ {name} is up").format(name=name)
        case Status.DOWN:
            return translate("phrases", "❌ {name} is down").format(name=name)
        case Status.DEGRADED:
            return translate("phrases", "⚠️ {name} is slow").format(name=name)
        case Status.UNKNOWN:
            return ""


def toast_incident_started(name: str) -> str:
    """Return the toast's title for a new incident."""
    return translate("phrases", "🚨 Incident started: {name}").format(name=name)


def toast_incident_resolved(name: str) -> str:
    """Return the toast's title for an incident that ended by recovery."""
    return translate("phrases", "✨ {name} has recovered").format(name=name)


def toast_subscription_failed() -> str:
    """Return the toast's title for a subscription nobody acknowledged."""
    return translate("phrases", "Subscription failed")


def failure_count(count: int) -> str:
    """Return "4 failures"."""
    return _COUNTS.failures(count)


def of_endpoints(count: int) -> str:
    """Return "of 24 endpoints"."""
    return _COUNTS.of_endpoints(count)


def names(first: str, count: int) -> str:
    """Return "Payments API" or "Payments API and 2 more", for ``count`` of them; "" for none."""
    if count < 2:
        return first if count else ""
    return translate("phrases", "{name} and {count} more").format(
        name=first, count=f"{count - 1:,}"
    )


def tray_tooltip(
    down: int, slow: int, up: int, checked_at: datetime | None, connected: bool = True
) -> str:
    """Return "1 down - 2 slow - 21 up - checked 14:05:09"; none slow is not told."""
    if not connected:
        return translate("phrases", "Vigil - not connected")
    parts = [translate("phrases", "{n} down").format(n=f"{down:,}")]
    if slow:
        parts.append(translate("phrases", "{n} slow").format(n=f"{slow:,}"))
    parts.append(translate("phrases", "{n} up").format(n=f"{up:,}"))
    if checked_at is not None:
        parts.append(translate("phrases", "checked {time}").format(time=clock_seconds(checked_at)))
    return " - ".join(parts)


def row_sentence(
    name: str, status: Status, paused: bool, latency_ms: float | None, percent: float | None
) -> str:
    """Return what a screen reader says of a row (a model's AccessibleTextRole)."""
    return ", ".join((name, status_word(status, paused), latency(latency_ms), uptime(percent)))


def strip_sentence(statuses: Sequence[Status]) -> str:
    """Return what a strip of checks shows: "40 checks: 38 OK, 2 Failed"."""
    if not statuses:
        return translate("phrases", "not checked yet")
    counted = [(statuses.count(status), status) for status in Status]
    found = ", ".join(f"{count} {check_word(status)}" for count, status in counted if count)
    return f"{_COUNTS.checks(len(statuses))}: {found}"


def address(method: str, url: str) -> str:
    """Return the muted line under a name: "GET api.example.com/health"."""
    bare = re.sub(r"^https?://", "", url).rstrip("/")
    return f"{method} {bare}"
