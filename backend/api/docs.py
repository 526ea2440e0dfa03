"""``/api/docs``: the interface explained and tried out in a browser, without the internet.

Serves Swagger UI from resources, under a policy that lets the page speak to this server alone. The
page holds no data; who tries a call out gives it the token.
"""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse

# A checkout, an installed wheel and the packaged program all keep resources/ beside backend/.
_FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "swagger"

_PAGE: Final = "index.html"
_MEDIA_TYPES: Final = {
    _PAGE: "text/html",
    "start.js": "text/javascript",
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
}
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def docs_routes() -> APIRouter:
    """Return the routes of the docs page, which the document itself does not mention."""
    router = APIRouter(prefix="/docs", include_in_schema=False)

    @router.get("")
    async def page() -> FileResponse:
        return _file(_PAGE)

    @router.get("/{name}")
    async def part(name: str) -> FileResponse:
        if name not in _MEDIA_TYPES:
            raise HTTPException(404, f"the docs have no {name}")
        return _file(name)

    return router


def _file(name: str) -> FileResponse:
    return FileResponse(_FOLDER / name, media_type=_MEDIA_TYPES[name], headers=_HEADERS)
