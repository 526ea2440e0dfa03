"""A crowd of hostile servers beside healthy ones: nobody is wronged, and nothing stalls.

The backend and the crowd are processes of their own, so that what is measured is the backend.
"""

import asyncio
import json
import re
import time
from collections import Counter
from pathlib import Path

import httpx

from tests.helpers.program import Program, running_backend, running_program
from tests.helpers.target_server import running_target

OF_EACH = 6
WATCHED_S = 22
HEALTHY = 5
TIMEOUT_MS = 2000

ASSERTIONS = [
    {"kind": "body", "comparison": "notMatches", "value": "(x+x+)+y"},
    {"kind": "json", "path": "$..*..a", "comparison": "notExists"},
]


def peak_mb(program: Program) -> float:
    """Return the most memory a program has had so far, as the kernel counts it."""
    status = Path(f"/proc/{program.pid}/status").read_text()
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(kilobytes) / 1024


async def add(rest: httpx.AsyncClient, name: str, url: str, **fields: object) -> str:
    draft = {"name": name, "url": url, "checkInterval": 5, "timeoutThreshold": TIMEOUT_MS} | fields
    answer = await rest.post("/api/endpoints", json=draft)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def slowest_answer_s(rest: httpx.AsyncClient, seconds: float) -> float:
    """Ask the API again and again for a time, and return how long the slowest answer took."""
    slowest, until = 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        for path in ("/api/endpoints?limit=100", "/api/statistics/overview", "/api/health"):
            began = time.monotonic()
            answer = await rest.get(path)
            slowest = max(slowest, time.monotonic() - began)
            assert answer.status_code == 200
        await asyncio.sleep(0.05)
    return slowest


async def test_a_crowd_of_hostile_servers_disturbs_no_healthy_check(tmp_path: Path) -> None:
    async with (
        running_program("-m", "tests.helpers.crowd", home=tmp_path / "crowd") as crowd,
        running_target() as target,
        running_backend(tmp_path / "home") as backend,
        httpx.AsyncClient(
            base_url=backend.url,
            headers={"Authorization": f"Bearer {backend.token}"},
            trust_env=False,
            timeout=30,
        ) as rest,
    ):
        ports = json.loads(await crowd.wait_for_line(lambda line: line.startswith("[")))
        before_mb = peak_mb(backend.program)
        healthy = [await add(rest, f"healthy {n}", target.url) for n in range(HEALTHY)]
        hostile = [
            await add(rest, f"hostile {n}", f"http://127.0.0.1:{port}", assertions=ASSERTIONS)
            for port in ports
            for n in range(OF_EACH)
        ]
        slowest_s = await slowest_answer_s(rest, WATCHED_S)
        grown_mb = peak_mb(backend.program) - before_mb

        for endpoint_id in healthy:
            told = (await rest.get(f"/api/endpoints/{endpoint_id}/check-results")).json()
            assert {it["status"] for it in told["results"]} == {"success"}, told["results"]
            assert told["total"] >= WATCHED_S / 5 - 1, "checked when it was due"
            assert max(it["responseTime"] for it in told["results"]) < 1000
        reasons: Counter[str] = Counter()
        for endpoint_id in hostile:
            told = (await rest.get(f"/api/endpoints/{endpoint_id}/check-results")).json()
            assert told["total"] >= 2
            assert {it["status"] for it in told["results"]} == {"failure"}
            reasons.update(f"{it['reason']}: {it['errorMessage']}" for it in told["results"])
        print(f"slowest answer {slowest_s:.2f} s, grown by {grown_mb:.0f} MB, {reasons}")
        assert not [reason for reason in reasons if reason.startswith("ours")], reasons
        assert slowest_s < 1
        assert grown_mb < 150
