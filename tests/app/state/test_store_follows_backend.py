"""Hearing every event leaves the store as a snapshot of the backend would."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.state.change import NOTHING
from app.state.store import Store
from app.state.summary import summarize
from tests.app.state.engine import FAILED, OK, OURS, SLOW, WARNED, Engine

OUTCOMES = {"ok": OK, "slow": SLOW, "warned": WARNED, "failed": FAILED, "ours": OURS}
STEPS = st.tuples(
    st.integers(0, 2),
    st.sampled_from(
        [
            *OUTCOMES,
            "fail three times",
            "sleep",
            "rename",
            "new url",
            "pause",
            "resume",
            "delete",
            "restore",
        ]
    ),
)


async def _take(engine: Engine, ids: list[str], number: int, step: str) -> None:
    key = ids[number]
    if step == "restore":
        await engine.endpoints.restore(key)
    elif step == "sleep":
        await engine.lose_sight()
    elif key not in engine.monitors:
        return
    elif step in OUTCOMES:
        await engine.check(key, OUTCOMES[step])
    elif step == "fail three times":
        await engine.check(key, FAILED, times=3)
    elif step == "delete":
        await engine.endpoints.remove(key)
    else:
        engine.clock.now_ms += 1000
        fields: dict[str, dict[str, object]] = {
            "rename": {"name": f"Name {engine.clock.now_ms}"},
            "new url": {"url": f"http://127.0.0.1/{engine.clock.now_ms}"},
            "pause": {"is_active": False},
            "resume": {"is_active": True},
        }
        await engine.patch(key, **fields[step])


async def _follow(steps: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        async with Engine.open(Path(directory)) as engine:
            heard = Store(now_ms=lambda: 0)
            heard.replace(await engine.snapshot())
            engine.bus.subscribe(heard.apply)
            ids = [
                (await engine.add(f"API {number}", recovery_threshold=number)).id
                for number in (1, 2, 3)
            ]
            for number, step in steps:
                await _take(engine, ids, number, step)
            truth = await engine.snapshot()
            told = Store(now_ms=lambda: 0)
            told.replace(truth)
            assert dict(heard.incidents) == dict(told.incidents)
            for key, record in told.records.items():
                assert heard.records[key].view == record.view
                assert heard.records[key].open_incident == record.open_incident
            assert summarize(heard) == summarize(told)
            assert heard.replace(truth) == NOTHING


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, max_size=25))
@example(steps=[(1, "fail three times"), (1, "sleep"), (1, "warned")])
def test_hearing_every_event_equals_reading_the_backends_tables(
    steps: list[tuple[int, str]],
) -> None:
    asyncio.run(_follow(steps))
