"""Everything flaps at once: the window answers, toasts and alerts have bounds, the end is right."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from app.services.child import Address
from app.services.rest import Rest
from backend.contract.resources import IncidentView
from tests.helpers.program import Program, running_backend, running_program
from tests.helpers.target_server import Answer, running_target
from tests.integration.chaos.truth import all_endpoints, all_incidents

QUICK = {"checkInterval": 5, "retryInterval": 1, "failureThreshold": 1, "timeoutThreshold": 4000}
MOST_TOASTS = 5
ANSWERS_WITHIN_MS = 1000
"""A window that answers later than this feels frozen."""

BEATING = str(Path(__file__).parents[2] / "helpers" / "beating_desktop.py")


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("endpoints", "seconds"),
    [
        (200, 10),
        pytest.param(1000, 60, marks=pytest.mark.long),
    ],
)
async def test_when_everything_flaps_the_window_answers_and_nobody_is_flooded(
    endpoints: int, seconds: int, tmp_path: Path
) -> None:
    async with running_target() as target, running_target() as mailbox:
        await _prepare(tmp_path, endpoints, target.url, mailbox.url)
        async with _beating_desktop(tmp_path) as desktop:
            await desktop.wait_for_line(lambda line: line.startswith("beat"), timeout=40)
            await target.wait_for_hits(target.hits + endpoints, timeout=60)
            calm = len(desktop.output)
            began = time.monotonic()
            while time.monotonic() - began < seconds:
                target.answer = Answer(status=503)
                await asyncio.sleep(1.7)
                target.answer = Answer()
                await asyncio.sleep(1.3)
            flapping = _beats(desktop.output[calm:])
            await target.wait_for_hits(target.hits + 2 * endpoints, timeout=60)
            now = len(desktop.output)
            await desktop.wait_for_line(
                lambda line: line in desktop.output[now:] and line.endswith(" Vigil"), timeout=30
            )
            desktop.signal(15)
            assert await desktop.wait_for_exit() == 0, desktop.said()
        alerts = mailbox.hits
        statuses, incidents = await _truth(tmp_path)
    late, toasts = [beat[0] for beat in flapping], [beat[1] for beat in flapping]
    print(f"\nflapping: worst beat {max(late)} ms, toasts at most {max(toasts)}, {alerts} alerts")
    assert 0 < max(toasts) <= MOST_TOASTS
    assert sorted(late)[len(late) // 2] < ANSWERS_WITHIN_MS / 4
    assert max(late) < ANSWERS_WITHIN_MS
    assert 1 <= alerts <= 4 + seconds / 10, "alerts are gathered"
    assert statuses == Counter({"UP": endpoints})
    assert len(incidents) >= endpoints / 2, "it did flap"
    assert [it for it in incidents if it.resolved_at is None] == []


def _beats(lines: list[str]) -> list[tuple[int, int]]:
    """Return lateness in ms and number of toasts of each beat."""
    return [
        (int(late), int(toasts))
        for line in lines
        if line.startswith("beat")
        for _, late, toasts, _ in [line.split(" ", 3)]
    ]


async def _prepare(home: Path, endpoints: int, url: str, mailbox: str) -> None:
    async with running_backend(home) as backend:
        bearer = {"Authorization": f"Bearer {backend.token}"}
        async with httpx.AsyncClient(
            base_url=f"{backend.url}/api", headers=bearer, trust_env=False
        ) as rest:
            for number in range(endpoints):
                draft = {"name": f"Service {number}", "url": f"{url}/{number}", **QUICK}
                (await rest.post("/endpoints", json=draft)).raise_for_status()
            channel = {"name": "mailbox", "type": "webhook", "config": {"url": mailbox}}
            (await rest.post("/notification-channels", json=channel)).raise_for_status()
        backend.program.close_input()
        assert await backend.program.wait_for_exit() == 0


@asynccontextmanager
async def _beating_desktop(home: Path) -> AsyncIterator[Program]:
    command = [BEATING, "--data-dir", str(home / "data"), "--lang", "en"]
    environment = {"PYTHONPATH": str(Path(__file__).parents[3])}
    async with running_program(*command, home=home, environment=environment) as desktop:
        yield desktop


async def _truth(home: Path) -> tuple[Counter[str], list[IncidentView]]:
    """Read how it ended through a backend of its own, before that has checked anything anew."""
    async with running_backend(home) as backend:
        rest = Rest()
        await rest.set_address(Address(backend.url, backend.token))
        statuses = Counter(it.current_status.value for it in await all_endpoints(rest))
        incidents = await all_incidents(rest)
        await rest.aclose()
    return statuses, incidents
