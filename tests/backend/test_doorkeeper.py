"""Wrong tokens wait, the right one never does, and the log tells of them without the token."""

import asyncio
import time

import pytest
from structlog.testing import capture_logs

from backend.doorkeeper import Doorkeeper, OneToken

TOKEN = "the-token-of-this-test"


def test_only_the_token_is_known() -> None:
    keeper = Doorkeeper(OneToken(TOKEN))
    assert keeper.holder_of(TOKEN.encode())
    for wrong in (b"", b"x", TOKEN.encode() + b"x", TOKEN.encode()[:-1], b"\xff"):
        assert keeper.holder_of(wrong) is None


async def test_wrong_tokens_wait_for_their_turn_a_few_at_a_time() -> None:
    keeper = Doorkeeper(OneToken(TOKEN), wait_s=0.05)
    began = time.monotonic()
    answers = await asyncio.gather(*(keeper.slow_down("192.0.2.1") for _ in range(12)))
    assert all(answers)
    assert time.monotonic() - began >= 0.15, "three rounds of four"


async def test_more_than_may_wait_are_told_so_at_once() -> None:
    keeper = Doorkeeper(OneToken(TOKEN), wait_s=60)
    async with asyncio.timeout(5):
        async with asyncio.TaskGroup() as group:
            waiting = [group.create_task(keeper.slow_down("192.0.2.1")) for _ in range(64)]
            await asyncio.sleep(0)  # until each of them stands in the queue
            assert await keeper.slow_down("192.0.2.1") is False
            for each in waiting:
                each.cancel()


@pytest.mark.parametrize("door", ["GET /api/{t}", "GET /" + "x" * 10_000, "a\nb"])
def test_a_line_tells_of_a_door_without_the_token_and_not_at_any_length(door: str) -> None:
    with capture_logs() as lines:
        Doorkeeper(OneToken(TOKEN)).tell(door.format(t=TOKEN), "a wrong token")
    (line,) = lines
    assert TOKEN not in str(line)
    assert line["why"] == "a wrong token"
    assert len(line["door"]) <= 120


def test_a_flood_does_not_wash_the_log_away_and_is_counted() -> None:
    now_s = 0.0
    keeper = Doorkeeper(OneToken(TOKEN), now_s=lambda: now_s)
    with capture_logs() as lines:
        for _ in range(1000):
            keeper.tell("GET /", "a wrong token")
        assert len(lines) == 60
        now_s = 61.0
        keeper.tell("GET /", "a wrong token")
        keeper.tell("GET /", "a wrong token")
    assert [line.get("left_out") for line in lines[60:]] == [940, None]
