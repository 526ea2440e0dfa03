"""What routes take: from the path and the query under wire names, and the body, read strictly.

A body that is not JSON by RFC 8259 is refused before it is looked at: Python's reader takes NaN,
Infinity, halves of surrogate pairs and any depth; each would be stored and then break an answer.
:class:`StrictRoute` is the class of all routes.
"""

import json
import math
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any, NoReturn
from uuid import UUID

from fastapi import Path, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import AfterValidator


class StrictRequest(Request):
    """A request whose body is JSON, or refused."""

    async def json(self) -> Any:
        """Return the body's value.

        Raises:
            json.JSONDecodeError: it is not JSON, or nested beyond reason.
        """
        if not hasattr(self, "_json"):
            self._json = strict_json(await self.body())
        return self._json


class StrictRoute(APIRoute):
    """A route that reads its body strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the route's handler, given a strict request."""
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strictly


def strict_json(body: bytes) -> object:
    """Return the value of a JSON text in UTF-8.

    Raises:
        json.JSONDecodeError: it is not one, or nested beyond reason.
    """
    try:
        value: object = json.loads(
            body.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError:
        raise
    except RecursionError:
        raise json.JSONDecodeError("nested too deeply", "", 0) from None
    except UnicodeError:
        raise json.JSONDecodeError("not Unicode", "", 0) from None
    except ValueError as error:
        raise json.JSONDecodeError(str(error), "", 0) from None
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits} is too large a number")
    return number


PathId = Annotated[UUID, Path(alias="id")]
"""The id in a path; anything but a UUID is a 400."""

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
PageLimit = Annotated[int, Query(ge=1, le=100)]
ResultLimit = Annotated[int, Query(ge=1, le=1000)]


Days = Annotated[int, Query(ge=1, le=366)]


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be a date between the years 1 and 9999 in UTC") from None


Moment = Annotated[datetime, AfterValidator(_in_utc)]
"""A time; without an offset it is meant in UTC."""
