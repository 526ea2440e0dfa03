"""The counter as a whole: one FastAPI app for ``/api`` and ``/metrics``, and how it errs.

Built by the composition root, which stands the guard in front of it.
"""

from fastapi import FastAPI

from backend.alerts.channels import Channels
from backend.api.channel_routes import channel_routes
from backend.api.endpoint_routes import endpoint_routes
from backend.api.errors import answer_errors
from backend.api.history_routes import history_routes
from backend.api.metrics import CheckCount, metrics_routes
from backend.api.openapi import complete_document
from backend.api.secret_routes import secret_routes
from backend.api.self_routes import docs_routes, self_routes
from backend.api.statistics_routes import statistics_routes
from backend.contract.version import VERSION
from backend.engine.certificates import Certificates
from backend.engine.clock import Clock
from backend.engine.endpoints import Endpoints
from backend.engine.incidents import Incidents
from backend.engine.monitors import Monitors
from backend.engine.preview import Preview
from backend.engine.scheduler import Scheduler
from backend.engine.secret_keeper import SecretKeeper
from backend.engine.self_health import SelfHealth
from backend.storage.archive import Archive
from backend.storage.vault import Vault


def build_app(
    *,
    endpoints: Endpoints,
    incidents: Incidents,
    scheduler: Scheduler,
    monitors: Monitors,
    archive: Archive,
    clock: Clock,
    channels: Channels,
    preview: Preview,
    checks: CheckCount,
    health: SelfHealth,
    certificates: Certificates,
    vault: Vault,
) -> FastAPI:
    """Return the app that answers REST."""
    app = FastAPI(
        title="Vigil",
        version=VERSION,
        openapi_url=None,  # by itself it is put together on the loop
        docs_url=None,  # its page loads scripts from a CDN
        redoc_url=None,
        redirect_slashes=False,
    )
    answer_errors(app)
    complete_document(app, "/api/openapi.json")
    for router in (
        endpoint_routes(
            endpoints=endpoints,
            scheduler=scheduler,
            monitors=monitors,
            archive=archive,
            clock=clock,
            preview=preview,
            certificates=certificates,
            secrets=SecretKeeper(vault, monitors),
        ),
        secret_routes(vault=vault, clock=clock, monitors=monitors, channels=channels),
        history_routes(archive=archive, incidents=incidents),
        statistics_routes(archive=archive, clock=clock),
        channel_routes(channels=channels, archive=archive),
        docs_routes(),
        self_routes(monitors=monitors, health=health),
    ):
        app.include_router(router, prefix="/api")
    app.include_router(
        metrics_routes(
            monitors=monitors,
            scheduler=scheduler,
            archive=archive,
            checks=checks,
            health=health,
            clock=clock,
        )
    )
    return app
