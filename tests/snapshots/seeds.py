"""The endpoints of the pictures: the usual twelve, and a fleet; what is told of each."""

from dataclasses import dataclass
from datetime import timedelta

from backend.contract.vocabulary import Method, Period, Resolution, Status
from tests.snapshots import past
from tests.snapshots.past import Counted, Outage

DOWN, SLOW, UP, WAITING = Status.DOWN, Status.DEGRADED, Status.UP, Status.UNKNOWN
REFUSED, GATEWAY = "Connection refused", "Expected status 200, got 503"
SLOWLY, EXPIRED = "Timeout exceeded", "TLS certificate expired on 2026-11-19"


def _ago(days: int = 0, hours: int = 0, minutes: int = 0) -> timedelta:
    return timedelta(days=days, hours=hours, minutes=minutes)


@dataclass(frozen=True)
class Seed:
    """What is told of an endpoint; the rest follows from it.

    Attributes:
        latency_ms: How fast it answers, but for the last minutes of a slow one.
        now_ms: How fast it answers now.
        outages: When it was down, newest first.
        checked: Whether it ever was.
        since: How long it has stood as it stands; an outage begun says so itself.
    """

    name: str
    url: str
    status: Status = UP
    latency_ms: float = 84.0
    outages: tuple[Outage, ...] = ()
    now_ms: float | None = None
    method: Method = Method.GET
    paused: bool = False
    checked: bool = True
    since: timedelta = timedelta(days=3, hours=4)
    tags: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its id, which follows from its name."""
        return f"id-{self.name}"

    @property
    def error(self) -> str | None:
        """Why it is down."""
        return self.outages[0].error if self.status is DOWN else None

    @property
    def standing(self) -> timedelta:
        """How long it has stood as it stands."""
        return self.outages[0].ago if self.status is DOWN else self.since

    def over(self, period: Period) -> Counted:
        """Return what was counted of it in a period; nothing where it was not checked."""
        is_watched = self.checked and not self.paused
        return past.over(self.outages, period) if is_watched else past.counted((), 0)

    def on_day(self, age: int) -> Counted:
        """Return what was counted of it on the day so many days before today."""
        paused_for = self.since.days if self.paused else 0
        is_watched = self.checked and age >= paused_for
        return past.on_day(self.outages, age) if is_watched else past.counted((), 0)


SEEDS = (
    Seed(
        "Payments API",
        "https://api.pay.example.com/health",
        DOWN,
        outages=(
            Outage(timedelta(minutes=4, seconds=57), 7, GATEWAY, None),
            Outage(_ago(hours=7), 19, GATEWAY),
            Outage(_ago(days=19, hours=2), 6, SLOWLY),
            Outage(_ago(days=44, hours=9), 171, REFUSED),
        ),
        tags=("money", "production"),
    ),
    Seed(
        "Search",
        "https://search.example.com/ping",
        SLOW,
        240,
        (Outage(_ago(days=2, hours=20), 5, SLOWLY), Outage(_ago(days=16), 62, SLOWLY)),
        now_ms=1840,
        since=timedelta(minutes=12),
    ),
    Seed("Webhook relay", "https://relay.example.com/", WAITING, checked=False),
    Seed(
        "Auth",
        "https://auth.example.com/token",
        method=Method.POST,
        outages=(Outage(_ago(hours=4, minutes=24), 4, REFUSED), Outage(_ago(days=23), 9, GATEWAY)),
    ),
    Seed(
        "결제 게이트웨이",
        "https://pg.example.co.kr/v2/health",
        latency_ms=126,
        outages=(Outage(_ago(days=11, hours=5), 12, SLOWLY),),
    ),
    Seed(
        "Customer identity and access management, European region (Frankfurt and Dublin)",
        "https://identity.eu-central-1.internal.example.com/realms/customers/.well-known/openid",
        latency_ms=312,
        outages=(Outage(_ago(days=8, hours=1), 48, REFUSED),),
    ),
    Seed(
        "Orders",
        "https://orders.example.com/health",
        latency_ms=58,
        outages=(Outage(_ago(days=4), 3, EXPIRED),),
    ),
    Seed(
        "Website",
        "https://www.example.com",
        latency_ms=142,
        outages=(Outage(_ago(hours=16), 3, SLOWLY), Outage(_ago(days=27), 5, GATEWAY)),
    ),
    Seed("Inventory", "https://inventory.example.com/health", latency_ms=33),
    Seed("Invoices", "https://invoices.example.com/health", latency_ms=71),
    Seed(
        "Recommendations",
        "https://recommend.example.com/health",
        latency_ms=203,
        outages=(Outage(_ago(days=1, hours=9), 47, GATEWAY),),
    ),
    Seed(
        "Legacy reports",
        "https://reports.example.com/",
        WAITING,
        latency_ms=420,
        outages=(Outage(_ago(days=6), 6, REFUSED, Resolution.PAUSED),),
        paused=True,
        since=timedelta(days=5, hours=23, minutes=55, seconds=30),
    ),
)
"""The usual twelve, worst first."""


def many(count: int) -> tuple[Seed, ...]:
    """Return that many endpoints: the usual ones and a fleet."""
    fleet = (
        Seed(
            f"Shop {number:04}",
            f"https://shop-{number:04}.example.com/health",
            SLOW if number % 97 == 0 else UP,
            40 + number * 37 % 160,
            () if number % 130 else (Outage(_ago(hours=number % 21, minutes=30), 8, SLOWLY),),
            now_ms=2400 if number % 97 == 0 else None,
            since=_ago(minutes=9),
        )
        for number in range(1, count - len(SEEDS) + 1)
    )
    return (*SEEDS, *fleet)
