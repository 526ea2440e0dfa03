"""What log lines hold, and what they never hold."""

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from backend.logs import log_to_file, log_to_stderr


@pytest.fixture
def logging_as_in_the_program() -> Iterator[None]:
    """The program's set-up, taken back afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    log_to_stderr()
    yield
    root.handlers[:], level = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.mark.usefixtures("logging_as_in_the_program")
def test_lines_of_ours_and_of_libraries_reach_a_private_file_without_secrets(
    tmp_path: Path,
) -> None:
    with log_to_file(tmp_path):
        structlog.stdlib.get_logger("backend.test").info("asked", url="http://kim:pw@a.test/?k=v")
        logging.getLogger("library").warning("GET %s", "http://kim:pw@b.test/")
        try:
            raise ValueError("http://kim:pw@c.test/")
        except ValueError:
            structlog.stdlib.get_logger("backend.test").exception("failed")
    file = tmp_path / "logs" / "backend.log"
    written = file.read_text()
    assert "url='http://a.test/?...'" in written
    assert "GET http://b.test/" in written
    assert "ValueError: http://c.test/" in written
    assert "pw" not in written
    assert "k=v" not in written
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.usefixtures("logging_as_in_the_program")
def test_the_file_turns_over_and_stays_private(tmp_path: Path) -> None:
    with log_to_file(tmp_path):
        for number in range(40):
            logging.getLogger("library").warning("%s %s", number, "x" * 100_000)
    files = sorted((tmp_path / "logs").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
