"""Tasks have a name and an owner, and none is left behind."""

import asyncio

import pytest

from app.tasks import TaskOwner


async def _fail() -> None:
    raise ValueError("it broke")


async def test_a_task_bears_its_owners_name_and_its_own() -> None:
    owner = TaskOwner("line")
    task = owner.spawn(asyncio.Event().wait(), "wait")

    assert task.get_name() == "line: wait"
    assert owner.names == ["line: wait"]
    await owner.aclose()


async def test_a_failing_task_is_logged_once_and_harms_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    owner = TaskOwner("line")
    other = owner.spawn(asyncio.Event().wait(), "wait")
    failing = owner.spawn(_fail(), "break")
    await asyncio.wait({failing})
    await owner.aclose()

    assert other.cancelled()
    assert [record.getMessage() for record in caplog.records] == ["the task 'line: break' failed"]


async def test_closing_waits_for_what_a_cancelled_task_still_does() -> None:
    owner, steps = TaskOwner("line"), list[str]()

    async def tidy() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            steps.append("tidied")

    owner.spawn(tidy(), "tidy")
    await asyncio.sleep(0)
    await owner.aclose()

    assert steps == ["tidied"]
    assert owner.names == []


async def test_nothing_starts_under_an_owner_that_is_closed() -> None:
    owner = TaskOwner("line")
    await owner.aclose()

    assert owner.is_closed
    with pytest.raises(RuntimeError, match="closed"):
        owner.spawn(_fail(), "late")


async def test_a_task_may_close_its_own_owner() -> None:
    owner = TaskOwner("line")
    other = owner.spawn(asyncio.Event().wait(), "wait")
    await owner.spawn(owner.aclose(), "close")

    assert other.cancelled()
