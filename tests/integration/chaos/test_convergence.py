"""Whatever happens, and however it is delivered: after quiet the desktop equals REST."""

from pathlib import Path

import pytest

from app.services.subscriptions import ALL_CHECKS, Caller
from app.services.sync import Sync
from backend.contract.events import CheckCompleted, Event
from tests.integration.chaos.storm import storm

STEPS = 40
SEEDS = [pytest.param(seed, marks=[] if seed < 20 else pytest.mark.long) for seed in range(200)]
ONE_IN_FIVE = 0.2


class Credulous(Sync):
    """Believes that it hears everything: it sees no gap and never asks what it missed."""

    async def ping(self, caller: Caller) -> float:
        return 0.0

    def _take(self, event: Event) -> None:
        newer = isinstance(event, CheckCompleted) or event.seq > self._told_seq
        if self._queue is not None:
            self._queue.append(event)
        elif newer:
            self._deliver(event, is_live=True)


@pytest.mark.parametrize("seed", SEEDS)
async def test_after_a_storm_the_desktop_equals_the_backend(seed: int, tmp_path: Path) -> None:
    async with storm(seed, tmp_path / "data") as raging:
        await raging.rage(STEPS)
        await raging.calm_down()
        assert await raging.out_of_step(patience_s=8) == [], raging.log


@pytest.mark.parametrize("seed", range(3))
async def test_one_event_in_five_may_be_lost_on_the_way(seed: int, tmp_path: Path) -> None:
    async with storm(seed, tmp_path / "data", drops=ONE_IN_FIVE) as raging:
        await raging.rage(STEPS)
        raging.desk.subscriptions.page(None)  # checks are a stream: a page's beginning mends it
        await raging.desk.until(lambda: raging.desk.subscriptions.held is None, "no checks heard")
        await raging.calm_down()
        assert raging.desk.subscriptions.held == ALL_CHECKS
        assert await raging.out_of_step(patience_s=8) == [], raging.log


async def test_the_comparison_sees_what_a_desktop_lost_that_looks_for_no_gaps(
    tmp_path: Path,
) -> None:
    # Of one storm all that was lost may have been told again since, by an edit or a later check.
    found: list[str] = []
    for seed in range(3):
        folder = tmp_path / f"{seed}"
        async with storm(seed, folder, drops=ONE_IN_FIVE, syncs=Credulous) as raging:
            await raging.rage(STEPS, with_trouble=False)
            await raging.calm_down()
            found += await raging.out_of_step(patience_s=2)
    assert len(found) >= 2
