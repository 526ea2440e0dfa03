"""A list of tokens: hashes only, read anew when it changed, and nobody on it when it is away."""

import json
import os
import stat
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from backend.contract.vocabulary import TokenScope
from backend.storage.errors import NoSuchToken, TokenListUnusable, TokenNameTaken
from backend.storage.tokens import (
    TokenList,
    add_token,
    read_tokens,
    revoke_token,
    without_tokens,
)

NOW_MS = 1_700_000_000_000
READ, WRITE = TokenScope.READ, TokenScope.WRITE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a list is to be."""
    return tmp_path / "tokens.json"


def test_a_token_is_256_random_bits_and_the_file_holds_its_hash_alone(file: Path) -> None:
    token = add_token(file, "office", READ, NOW_MS)
    assert len(token) == len("vigil_") + 43
    assert token not in file.read_text()
    (entry,) = json.loads(file.read_text())["tokens"]
    assert (entry["name"], entry["scope"], len(entry["sha256"])) == ("office", "read", 64)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_each_token_opens_for_its_own_holder_and_nothing_else_does(file: Path) -> None:
    reads, writes = add_token(file, "a", READ, NOW_MS), add_token(file, "b", WRITE, NOW_MS)
    tokens = TokenList(file)
    reader, writer = tokens.holder_of(reads.encode()), tokens.holder_of(writes.encode())
    assert reader is not None
    assert writer is not None
    assert (reader.name, reader.may_write) == ("a", False)
    assert (writer.name, writer.may_write) == ("b", True)
    hashed = read_tokens(file)[0].sha256
    for wrong in (b"", b"x", reads[:-1].encode(), reads.upper().encode(), hashed.encode(), b"\xff"):
        assert tokens.holder_of(wrong) is None


def test_a_revoked_token_is_none_at_once_and_an_added_one_is(file: Path) -> None:
    old = add_token(file, "old", WRITE, NOW_MS)
    tokens = TokenList(file)
    holder = tokens.holder_of(old.encode())
    assert holder is not None
    new = add_token(file, "new", WRITE, NOW_MS)
    assert tokens.holder_of(new.encode()) is not None
    assert tokens.holds(holder)
    revoke_token(file, "old")
    assert tokens.holder_of(old.encode()) is None
    assert not tokens.holds(holder)


def test_a_name_given_again_is_another_token(file: Path) -> None:
    old = add_token(file, "office", WRITE, NOW_MS)
    tokens = TokenList(file)
    holder = tokens.holder_of(old.encode())
    assert holder is not None
    with pytest.raises(TokenNameTaken, match="office"):
        add_token(file, "office", READ, NOW_MS)
    revoke_token(file, "office")
    add_token(file, "office", WRITE, NOW_MS)
    assert not tokens.holds(holder)


@pytest.mark.parametrize("spoilt", ["deleted", "opened to others", "overwritten", "emptied"])
def test_a_list_that_cannot_be_trusted_lets_nobody_in_and_says_so_once(
    file: Path, spoilt: str
) -> None:
    token = add_token(file, "office", WRITE, NOW_MS).encode()
    tokens, good = TokenList(file), file.read_bytes()
    match spoilt:
        case "deleted":
            file.unlink()
        case "opened to others":
            file.chmod(0o644)
        case "overwritten":
            file.write_bytes(b"{}garbage")
        case _:
            file.write_bytes(b"")
    with capture_logs() as lines:
        assert tokens.holder_of(token) is None
        assert tokens.holder_of(token) is None
    assert [line["log_level"] for line in lines] == ["error"]
    file.write_bytes(good)
    file.chmod(0o600)
    assert tokens.holder_of(token) is not None


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        (None, 0o600, "is missing"),
        (b"", 0o600, "is not one that"),
        (b"a-token-in-plain-text\n", 0o600, "is not one that"),
        (b'{"format": "other", "version": 1, "tokens": []}', 0o600, "is not one that"),
        (b'{"format": "vigil-tokens", "version": 2, "tokens": []}', 0o600, "is not one that"),
        (b'{"format": "vigil-tokens", "version": 1, "tokens": []}', 0o640, "other users"),
    ],
)
def test_what_is_no_list_is_told_in_one_sentence(
    file: Path, content: bytes | None, mode: int, says: str
) -> None:
    if content is not None:
        file.write_bytes(content)
        file.chmod(mode)
    with pytest.raises(TokenListUnusable, match=says) as told:
        TokenList(file)
    assert str(file) in str(told.value)


@pytest.mark.parametrize("name", ["", " a", "a\nb", "a/b", "x" * 65, "<b>"])
def test_a_name_that_would_not_be_one_in_a_log_is_refused(file: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        add_token(file, name, READ, NOW_MS)


def test_who_is_not_there_cannot_be_revoked(file: Path) -> None:
    add_token(file, "office", READ, NOW_MS)
    with pytest.raises(NoSuchToken, match="home"):
        revoke_token(file, "home")
    assert [it.name for it in read_tokens(file)] == ["office"]


def test_two_commands_do_not_work_on_it_at_once(file: Path) -> None:
    add_token(file, "office", READ, NOW_MS)
    fcntl = pytest.importorskip("fcntl")
    held = os.open(file.with_name("tokens.json.lock"), os.O_RDWR)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BlockingIOError):
            revoke_token(file, "office")
    finally:
        os.close(held)
    assert len(read_tokens(file)) == 1


def test_what_looks_like_a_token_is_left_out_of_a_text(file: Path) -> None:
    token = add_token(file, "office", READ, NOW_MS)
    assert without_tokens(f"GET /api/{token}/x") == "GET /api/.../x"
