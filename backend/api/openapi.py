"""The OpenAPI document, made true: which errors a call answers, and that it needs the token.

The routes say what they take and give; what the guard and the error handlers answer for all of
them is added here.
"""

import asyncio
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from backend.contract.resources import ErrorView

_OPEN: Final = frozenset({"/api/health"})
_BEARER: Final = "token"
_ERROR: Final = {"$ref": "#/components/schemas/ErrorView"}
_UNSTORED: Final = frozenset({503, 507})
_SAYS: Final = {
    400: "What was sent is not valid; the message names each field.",
    401: "No token, or a wrong one.",
    403: "The Host or Origin header names another server.",
    404: "There is nothing of that id or name.",
    408: "The body took too long to arrive.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    503: "The disk cannot be written, or this computer is about to sleep: nothing was done.",
    507: "The disk is full, so nothing was stored.",
    500: "It could not be stored, or failed by our own fault.",
}


def complete_document(app: FastAPI, path: str) -> None:
    """Have an app answer with the complete document at a path, which it does not do by itself."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = get_openapi(title=app.title, version=app.version, routes=app.routes)
            app.openapi_schema = _completed(found)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # as FastAPI wants it extended

    @app.get(path, include_in_schema=False)
    async def answer() -> JSONResponse:
        # In a thread: to put it together takes a sixth of a second, to write it some milliseconds.
        return await asyncio.to_thread(lambda: JSONResponse(app.openapi()))


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["ErrorView"] = ErrorView.model_json_schema(mode="serialization")
    components["securitySchemes"] = {_BEARER: {"type": "http", "scheme": "bearer"}}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete(operation, path, writes=method != "get")
    return document


def _complete(operation: dict[str, Any], path: str, *, writes: bool) -> None:
    responses = operation["responses"]
    responses.pop("422", None)
    for status in sorted(_errors_of(operation, path) | (_UNSTORED if writes else set())):
        responses[str(status)] = {
            "description": f"{HTTPStatus(status).phrase}: {_SAYS[status]}",
            "content": {"application/json": {"schema": _ERROR}},
        }
    if path not in _OPEN:
        operation["security"] = [{_BEARER: []}]


def _errors_of(operation: dict[str, Any], path: str) -> set[int]:
    errors = {403, 500}
    if path not in _OPEN:
        errors.add(401)
    if operation.get("parameters"):
        errors.add(400)
    if "{" in path:
        errors.add(404)
    if "requestBody" in operation:
        errors |= {400, 408, 413, 415}
    return errors
