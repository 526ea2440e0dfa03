"""Every page in every state looks as it did: the window's pictures against those kept.

After a change of the screen: ``pytest tests/snapshots --renew-pictures``, look at what changed,
keep it. What a failure leaves is named in its message.
"""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from app import loop
from tests.snapshots import likeness
from tests.snapshots.scenes import SCENES, Scene
from tests.snapshots.staged import staged

PICTURES = Path(__file__).parent / "pictures"
BUDGET = 6_000_000
"""Bytes of all pictures together: they are cloned with the sources."""


def image_of(pixmap: QPixmap) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "BMP")
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")


def marked(scene: Scene) -> object:
    """Leave the other two of the four looks of a page to `make test-long`."""
    crossed = scene.name.endswith(("-light-ko", "-dark-en"))
    return pytest.param(scene, id=scene.name, marks=[pytest.mark.long] if crossed else [])


@pytest.mark.parametrize("scene", [marked(scene) for scene in SCENES])
def test_the_window_looks_as_it_did(
    scene: Scene, qapp: QApplication, still_world: None, renews: bool, tmp_path: Path
) -> None:
    taken: list[QPixmap] = []

    async def main() -> int:
        async with staged(qapp, tmp_path / "profile", **scene.more) as on:
            if scene.is_filled:
                await on.fill()
            on.show_page(scene.page)
            await on.settle()
            await scene.act(on)
            taken.append(await on.picture())
        return 0

    loop.run(qapp, main)
    actual, kept = image_of(taken[0]), PICTURES / f"{scene.name}.png"
    if renews:
        # One that still looks the same stays as it is, byte for byte.
        if not kept.exists() or likeness.difference(actual, kept, tmp_path):
            likeness.keep(actual, kept)
        return
    assert kept.exists(), f"there is no picture {kept.name} yet: --renew-pictures takes it"
    found = likeness.difference(actual, kept, tmp_path)
    assert found is None, str(found)


def test_there_is_no_picture_of_nothing_and_they_are_small() -> None:
    kept = sorted(PICTURES.glob("*.png"))
    assert {file.stem for file in kept} == {scene.name for scene in SCENES}
    assert sum(file.stat().st_size for file in kept) < BUDGET


def test_as_little_as_the_stroke_of_a_digit_is_seen(tmp_path: Path) -> None:
    kept = PICTURES / f"{SCENES[0].name}.png"
    other = Image.open(kept).convert("RGB")
    assert likeness.difference(other, kept, tmp_path) is None
    other.paste((15, 23, 42), (600, 8, 602, 16))
    found = likeness.difference(other, kept, tmp_path)
    assert found is not None
    assert (found.pixels, found.where) == (16, (600, 8, 602, 16))


def test_a_word_that_changed_is_seen(tmp_path: Path) -> None:
    kept = PICTURES / f"{SCENES[0].name}.png"
    other = Image.open(kept).convert("RGB")
    other.paste((255, 255, 255), (232, 18, 250, 38))
    found = likeness.difference(other, kept, tmp_path)
    assert found is not None
    assert [file.name for file in found.files] == [
        f"{kept.stem}-{kind}.png" for kind in ("expected", "actual", "difference")
    ]
    assert all(str(file) in str(found) and file.exists() for file in found.files)
