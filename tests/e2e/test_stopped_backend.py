"""The backend is stopped for a while and goes on: seen, told, mended, and nobody is blamed."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from app.services.child import Address
from app.services.rest import Rest
from tests.helpers.desk import QUICK, prepare_profile, running_desk
from tests.helpers.program import running_backend
from tests.helpers.target_server import TargetServer
from tests.integration.chaos.truth import good

NAMES = [f"Service {number}" for number in range(6)]
SEEN_WITHIN_S = 10
SPREAD_S = 1.0


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    # Longer than an interval and what counts as late, so that every check has to be planned anew.
    "stopped_s",
    [12, pytest.param(30, marks=pytest.mark.long)],
    ids=["12 s", "30 s"],
)
async def test_a_stopped_backend_is_seen_and_blames_nobody_when_it_goes_on(
    stopped_s: int, tmp_path: Path, target: TargetServer
):
    await prepare_profile(
        tmp_path, [{"name": name, "url": f"{target.url}/{name[-1]}", **QUICK} for name in NAMES]
    )
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_card("Up", "6", timeout=60)
        backend, begun = desk.backend_pid(), time.monotonic()
        os.kill(backend, signal.SIGSTOP)
        try:
            await desk.reader.wait_for(
                lambda node: "Connection: " in node.name and "Live" not in node.name,
                "the light to leave green",
                timeout=20,
            )
            assert time.monotonic() - begun < SEEN_WITHIN_S
            await desk.reader.wait_for_text("data as of", timeout=5)
            if stopped_s > 15:
                await desk.reader.wait_for_text("is running but does not answer", timeout=25)
            await asyncio.sleep(max(0.0, stopped_s - (time.monotonic() - begun)))
        finally:
            hits = target.hits
            os.kill(backend, signal.SIGCONT)
        await target.wait_for_hits(hits + 1)
        first = time.monotonic()
        await target.wait_for_hits(hits + len(NAMES))
        assert time.monotonic() - first > SPREAD_S, "checks are spread, not made in a burst"

        await desk.wait_for_light("Live")
        await desk.wait_for_card("Up", "6", timeout=60)
        await desk.wait_for_card("Down", "0")
        await desk.reader.wait_until_gone("data as of")
        assert desk.backend_pid() == backend, "it is not started anew"
        await desk.quit()
    await _nobody_was_blamed(tmp_path)


async def _nobody_was_blamed(home: Path) -> None:
    async with running_backend(home) as backend:
        rest = Rest()
        await rest.set_address(Address(backend.url, backend.token))
        incidents = good(await rest.incidents())
        await rest.aclose()
    assert incidents.data == ()
