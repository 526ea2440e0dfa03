"""The thread of the archive: what takes long there is heard of."""

import threading
from pathlib import Path

from structlog.testing import capture_logs

from backend.storage.archive import Archive
from backend.storage.worker import Worker

WORD = "the archive is still at work"


async def test_a_long_job_says_that_it_goes_on_until_it_is_done() -> None:
    never = threading.Event()
    with capture_logs() as lines, Worker() as worker:
        assert await worker.run_long(lambda: never.wait(0.3), every_s=0.01) is False
        said = len(lines)
        assert await worker.run(lambda: never.wait(0.1)) is False

    assert {line["event"] for line in lines} == {WORD}
    assert len(lines) == said > 1


async def test_the_archive_says_so_while_it_is_opened(tmp_path: Path) -> None:
    with capture_logs() as lines:
        async with Archive.open(tmp_path / "data", word_s=0.0):
            assert WORD in {line["event"] for line in lines}
