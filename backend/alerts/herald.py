"""Who is to be told: asked by the pipeline and the commands before they store a change.

What it returns is stored with the change; after the commit :meth:`Herald.go` sends the couriers
on their way. Knows no transport and no database. :func:`open_alerts` puts it together with its
channels and couriers for the composition root.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import stamina.instrumentation

from backend.alerts.channels import Channels
from backend.alerts.courier import Courier
from backend.alerts.credentials import Credentials
from backend.alerts.reserve import Reserve
from backend.alerts.round import Tools
from backend.contract.vocabulary import Resolution
from backend.domain.alerting import (
    Channel,
    Notice,
    OutboxEntry,
    addressed,
    notice_of_check,
    notice_of_closing,
)
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health, Transition
from backend.domain.incident import Incident


class Herald:
    """Knows the channels and where their couriers wait."""

    def __init__(
        self,
        *,
        channels: Callable[[], Iterable[Channel]],
        nudge: Callable[[str], None],
        reserve: Reserve | None = None,
    ) -> None:
        """Take what is asked each time.

        Args:
            channels: returns all channels as they are now.
            nudge: makes the courier of a channel look at the outbox.
            reserve: takes what could not be stored.
        """
        self._channels = channels
        self._nudge = nudge
        self._reserve = reserve

    def of_check(
        self,
        endpoint: Endpoint,
        before: Health,
        after: Health,
        transition: Transition | None,
        incident: Incident | None,
        *,
        address: str | None = None,
    ) -> tuple[OutboxEntry, ...]:
        """Return what is to be stored with a check; ``incident`` as the check left it."""
        notice = notice_of_check(endpoint, before, after, transition, incident)
        return self._entries(None if notice is None else replace(notice, address=address))

    def of_closing(
        self,
        endpoint: Endpoint,
        before: Health,
        incident: Incident | None,
        resolution: Resolution,
        at_ms: int,
    ) -> tuple[OutboxEntry, ...]:
        """Return what is to be stored with an edit, a pause or a deletion that starts anew."""
        return self._entries(notice_of_closing(endpoint, before, incident, resolution, at_ms))

    def go(self, entries: Sequence[OutboxEntry]) -> None:
        """Have stored entries delivered."""
        for channel_id in {entry.channel_id for entry in entries}:
            self._nudge(channel_id)

    def go_unstored(self, entries: Sequence[OutboxEntry]) -> None:
        """Have entries delivered that could not be stored and are owed."""
        if self._reserve is not None:
            self._reserve.take(entries)
            self.go(entries)

    def stored_again(self) -> None:
        """Leave the outbox to the archive: all that was owed is stored."""
        if self._reserve is not None:
            self._reserve.forget()
            self.look_again()

    def look_again(self) -> None:
        """Have every courier look at the outbox: a snooze began or ended."""
        for channel in self._channels():
            self._nudge(channel.id)

    def _entries(self, notice: Notice | None) -> tuple[OutboxEntry, ...]:
        return () if notice is None else addressed(notice, self._channels())


SILENT = Herald(channels=tuple, nudge=lambda _channel_id: None)
"""Tells nobody: where there are no messengers."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """What the rest of the backend needs of the messengers."""

    herald: Herald
    channels: Channels
    courier: Courier

    async def run(self) -> None:
        """Deliver until cancelled."""
        await self.courier.run(self.channels.every())


async def open_alerts(tools: Tools, credentials: Credentials | None = None) -> Alerts:
    """Read the channels and put the messengers together; nothing is delivered before they run.

    Args:
        tools: what they work with.
        credentials: hides those of channels; ``None`` leaves them in the archive.

    Raises:
        ArchiveError: the channels could not be read.
    """
    # A round logs when a channel begins and ends to fail, not every try.
    stamina.instrumentation.set_on_retry_hooks([])
    reserve = Reserve(tools.archive)
    courier = Courier(tools, reserve)
    channels = Channels(
        archive=tools.archive,
        courier=courier,
        postman=tools.postman,
        now_ms=tools.now_ms,
        credentials=credentials or Credentials(),
    )
    await channels.load()
    return Alerts(
        Herald(channels=channels.every, nudge=courier.nudge, reserve=reserve), channels, courier
    )
