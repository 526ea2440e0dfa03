"""Errors in the contract's form, whatever went wrong, and never a traceback.

Used by the guard, and by the routes through FastAPI's handlers.
"""

import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, Protocol, runtime_checkable

import structlog
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from backend.contract.resources import ErrorView
from backend.contract.transfer import sentence
from backend.contract.vocabulary import StorageTrouble
from backend.contract.wire import instant
from backend.domain.secret_values import SecretRefusedError
from backend.engine.sleep import NearSleepError
from backend.storage.errors import (
    ArchiveError,
    IncidentClosed,
    NoSuchEndpoint,
    NoSuchIncident,
    NotStored,
)

_STATUS: Final[Mapping[type[Exception], int]] = {
    NoSuchEndpoint: 404,
    NoSuchIncident: 404,
    IncidentClosed: 400,
    NearSleepError: 503,
    SecretRefusedError: 400,
}

log = structlog.stdlib.get_logger(__name__)


@runtime_checkable
class _HTTPError(Protocol):
    """FastAPI's error, and the router's, whose class is not FastAPI's to import."""

    status_code: int
    detail: str
    headers: Mapping[str, str] | None


def error_view(status: int, message: str | Sequence[str], path: str) -> ErrorView:
    """Return an error as every client reads it; one message in a list stands alone."""
    if not isinstance(message, str):
        message = message[0] if len(message) == 1 else tuple(message)
    return ErrorView(
        status_code=status,
        message=message,
        error=HTTPStatus(status).phrase,
        timestamp=instant(time.time_ns() // 1_000_000),
        path=path,
    )


def sentences(errors: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return one sentence per invalid field, each beginning with the field's wire name."""
    return list(dict.fromkeys(_sentence(error) for error in errors))


def _sentence(error: Mapping[str, Any]) -> str:
    place, *names = error["loc"]
    if error["type"] == "json_invalid":
        return f"the body is not valid JSON: {error['ctx']['error']}"
    return sentence(names or [f"the {place}"], error)


def answer_errors(app: FastAPI) -> None:
    """Make an app answer every error in the contract's form."""

    async def answer(request: Request, error: Exception) -> JSONResponse:
        path = request.url.path
        match error:
            case RequestValidationError():
                return _response(path, 400, sentences(error.errors()))
            case _HTTPError():
                return _response(path, error.status_code, error.detail, error.headers)
            case (
                NoSuchEndpoint()
                | NoSuchIncident()
                | IncidentClosed()
                | NearSleepError()
                | SecretRefusedError()
            ):
                return _response(path, _STATUS[type(error)], str(error))
            case ArchiveError():
                return _not_stored(path, error)
            case _:
                log.error("a request failed", path=path, exc_info=error)
                return _response(path, 500, "internal error")

    # The router's own errors are named by their status.
    known = (NearSleepError, SecretRefusedError, ArchiveError)
    for kind in (RequestValidationError, HTTPException, 404, 405, *known, Exception):
        app.add_exception_handler(kind, answer)


def _not_stored(path: str, error: ArchiveError) -> JSONResponse:
    match error:
        case NotStored(trouble=StorageTrouble.FULL):
            return _response(path, 507, "nothing was stored: the disk is full")
        case NotStored(trouble=StorageTrouble.UNWRITABLE):
            return _response(path, 503, "nothing was stored: the disk cannot be written")
    log.error("a request could not be stored", path=path, cause=str(error))
    return _response(path, 500, "the change could not be stored")


def _response(
    path: str,
    status: int,
    message: str | Sequence[str],
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    return JSONResponse(error_view(status, message, path).to_wire(), status, headers)
