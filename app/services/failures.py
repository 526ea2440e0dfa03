"""What can come of a command to the backend other than its result.

    RestFailure
    +-- Rejected      400: the fields are wrong; nothing was stored
    +-- NotFound      404: there is no such endpoint or incident (any more)
    +-- Refused       401, 403: the token or the host is not accepted
    +-- Broken        anything else that is no answer of the contract
    +-- Unreachable   no answer at all
        +-- Untrusted the server's certificate does not prove who it is

Values, returned by ``rest`` and matched by presenters. Light to import: knows no HTTP library.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from backend.contract.commands import EndpointDraft
from backend.contract.resources import ErrorView


@dataclass(frozen=True)
class RestFailure:
    """A command that was not carried out.

    Attributes:
        messages: every reason, in the backend's or the library's words.
    """

    messages: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(self.messages)


@dataclass(frozen=True)
class Rejected(RestFailure):
    """The backend refuses the values.

    Attributes:
        fields: reasons by the wire name of the field (``checkInterval``), as far as they name one.
    """

    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NotFound(RestFailure):
    """It does not exist, or not any more."""


@dataclass(frozen=True)
class Refused(RestFailure):
    """The backend does not accept our token, host or origin."""


@dataclass(frozen=True)
class Broken(RestFailure):
    """The backend failed, or answered what the contract does not know."""


@dataclass(frozen=True)
class Unreachable(RestFailure):
    """The backend is not there: not started, restarting, or too slow."""


@dataclass(frozen=True)
class Untrusted(Unreachable):
    """The server does not prove that it is who it should be: its certificate is not trusted."""


_FIELD_NAMES = frozenset(field.alias or name for name, field in EndpointDraft.model_fields.items())


def failure_of(status_code: int, content: bytes) -> RestFailure:
    """Return what an unsuccessful answer stands for."""
    try:
        told = ErrorView.model_validate_json(content).message
    except ValidationError:
        told = f"HTTP status {status_code}"
    messages = (told,) if isinstance(told, str) else told
    match status_code:
        case 400 | 413 | 415 | 422:
            return Rejected(messages, fields_of(messages))
        case 401 | 403:
            return Refused(messages)
        case 404:
            return NotFound(messages)
        case _:
            return Broken(messages)


def fields_of(messages: Iterable[str]) -> dict[str, str]:
    """Return the messages that begin with a field's name, by that name, without it."""
    fields: dict[str, str] = {}
    for message in messages:
        subject, _, rest = message.partition(" ")
        name = subject.rstrip(":").partition(".")[0].partition("[")[0]
        if name in _FIELD_NAMES and name not in fields:
            fields[name] = rest.strip() or message
    return fields
