"""Runs one round per channel, and stops them so that no delivery is torn off if it can be helped.

Owned by the composition root, nudged by the herald, told of changed channels by the channels.
"""

import asyncio
from collections.abc import Iterable

from backend.alerts.reserve import Reserve
from backend.alerts.round import Round, Tools
from backend.domain.alerting import Channel

STOP_GRACE_S = 2.0
"""How long a delivery that is under way may still take when the program ends."""


class Courier:
    """Owns the rounds."""

    def __init__(self, tools: Tools, reserve: Reserve) -> None:
        self._tools = tools
        self._reserve = reserve
        self._rounds: dict[str, Round] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._group: asyncio.TaskGroup | None = None

    async def run(self, channels: Iterable[Channel]) -> None:
        """Deliver to these channels, and to those put later, until cancelled."""
        async with asyncio.TaskGroup() as group:
            self._group = group
            for channel in channels:
                self.put(channel)
            try:
                await asyncio.Event().wait()
            finally:
                self._group = None
                await self._stop()

    def put(self, channel: Channel) -> None:
        """Deliver to a new channel, or to a changed one by its new values."""
        known = self._rounds.get(channel.id)
        if known is not None:
            known.nudge(channel)
        elif self._group is not None:
            started = Round(channel, self._tools, self._reserve)
            self._rounds[channel.id] = started
            self._tasks[channel.id] = self._group.create_task(
                started.run(), name=f"alerts to {channel.id}"
            )

    def drop(self, channel_id: str) -> None:
        """Deliver to a channel no longer."""
        self._rounds.pop(channel_id, None)
        task = self._tasks.pop(channel_id, None)
        if task is not None:
            task.cancel()

    def nudge(self, channel_id: str) -> None:
        """Look at what a channel is to be told."""
        known = self._rounds.get(channel_id)
        if known is not None:
            known.nudge()

    async def _stop(self) -> None:
        for one in self._rounds.values():
            one.stop()
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=STOP_GRACE_S)
        for task in self._tasks.values():
            task.cancel()
        self._rounds.clear()
        self._tasks.clear()
