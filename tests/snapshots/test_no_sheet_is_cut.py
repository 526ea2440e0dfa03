"""No word is cut on what comes over the pages: sheets, first steps, toasts, the strip above.

In the least window in either language, and where text is twice its size. Beside widths, a text of
several lines must have their height, and a sheet must stand inside its window.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app import loop
from backend.contract.vocabulary import RestoredFrom, Status, StorageTrouble
from tests.helpers import samples
from tests.snapshots import opened, scenes, staged
from tests.snapshots.past import NOW
from tests.snapshots.scenes import NARROW, Scene
from tests.snapshots.seeds import SEEDS
from tests.snapshots.staged import Staged
from tests.snapshots.test_nothing_is_cut import IN_ROWS, cut
from widgets.channel_fields import ChannelKind
from widgets.export_sheet import ExportKind
from widgets.health_facts import Restored
from widgets.import_words import ImportRole
from widgets.sheet import Sheet

USUAL = (1280, 880)


def low(window: QWidget) -> Iterator[str]:
    """Yield texts of several lines that have less height than these, and sheets that stand out."""
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.wordWrap() and label.text():
            needed, room = label.heightForWidth(label.width()), label.height()
            if needed > room + 1:
                yield f"{label.text()!r} has {room} of {needed} px of height"
    for sheet in window.findChildren(Sheet):
        inside = sheet._sheet.geometry()
        if sheet.isVisible() and not sheet.rect().contains(inside):
            yield f"{type(sheet).__name__} at {inside.getRect()} in {sheet.rect().getRect()}"


def _sample(name: str) -> Callable[[Staged], Awaitable[None]]:
    async def act(on: Staged) -> None:
        on.desktop.parts.importing.open(str(samples.SAMPLES / name))

    return act


async def _importing(on: Staged) -> None:
    await _sample("endpoints.csv")(on)
    await on.settle()
    on.window.files.imports.show_progress(1_234, 10_000)


def _export(kind: ExportKind) -> Callable[[Staged], Awaitable[None]]:
    async def act(on: Staged) -> None:
        on.desktop.parts.exporting.open(kind)

    return act


async def _exporting(on: Staged) -> None:
    await _export(ExportKind.RESULTS)(on)
    on.window.files.exports.show_progress(1_234, 10_000)


async def _no_room(on: Staged) -> None:
    await _export(ExportKind.REPORT)(on)
    on.window.files.exports.show_problem("[Errno 28] No space left on device: '/home/sam/report'")


def _channel(kind: ChannelKind) -> Callable[[Staged], Awaitable[None]]:
    async def act(on: Staged) -> None:
        form = on.window.channel_form
        form.open_new()
        form.kind.setCurrentIndex(tuple(ChannelKind).index(kind))
        form.name.clear()
        form.submit()
        form.show_errors({"nobody": "The server did not take it.", "name": "This is needed."})

    return act


async def _asked(on: Staged) -> None:
    await scenes._form(on)
    on.window.form.field("name").editor.setText("Another name")
    on.window.form.request_close()


def _step(step: int) -> Callable[[Staged], Awaitable[None]]:
    async def act(on: Staged) -> None:
        page = on.window.first_run
        page.show_step(step)
        match step:
            case 0:
                page.show_url_error("Must start with http:// or https://")
                page.show_check(Status.DOWN, "Expected status 200, got 503")
            case 1:
                page.show_answer("A notification was sent. If none is seen, look in the settings.")
            case _:
                page.show_autostart(False, "The folder ~/.config/autostart cannot be written.")

    return act


async def _unstored(on: Staged) -> None:
    on.window.banner.show_unstored(StorageTrouble.UNWRITABLE, NOW)


async def _offline(on: Staged) -> None:
    on.window.banner.show_offline(NOW)


async def _restored(on: Staged) -> None:
    since = NOW - timedelta(hours=9)
    on.window.banner.show_restored(Restored(NOW, RestoredFrom.BACKUP, since, "/home/sam/vigil"))


async def _way_back(on: Staged) -> None:
    on.window.toasts.clear()
    on.desktop.parts.commands.delete([seed.id for seed in SEEDS[:2]])
    on.desktop.parts.commands.set_interval([SEEDS[3].id, SEEDS[4].id], 300)
    on.desktop.parts.toasts.subscription_failed()
    on.desktop.parts.toasts.report_written("vigil-crash.txt", lambda: None)


SCENES = (
    Scene("nothing read", "endpoints", _sample("__init__.py")),
    *(Scene(f"import {file}", "endpoints", _sample(file)) for file in samples.NAMES),
    Scene("importing", "endpoints", _importing),
    *(Scene(f"export {kind}", "endpoints", _export(kind)) for kind in ExportKind),
    Scene("exporting", "endpoints", _exporting),
    Scene("not exported", "endpoints", _no_room),
    Scene("keys", "endpoints", scenes._keys),
    Scene("token", "dashboard", scenes._token),
    Scene("token refused", "dashboard", scenes._token_refused),
    *(Scene(f"channel {kind}", "notifications", _channel(kind)) for kind in ChannelKind),
    Scene("form", "endpoints", opened.tested),
    Scene("form more", "endpoints", opened.more),
    Scene("form conditions", "endpoints", opened.conditions),
    Scene("form secrets", "endpoints", opened.secret_form),
    Scene("form asks", "endpoints", _asked),
    Scene("secrets", "preferences", opened.secrets),
    *(Scene(f"first run {step + 1}", "first-run", _step(step)) for step in range(3)),
    Scene("bulk", "endpoints", scenes._gathered),
    Scene("bulk tag", "endpoints", opened.bulk_tag),
    Scene("bulk interval", "endpoints", opened.bulk_interval),
    Scene("toasts", "dashboard", scenes._toasts),
    Scene("toasts together", "dashboard", opened.together),
    Scene("way back", "endpoints", _way_back),
    Scene("quiet", "endpoints", scenes._quiet),
    Scene("unstored", "dashboard", _unstored),
    Scene("offline", "dashboard", _offline),
    Scene("restored", "dashboard", _restored),
    Scene("stale", "dashboard", scenes._stale),
    Scene("error", "dashboard", scenes._error),
    Scene("crashed", "dashboard", scenes._crashed),
    Scene("period", "dashboard", opened.custom_period),
)


def _of_a_file(on: Staged) -> Iterator[str]:
    """Yield how the rows of a file are told to be cut: they are as long as they are.

    Only where the whole reason of the row looked at stands below the table.
    """
    sheet = on.window.files.imports
    model = sheet.view.model()
    if not sheet.isVisible() or sheet.view.why() != sheet._why.text():
        return
    whole = [
        model.index(row, 0).data(role)
        for row in range(model.rowCount())
        for role in (ImportRole.NAME, ImportRole.ADDRESS, ImportRole.WHY)
    ]
    for finding in cut(on.window):
        words = finding.removeprefix(f"{IN_ROWS} '").removesuffix("…'")
        if any(words in each for each in whole):
            yield finding


@dataclass(frozen=True)
class Look:
    """How the window stands: how large, with how large a text, in which language."""

    size: tuple[int, int]
    percent: int
    language: str


LOOKS = [
    Look(size, percent, language)
    for size, percent in ((NARROW, 100), (USUAL, 200), (NARROW, 200))
    for language in ("en", "ko")
]


async def _found(on: Staged, scene: Scene) -> list[str]:
    """Return what is cut in a scene and not on its page alone; close what it opened."""
    on.show_page(scene.page)
    await on.settle()
    before = set(cut(on.window))
    await scene.act(on)
    await on.settle()
    said = {*cut(on.window), *low(on.window)} - before - set(_of_a_file(on))
    for sheet in on.window.findChildren(Sheet):
        sheet.close_sheet()
    on.window.toasts.clear()
    on.set_link(staged.LIVE)
    return [f"{scene.name}: {each}" for each in sorted(said)]


@pytest.mark.parametrize(
    "look", LOOKS, ids=lambda look: f"{look.size[0]}-{look.percent}-{look.language}"
)
def test_no_word_over_the_pages_is_cut(
    look: Look, qapp: QApplication, still_world: None, tmp_path: Path
) -> None:
    found: list[str] = []

    async def main() -> int:
        folder = tmp_path / "profile"
        async with staged.staged(qapp, folder, size=look.size, language=look.language) as on:
            await on.fill()
            on.stage.theme_switch.measure(look.percent, compact_rows=False)
            for scene in SCENES:
                found.extend(await _found(on, scene))
        return 0

    loop.run(qapp, main)
    assert found == []
