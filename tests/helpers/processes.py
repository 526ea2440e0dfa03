"""Finds and awaits the processes that a program under test left or left behind.

Used by `tests.helpers.program`. Every program is started with a mark in its environment, which its
descendants inherit: they are found by it also when their parent is gone. Linux only.
"""

import asyncio
import os
import signal
from pathlib import Path

MARK = "VIGIL_TEST_PROGRAM"


def marked(mark: str) -> list[int]:
    """Return the living processes that were started with this mark, zombies left out."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return sorted(found)


def command_of(pid: int) -> str:
    """Return the command line of a process, or ``gone``."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except (FileNotFoundError, ProcessLookupError):
        return "gone"


async def ended(pid: int) -> None:
    """Wait until a process has ended."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    gone = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(handle, gone.set)  # readable once the process has ended
    try:
        await gone.wait()
    finally:
        loop.remove_reader(handle)
        os.close(handle)


async def all_ended(mark: str, timeout: float) -> None:
    """Wait until no process with this mark lives.

    Raises:
        AssertionError: some lived longer than ``timeout`` seconds; the message names them.
    """
    try:
        async with asyncio.timeout(timeout):
            while living := marked(mark):
                await ended(living[0])
    except TimeoutError:
        left = {pid: command_of(pid) for pid in marked(mark)}
        raise AssertionError(f"still running after {timeout} s: {left}") from None


def kill_all(mark: str) -> None:
    """Kill every process with this mark."""
    for pid in marked(mark):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
