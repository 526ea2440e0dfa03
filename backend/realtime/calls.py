"""The arguments of the calls a Socket.IO client makes, and how a call is refused."""

from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from pydantic import Field, ValidationError

from backend.contract.vocabulary import Call
from backend.contract.wire import Message


class Code(StrEnum):
    """Why a call was not done."""

    BAD_REQUEST = "bad_request"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    UNKNOWN_EVENT = "unknown_event"
    INTERNAL = "internal"


READING: Final = frozenset(
    {
        Call.SUBSCRIBE_ALL,
        Call.UNSUBSCRIBE_ALL,
        Call.SUBSCRIBE_ENDPOINT,
        Call.UNSUBSCRIBE_ENDPOINT,
        Call.SUBSCRIBE_STATE,
        Call.SYNC,
    }
)
"""The calls that change nothing; every other one needs a token that may write."""


class CallRefused(Exception):  # noqa: N818  # a decision, not an error
    """The call is answered with this code and message."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Subscribe(Message):
    """``subscribe:state``, and the end of ``subscribe:all``."""

    snapshot: bool = False
    compact: bool = False
    packed: bool = False


class SubscribeAll(Subscribe):
    """``subscribe:all``; with ``batch`` checks that come together come in one frame."""

    batch: bool = False


class SubscribeEndpoint(Subscribe):
    """``subscribe:endpoint`` and its end."""

    endpoint_id: UUID


class Sync(Message):
    """``sync``: what came after ``since`` in the database named by ``epoch``."""

    since: int = Field(default=0, ge=0)
    epoch: str | None = None
    compact: bool = False
    packed: bool = False


Arguments = TypeVar("Arguments", bound=Message)


def read(kind: type[Arguments], given: tuple[object, ...]) -> Arguments:
    """Return a call's arguments; none given, or null, are an empty object.

    Raises:
        CallRefused: they have not the contract's shape.
    """
    if len(given) > 1:
        raise CallRefused(Code.BAD_REQUEST, "a call takes one argument")
    value = given[0] if given and given[0] is not None else {}
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, it['loc']))}: {it['msg']}" for it in error.errors())
        raise CallRefused(Code.BAD_REQUEST, "; ".join(wrong)) from None
