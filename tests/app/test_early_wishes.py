"""What is asked for before the parts behind the window are there is done once they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.arguments import parse
from app.host import paths
from app.stage import Stage, raise_curtain, set_stage
from tests.helpers.program import running_program

ASKED_TO_END_AT_FIRST_PAINT = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app import loop
from app.start import _play
from app.arguments import parse
from app.host import paths
from app.stage import first_paint, raise_curtain, set_stage

profile = paths.prepare(Path(sys.argv[1]))
stage = set_stage(QApplication([]), parse([]), profile, None, None)
raise_curtain(stage)

async def play():
    await first_paint(stage.window, limit_s=60)
    QTest.keyClick(stage.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    return await _play(stage)

sys.exit(loop.run(QApplication.instance(), play))
"""


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    profile = paths.prepare(tmp_path / "profile")
    begun = set_stage(qapp, parse([]), profile, None, None)
    raise_curtain(begun)
    yield begun
    begun.window.hide()
    begun.window.deleteLater()
    qapp.setStyleSheet("")


def test_wishes_are_granted_once_in_their_order_and_with_the_last_words(
    qtbot: QtBot, stage: Stage
) -> None:
    window = stage.window
    heard: list[tuple[str, ...]] = []
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    for letter in "api":
        QTest.keyClick(field, letter)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    window.close()
    assert window.isVisible()
    window.search_changed.connect(lambda words: heard.append(("search", words)))
    window.add_requested.connect(lambda: heard.append(("add",)))
    window.close_requested.connect(lambda: heard.append(("close",)))
    stage.wishes.grant()
    assert heard == [("search", "api"), ("add",), ("close",)]
    heard.clear()
    window.close()
    stage.wishes.grant()
    assert heard == [("close",)], "what is heard at once is not kept"


async def test_a_program_asked_to_end_before_it_works_ends(tmp_path: Path) -> None:
    command = ("-c", ASKED_TO_END_AT_FIRST_PAINT, str(tmp_path / "data"))
    async with running_program(*command, home=tmp_path) as program:
        assert await program.wait_for_exit() == 0, program.said()
        await program.wait_until_none_left()
