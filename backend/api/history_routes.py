"""``/api/incidents``: what has happened, read from the archive."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query

from backend.api.queries import PageLimit, PageNumber, PathId
from backend.contract.resources import IncidentDetail, IncidentView, Page
from backend.storage.archive import Archive


def history_routes(*, archive: Archive) -> APIRouter:
    """Return the routes below ``/incidents``."""
    router = APIRouter(tags=["incidents"])

    @router.get("/incidents")
    async def page_of_incidents(
        endpoint_id: Annotated[UUID | None, Query(alias="endpointId")] = None,
        status: Literal["active", "resolved"] | None = None,
        page: PageNumber = 1,
        limit: PageLimit = 20,
    ) -> Page[IncidentView]:
        return await archive.page_of_incidents(
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

    return router
