"""The list of actions is whole: no thing, shortcut or key of the program is missing in it.

What the window shows in each state is compared where it is used (``test_every_action``); here is
what lies hidden, what acts without being shown, and what only one hand would get at.
"""

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel, QWidget

import widgets
from tests.app.hands import script
from tests.app.hands.inventory import keys, things
from tests.app.hands.script import Action
from tests.app.hands.states import STATES
from tests.helpers.sheets import with_sheets
from widgets.furniture import furnish
from widgets.keys_sheet import spelt
from widgets.main_window import MainWindow
from widgets.style.palette import Theme, styled_when_built

ACTIONS = script.read()
_SOURCES = Path(widgets.__file__).parent
_SAME = {"Enter": "Return", "Escape": "Esc", "Delete": "Del", "Plus": "+", "Minus": "-"}
_NAMED_ONCE = {"Tab": "how every thing is reached"}
"""Keys of the sheet that no line presses."""

ELSEWHERE = {
    "Header ConnectionLight: Connecting...",  # the light again: it has other words when it is live
    "Banner: start again",  # has its words when it is shown
    "more",  # likewise
    "PreferencesPage: Ask  once a day and say when there is one",  # names the server when shown
}
"""What is on the list by another name."""


def window_of(app: QApplication) -> MainWindow:
    with styled_when_built(app):
        return with_sheets(furnish(MainWindow(Theme())))


def test_every_state_is_used_and_there() -> None:
    assert {it.state for it in ACTIONS} == {scene.name for scene in STATES}
    assert len(ACTIONS) == len({str(it) + it.state for it in ACTIONS}), "written twice"


def test_every_shortcut_is_on_the_list(qapp: QApplication) -> None:
    window = window_of(qapp)
    shortcuts = keys(window)
    window.deleteLater()
    pressed = [(_without_page(_place_of(it)), it.keys[-1]) for it in _by_keys()]
    missing = []
    for each in shortcuts:
        place, _, key = each.rpartition(" ")
        within = _without_page(place)
        if not any(pressing == key and at.startswith(within) for at, pressing in pressed):
            missing.append(each)
    assert missing == []


def test_every_key_that_the_sheet_names_is_on_the_list(qapp: QApplication) -> None:
    window = window_of(qapp)
    words = window.keys_sheet.findChildren(QLabel)
    named = {it.text() for it in words if it.property("role") == "name"}
    window.deleteLater()
    pressed = {spelt(key) for it in _by_keys() for key in it.keys}
    assert named - pressed == set(_NAMED_ONCE)


def test_every_key_that_a_part_looks_for_is_on_the_list() -> None:
    pressed = {(module, _same(it.keys[-1])) for it in _by_keys() for module in _modules_of(it)}
    looked_for = {
        (path.stem, _same(key))
        for path in _SOURCES.glob("*.py")
        for key in re.findall(r"(?:Key\.Key_|StandardKey\.)(\w+)", path.read_text("utf-8"))
    }
    assert looked_for - pressed == set()


def test_what_one_hand_does_in_a_way_of_its_own_the_other_hand_does_too() -> None:
    alone = [it for it in ACTIONS if not it.only and it.is_for("keyboard") != it.is_for("mouse")]
    for hand, other in (("keyboard", "mouse"), ("mouse", "keyboard")):
        had = {it.effect for it in ACTIONS if it.is_for(other)}
        assert [str(it) for it in alone if it.is_for(hand) and it.effect not in had] == []


def test_nothing_lies_hidden_that_is_not_on_the_list(qapp: QApplication) -> None:
    window = window_of(qapp)
    hidden = things(window, also_hidden=True)
    window.deleteLater()
    known = {_alike(it.thing) for it in ACTIONS}
    missing = {
        each
        for each in hidden
        if _alike(each) not in known and not each.endswith((": ", ")"))  # alike, or without words
    }
    assert missing == ELSEWHERE


def _by_keys() -> list[Action]:
    return [it for it in ACTIONS if it.keys]


def _place_of(action: Action) -> str:
    """Return the classes of the part a key is pressed in, those of the page without a part."""
    page = next(scene.page for scene in STATES if scene.name == action.state)
    return action.thing.partition(":")[0] or f"{page.title().replace('-', '')}Page"


def _without_page(place: str) -> str:
    """Return where a key works without the page: two pages show the same list."""
    return " ".join(
        word for word in place.split() if not re.fullmatch(r"(Dash\w+|Endpoints)Page", word)
    )


def _alike(thing: str) -> str:
    """Return a thing's name without what it is part of: two pages and all sheets have the same."""
    thing = re.sub(r"SecretEdit: (Apprise URL|Webhook URL)", "SecretEdit: URL", thing)
    thing = re.sub(r"^.*SecretEdit: (?=Keep|Replace)", "SecretEdit: ", thing)
    return (
        re.sub(r"^\w+: (?=Keep|Discard)|\w+(Page|Panel|Popup|Sheet)\b", "", thing)
        .replace("  ", " ")
        .strip()
    )


def _same(key: str) -> str:
    last = key if key == "+" else key.rpartition("+")[2]
    return _SAME.get(last, last)


def _modules_of(action: Action) -> Iterator[str]:
    """Tell in which modules the key of an action may be looked for: those of the parts it is in."""
    for word in _place_of(action).split():
        for kind in inspect.getmro(_classes()[word]):
            yield kind.__module__.rpartition(".")[2]


def _classes() -> dict[str, type[QWidget]]:
    found: dict[str, type[QWidget]] = {}
    for path in _SOURCES.glob("*.py"):
        module = importlib.import_module(f"widgets.{path.stem}")
        found |= {name: it for name, it in vars(module).items() if inspect.isclass(it)}
    return found
