"""``/api/notification-channels``: where alerts go; ``/api/notifications``: what came of them.

Commands go to the messengers, the log comes from the archive. Secrets come in and never go out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.exceptions import RequestValidationError

from backend.alerts.channels import Channels, InvalidChannel, NoSuchChannel
from backend.api.requests import PageLimit, PageNumber, PathId, StrictRoute
from backend.contract.alerts import (
    ChannelDeleted,
    ChannelDraft,
    ChannelPatch,
    ChannelTest,
    ChannelView,
    DeliveryView,
)
from backend.contract.resources import Page
from backend.contract.vocabulary import DeliveryState
from backend.storage.archive import Archive


def channel_routes(*, channels: Channels, archive: Archive) -> APIRouter:
    """Return the routes below ``/notification-channels`` and ``/notifications``."""
    router = APIRouter(tags=["notifications"], route_class=StrictRoute)
    _add_channels(router, channels)
    _add_log(router, archive)
    return router


def _add_channels(router: APIRouter, channels: Channels) -> None:
    path = "/notification-channels"

    @router.get(path)
    async def every() -> tuple[ChannelView, ...]:
        return channels.views()

    @router.post(path, status_code=201)
    async def add(draft: ChannelDraft) -> ChannelView:
        with _in_words():
            return await channels.add(draft)

    @router.get(path + "/{id}")
    async def one(channel_id: PathId) -> ChannelView:
        with _in_words():
            return channels.view(str(channel_id))

    @router.patch(path + "/{id}")
    async def change(channel_id: PathId, patch: ChannelPatch) -> ChannelView:
        with _in_words():
            return await channels.change(str(channel_id), patch)

    @router.delete(path + "/{id}")
    async def remove(channel_id: PathId) -> ChannelDeleted:
        with _in_words():
            return await channels.remove(str(channel_id))

    @router.post(path + "/{id}/test")
    async def test(channel_id: PathId) -> ChannelTest:
        with _in_words():
            return await channels.test(str(channel_id))


def _add_log(router: APIRouter, archive: Archive) -> None:
    @router.get("/notifications")
    async def page_of_deliveries(
        *,
        channel_id: Annotated[str | None, Query(alias="channelId", max_length=100)] = None,
        endpoint_id: Annotated[str | None, Query(alias="endpointId", max_length=100)] = None,
        state: DeliveryState | None = None,
        page: PageNumber = 1,
        limit: PageLimit = 20,
    ) -> Page[DeliveryView]:
        return await archive.alerts.page_of_deliveries(
            channel_id=channel_id, endpoint_id=endpoint_id, state=state, page=page, limit=limit
        )


@contextmanager
def _in_words() -> Iterator[None]:
    """Answer what a command refuses as the API answers everything else."""
    try:
        yield
    except NoSuchChannel as error:
        raise HTTPException(404, str(error)) from None
    except InvalidChannel as error:
        raise RequestValidationError(list(error.errors)) from None
