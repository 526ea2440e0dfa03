"""``/api/health``, which answers everybody, ``/api/self``, and ``/api/docs``."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse

from backend.contract.resources import HealthView
from backend.contract.self_health import SelfView
from backend.contract.version import VERSION
from backend.engine.monitors import Monitors
from backend.engine.self_health import SelfHealth
from backend.storage.tokens import Holder


def self_routes(*, monitors: Monitors, health: SelfHealth) -> APIRouter:
    """Return the routes about the backend itself."""
    router = APIRouter(tags=["health"])

    @router.get("/health", response_model_exclude_none=True)
    async def alive(request: Request) -> HealthView:
        """Say that it serves; who holds the token hears a little more."""
        holder: Holder | None = request.state.holder
        if holder is None:
            return HealthView()
        return HealthView(
            version=VERSION,
            uptime_s=health.uptime_s,
            endpoints=len(monitors),
            storage=health.storage(),
            scope=holder.scope,
        )

    @router.get("/self")
    async def itself() -> SelfView:
        """Say how the backend is: is it in time, can it store, are its data safe."""
        return await health.view()

    return router


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
