"""The pulse says how late the loop comes to its turns."""

import asyncio

from backend.engine.clock import next_beat
from backend.engine.self_health import BEAT_MS, Pulse
from tests.helpers.fake_clock import FakeClock


async def test_lateness_is_measured_at_every_beat_and_an_absence_is_none() -> None:
    clock = FakeClock()
    pulse = Pulse(clock)
    assert pulse.view().p50 is None
    async with asyncio.TaskGroup() as group:
        beating = group.create_task(pulse.run(), name="pulse under test")
        for late_ms in (0, 0, 0, 700, 60_000):
            beat_ms = next_beat(clock.monotonic_ms(), BEAT_MS)
            await clock.wait_for_sleeper(beat_ms)
            clock.advance(beat_ms - clock.monotonic_ms() + late_ms)
        await clock.wait_for_sleeper(next_beat(clock.monotonic_ms(), BEAT_MS))
        view = pulse.view()
        beating.cancel()
    assert (view.p50, view.longest) == (0, 700)
