"""The list of names with boxes: it scrolls down only."""

import pytest
from pytestqt.qtbot import QtBot

from widgets.check_list import CheckList
from widgets.style.palette import Theme


@pytest.mark.parametrize("count", [3, 60])
def test_it_never_scrolls_sideways_however_long_a_name_is(
    qtbot: QtBot, theme: Theme, count: int
) -> None:
    """Rows are as wide as the list was before the bar at its right took some of that."""
    names = CheckList(theme)
    qtbot.addWidget(names)
    names.resize(300, 400)
    names.show()
    names.show_rows([(str(n), f"Service {n} " + "long " * 40) for n in range(count)], ())
    qtbot.waitUntil(lambda: names.visualRect(names.model().index(0, 0)).isValid())
    assert names.verticalScrollBar().isVisible() is (count == 60)
    assert not names.horizontalScrollBar().isVisible()
    assert names.visualRect(names.model().index(0, 0)).width() == names.viewport().width()
