"""What an alert says, in plain words: one letter for what one delivery carries.

Written by the courier, dressed up by each transport in its own form. Everything in it is clean
text on one line: no transport may meet a line break or a control character of a name or an error.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from backend.contract.causes import Affected, Cause, common_cause
from backend.contract.transfer import public_url
from backend.contract.vocabulary import AlertKind, CauseKind, Resolution, Status
from backend.contract.wire import instant
from backend.domain.alerting import Notice

COLOURS = {
    Status.UP: "#22c55e",
    Status.DOWN: "#ef4444",
    Status.DEGRADED: "#eab308",
    Status.UNKNOWN: "#9ca3af",
}
"""The contract's colours."""

NAMED_SINGLY = 3
"""More endpoints than this are named by what they have in common."""

_WORST_FIRST = (Status.DOWN, Status.DEGRADED, Status.UNKNOWN, Status.UP)
_CLOSED = {
    Resolution.EDITED: "the endpoint was edited",
    Resolution.PAUSED: "the endpoint was paused",
    Resolution.DELETED: "the endpoint was deleted",
}
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One alert of the letter: a sentence, and what else is known."""

    status: Status
    sentence: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What is delivered in one piece. ``id`` is the same for the same alerts.

    ``cause`` is what all endpoints of it have in common, if there are several.
    """

    id: str
    title: str
    status: Status
    summary: str
    paragraphs: tuple[Paragraph, ...]
    notices: tuple[Notice, ...]
    cause: Cause | None = None

    @property
    def subject(self) -> str:
        """The contract's subject line."""
        return f"[Vigil] {self.title} - {self.status}"

    @property
    def colour(self) -> str:
        """The colour of the status, ``#rrggbb``."""
        return COLOURS[self.status]

    @property
    def text(self) -> str:
        """The whole letter as plain text."""
        blocks = [
            "\n".join([paragraph.sentence, *(f"  {line}" for line in paragraph.details)])
            for paragraph in self.paragraphs
        ]
        return "\n\n".join([self.summary, *blocks] if self.summary else blocks)


def letter_of(ids: Sequence[str], notices: Sequence[Notice]) -> Letter:
    """Return the letter that tells some notices, at least one."""
    names = list(dict.fromkeys(clean(notice.endpoint_name) for notice in notices))
    cause = _common_cause(notices)
    shared = "" if cause is None else f" {_shared(cause)}"
    together = f"{len(names)} endpoints{shared}"
    title = ", ".join(names) if len(names) <= NAMED_SINGLY else together
    summary = f"{together}: {', '.join(names)}" if shared or title == together else ""
    return Letter(
        id=hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:32],
        title=title,
        status=min((notice.status for notice in notices), key=_WORST_FIRST.index),
        summary=summary,
        paragraphs=tuple(_paragraph(notice) for notice in notices),
        notices=tuple(notices),
        cause=cause,
    )


def letter_of_test(channel_name: str, now_ms: int) -> Letter:
    """Return the letter that shows whether a channel works."""
    sentence = "This is a test: alerts of Vigil arrive here."
    return Letter(
        id=hashlib.sha256(f"{channel_name}\n{now_ms}".encode()).hexdigest()[:32],
        title=f"Test of {clean(channel_name)}",
        status=Status.UP,
        summary="",
        paragraphs=(Paragraph(Status.UP, sentence, (f"Sent: {moment(now_ms)}",)),),
        notices=(),
    )


def clean(text: str) -> str:
    """Return text on one line, without control and direction characters, of bounded length."""
    spaced = re.sub(r"\s", " ", text)
    kept = "".join(
        letter for letter in spaced if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")
    )
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def shown_url(url: str) -> str:
    """Return an address without what may be secret in it: user, password and query."""
    return clean(public_url(url))


def moment(at_ms: int) -> str:
    """Return a time as people read it."""
    return f"{instant(at_ms):%Y-%m-%d %H:%M:%S} UTC"


def span(duration_ms: int) -> str:
    """Return a duration in its two largest units."""
    seconds = duration_ms // 1000
    units = ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))
    parts = []
    for size, unit in units:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
        if len(parts) == 2 or (parts and size == 1):
            break
    return " ".join(parts) or "less than 1 s"


def _paragraph(notice: Notice) -> Paragraph:
    details = [f"URL: {shown_url(notice.url)}"]
    if notice.duration_ms is None:
        details.append(f"Since: {moment(notice.since_ms)}")
    else:
        details.append(f"From: {moment(notice.since_ms)}, for {span(notice.duration_ms)}")
    if notice.message:
        details.append(f"Cause: {clean(notice.message)}")
    return Paragraph(notice.status, _sentence(notice), tuple(details))


def _sentence(notice: Notice) -> str:
    name = clean(notice.endpoint_name)
    lasted = span(notice.duration_ms or 0)
    match notice.kind:
        case AlertKind.DOWN:
            return f"{name} is down."
        case AlertKind.DEGRADED if notice.previous is not Status.DOWN:
            return f"{name} is slow."
        case AlertKind.REMINDER:
            return f"{name} is still down, for {lasted} now."
        case AlertKind.CLOSED:
            why = _CLOSED.get(notice.resolution, "") if notice.resolution else ""
            return f"{name} is no longer {_adjective(notice)}: {why}."
        case AlertKind.RECOVERED if notice.status is not Status.DEGRADED:
            return f"{name} is up again. It was {_adjective(notice)} for {lasted}."
        case AlertKind.RECOVERED | AlertKind.DEGRADED:
            return f"{name} answers again, but slowly. It was down for {lasted}."


def _adjective(notice: Notice) -> str:
    return "slow" if notice.previous is Status.DEGRADED else "down"


def _common_cause(notices: Sequence[Notice]) -> Cause | None:
    """Return what the endpoints share; why they are DOWN counts only if all of them are."""
    are_down = all(notice.status is Status.DOWN for notice in notices)
    latest = {notice.endpoint_id: notice for notice in notices}
    return common_cause(
        [
            Affected(notice.url, notice.message if are_down else None, notice.tags, notice.address)
            for notice in latest.values()
        ]
    )


def _shared(cause: Cause) -> str:
    subject = clean(cause.subject)
    match cause.kind:
        case CauseKind.HOST:
            return f"on {subject}"
        case CauseKind.ADDRESS:
            return f"at {subject}"
        case CauseKind.RESOLVER:
            return "whose names are not found"
        case CauseKind.CERTIFICATE:
            return f"with one fault ({subject})"
        case CauseKind.TAG:
            return f"tagged {subject}"
