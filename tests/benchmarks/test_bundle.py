"""How large the packaged program is, and how soon it shows its window beside the checkout's.

Both are started in turns on one display in the same run, so that their ratio can be compared on
any machine.
"""

import statistics
import time
from pathlib import Path

import pytest

from tests.helpers import bundle
from tests.helpers.bundle import bundle_folder, packaged, packages
from tests.helpers.display import Display, running_display
from tests.helpers.program import running_program

__all__ = ["bundle_folder", "packaged", "packages"]

MEGABYTE = 1_000_000
ROUNDS = 5
AT_MOST = 1.3

pytestmark = [pytest.mark.bundle, pytest.mark.long, pytest.mark.timeout(900)]


def test_its_size(packages: Path):
    tops = {
        path: sum(file.lstat().st_size for file in [path, *path.rglob("*")])
        for path in [packages / "vigil" / "vigil", *(packages / "vigil" / "_internal").iterdir()]
    }
    largest = sorted(tops.items(), key=lambda each: -each[1])[:8]
    archive = next(packages.glob("*.tar.xz")).stat().st_size
    package = next(packages.glob("*.deb")).stat().st_size
    parts = ", ".join(f"{path.name} {size / MEGABYTE:.1f}" for path, size in largest)
    print(
        f"\nbundle {sum(tops.values()) / MEGABYTE:.1f} MB ({parts}); "
        f".tar.xz {archive / MEGABYTE:.1f} MB, .deb {package / MEGABYTE:.1f} MB"
    )


async def test_its_start_to_the_first_paint(
    tmp_path: Path, packaged: Path, monkeypatch: pytest.MonkeyPatch
):
    taken: dict[str, list[float]] = {"checkout": [], "bundle": []}
    with running_display() as screen:
        for number in range(ROUNDS + 1):
            for name, times in taken.items():
                if name == "bundle":
                    monkeypatch.setenv(bundle.UNDER_TEST, str(packaged))
                else:
                    monkeypatch.delenv(bundle.UNDER_TEST, raising=False)
                took = await _first_paint(tmp_path / f"{name}{number}", screen)
                if number:  # the first of each fills the disk's cache
                    times.append(took)
    middle = {name: statistics.median(times) for name, times in taken.items()}
    ratio = middle["bundle"] / middle["checkout"]
    print(
        f"\nstart to first paint, median of {ROUNDS}: checkout {middle['checkout']:.0f} ms, "
        f"bundle {middle['bundle']:.0f} ms, ratio {ratio:.2f}"
    )
    assert ratio <= AT_MOST


async def _first_paint(home: Path, screen: Display) -> float:
    """Return the ms from the start until its window is painted on an empty screen."""
    bare = screen.frame_buffer.read_bytes()
    begun = time.perf_counter()
    arguments = ("-m", "app", "--data-dir", str(home / "data"))
    async with running_program(*arguments, home=home, environment=screen.environment) as program:
        await screen.wait_until_covered(bare)
        took = (time.perf_counter() - begun) * 1000
        program.signal(15)
        assert await program.wait_for_exit() == 0, program.said()
        await program.wait_until_none_left()
    await screen.wait_until_bare(bare)
    return took
