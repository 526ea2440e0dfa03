"""What comes from outside is shown as it was written: no page reads it as markup."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, Qt, QTextDocumentFragment
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from app import loop
from tests.helpers.painted_words import Listening
from tests.snapshots.scenes import PAGES, Scene, _form
from tests.snapshots.seeds import SEEDS
from tests.snapshots.staged import Staged, staged
from widgets.parts import plain_tip

NAME = "<b>Pay</b><img src='file:///etc/hostname'> & co"
ERROR = "<h1>503</h1><a href='http://example.test/'>look</a>"
OUTAGES = tuple(replace(outage, error=ERROR) for outage in SEEDS[0].outages)
HOSTILE = (replace(SEEDS[0], name=NAME, outages=OUTAGES, tags=("<i>money</i>",)), *SEEDS[1:])
SCENES = (*(Scene(page, page) for page in PAGES), Scene("form", "endpoints", _form))


def read_as_markup(window: QWidget) -> Iterator[str]:
    """Yield the labels and tooltips that would be formatted by what is in them."""
    for label in window.findChildren(QLabel):
        is_plain = label.textFormat() is Qt.TextFormat.PlainText
        if "<" in label.text() and not is_plain:
            yield f"a label: {label.text()}"
    for part in window.findChildren(QWidget):
        tip = part.toolTip()
        if tip != plain_tip(_shown_of(tip)):
            yield f"the tooltip of {type(part).__name__}: {tip}"


def _shown_of(tip: str) -> str:
    """Return what a person reads in a tooltip."""
    is_markup = Qt.mightBeRichText(tip)
    return QTextDocumentFragment.fromHtml(tip).toPlainText() if is_markup else tip


async def _shown(on: Staged, scene: Scene) -> list[str]:
    on.show_page(scene.page)
    await scene.act(on)
    await on.settle()
    on.window.render(Listening(on.window), QPoint(0, 0))  # what is cut tells the whole in a tooltip
    return list(read_as_markup(on.window))


@pytest.mark.parametrize("size", [(1280, 880), (960, 640)], ids=["wide", "narrow"])
def test_no_label_and_no_tooltip_reads_a_name_or_an_error_as_markup(
    size: tuple[int, int], qapp: QApplication, still_world: None, tmp_path: Path
) -> None:
    found: list[str] = []
    tips: list[str] = []

    async def main() -> int:
        async with staged(qapp, tmp_path / "profile", seeds=HOSTILE, size=size) as on:
            await on.fill()
            for scene in SCENES:
                found.extend(await _shown(on, scene))
            tips.append(_tip_of_the_first_row(on))
        return 0

    loop.run(qapp, main)
    assert found == []
    assert "<i>money</i>" in _shown_of(tips[0])


def _tip_of_the_first_row(on: Staged) -> str:
    """Return what is shown of the pointer resting on the hostile name."""
    on.show_page("endpoints")
    view = on.window.endpoints.endpoints.view
    view.select(HOSTILE[0].id)
    index = view.model().index(view.currentIndex().row(), 1)
    where = view.visualRect(index).center()
    asked = QHelpEvent(QEvent.Type.ToolTip, where, view.viewport().mapToGlobal(where))
    QApplication.sendEvent(view.viewport(), asked)
    shown = QToolTip.text()
    QToolTip.hideText()
    return shown


@pytest.mark.parametrize(
    "text", [NAME, ERROR, "a\n<i>b</i>", "plain & simple", "1 < 2", "&lt;b&gt;", ""]
)
def test_a_tooltip_says_what_it_was_given(text: str) -> None:
    assert _shown_of(plain_tip(text)) == text
