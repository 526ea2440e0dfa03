"""How soon a client that comes has the whole list.

A real backend process with a seeded past. Nothing fails for being slow.
"""

import json
import statistics
import time
from pathlib import Path

import pytest

from app.services.subscriptions import SMALL
from tests.benchmarks.seeded_past import Past
from tests.helpers.program import running_backend
from tests.helpers.socket_client import connected


@pytest.mark.parametrize(
    ("endpoints", "rounds"),
    [(20, 1), pytest.param(1000, 9, marks=pytest.mark.long)],
    ids=["smoke", "full"],
)
@pytest.mark.timeout(120)
async def test_until_a_client_has_the_list(tmp_path: Path, endpoints: int, rounds: int) -> None:
    Past(endpoints, 2, time.time_ns() // 1_000_000).write(tmp_path / "data")
    took, size = [], 0
    async with running_backend(tmp_path) as backend:
        for _ in range(rounds):
            began = time.perf_counter()
            async with connected(backend.url, backend.token) as client:
                told = await client.ask("subscribe:state", {"snapshot": True, **SMALL})
                took.append((time.perf_counter() - began) * 1000)
            assert len(told["snapshot"]["endpoints"]) == endpoints
            size = len(json.dumps(told))
    began = time.perf_counter()
    json.loads(json.dumps(told))
    bare_ms = (time.perf_counter() - began) * 1000
    print(
        f"\nconnect to the list of {endpoints}, {size / 1e6:.2f} MB in one message: first "
        f"{took[0]:.0f} ms, median of {rounds} {statistics.median(took):.0f} ms (goal 150); only "
        f"to write and read it as JSON {bare_ms:.0f} ms"
    )
