"""``/api/endpoints``: the counter for endpoints and their checks.

Commands go to the engine, questions to the archive. Knows neither SQL nor the schedule.
"""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from backend.api.requests import (
    Moment,
    PageLimit,
    PageNumber,
    PathId,
    ResultLimit,
    StrictRoute,
)
from backend.contract.commands import ChangedEndpoint, EndpointTrial, NewEndpoint
from backend.contract.evidence import PreviewView
from backend.contract.resources import (
    CheckResults,
    CheckResultView,
    DeletedView,
    EndpointDetail,
    EndpointView,
    Page,
)
from backend.contract.vocabulary import Status
from backend.contract.wire import unix_ms
from backend.domain.views import check_view
from backend.engine.certificates import Certificates
from backend.engine.clock import Clock
from backend.engine.endpoints import Endpoints
from backend.engine.monitors import Monitors
from backend.engine.preview import Preview
from backend.engine.scheduler import Scheduler
from backend.engine.secret_keeper import SecretKeeper
from backend.storage.archive import Archive, EndpointOrder, Order
from backend.storage.errors import NoSuchEndpoint

_DAY_MS = 24 * 3600 * 1000


def endpoint_routes(
    *,
    endpoints: Endpoints,
    scheduler: Scheduler,
    monitors: Monitors,
    archive: Archive,
    clock: Clock,
    preview: Preview,
    certificates: Certificates,
    secrets: SecretKeeper,
) -> APIRouter:
    """Return the routes below ``/endpoints``."""
    router = APIRouter(prefix="/endpoints", tags=["endpoints"], route_class=StrictRoute)
    _add_commands(router, endpoints, scheduler, secrets)
    _add_preview(router, preview)
    _add_lists(router, archive)
    _add_detail(router, archive, clock, certificates)
    _add_results(router, archive, monitors, clock)
    return router


def _add_commands(
    router: APIRouter, endpoints: Endpoints, scheduler: Scheduler, secrets: SecretKeeper
) -> None:
    @router.post("", status_code=201)
    async def add(draft: NewEndpoint) -> EndpointView:
        return await endpoints.add(await secrets.draft(draft))

    @router.patch("/{id}")
    async def change(endpoint_id: PathId, patch: ChangedEndpoint) -> EndpointView:
        known = await secrets.patch(str(endpoint_id), patch)
        return await endpoints.change(str(endpoint_id), known)

    @router.delete("/{id}")
    async def remove(endpoint_id: PathId) -> DeletedView:
        return await endpoints.remove(str(endpoint_id))

    @router.post("/{id}/restore")
    async def restore(endpoint_id: PathId) -> EndpointView:
        return await endpoints.restore(str(endpoint_id))

    @router.post("/{id}/check")
    async def check(endpoint_id: PathId) -> CheckResultView:
        return check_view(await scheduler.check_now(str(endpoint_id)))


def _add_preview(router: APIRouter, preview: Preview) -> None:
    @router.post("/preview")
    async def try_out(trial: EndpointTrial) -> PreviewView:
        return await preview.of(trial)


def _add_lists(router: APIRouter, archive: Archive) -> None:
    @router.get("")
    async def page_of_endpoints(
        *,
        page: PageNumber = 1,
        limit: PageLimit = 20,
        status: Status | None = None,
        is_active: Annotated[bool | None, Query(alias="isActive")] = None,
        sort_by: Annotated[EndpointOrder, Query(alias="sortBy")] = "createdAt",
        order: Order = "DESC",
    ) -> Page[EndpointView]:
        return await archive.page_of_endpoints(
            page=page,
            limit=limit,
            status=status,
            is_active=is_active,
            sort_by=sort_by,
            order=order,
        )


def _add_detail(
    router: APIRouter, archive: Archive, clock: Clock, certificates: Certificates
) -> None:
    @router.get("/{id}")
    async def detail(endpoint_id: PathId) -> EndpointDetail:
        found = await archive.detail(str(endpoint_id), clock.wall_ms())
        if found is None:
            raise NoSuchEndpoint(str(endpoint_id))
        return found.model_copy(update={"certificate_until": certificates.until(found.id)})


def _add_results(router: APIRouter, archive: Archive, monitors: Monitors, clock: Clock) -> None:
    @router.get("/{id}/check-results")
    async def check_results(
        endpoint_id: PathId,
        start: Annotated[Moment | None, Query(alias="startDate")] = None,
        end: Annotated[Moment | None, Query(alias="endDate")] = None,
        limit: ResultLimit = 100,
    ) -> CheckResults:
        if str(endpoint_id) not in monitors:
            raise NoSuchEndpoint(str(endpoint_id))
        end_ms = clock.wall_ms() if end is None else unix_ms(end)
        start_ms = end_ms - _DAY_MS if start is None else unix_ms(start)
        if start_ms > end_ms:
            raise HTTPException(400, "startDate must not be after endDate")
        return await archive.check_results(
            str(endpoint_id), start_ms=start_ms, end_ms=end_ms, limit=limit
        )
