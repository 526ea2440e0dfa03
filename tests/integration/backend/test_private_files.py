"""What the backend writes is its owner's alone from the first byte, and goes through no link."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from backend.config import Settings, TokenFileUnusable
from backend.engine.clock import RealClock
from backend.main import backend
from backend.storage.backups import make_daily
from backend.storage.database import FILE_NAME
from backend.storage.directory import make_private_file, open_private, write_private
from backend.storage.errors import ArchiveError
from backend.storage.upkeep import back_up
from tests.helpers.scripted_prober import ScriptedProber

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")

VICTIM = "another file of the same owner"


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """A umask that closes nothing."""
    before = os.umask(0)
    yield
    os.umask(before)


async def lived_in(directory: Path) -> None:
    """Have a backend write all that it writes."""
    settings = Settings(directory)
    async with backend(settings, prober=ScriptedProber()) as serving:
        headers = {"Authorization": f"Bearer {serving.token}"}
        async with httpx.AsyncClient(base_url=serving.url, headers=headers) as rest:
            draft = {"name": "a", "url": "http://a.test/", "headers": {"Authorization": "x"}}
            assert (await rest.post("/api/endpoints", json=draft)).status_code == 201
        back_up(directory, directory / "mine.db")
        make_daily(directory / FILE_NAME, RealClock().wall_ms())
        open_modes = modes(directory)
    assert {name for name in open_modes if name.endswith(("-wal", "-shm"))}, "they are looked at"
    assert {name: oct(mode) for name, mode in open_modes.items() if mode & 0o077} == {}


def modes(directory: Path) -> dict[str, int]:
    """Return the permissions of all files and folders, by name."""
    return {
        str(path.relative_to(directory)): path.lstat().st_mode & 0o777
        for path in (directory, *directory.rglob("*"))
        if not path.is_symlink()
    }


async def test_all_files_are_private_whatever_the_umask(tmp_path: Path, open_to_all: None) -> None:
    await lived_in(tmp_path / "data")
    names = modes(tmp_path / "data").keys()
    assert {"token", "lock", "secrets.json", "logs/backend.log", "mine.db"} <= names
    assert any(name.startswith("backups/") for name in names)


@pytest.mark.parametrize("name", ["token", "lock", "vigil.db", "logs/backend.log", "secrets.json"])
async def test_a_link_in_a_files_place_is_not_followed(tmp_path: Path, name: str) -> None:
    directory = tmp_path / "data"
    await lived_in(directory)
    (directory / "mine.db").unlink()
    victim = tmp_path / "victim"
    victim.write_text(VICTIM)
    victim.chmod(0o644)
    (directory / name).unlink()
    (directory / name).symlink_to(victim)
    # Refused, or put right; never written through.
    with suppress(ArchiveError, TokenFileUnusable):
        await lived_in(directory)
    assert victim.read_text() == VICTIM
    assert victim.stat().st_mode & 0o777 == 0o644


async def test_a_token_that_somebody_laid_there_as_a_link_is_no_token(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    directory.mkdir()
    (tmp_path / "known").write_text("known-to-others")
    (directory / "token").symlink_to(tmp_path / "known")
    with pytest.raises(TokenFileUnusable):
        async with backend(Settings(directory), prober=ScriptedProber()):
            pass


async def test_a_token_file_that_was_named_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "mounted").write_text("the-token")
    (tmp_path / "token").symlink_to(tmp_path / "mounted")
    settings = Settings(tmp_path / "data", token_file=tmp_path / "token")
    async with backend(settings, prober=ScriptedProber()) as serving:
        assert serving.token == "the-token"


def test_a_file_that_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    path.chmod(0o666)
    make_private_file(path)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_in_the_place_of_a_file_that_is_replaced_gives_way(tmp_path: Path) -> None:
    victim, path = tmp_path / "victim", tmp_path / "file"
    victim.write_text(VICTIM)
    path.symlink_to(victim)
    write_private(path, b"new")
    assert (victim.read_text(), path.read_text()) == (VICTIM, "new")
    assert not path.is_symlink()
    assert sorted(it.name for it in tmp_path.iterdir()) == ["file", "victim"]


def test_a_link_in_the_place_of_an_unfinished_backup_is_not_written_through(
    tmp_path: Path,
) -> None:
    victim = tmp_path / "victim"
    victim.write_text(VICTIM)
    (tmp_path / "link").symlink_to(victim)
    with pytest.raises(FileExistsError):
        make_private_file(tmp_path / "link", fresh=True)
    with pytest.raises(OSError, match="symbolic links"):
        open_private(tmp_path / "link", os.O_CREAT | os.O_RDWR)
    assert victim.read_text() == VICTIM
