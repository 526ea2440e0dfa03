"""The backend as a child: started, restarted, given up with a reason, never left behind."""

import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.services.backend_process import (
    BackendFailure,
    BackendProcess,
    BackendTrouble,
    Pace,
    backend_command,
)
from app.services.child import Address
from app.services.failures import RestFailure
from app.services.rest import Rest
from tests.helpers.bell import Bell

QUICK = Pace(
    first_delay_s=0.01,
    steady_s=60,
    ready_timeout_s=20,
    stop_timeout_s=5,
    busy_patience_s=0.2,
)

READY = """
import json, os, sys
token = sys.stdin.readline().strip()
print("noise before", flush=True)
print(json.dumps({"ready": True, "url": f"http://127.0.0.1:{len(token)}", "pid": os.getpid()}),
      flush=True)
"""
SERVES = READY + "sys.stdin.read()\n"


@dataclass
class Watched:
    """A process under watch, and what it told."""

    process: BackendProcess
    bell: Bell = field(default_factory=Bell)
    addresses: list[Address] = field(default_factory=list)
    ends: list[None] = field(default_factory=list)
    failures: list[BackendFailure] = field(default_factory=list)

    async def until_serving(self, starts: int = 1) -> Address:
        await self.bell.until(lambda: len(self.addresses) >= starts, f"{starts} starts", 20)
        return self.addresses[-1]

    async def until_given_up(self) -> BackendFailure:
        await self.bell.until(lambda: self.failures, "giving up", 20)
        return self.failures[-1]


@asynccontextmanager
async def watched(command: list[str], pace: Pace = QUICK) -> AsyncIterator[Watched]:
    it = Watched(BackendProcess(command, pace))
    it.process.serving.add(it.addresses.append)
    it.process.gone.add(lambda: it.ends.append(None))
    it.process.failed.add(it.failures.append)
    it.process.serving.add(lambda _: it.bell.ring())
    it.process.gone.add(it.bell.ring)
    it.process.failed.add(lambda _: it.bell.ring())
    it.process.start()
    try:
        yield it
    finally:
        await it.process.aclose()


