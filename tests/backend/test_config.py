"""Where the token of a run comes from."""

import stat
from pathlib import Path

import pytest

from backend.config import Settings, TokenFileUnusable, token_of


def test_a_token_that_is_given_is_the_token(tmp_path: Path) -> None:
    assert token_of(Settings(tmp_path, token="abc")) == "abc"
    assert list(tmp_path.iterdir()) == []


def test_without_one_a_file_is_made_and_read_again(tmp_path: Path) -> None:
    made = token_of(Settings(tmp_path))
    assert len(bytes.fromhex(made)) == 32
    assert token_of(Settings(tmp_path)) == made
    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_text("abc\n")
    file.chmod(0o644)
    assert token_of(Settings(tmp_path, token_file=file)) == "abc"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe"])
def test_a_file_that_holds_no_token_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine"
    file.write_bytes(content)
    with pytest.raises(TokenFileUnusable, match="mine"):
        token_of(Settings(tmp_path, token_file=file))


def test_a_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(TokenFileUnusable, match="nowhere"):
        token_of(Settings(tmp_path, token_file=tmp_path / "nowhere" / "token"))
