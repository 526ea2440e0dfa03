"""The line to the backend breaks in every way; the window says so, and mends it by itself."""

import asyncio
import json
import os
import signal
from datetime import UTC, datetime
from pathlib import Path

from tests.helpers.desk import QUICK, Desk, prepare_profile, running_desk
from tests.helpers.line_cut import cut_connections
from tests.helpers.target_server import Answer, TargetServer

PATIENT = {"reconnect_delay_s": 5.0, "reconnect_max_delay_s": 5.0}
"""Preferences that leave a test the time to see the count-down."""

USABLE_WITHIN_S = 5
"""From the death of the backend until the desktop has its line again."""


async def test_a_cut_line_counts_down_tries_and_is_live_again_with_nothing_missing(
    tmp_path: Path, target: TargetServer
):
    await prepare_profile(tmp_path, [{"name": "Payments API", "url": target.url, **QUICK}])
    (tmp_path / "data" / "settings.json").write_text(json.dumps(PATIENT))
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_light("Live")
        await desk.wait_for_row("Payments API", "Up")

        hits = target.hits
        target.answer = Answer(status=503)
        await target.wait_for_hits(hits + 1)
        assert cut_connections(desk.program.pid, desk.backend_port()) >= 1
        light = await desk.wait_for_light("Reconnecting, try 1, in ")
        assert "Disconnected" in light.description
        await target.wait_for_hits(hits + 3)  # the outage begins while nobody listens

        backend = desk.backend_pid()
        os.kill(backend, signal.SIGSTOP)
        try:
            await desk.wait_for_light("Connecting")
        finally:
            os.kill(backend, signal.SIGCONT)
        await desk.wait_for_light("Live")
        await desk.wait_for_row("Payments API", "Down")
        await desk.wait_for_card("Active incidents", "1")

        target.answer = Answer()
        await desk.reader.wait_for_text("✨ Payments API has recovered")
        await desk.wait_for_row("Payments API", "Up")
        assert desk.backend_pid() == backend, "a cut line is no reason to restart the backend"
        await desk.quit()


async def test_a_killed_backend_is_started_again_and_no_row_is_lost(
    tmp_path: Path, target: TargetServer
):
    names = [f"Service {number:02}" for number in range(7)]
    await prepare_profile(
        tmp_path, [{"name": name, "url": f"{target.url}/{name[-2:]}", **QUICK} for name in names]
    )
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_card("Up", "7", timeout=30)
        killed = desk.backend_pid()
        async with asyncio.TaskGroup() as seen:
            seen.create_task(_wait_until_not_live(desk))
            died = datetime.now(UTC)
            os.kill(killed, signal.SIGKILL)
        await desk.wait_for_light("Live")
        usable_after_s = (_last_connect(tmp_path / "data") - died).total_seconds()
        print(f"\nusable {usable_after_s:.1f} s after the kill")
        assert 0 < usable_after_s < USABLE_WITHIN_S
        assert desk.backend_pid() != killed

        await desk.wait_for_card("Up", "7", timeout=30)
        for name in names:
            await desk.wait_for_row(name, "Up")
        target.answer = Answer(status=503)
        await desk.wait_for_card("Down", "7", timeout=30)
        await desk.quit()


async def test_a_killed_desktop_takes_its_backend_with_it(tmp_path: Path, target: TargetServer):
    await prepare_profile(tmp_path, [{"name": "Payments API", "url": target.url, **QUICK}])
    async with running_desk(tmp_path) as desk:
        await desk.wait_for_row("Payments API", "Up")
        desk.program.signal(signal.SIGKILL)
        await desk.program.wait_for_exit()
        await desk.program.wait_until_none_left(timeout=3)


def _last_connect(data_dir: Path) -> datetime:
    """Return when the desktop had its line, by its own log: who reads its screen is slower."""
    lines = (data_dir / "logs" / "desktop.log").read_text().splitlines()
    return datetime.fromisoformat([line for line in lines if ": connect: " in line][-1].split()[0])


async def _wait_until_not_live(desk: Desk) -> None:
    await desk.reader.wait_for(
        lambda node: "Connection: " in node.name and "Live" not in node.name,
        "the light to leave green",
    )
