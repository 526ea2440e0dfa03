"""kill -9 in a burst of writes: nothing the backend acknowledged is lost."""

import asyncio
import signal
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from app.services.child import Address
from app.services.failures import RestFailure
from app.services.rest import Rest
from tests.helpers.bell import Bell
from tests.helpers.program import Backend, running_backend
from tests.helpers.target_server import TargetServer, running_target
from tests.integration.chaos.storm import seeded
from tests.integration.chaos.truth import Truth, good, truth_of

WRITERS = 6
ROUNDS = [
    pytest.param(number, marks=[] if number < 2 else pytest.mark.long) for number in range(20)
]


@dataclass
class Promised:
    """What was acknowledged of one endpoint; a write that was under way may hold or not.

    Attributes:
        names: the name acknowledged last, then those of writes that were not answered.
        deleted: whether it must be gone; ``None`` where nobody knows.
        checks: the ids of the checks whose results were answered.
    """

    names: list[str]
    deleted: bool | None = False
    checks: set[str] = field(default_factory=set)


class Burst:
    """Writers that never pause, each with endpoints of its own, until the backend is gone."""

    def __init__(self, rest: Rest, target: TargetServer, chance: Random) -> None:
        self.promised: dict[str, Promised] = {}
        self.acknowledged: Counter[str] = Counter()
        self._rest = rest
        self._target = target
        self._chance = chance
        self._bell = Bell()

    async def run_until_killed(self, backend: Backend, writes: int) -> None:
        """Write until so many writes are acknowledged, kill it, and wait for the writers' end."""
        async with asyncio.TaskGroup() as group:
            for number in range(WRITERS):
                group.create_task(self._write(number), name=f"writer {number}")
            await self._bell.until(lambda: self.acknowledged.total() >= writes, "writes", 30)
            backend.program.signal(signal.SIGKILL)

    async def _write(self, number: int) -> None:
        mine: list[str] = []
        for step in range(10_000):
            kinds = ("create", "rename", "check", "delete") if mine else ("create",)
            kind = self._chance.choices(kinds, (4, 4, 3, 1)[: len(kinds)])[0]
            key = self._chance.choice(mine) if mine else ""
            if not await self._one(kind, key, f"{number}-{step}", mine):
                return
            self.acknowledged[kind] += 1
            self._bell.ring()

    async def _one(self, kind: str, key: str, name: str, mine: list[str]) -> bool:
        """Do one write and note what it promises; return whether it was answered."""
        known = self.promised.get(key)
        match kind:
            case "create":
                draft = {"name": name, "url": self._target.url, "checkInterval": 86_400}
                made = await self._rest.create(draft)
                if isinstance(made, RestFailure):
                    return False
                mine.append(made.id)
                self.promised[made.id] = Promised([name])
            case "rename":
                known.names.append(name)
                if isinstance(await self._rest.patch(key, {"name": name}), RestFailure):
                    return False
                known.names[:] = [name]
            case "check":
                result = await self._rest.check_now(key)
                if isinstance(result, RestFailure):
                    return False
                known.checks.add(result.id)
            case "delete":
                mine.remove(key)
                known.deleted = None
                if isinstance(await self._rest.delete(key), RestFailure):
                    return False
                known.deleted = True
        return True


@pytest.mark.parametrize("number", ROUNDS)
async def test_a_backend_killed_in_a_burst_has_kept_all_it_acknowledged(
    number: int, tmp_path: Path
) -> None:
    chance = seeded(number)
    rest = Rest()
    async with running_target() as target:
        async with running_backend(tmp_path) as backend:
            await rest.set_address(Address(backend.url, backend.token))
            burst = Burst(rest, target, chance)
            await burst.run_until_killed(backend, chance.randint(60, 240))
            await backend.program.wait_for_exit()
        async with running_backend(tmp_path) as backend:
            await rest.set_address(Address(backend.url, backend.token))
            lost = await _lost(burst, await truth_of(rest), rest)
            await rest.aclose()
    assert min(burst.acknowledged[kind] for kind in ("create", "rename", "check")) >= 5
    assert lost == []


async def _lost(burst: Burst, truth: Truth, rest: Rest) -> list[str]:
    """Return every promise that was not kept."""
    lost = []
    for key, promised in burst.promised.items():
        row = truth.rows.get(key)
        if row is None:
            if promised.deleted is False:
                lost.append(f"{promised.names} is gone")
            continue
        if promised.deleted:
            lost.append(f"{promised.names} is not deleted")
        if row.view.name not in promised.names:
            lost.append(f"{row.view.name} should be one of {promised.names}")
        results = await rest.check_results(key, limit=100)
        kept = {each.id for each in good(results).results}
        lost += [f"a check of {row.view.name}" for _ in promised.checks - kept]
    return lost
