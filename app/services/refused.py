"""An answer of the backend that is no success -> the failure it stands for.

``rest`` calls it; presenters ask it which field a message is about. Knows no HTTP library.
"""

from collections.abc import Iterable

from pydantic import ValidationError

from app.services.failures import Broken, NotFound, Refused, Rejected, RestFailure
from backend.contract.commands import EndpointDraft
from backend.contract.resources import ErrorView

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
