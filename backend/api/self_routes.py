"""``/api/health``, which answers everybody, and ``/api/self``: how the backend itself is."""

from fastapi import APIRouter, Request

from backend.contract.resources import HealthView
from backend.contract.self_health import SelfView
from backend.contract.version import VERSION
from backend.engine.monitors import Monitors
from backend.engine.self_health import SelfHealth


def self_routes(*, monitors: Monitors, health: SelfHealth) -> APIRouter:
    """Return the routes about the backend itself."""
    router = APIRouter(tags=["health"])

    @router.get("/health", response_model_exclude_none=True)
    async def alive(request: Request) -> HealthView:
        """Say that it serves; who holds the token hears a little more."""
        if not request.state.authorised:
            return HealthView()
        return HealthView(
            version=VERSION,
            uptime_s=health.uptime_s,
            endpoints=len(monitors),
            storage=health.storage(),
        )

    @router.get("/self")
    async def itself() -> SelfView:
        """Say how the backend is: is it in time, can it store, are its data safe."""
        return await health.view()

    return router
