"""The messengers put together: herald, channels and courier, sharing their tools.

Called by the composition root, which runs :meth:`Alerts.run` as one of its tasks.
"""

from dataclasses import dataclass

import stamina.instrumentation

from backend.alerts.channels import Channels
from backend.alerts.courier import Courier
from backend.alerts.herald import Herald
from backend.alerts.round import Tools


@dataclass(frozen=True, slots=True)
class Alerts:
    """What the rest of the backend needs of the messengers."""

    herald: Herald
    channels: Channels
    courier: Courier

    async def run(self) -> None:
        """Deliver until cancelled."""
        await self.courier.run(self.channels.every())


async def open_alerts(tools: Tools) -> Alerts:
    """Read the channels and put the messengers together; nothing is delivered before they run.

    Raises:
        ArchiveError: the channels could not be read.
    """
    # A round logs when a channel begins and ends to fail, not every try.
    stamina.instrumentation.set_on_retry_hooks([])
    courier = Courier(tools)
    channels = Channels(
        archive=tools.archive, courier=courier, postman=tools.postman, now_ms=tools.now_ms
    )
    await channels.load()
    return Alerts(Herald(channels=channels.every, nudge=courier.nudge), channels, courier)
