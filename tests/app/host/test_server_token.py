"""The token of a server: in the keyring where there is one, else in a file of its owner alone."""

import stat
from pathlib import Path

import pytest

from app.host.server_token import FILE, ServerToken
from backend.storage.keyrings import SystemKeyring
from tests.helpers.memory_keyring import MemoryKeyring


def left_in(folder: Path) -> list[Path]:
    """Return the files there."""
    return list(folder.iterdir())


def a_keyring() -> SystemKeyring:
    """Return one that keeps what it is given."""
    ring = MemoryKeyring()
    return SystemKeyring(lambda: ring)


def no_keyring() -> SystemKeyring:
    """Return what this computer has where it has no keyring."""

    def find() -> MemoryKeyring:
        raise LookupError("no keyring")

    return SystemKeyring(find)


URL = "https://vigil.example:8443"


async def test_a_keyring_keeps_it_and_no_file_does(tmp_path: Path) -> None:
    keyring = a_keyring()
    kept = ServerToken(URL, tmp_path, keyring)
    assert await kept.get() is None
    await kept.put("vigil_token")
    assert await ServerToken(URL, tmp_path, keyring).get() == "vigil_token"
    assert await ServerToken("https://other.example", tmp_path, keyring).get() is None
    assert left_in(tmp_path) == []
    await kept.drop()
    assert await kept.get() is None


@pytest.mark.parametrize("begins_with", ["nothing", "a file open to others"])
async def test_without_a_keyring_a_private_file_keeps_it(tmp_path: Path, begins_with: str) -> None:
    if begins_with != "nothing":
        (tmp_path / FILE).write_text("old")
        (tmp_path / FILE).chmod(0o644)
    kept = ServerToken(URL, tmp_path, no_keyring())
    await kept.put("vigil_token")
    assert await kept.get() == "vigil_token"
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    await kept.drop()
    assert await kept.get() is None
    assert left_in(tmp_path) == []


async def test_a_keyring_that_came_later_takes_the_file_s_place(tmp_path: Path) -> None:
    await ServerToken(URL, tmp_path, no_keyring()).put("first")
    kept = ServerToken(URL, tmp_path, a_keyring())
    assert await kept.get() == "first"
    await kept.put("second")
    assert await kept.get() == "second"
    assert left_in(tmp_path) == []
