"""A backend that loads before anybody can talk to it: taken over once, or ended."""

import os
from pathlib import Path

import pytest

from app.services.backend_process import BackendProcess, backend_command
from app.services.child import Address
from app.services.early_backend import EarlyBackend
from tests.helpers.bell import Bell


async def test_it_serves_once_it_is_taken_over(tmp_path: Path) -> None:
    command = backend_command(tmp_path / "data")
    early = await EarlyBackend.start(command)
    child = early.take()
    assert child is not None
    early = EarlyBackend(child, early.lines)
    process, bell = BackendProcess(command, early=early), Bell()
    addresses: list[Address] = []
    process.serving.add(addresses.append)
    process.serving.add(lambda _: bell.ring())
    process.start()
    await bell.until(lambda: addresses, "the address", 20)
    assert process.pid == child.pid
    await process.aclose()
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


async def test_it_opens_nothing_and_ends_when_nobody_takes_it(tmp_path: Path) -> None:
    early = await EarlyBackend.start(backend_command(tmp_path / "data"))
    child = early.take()
    assert child is not None
    await EarlyBackend(child, early.lines).aclose()
    assert not (tmp_path / "data").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


async def test_what_cannot_be_started_is_left_to_who_needs_it() -> None:
    early = await EarlyBackend.start(["/no/such/program"])
    assert early.take() is None
    await early.aclose()
