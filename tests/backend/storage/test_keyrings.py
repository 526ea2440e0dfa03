"""The keyring is asked in a thread, for a bounded time, and only where it is worth it."""

import asyncio

import pytest
from keyring.backends import fail
from keyring.errors import KeyringLocked

from backend.storage.keyrings import KeyringError, SystemKeyring, _found
from tests.helpers.memory_keyring import MemoryKeyring


async def test_what_was_put_is_got_until_it_is_dropped() -> None:
    ring = SystemKeyring(MemoryKeyring)
    assert await ring.get("a") is None
    await ring.put("a", "one")
    await ring.put("a", "two")
    assert await ring.get("a") == "two"
    await ring.drop("a")
    await ring.drop("a")
    assert await ring.get("a") is None


async def test_a_keyring_that_refuses_is_trouble_whose_words_hold_no_value() -> None:
    memory = MemoryKeyring()
    memory.refuses = KeyringLocked("locked: s3cret")
    ring = SystemKeyring(lambda: memory)
    with pytest.raises(KeyringError) as trouble:
        await ring.put("a", "s3cret")
    assert str(trouble.value) == "The keyring refused: KeyringLocked"


async def test_a_keyring_that_hangs_holds_up_neither_the_loop_nor_who_asks_next() -> None:
    memory = MemoryKeyring()
    memory.lets_go.clear()
    ring = SystemKeyring(lambda: memory, wait_s=0.05)
    turns = 0

    async def beat() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        beating = group.create_task(beat(), name="beat")
        with pytest.raises(KeyringError, match="does not answer"):
            await ring.put("a", "one")
        beating.cancel()
    assert turns > 100
    for _ in range(3):
        with pytest.raises(KeyringError, match="does not answer"):
            await ring.get("a")
    assert memory.calls == 1, "no second call while the first one hangs"
    assert ring._hanging is not None
    memory.lets_go.set()
    await ring._hanging
    assert await ring.get("a") == "one"


async def test_a_computer_without_a_keyring_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    found = fail.Keyring()
    monkeypatch.setattr("keyring.get_keyring", lambda: found)
    with pytest.raises(LookupError):
        _found()
    with pytest.raises(KeyringError, match="LookupError"):
        await SystemKeyring(_found).get("a")
