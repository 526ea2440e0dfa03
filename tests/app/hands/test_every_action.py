"""Everything that can be done in the window is done by the keyboard alone, and by the mouse alone.

``actions.txt`` lists it, with what comes of each; the window itself is asked what there is. So a
button, a shortcut, a key or an entry of a menu that nobody wrote down fails here, and so does one
that a hand cannot get at, or that does something else.
"""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import loop
from tests.app.hands import script
from tests.app.hands.inventory import things
from tests.app.hands.play import Play
from tests.app.hands.script import Action
from tests.app.hands.states import STATES
from tests.snapshots.scenes import Scene
from tests.snapshots.staged import staged

ACTIONS = script.read()


def do_all(
    scene: Scene, actions: list[Action], hand: str, app: QApplication, folder: Path
) -> tuple[list[str], set[str], set[tuple[str, str]]]:
    """Return what went wrong, all there is in the state, and what its menus offer.

    One desktop does as many actions as it can be brought back to the state for, then comes another.
    """
    wrong: list[str] = []
    there: set[str] = set()
    offered: set[tuple[str, str]] = set()
    todo = list(actions)

    async def one_after_another(play: Play) -> None:
        done = 0
        while todo and (play.can_go_on(todo[0].thing) or not done):
            action = todo.pop(0)
            done += 1
            try:
                before, after = await play.does(action, hand)
            except (AssertionError, KeyError) as error:
                wrong.append(f"{action}: {error}")
                return
            if not action.is_had(before, after):
                wrong.append(f"{action}: but {sorted(after - before)}")
            await play.begin_anew()

    async def main() -> int:
        profile = folder / f"{len(todo)}"
        async with staged(app, profile, **scene.more) as on:
            await on.fill()
            play = Play(on, scene)
            await play.begin()
            there.update(things(on.window))
            await one_after_another(play)
            offered.update(play.offered)
        return 0

    while todo or not there:
        loop.run(app, main)
    return wrong, there, offered


@pytest.fixture
def alone(still_world: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let there be nothing of this machine: no place for autostart, no session bus."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'no bus'}")


@pytest.mark.parametrize("hand", ["keyboard", "mouse"])
@pytest.mark.parametrize("scene", STATES, ids=lambda scene: scene.name)
def test_every_action_is_done_by_either_hand(
    scene: Scene, hand: str, qapp: QApplication, alone: None, tmp_path: Path
) -> None:
    mine = [it for it in ACTIONS if it.state == scene.name and it.is_for(hand)]
    wrong, there, offered = do_all(scene, mine, hand, qapp, tmp_path)
    assert not wrong, "\n".join(["", *wrong])
    known = {it.thing for it in ACTIONS if it.is_for(hand) or it.how in script.BY_MOUSE}
    assert there <= known, f"write them into actions.txt: {sorted(there - known)}"
    entries = {(it.thing, it.entry or it.tray_entry) for it in ACTIONS}
    assert offered <= entries, f"write them into actions.txt: {sorted(offered - entries)}"
