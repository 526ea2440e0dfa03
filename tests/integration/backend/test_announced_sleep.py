"""The system says that it will sleep: a whole backend holds still, and goes on afterwards."""

import sys
import time
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus", allow_module_level=True)

from backend.contract.events import CheckCompleted, IncidentStarted
from backend.contract.vocabulary import CheckStatus
from backend.domain.schedule import GRAIN_MS
from tests.helpers.live_backend import live_backend
from tests.helpers.logind import running_logind
from tests.helpers.scripted_prober import refused

NEAR = "nothing is checked now: this computer is about to sleep"


async def test_what_was_under_way_is_void_and_nothing_begins_by_hand_either_until_it_woke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_logind() as logind:
        for name, value in logind.environment.items():
            monkeypatch.setenv(name, value)
        async with live_backend(tmp_path) as backend:
            backend.prober.answers["under way"] = refused()
            backend.prober.hold("under way")
            endpoint = await backend.add("under way", failureThreshold=1)
            await backend.prober.wait_for_asked(1)

            await logind.wait_for_listener()
            await logind.say(True)
            backend.prober.release("under way")
            await backend.prober.wait_for_idle()
            backend.prober.answers.clear()
            await backend.add("held")
            by_hand = {
                f"/api/endpoints/{endpoint['id']}/check": None,
                "/api/endpoints/preview": {"name": "trial", "url": "http://shop.test/"},
            }
            due_s = time.monotonic() + 2 * GRAIN_MS / 1000
            while time.monotonic() < due_s:
                for path, body in by_hand.items():
                    answer = await backend.rest.post(path, json=body)
                    assert (answer.status_code, answer.json()["message"]) == (503, NEAR)

            await logind.say(False)
            await backend.add("afterwards")
            await backend.spy.wait_for(
                CheckCompleted, matching=lambda it: it.endpoint_name == "afterwards"
            )
            assert backend.prober.times_asked("held") == 0, "it has time until the network is back"
    assert backend.prober.times_asked("under way") == 1
    assert backend.prober.times_asked("trial") == 0
    assert {it.status for it in backend.spy.of(CheckCompleted)} == {CheckStatus.SUCCESS}
    assert backend.spy.of(IncidentStarted) == []
