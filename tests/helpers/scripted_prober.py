"""A prober that answers what a test tells it to, when it tells it to. No network."""

import asyncio

from backend.contract.vocabulary import Reason
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Reply
from tests.helpers.bell import Bell

Script = Reply | Failure | Exception


def ok(latency_ms: float = 20.0, status: int = 200) -> Reply:
    """Return an answer of a target."""
    return Reply(status, latency_ms, {}, b"ok")


def refused() -> Failure:
    """Return a failure that counts."""
    return Failure(Reason.TARGET, "Connection refused")


class ScriptedProber:
    """Implements the Prober protocol.

    Attributes:
        answer: what every endpoint answers that `answers` does not name.
        answers: what single endpoints answer, by name.
        asked: the endpoints asked so far, in order.
        under_way: how many are being asked now; most_under_way: how many were at most.
    """

    def __init__(self, answer: Script | None = None) -> None:
        self.answer: Script = answer or ok()
        self.answers: dict[str, Script] = {}
        self.asked: list[Endpoint] = []
        self.under_way = 0
        self.most_under_way = 0
        self._held: dict[str, asyncio.Event] = {}
        self._bell = Bell()

    async def ask(self, endpoint: Endpoint) -> Reply | Failure:
        """Answer as scripted, once nobody holds the answer back."""
        self.asked.append(endpoint)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        self._bell.ring()
        try:
            if endpoint.name in self._held:
                await self._held[endpoint.name].wait()
        finally:
            self.under_way -= 1
            self._bell.ring()
        answer = self.answers.get(endpoint.name, self.answer)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def hold(self, *names: str) -> None:
        """Hold the answers of these endpoints back."""
        for name in names:
            self._held[name] = asyncio.Event()

    def release(self, *names: str) -> None:
        """Let these endpoints answer."""
        for name in names:
            self._held.pop(name).set()

    async def wait_for_asked(self, count: int) -> None:
        """Wait until that many were asked."""
        await self._bell.until(
            lambda: len(self.asked) >= count, f"{count} to be asked", 5, lambda: self.asked
        )

    async def wait_for_idle(self) -> None:
        """Wait until nobody is being asked."""
        await self._bell.until(lambda: self.under_way == 0, "all answers", 5)

    def times_asked(self, name: str) -> int:
        """Return how often the endpoint of that name was asked."""
        return sum(endpoint.name == name for endpoint in self.asked)