def child(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_real_backend_serves_at_the_address_it_told(tmp_path: Path) -> None:
    async with watched(backend_command(tmp_path / "data")) as it:
        rest = Rest()
        await rest.set_address(await it.until_serving())
        health = await rest.health()
        await rest.aclose()

        assert not isinstance(health, RestFailure)
        assert health.version is not None


async def test_closing_ends_the_real_backend(tmp_path: Path) -> None:
    async with watched(backend_command(tmp_path / "data")) as it:
        await it.until_serving()
        pid = it.process.pid
        assert pid is not None

    assert not runs(pid)
    assert it.failures == []


async def test_a_killed_backend_is_started_again_with_another_token(tmp_path: Path) -> None:
    async with watched(backend_command(tmp_path / "data")) as it:
        await it.until_serving()
        assert it.process.pid is not None
        os.kill(it.process.pid, signal.SIGKILL)
        await it.until_serving(2)

        first, second = it.addresses
        assert first.token != second.token
        assert len(it.ends) == 1
        assert len(second.token) >= 43


async def test_a_backend_that_crashes_three_times_in_a_row_is_given_up_with_its_last_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    code = "import sys; sys.stdin.readline(); sys.stderr.write('it broke\\n'); sys.exit(9)"
    async with watched(child(code)) as it:
        failure = await it.until_given_up()

        assert failure.trouble is BackendTrouble.CRASHED
        assert failure.exit_code == 9
        assert failure.last_lines == ("it broke",) * 3
        assert caplog.messages.count("it said: it broke") == 3
        assert it.addresses == []
        assert not it.process.is_running


async def test_a_backend_that_serves_and_crashes_at_once_is_given_up_too() -> None:
    async with watched(child(READY + "sys.exit(1)")) as it:
        await it.until_given_up()

        assert len(it.addresses) <= 3


async def test_a_start_that_served_long_enough_ends_a_row_of_crashes() -> None:
    async with watched(child(READY + "sys.exit(1)"), replace(QUICK, steady_s=0.0)) as it:
        await it.until_serving(5)

        assert it.failures == []


async def test_one_given_up_can_be_started_again_by_hand() -> None:
    async with watched(child("raise SystemExit(9)")) as it:
        await it.until_given_up()
        it.process.start()
        await it.bell.until(lambda: len(it.failures) == 2, "giving up again", 20)


@pytest.mark.parametrize(
    ("exit_code", "trouble"),
    [
        (2, BackendTrouble.WRONG_ARGUMENTS),
        (3, BackendTrouble.DIRECTORY_UNUSABLE),
        (4, BackendTrouble.NEWER_DATABASE),
    ],
)
async def test_an_exit_code_with_a_meaning_is_not_retried(
    exit_code: int, trouble: BackendTrouble
) -> None:
    code = f"import sys; sys.stderr.write('why\\n'); sys.exit({exit_code})"
    async with watched(child(code), replace(QUICK, busy_patience_s=0.0)) as it:
        failure = await it.until_given_up()

        assert failure.trouble is trouble
        assert failure.exit_code == exit_code
        assert failure.last_lines == ("why",)


async def test_a_directory_that_is_in_use_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    marker = tmp_path / "first"
    code = (
        f"""
import pathlib, sys
marker = pathlib.Path({str(marker)!r})
if not marker.exists():
    marker.touch()
    sys.exit(3)
"""
        + SERVES
    )
    async with watched(child(code), replace(QUICK, busy_patience_s=10)) as it:
        await it.until_serving()

        assert it.failures == []


async def test_a_directory_held_by_another_backend_is_named(tmp_path: Path) -> None:
    async with watched(backend_command(tmp_path / "data")) as first:
        await first.until_serving()
        async with watched(backend_command(tmp_path / "data")) as second:
            failure = await second.until_given_up()

            assert failure.trouble is BackendTrouble.DIRECTORY_UNUSABLE
            assert str(tmp_path) in failure.last_lines[-1]


async def test_a_program_that_is_not_there_is_given_up() -> None:
    async with watched(["/nonexistent/vigil"]) as it:
        failure = await it.until_given_up()

        assert failure.trouble is BackendTrouble.CRASHED
        assert failure.exit_code is None
        assert "/nonexistent/vigil" in failure.last_lines[-1]


async def test_a_child_that_never_gets_ready_counts_as_a_crash() -> None:
    pace = replace(QUICK, ready_timeout_s=0.05, crashes=1)
    async with watched(child("import sys; sys.stdin.read()"), pace) as it:
        failure = await it.until_given_up()

        assert failure.trouble is BackendTrouble.CRASHED
        assert it.addresses == []


SPEAKS = """
import sys, time
while len(sys.argv) < 2 or time.monotonic() < float(sys.argv[1]):
    sys.stderr.write("still at work\\n")
    sys.stderr.flush()
    time.sleep(0.1)
"""


async def test_a_child_that_says_that_it_is_at_work_is_waited_for() -> None:
    ready_s = time.monotonic() + 3.0
    pace = replace(QUICK, ready_timeout_s=1.5, crashes=1)
    async with watched([*child(SPEAKS + SERVES), str(ready_s)], pace) as it:
        await it.until_serving()

        assert it.failures == []


async def test_a_child_that_says_so_for_ever_is_not() -> None:
    pace = replace(QUICK, longest_start_s=0.3, crashes=1)
    async with watched(child(SPEAKS), pace) as it:
        failure = await it.until_given_up()

        assert failure.trouble is BackendTrouble.CRASHED
        assert "still at work" in failure.last_lines


async def test_a_child_that_names_another_host_is_not_trusted() -> None:
    code = """
import sys
sys.stdin.readline()
print('{"ready": true, "url": "http://192.0.2.1:80"}', flush=True)
"""
    async with watched(child(code)) as it:
        await it.until_given_up()

        assert it.addresses == []


async def test_a_child_that_will_not_stop_is_killed() -> None:
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVES
    stubborn = code + "import time; time.sleep(1000)\n"
    async with watched(child(stubborn), replace(QUICK, stop_timeout_s=0.2)) as it:
        await it.until_serving()
        pid = it.process.pid
        assert pid is not None

    assert not runs(pid)


async def test_a_child_that_logs_a_lot_is_not_held_up() -> None:
    code = "import sys\nsys.stderr.write('x' * 500_000 + '\\n' + 'y' * 500_000)\n" + SERVES
    async with watched(child(code)) as it:
        await it.until_serving()


async def test_the_token_is_not_in_the_childs_arguments_or_environment(tmp_path: Path) -> None:
    async with watched(backend_command(tmp_path / "data")) as it:
        token = (await it.until_serving()).token.encode()
        proc = Path(f"/proc/{it.process.pid}")

        assert token not in (proc / "cmdline").read_bytes()
        assert token not in (proc / "environ").read_bytes()
