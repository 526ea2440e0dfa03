"""A network that a test takes up and down: implements what the engine asks of its surroundings."""

from backend.contract.vocabulary import Reason
from backend.domain.facts import Facts
from backend.domain.reply import Failure, Reply


def ok_from(address: str, port: int = 443) -> Reply:
    """Return an answer that came from an address."""
    host = f"[{address}]" if ":" in address else address
    return Reply(200, 20.0, {}, b"ok", facts=Facts("http://any.test/", peer=f"{host}:{port}"))


def timed_out() -> Failure:
    """Return a failure that may be ours."""
    return Failure(Reason.NETWORK, "Timeout exceeded")


def unresolved() -> Failure:
    """Return a failure of a resolver that does not answer."""
    return Failure(Reason.RESOLVER, "DNS lookup failed: the name server does not answer")


class FakeSurroundings:
    """All is well until a test says otherwise.

    Attributes:
        route: whether there is a route to the world.
        near_route: whether there is one to the local network.
        gateway: what the gateway says.
        reachable: addresses that answer.
        names: whether the resolver answers about fresh names.
        asked: everything that was asked of others, in order.
    """

    def __init__(self) -> None:
        self.route = True
        self.near_route = True
        self.gateway: bool | None = None
        self.reachable: set[str] = set()
        self.names = True
        self.asked: list[str] = []

    def cut(self) -> None:
        """Take the network away."""
        self.route = self.near_route = self.names = False

    def mend(self) -> None:
        """Bring it back."""
        self.route = self.near_route = self.names = True

    def has_route(self, address: str | None = None) -> bool:
        """Say whether there is a route."""
        return self.route if address is None else self.near_route

    async def gateway_answers(self) -> bool | None:
        """Answer for the gateway."""
        self.asked.append("gateway")
        return self.gateway

    async def answers(self, address: str, port: int) -> bool:
        """Answer for a target."""
        self.asked.append(f"{address}:{port}")
        return address in self.reachable

    async def knows_afresh(self, name: str) -> bool:
        """Answer for the resolver."""
        self.asked.append(name)
        return self.names
