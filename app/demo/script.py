"""What the demonstration's targets answer, second by second, and the endpoints that watch them.

Read by ``targets``. The story is told within a minute and begins again after four, so that a
picture, a test and a newcomer all see every status, an incident and a recovery.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

PERIOD_S = 240.0


@dataclass(frozen=True, slots=True)
class Act:
    """How a target behaves from some second of the story on.

    Attributes:
        from_s: when it begins, in seconds from the story's beginning.
        delay_ms: how long an answer takes; it wavers around that.
        status_code: what it answers; ``None`` for no answer at all.
    """

    from_s: float
    delay_ms: float
    status_code: int | None = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One endpoint of the demonstration and its target's acts, the first from second 0."""

    path: str
    name: str
    acts: tuple[Act, ...]
    settings: Mapping[str, JsonValue]

    def act_at(self, second: float) -> Act:
        """Return the act at a second of the story, which repeats."""
        now = second % PERIOD_S
        return next(act for act in reversed(self.acts) if act.from_s <= now)


def _calm(delay_ms: float) -> tuple[Act, ...]:
    return (Act(0, delay_ms),)


_QUICK: dict[str, JsonValue] = {"checkInterval": 5, "retryInterval": 1, "degradedThreshold": 400}

PARTS: tuple[Part, ...] = (
    Part(
        "/payments",
        "Payments API",
        (Act(0, 45), Act(4, 620), Act(9, 30, 503), Act(34, 60)),
        {**_QUICK, "tags": ["core", "money"]},
    ),
    Part("/search", "Search", (Act(0, 90), Act(6, 840), Act(50, 110)), {**_QUICK}),
    Part("/auth", "Auth", _calm(28), {**_QUICK, "method": "POST", "tags": ["core"]}),
    Part("/", "Website", _calm(120), {**_QUICK, "tags": ["public"]}),
    Part("/catalog", "Catalog API", _calm(64), {**_QUICK}),
    Part("/orders", "Orders API", (Act(0, 75), Act(20, 480), Act(27, 75)), {**_QUICK}),
    Part("/images", "Image CDN", _calm(14), {**_QUICK, "tags": ["public"]}),
    Part("/mail", "Mail gateway", _calm(52), {**_QUICK, "checkInterval": 10}),
    Part("/webhooks", "Webhook relay", _calm(36), {**_QUICK, "method": "HEAD"}),
    Part(
        "/stock",
        "Partner stock feed",
        (Act(0, 0, None),),
        # It takes its whole two minutes for the first check, so it is seen waiting.
        {"checkInterval": 3600, "retryInterval": 3600, "timeoutThreshold": 120_000},
    ),
    Part("/reports", "Legacy reports", _calm(200), {"checkInterval": 60, "isActive": False}),
)
"""The whole cast."""


def drafts(base_url: str) -> tuple[dict[str, JsonValue], ...]:
    """Return the endpoints as REST takes them.

    Args:
        base_url: where the targets are, without a slash at its end.
    """
    return tuple(
        {"name": part.name, "url": f"{base_url}{part.path}", **part.settings} for part in PARTS
    )
