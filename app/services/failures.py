"""What can come of a command to the backend other than its result.

    RestFailure
    +-- Rejected      400: the fields are wrong; nothing was stored
    +-- NotFound      404: there is no such endpoint or incident (any more)
    +-- Refused       401, 403: the token or the host is not accepted
    +-- Broken        anything else that is no answer of the contract
    +-- Unreachable   no answer at all

Values, returned by ``rest`` and matched by presenters. Light to import: knows no HTTP library.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
