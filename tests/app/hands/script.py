"""The list of actions as it is written down in ``actions.txt``, and how a line of it is read.

    [state]
    THING                      done in the usual way for its kind, its own value changes
    THING -> EFFECT            done in the usual way
    THING | HOW -> EFFECT      done otherwise: ``keys Shift+Left``, ``drag``, ``choose Pause``, ...
    | keys Ctrl+N -> EFFECT    wherever the keyboard is

An effect is the beginning of a sentence that can be seen afterwards and could not before; with
``no`` before it, of one that cannot any more; ``nothing`` where nothing may change but the place
of the keyboard. What is done by certain keys or by a gesture must
come of a line for the other hand, too, but where the line says ``only``.
"""

from dataclasses import dataclass
from pathlib import Path

WRITTEN = Path(__file__).with_name("actions.txt")
BY_MOUSE = frozenset(
    {"drag", "wheel", "double click", "click row", "click box", "click", "click line"}
    | {"click with Shift", "drop a file"}
)
"""What a mouse does otherwise than in the usual way."""


@dataclass(frozen=True, slots=True)
class Action:
    """One line.

    Attributes:
        state: In which it is done.
        thing: What is acted upon, "" for wherever the keyboard is.
        how: "" for the usual way.
        effect: What comes of it.
        only: Whether the other hand needs no way to the same.
    """

    state: str
    thing: str
    how: str = ""
    effect: str = ""
    only: bool = False

    @property
    def keys(self) -> list[str]:
        """Which keys do it, none where it is not done by certain keys."""
        return self.how.split()[1:] if self.how.startswith("keys ") else []

    @property
    def entry(self) -> str:
        """Which entry of its menu is chosen."""
        return self.how.removeprefix("choose ") if self.how.startswith("choose ") else ""

    @property
    def tray_entry(self) -> str:
        """Which entry of the tray's menu is chosen."""
        return self.how.removeprefix("tray ") if self.how.startswith("tray ") else ""

    def is_for(self, hand: str) -> bool:
        """Return whether ``keyboard`` or ``mouse`` can do it."""
        if hand == "keyboard":
            return self.how not in BY_MOUSE
        return not self.keys

    def is_had(self, before: set[str], after: set[str]) -> bool:
        """Return whether its effect is among what has changed."""
        if self.effect == "nothing":
            return not {it for it in before ^ after if not it.startswith("keyboard ")}
        if self.effect.startswith("no "):
            before, after = after, before
        begins = self.effect.removeprefix("no ")
        return any(each.startswith(begins) for each in after - before)

    def __str__(self) -> str:
        way = f"{self.thing} | {self.how}" if self.how else self.thing
        return f"{way} -> {self.effect}"


def read() -> list[Action]:
    """Return every line."""
    found, state = [], ""
    for line in WRITTEN.read_text("utf-8").splitlines():
        written = line.strip()
        if written.startswith("["):
            state = written.strip("[]")
        elif written and not written.startswith("#"):
            way, _, effect = written.partition(" -> ")
            thing, _, how = (part.strip() for part in f" {way}".partition(" | "))
            only, how = how.startswith("only "), how.removeprefix("only ")
            found.append(Action(state, thing, how, effect or f"{thing} = ", only))
    return found
