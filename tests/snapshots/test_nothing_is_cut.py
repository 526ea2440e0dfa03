"""No word of the window is cut: in the least one in either language, and where text is large.

Walks the labels, buttons and heads of tables of every page, and hears what is painted: cards,
chips, legends, rows. A page's title may be an endpoint's name, which is as long as it is; words
that take several lines cannot be cut by a narrow window.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from app import loop
from tests.helpers.painted_words import Listening
from tests.snapshots import opened
from tests.snapshots.scenes import NARROW, PAGES, Scene, _form, _stale
from tests.snapshots.seeds import SEEDS, many
from tests.snapshots.staged import Staged, staged
from widgets.column_heads import ColumnHeads
from widgets.parts import ElidedLabel
from widgets.phrases import address
from widgets.response_chart import ResponseChart
from widgets.status_card import StatusCard

STATES = (
    *(Scene(page, page) for page in PAGES),
    Scene("stale", "dashboard", _stale),
    Scene("form", "endpoints", _form),
    Scene("tested", "endpoints", opened.tested),
)
WIDE = (1280, 880)
FRAME = 4
"""Above and below the words of a field, in pixels."""

COMBO = QStyle.ComplexControl.CC_ComboBox
_OUTSIDE = frozenset({"title"})
"""Roles of labels that show a name or an address, however long it is."""

AS_LONG_AS_THEY_ARE = tuple(
    words
    for seed in SEEDS
    for words in (seed.name, address(seed.method, seed.url), seed.error)
    if words
)


IN_ROWS = "painted:"
"""How a finding begins that may be of a table's row, where a message of any length stands."""


def cut(window: QWidget) -> Iterator[str]:
    """Yield what has less room than its words need."""
    for label in window.findChildren(QLabel):
        if not label.isVisible() or label.wordWrap() or label.property("role") in _OUTSIDE:
            continue
        if isinstance(label, ElidedLabel):
            continue
        room = label.contentsRect().width()
        lines = label.text().splitlines()
        if any(label.fontMetrics().horizontalAdvance(line) > room + 1 for line in lines):
            yield f"{label.text()!r} in {room} px"
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.text() and button.width() < button.sizeHint().width() - 1:
            yield f"the button {button.text()!r} in {button.width()} px"
    yield from _cut_fields(window)
    for heads in window.findChildren(ColumnHeads):
        for column in range(heads.count() if heads.isVisible() else 0):
            needed, room = heads.words_width(column), heads.room_of(column)
            if not heads.isSectionHidden(column) and needed > room:
                yield f"the heading {heads.words_of(column)!r} in {room} of {needed} px"
    painted = Listening(window)
    window.render(painted, QPoint(0, 0))
    yield from (f"{IN_ROWS} {words!r}" for words, _ in painted.words if _is_cut(words))


def _cut_fields(window: QWidget) -> Iterator[str]:
    """Yield which choices and fields have less room than what is in them needs."""
    for choice in window.findChildren(QComboBox):
        option = QStyleOptionComboBox()
        choice.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = choice.style().subControlRect(COMBO, option, part, choice).width()
        if choice.isVisible() and choice.fontMetrics().horizontalAdvance(option.currentText) > room:
            yield f"the choice {option.currentText!r} in {room} px"
    for field in window.findChildren(QLineEdit):
        room = _height_of(field)
        if field.isVisible() and room < field.fontMetrics().height() + FRAME:
            yield f"the field with {field.text()!r} in {room} px of height"


def _height_of(part: QWidget) -> int:
    """Return what is left of a part's height by those that hold it and do not scroll."""
    seen, holder = part.rect(), part.parentWidget()
    while holder is not None and not part.isWindow() and not _scrolls(holder):
        seen, part = seen.translated(part.pos()) & holder.rect(), holder
        holder = part.parentWidget()
    return seen.height()


def _scrolls(part: QWidget) -> bool:
    return isinstance(part.parentWidget(), QAbstractScrollArea)


def _is_cut(words: str) -> bool:
    """Whether painted words end early; names, addresses and reasons are as long as they are."""
    start = words.removesuffix("…")
    name = start.partition(": ")[2] or start
    return start != words and not any(name in each for each in AS_LONG_AS_THEY_ARE)


