"""The commands of channels: add, change, remove, test; and which channels there are now.

Called by the API; the herald asks it for the channels. Stored first, then in force.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import uuid4

from pydantic import BaseModel, JsonValue, ValidationError

from backend.alerts.courier import Courier
from backend.alerts.credentials import Credentials
from backend.alerts.delivery import Result
from backend.alerts.letter import letter_of_test
from backend.alerts.postman import Postman
from backend.contract.alerts import (
    CONFIGS,
    MASK,
    AlertPolicy,
    AppriseConfig,
    ChannelConfig,
    ChannelDeleted,
    ChannelDraft,
    ChannelPatch,
    ChannelTest,
    ChannelType,
    ChannelView,
    TargetView,
    revealed,
)
from backend.contract.wire import instant
from backend.domain.alerting import Channel
from backend.domain.views import channel_view
from backend.storage.alert_archive import AlertArchive
from backend.storage.vault import SecretMissingError

Model = TypeVar("Model", bound=BaseModel)


class NoSuchChannel(Exception):  # noqa: N818  # its name says what is wrong
    """There is no such channel, or no longer."""

    def __init__(self, channel_id: str) -> None:
        super().__init__(f"there is no notification channel {channel_id}")


class InvalidChannel(Exception):  # noqa: N818
    """A field of a channel's config or policy is not valid.

    ``errors`` is what pydantic says of it, each ``loc`` beginning with the field's place.
    """

    def __init__(self, errors: Sequence[Mapping[str, Any]]) -> None:
        super().__init__("the channel is not valid")
        self.errors = errors


class Channels:
    """All channels, in memory as in the archive."""

    def __init__(
        self,
        *,
        archive: AlertArchive,
        courier: Courier,
        postman: Postman,
        now_ms: Callable[[], int],
        credentials: Credentials,
    ) -> None:
        self._archive = archive
        self._courier = courier
        self._postman = postman
        self._now_ms = now_ms
        self._credentials = credentials
        self._channels: dict[str, Channel] = {}
        self._lock = asyncio.Lock()

    async def load(self) -> None:
        """Read the channels; before this there are none."""
        self._channels = {channel.id: channel for channel in await self._archive.channels()}

    def every(self) -> tuple[Channel, ...]:
        """Return all channels with their secrets, oldest first."""
        return tuple(self._channels.values())

    def views(self) -> tuple[ChannelView, ...]:
        """Return all channels as they are shown."""
        return tuple(channel_view(channel) for channel in self._channels.values())

    def view(self, channel_id: str) -> ChannelView:
        """Return one channel as it is shown.

        Raises:
            NoSuchChannel: there is none.
        """
        return channel_view(self._get(channel_id))

    async def add(self, draft: ChannelDraft) -> ChannelView:
        """Add a channel.

        Raises:
            InvalidChannel: its config does not fit its type.
            ArchiveError: it was not stored.
        """
        config = await self._config(draft.type, draft.config)
        async with self._lock:
            now_ms = self._now_ms()
            channel = Channel(
                id=str(uuid4()),
                name=draft.name,
                type=draft.type,
                config=config,
                is_active=draft.is_active,
                policy=draft.policy,
                created_at_ms=now_ms,
                updated_at_ms=now_ms,
            )
            await self._archive.add_channel(channel)
            self._put(channel)
        return channel_view(channel)

    async def change(self, channel_id: str, patch: ChannelPatch) -> ChannelView:
        """Change some values of a channel; secrets that were not sent stay.

        Raises:
            NoSuchChannel: there is none.
            InvalidChannel: what comes of it is not valid.
            ArchiveError: it was not stored.
        """
        async with self._lock:
            before = self._get(channel_id)
            after = replace(
                before,
                name=before.name if patch.name is None else patch.name,
                is_active=before.is_active if patch.is_active is None else patch.is_active,
                config=await self._changed_config(before, patch.config),
                policy=_changed_policy(before.policy, patch.policy),
                updated_at_ms=self._now_ms(),
            )
            await self._archive.change_channel(after)
            self._put(after)
            await self._credentials.forget(before, after)
        return channel_view(after)

    async def remove(self, channel_id: str) -> ChannelDeleted:
        """Remove a channel with its secrets; what it was still to be told is dropped.

        Raises:
            NoSuchChannel: there is none.
            ArchiveError: it was not removed.
        """
        async with self._lock:
            before = self._get(channel_id)
            now_ms = self._now_ms()
            await self._archive.delete_channel(channel_id, now_ms)
            del self._channels[channel_id]
            self._courier.drop(channel_id)
            await self._credentials.forget(before)
        return ChannelDeleted(message="Notification channel deleted", deleted_at=instant(now_ms))

    async def test(self, channel_id: str) -> ChannelTest:
        """Deliver a test message now, once, also to a channel that is switched off.

        Raises:
            NoSuchChannel: there is none.
        """
        channel = self._get(channel_id)
        began = time.monotonic()
        results = await self._postman.deliver(channel, letter_of_test(channel.name, self._now_ms()))
        return ChannelTest(
            ok=all(it.error is None for it in results),
            duration=round((time.monotonic() - began) * 1000),
            results=tuple(_target(it) for it in results),
        )

    async def hide_secrets(self) -> None:
        """Have the credentials that an earlier version kept in the archive kept in the vault.

        Raises:
            ArchiveError: it could not be done for all.
        """
        for channel_id in tuple(self._channels):
            async with self._lock:
                before = self._channels.get(channel_id)
                if before is None:
                    continue
                config = await self._credentials.hidden(before.type, before.config)
                if config != before.config:
                    after = replace(before, config=config)
                    await self._archive.change_channel(after)
                    self._put(after)

    async def _config(self, kind: ChannelType, values: Mapping[str, JsonValue]) -> ChannelConfig:
        """Return a config of these values that may be kept."""
        config = _validated(CONFIGS[kind], values, "config")
        if isinstance(config, AppriseConfig):
            try:
                used = await self._credentials.filled(kind, config)
            except SecretMissingError as error:
                raise InvalidChannel([_error("url", str(error))]) from error
            url = used.url.get_secret_value() if isinstance(used, AppriseConfig) else ""
            if not await self._postman.knows(url):
                raise InvalidChannel([_error("url", "must be a URL that apprise knows")])
        return await self._credentials.hidden(kind, config)

    async def _changed_config(
        self, before: Channel, sent: Mapping[str, JsonValue] | None
    ) -> ChannelConfig:
        if sent is None:
            return before.config
        kept = revealed(before.config)
        return await self._config(before.type, kept | _unmasked(sent, kept))

    def _get(self, channel_id: str) -> Channel:
        channel = self._channels.get(channel_id)
        if channel is None:
            raise NoSuchChannel(channel_id)
        return channel

    def _put(self, channel: Channel) -> None:
        self._channels[channel.id] = channel
        self._courier.put(channel)


def _target(result: Result) -> TargetView:
    return TargetView(target=result.target, ok=result.error is None, error=result.error)


def _changed_policy(before: AlertPolicy, sent: Mapping[str, JsonValue] | None) -> AlertPolicy:
    if sent is None:
        return before
    values = before.model_dump(mode="json", by_alias=True) | dict(sent)
    return _validated(AlertPolicy, values, "policy")


def _unmasked(sent: Mapping[str, JsonValue], kept: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return what was sent, with what is kept in place of each mask."""
    plain: dict[str, JsonValue] = {}
    for name, value in sent.items():
        before = kept.get(name)
        if value == MASK:
            plain[name] = before
        elif isinstance(value, dict) and isinstance(before, dict):
            plain[name] = _unmasked(value, before)
        else:
            plain[name] = value
    return plain


def _validated(model: type[Model], values: Mapping[str, JsonValue], place: str) -> Model:
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise InvalidChannel([{**it, "loc": ("body", place, *it["loc"])} for it in found]) from None


def _error(field: str, message: str) -> dict[str, Any]:
    return {"type": "value_error", "loc": ("body", "config", field), "msg": message}
