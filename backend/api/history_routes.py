"""``/api/incidents``: what has happened, read from the archive, and what is said of it."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query

from backend.api.requests import PageLimit, PageNumber, PathId, StrictRoute
from backend.contract.commands import IncidentAcknowledgement
from backend.contract.resources import IncidentDetail, IncidentView, Page
from backend.engine.incidents import Incidents, SnoozeRefused
from backend.storage.archive import Archive


def history_routes(*, archive: Archive, incidents: Incidents) -> APIRouter:
    """Return the routes below ``/incidents``."""
    router = APIRouter(tags=["incidents"], route_class=StrictRoute)
    _add_lists(router, archive)
    _add_commands(router, incidents)
    return router


def _add_commands(router: APIRouter, incidents: Incidents) -> None:
    path = "/incidents/{id}/acknowledge"

    @router.post(path)
    async def acknowledge(
        incident_id: PathId, said: IncidentAcknowledgement | None = None
    ) -> IncidentView:
        try:
            return await incidents.acknowledge(str(incident_id), said or IncidentAcknowledgement())
        except SnoozeRefused as error:
            raise HTTPException(400, str(error)) from None

    @router.delete(path)
    async def withdraw(incident_id: PathId) -> IncidentView:
        return await incidents.withdraw(str(incident_id))


def _add_lists(router: APIRouter, archive: Archive) -> None:

    @router.get("/incidents")
    async def page_of_incidents(
        endpoint_id: Annotated[UUID | None, Query(alias="endpointId")] = None,
        status: Literal["active", "resolved"] | None = None,
        page: PageNumber = 1,
        limit: PageLimit = 20,
    ) -> Page[IncidentView]:
        return await archive.incidents.page(
            endpoint_id=None if endpoint_id is None else str(endpoint_id),
            status=status,
            page=page,
            limit=limit,
        )

    @router.get("/incidents/{id}")
    async def incident(incident_id: PathId) -> IncidentDetail:
        found = await archive.incident(str(incident_id))
        if found is None:
            raise HTTPException(404, f"there is no incident {incident_id}")
        return found