def too_wide(window: QWidget) -> Iterator[str]:
    """Yield the pages that reach beyond their window: they scroll up and down only."""
    for page in window.findChildren(QScrollArea):
        inner = page.widget()
        if page.isVisible() and inner is not None and inner.width() > page.viewport().width():
            yield f"{inner.width()} px in {page.viewport().width()} px"


async def found_on(on: Staged, scene: Scene) -> list[str]:
    """Return what is cut in a scene."""
    on.show_page(scene.page)
    await scene.act(on)
    await on.settle()
    return list(cut(on.window))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("scene", STATES, ids=lambda scene: scene.name)
def test_no_word_is_cut_in_the_least_window(
    scene: Scene, language: str, qapp: QApplication, still_world: None, tmp_path: Path
) -> None:
    found: list[str] = []

    async def main() -> int:
        async with staged(qapp, tmp_path / "profile", size=NARROW, language=language) as on:
            await on.fill()
            found.extend(await found_on(on, scene))
            found.extend(too_wide(on.window))
        return 0

    loop.run(qapp, main)
    assert found == []


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_number_or_heading_is_cut_in_texts_of_twice_the_size(
    language: str, size: tuple[int, int], qapp: QApplication, still_world: None, tmp_path: Path
) -> None:
    found: list[str] = []
    seeds = many(1000)

    async def main() -> int:
        more = {"language": language, "size": size, "seeds": seeds}
        async with staged(qapp, tmp_path / "profile", **more) as on:
            await on.fill()
            on.stage.theme_switch.measure(200, compact_rows=False)
            for page in PAGES:
                words = await found_on(on, Scene(page, page))
                found.extend(each for each in words if not each.startswith(IN_ROWS))
                found.extend(f"{page}: {each}" for each in too_wide(on.window))
                for card in on.window.findChildren(StatusCard):
                    heard = Listening(card)
                    card.render(heard, QPoint(0, 0))
                    found.extend(word for word, _ in heard.words if word.endswith("…"))
        return 0

    loop.run(qapp, main)
    assert found == []


def squeezed(window: QWidget) -> Iterator[str]:
    """Yield which cards are lower than what is in them needs, and which charts show no curve."""
    for card in window.findChildren(QFrame):
        needed = card.minimumSizeHint().height()
        if card.isVisible() and card.property("card") and card.height() < needed:
            yield f"a card of {needed} px in {card.height()} px"
    for chart in window.findChildren(ResponseChart):
        if chart.isVisible() and chart.height() < 200:
            yield f"a chart in {chart.height()} px"


def test_no_card_is_squeezed_in_texts_of_twice_the_size(
    qapp: QApplication, still_world: None, tmp_path: Path
) -> None:
    found: list[str] = []

    async def main() -> int:
        async with staged(qapp, tmp_path / "profile") as on:
            await on.fill()
            on.stage.theme_switch.measure(200, compact_rows=False)
            for page in PAGES:
                on.show_page(page)
                await on.settle()
                found.extend(f"{page}: {each}" for each in squeezed(on.window))
        return 0

    loop.run(qapp, main)
    assert found == []


@pytest.mark.parametrize("scene", STATES, ids=lambda scene: scene.name)
def test_every_text_is_twice_the_size_where_texts_are(
    scene: Scene, qapp: QApplication, still_world: None, tmp_path: Path
) -> None:
    sizes: list[dict[str, int]] = []

    async def main() -> int:
        async with staged(qapp, tmp_path / "profile") as on:
            await on.fill()
            await found_on(on, scene)
            sizes.append(dict(text_sizes(on.window)))
            on.stage.theme_switch.measure(200, compact_rows=False)
            await on.settle()
            sizes.append(dict(text_sizes(on.window)))
        return 0

    loop.run(qapp, main)
    before, after = sizes
    assert before
    small = [name for name in before.keys() & after.keys() if after[name] < 1.8 * before[name]]
    assert small == []


def text_sizes(window: QWidget) -> Iterator[tuple[str, int]]:
    """Yield how large the text of each part is that has some or paints some, in pixels."""
    for number, part in enumerate(window.findChildren(QWidget)):
        if type(part) is not QWidget and part.isVisible():
            yield f"{number} {type(part).__name__} {part.accessibleName()}", part.font().pixelSize()
