"""No word of the window is cut in the least window, in either language.

Walks the labels and buttons of every page. A page's title may be an endpoint's name, which is as
long as it is; words that take several lines cannot be cut by a narrow window.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app import loop
from tests.snapshots.scenes import NARROW, PAGES, Scene, _form, _stale, _tested
from tests.snapshots.staged import staged

STATES = (
    *(Scene(page, page) for page in PAGES),
    Scene("stale", "dashboard", _stale),
    Scene("form", "endpoints", _form),
    Scene("tested", "endpoints", _tested),
)
_OUTSIDE = frozenset({"title"})
"""Roles of labels that show a name or an address, however long it is."""


def cut(window: QWidget) -> Iterator[str]:
    """Yield what has less room than its words need."""
    for label in window.findChildren(QLabel):
        if not label.isVisible() or label.wordWrap() or label.property("role") in _OUTSIDE:
            continue
        room = label.contentsRect().width()
        if label.fontMetrics().horizontalAdvance(label.text()) > room + 1:
            yield f"{label.text()!r} in {room} px"
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.width() < button.sizeHint().width() - 1:
            yield f"the button {button.text()!r} in {button.width()} px"


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("scene", STATES, ids=lambda scene: scene.name)
def test_no_word_is_cut_in_the_least_window(
    scene: Scene, language: str, qapp: QApplication, still_world: None, tmp_path: Path
) -> None:
    found: list[str] = []

    async def main() -> int:
        async with staged(qapp, tmp_path / "profile", size=NARROW, language=language) as on:
            await on.fill()
            on.show_page(scene.page)
            await scene.act(on)
            await on.settle()
            found.extend(cut(on.window))
        return 0

    loop.run(qapp, main)
    assert found == []
