"""Quitting loses nothing that was typed: it asks first, and is believed when asked again."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import loop
from tests.snapshots.staged import staged


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("hidden", [False, True])
def test_what_is_typed_is_asked_about_once(
    qapp: QApplication, tmp_path: Path, hidden: bool
) -> None:
    async def main() -> int:
        async with staged(qapp, tmp_path / "profile") as on:
            await on.fill()
            ended = on.desktop.ending.ended
            on.desktop.parts.editing.add()
            form = on.window.sheets.form.get()
            form.suggest_url("https://api.example.com/health")
            assert form.is_dirty()
            if hidden:
                on.window.hide()
            quits = on.desktop.parts.tray_icon if hidden else on.window
            quits.quit_requested.emit()
            assert form.is_asking()
            assert on.window.isVisible()
            assert not ended.done()
            quits.quit_requested.emit()
            assert ended.done()
        return 0

    loop.run(qapp, main)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_is_as_it_was_is_not_asked_about(qapp: QApplication, tmp_path: Path) -> None:
    async def main() -> int:
        async with staged(qapp, tmp_path / "profile") as on:
            await on.fill()
            on.desktop.parts.editing.add()
            on.window.quit_requested.emit()
            assert on.desktop.ending.ended.done()
        return 0

    loop.run(qapp, main)
