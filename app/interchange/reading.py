"""What comes of reading a file: rows with a draft each, and findings in place of exceptions.

Every reader returns a ``Reading``; the plan and the presenters go on from it. Findings are codes
with parameters: the words are made where the language is known.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from backend.contract.commands import EndpointDraft

MOST_ROWS = 20_000
"""More endpoints than a desktop watches; what lies behind them in a file is not read."""


class Source(StrEnum):
    """Who wrote a file."""

    VIGIL = "vigil"
    KUMA = "kuma"
    GATUS = "gatus"
    OPENAPI = "openapi"
    POSTMAN = "postman"
    CSV = "csv"


class Kind(StrEnum):
    """What a finding says; ``about`` and ``detail`` are its parameters."""

    # Of a whole file.
    UNREADABLE = auto()  # detail: the system's reason
    TOO_LARGE = auto()  # about: most megabytes
    NOT_TEXT = auto()
    UNKNOWN = auto()
    DAMAGED = auto()  # about: where, detail: the parser's reason
    TOO_DEEP = auto()
    BOMB = auto()
    TAGGED = auto()  # about: the YAML tag
    NEWER = auto()  # about: its version
    OTHER_VERSION = auto()  # about: its version
    TOO_MANY = auto()  # about: most rows
    EMPTY = auto()
    GUESSED = auto()  # about: the encoding
    UNSAVED = auto()
    # Of a row that cannot be added.
    NOT_AN_OBJECT = auto()
    UNSUPPORTED = auto()  # about: the kind of monitor
    INVALID = auto()  # about: the field, detail: what the contract says of it
    UNRESOLVED = auto()  # about: the variable
    NEEDS_VALUE = auto()  # about: the parameter
    NO_SERVER = auto()
    # Of a row that can.
    NOT_CARRIED = auto()  # about: the setting, in the other program's words
    LEFT_OUT = auto()  # about: the secret the file does not have
    ADJUSTED = auto()  # about: the field, detail: what it was and what it became
    SWITCHED_OFF = auto()  # about: the setting because of which it would cry wolf
    CHANGES_THINGS = auto()  # about: the method


IN_THE_WAY = frozenset(
    {
        Kind.NOT_AN_OBJECT,
        Kind.UNSUPPORTED,
        Kind.INVALID,
        Kind.UNRESOLVED,
        Kind.NEEDS_VALUE,
        Kind.NO_SERVER,
    }
)
"""Findings because of which a row has no draft."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be said of a row or a file."""

    kind: Kind
    about: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What a file says of one endpoint.

    Attributes:
        place: where in the file, as a path (``endpoints[3]``) or a line number.
        name: what to call it on the screen, be it valid or not.
        address: method and URL, as far as the file has them.
        draft: the endpoint to be, ``None`` where a finding is in the way.
        is_suggested: whether it is chosen until somebody says otherwise.
    """

    place: str
    name: str
    address: str
    draft: EndpointDraft | None
    findings: tuple[Finding, ...] = ()
    is_suggested: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file. Without a source nobody knows it; ``findings`` say why."""

    source: Source | None
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()


def failed(kind: Kind, about: str = "", detail: str = "", source: Source | None = None) -> Reading:
    """Return a file of which nothing can be used."""
    return Reading(source, findings=(Finding(kind, about, detail),))
