"""Secrets are kept in the keyring or in a private file, and are there again after a restart."""

import asyncio
import json
import os
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked

from backend.contract.secrets import SecretPlace
from backend.storage import directory
from backend.storage.errors import NotStored
from backend.storage.keyrings import SystemKeyring
from backend.storage.vault import FILE, RESTS_MS, SecretMissingError, Vault
from tests.helpers.fake_clock import FakeClock
from tests.helpers.memory_keyring import MemoryKeyring


class Place:
    """A directory, a keyring and a clock for vaults to be opened on, one after another."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.ring, self.clock = directory, MemoryKeyring(), FakeClock()

    async def open(self, *, prefers_keyring: bool = True) -> Vault:
        return await Vault.open(
            self.directory,
            keyring=SystemKeyring(lambda: self.ring),
            prefers_keyring=prefers_keyring,
            now_ms=self.clock.wall_ms,
        )

    @property
    def file(self) -> str:
        return (self.directory / FILE).read_text()

    def places(self, vault: Vault) -> dict[str, SecretPlace]:
        return {it.name: it.kept_in for it in vault.view().data}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


async def test_with_a_keyring_the_value_is_there_and_in_no_file(place: Place) -> None:
    vault = await place.open()
    await vault.put({"a": "s3cret"})
    assert list(place.ring.kept.values()) == ["s3cret"]
    assert "s3cret" not in place.file
    assert place.places(vault) == {"a": SecretPlace.KEYRING}
    again = await place.open(prefers_keyring=False)
    assert await again.values({"a"}) == {"a": "s3cret"}


async def test_without_a_keyring_the_value_is_in_a_file_of_its_owner(place: Place) -> None:
    before = os.umask(0)
    try:
        vault = await place.open(prefers_keyring=False)
        await vault.put({"a": "s3cret"})
    finally:
        os.umask(before)
    assert place.ring.calls == 0
    assert (place.directory / FILE).stat().st_mode & 0o777 == 0o600
    assert [it.name for it in place.directory.iterdir()] == [FILE]
    assert vault.view().kept_in is SecretPlace.FILE
    again = await place.open()
    assert await again.values({"a"}) == {"a": "s3cret"}


async def test_a_link_in_the_files_place_is_not_followed(place: Place, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("{}")
    place.directory = tmp_path / "data"
    place.directory.mkdir()
    vault = await place.open(prefers_keyring=False)
    (place.directory / FILE).symlink_to(elsewhere)
    await vault.put({"a": "s3cret"})
    assert elsewhere.read_text() == "{}"
    assert not (place.directory / FILE).is_symlink()


async def test_what_the_keyring_refuses_goes_into_the_file_and_says_so(place: Place) -> None:
    place.ring.refuses = KeyringLocked()
    vault = await place.open()
    await vault.put({"a": "s3cret"})
    assert place.places(vault) == {"a": SecretPlace.FILE}
    assert vault.view().kept_in is SecretPlace.FILE
    place.ring.refuses = None
    place.clock.advance(RESTS_MS)
    await vault.put({"a": "another"})
    assert place.places(vault) == {"a": SecretPlace.KEYRING}
    assert "s3cret" not in place.file


async def test_what_the_keyring_cuts_goes_into_the_file(place: Place) -> None:
    place.ring.most = 3
    vault = await place.open()
    await vault.put({"a": "s3cret"})
    assert place.places(vault) == {"a": SecretPlace.FILE}
    assert await (await place.open()).values({"a"}) == {"a": "s3cret"}


async def test_a_value_is_read_from_the_keyring_once(place: Place) -> None:
    await (await place.open()).put({"a": "s3cret"})
    vault = await place.open()
    place.ring.calls = 0
    for _ in range(3):
        await vault.values({"a"})
    assert place.ring.calls == 1


async def test_a_locked_keyring_is_asked_by_checks_once_a_minute(place: Place) -> None:
    await (await place.open()).put({"a": "s3cret"})
    vault = await place.open()
    place.ring.refuses, place.ring.calls = KeyringLocked(), 0
    for _ in range(3):
        with pytest.raises(SecretMissingError, match="did not give the secret a"):
            await vault.values({"a"})
    assert place.ring.calls == 1
    place.ring.refuses = None
    place.clock.advance(RESTS_MS)
    assert await vault.values({"a"}) == {"a": "s3cret"}


async def test_what_is_gone_from_the_keyring_is_missing(place: Place) -> None:
    await (await place.open()).put({"a": "s3cret"})
    place.ring.kept.clear()
    with pytest.raises(SecretMissingError, match="no secret a any more"):
        await (await place.open()).values({"a"})


async def test_two_profiles_share_a_keyring_and_no_secret(place: Place, tmp_path: Path) -> None:
    first = await place.open()
    place.directory = tmp_path / "other"
    place.directory.mkdir()
    second = await place.open()
    await first.put({"a": "one"})
    await second.put({"a": "two"})
    await second.drop(["a"])
    assert list(place.ring.kept.values()) == ["one"]
    with pytest.raises(SecretMissingError, match="There is no secret a"):
        await second.values({"a"})


async def test_only_what_vigil_named_and_nothing_has_any_more_is_forgotten(place: Place) -> None:
    vault = await place.open()
    used, unused = vault.new_name("authorization"), vault.new_name("cookie")
    await vault.put({"mine": "1", used: "2", unused: "3"})
    now_ms = place.clock.wall_ms()
    await vault.drop_unused({used}, now_ms)
    assert len(place.places(vault)) == 3, "what is new may be in a command that is under way"
    await vault.drop_unused({used}, now_ms + 1)
    assert place.places(vault).keys() == {"mine", used}
    assert sorted(place.ring.kept.values()) == ["1", "2"]


async def test_a_damaged_list_is_put_aside(place: Place) -> None:
    (place.directory / FILE).write_text('{"profile": 3, "secrets": [')
    vault = await place.open(prefers_keyring=False)
    assert vault.view().data == ()
    await vault.put({"a": "1"})
    (aside,) = place.directory.glob("secrets-damaged-*")
    assert aside.read_text() == '{"profile": 3, "secrets": ['


async def test_a_disk_that_takes_nothing_is_said_and_leaves_all_as_it_was(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = await place.open(prefers_keyring=False)
    await vault.put({"a": "1"})

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(directory.os, "fsync", full)
    with pytest.raises(NotStored, match="No space left"):
        await vault.put({"a": "2", "b": "3"})
    assert await vault.values({"a"}) == {"a": "1"}
    assert json.loads(place.file)["secrets"].keys() == {"a"}
    assert [it.name for it in place.directory.iterdir()] == [FILE]


async def test_many_at_once_lose_none(place: Place) -> None:
    vault = await place.open()
    names = {f"n{number}": str(number) for number in range(20)}
    await asyncio.gather(*(vault.put({name: value}) for name, value in names.items()))
    assert await (await place.open()).values(names) == names
