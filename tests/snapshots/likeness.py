"""Whether two pictures look the same to a person, and what to look at when they do not.

A picture is kept as small as it can be: few colours, one byte a pixel. So it is compared in the
very colours that were kept: what looks the same is then the same in every pixel.
"""

from dataclasses import dataclass
from operator import sub
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

FAR = 40
"""So many of 255 steps of one colour are seen at once."""

MOST = 6
"""So many pixels may be far off: a rounding at an edge here and there, not a digit's stroke."""

_COLOURS, _APART = 256, 8


@dataclass(frozen=True)
class Difference:
    """How two pictures differ.

    Attributes:
        pixels: How many are far off.
        where: The smallest rectangle around them; None when the sizes differ.
        files: Expected, actual and difference, to be looked at.
    """

    pixels: int
    where: tuple[int, int, int, int] | None
    files: tuple[Path, ...]

    def __str__(self) -> str:
        place = "of another size" if self.where is None else f"{self.pixels} pixels in {self.where}"
        return "\n  ".join((f"the picture differs, {place}; look at", *map(str, self.files)))


def keep(actual: Image.Image, file: Path) -> None:
    """Keep a picture as what is expected from now on."""
    picture = actual.convert("RGB")
    palette = Image.new("P", (1, 1))
    palette.putpalette([step for colour in _palette(picture) for step in colour])
    small = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


def _palette(picture: Image.Image) -> list[tuple[int, int, int]]:
    """Return the commonest colours, none near another: grounds and marks stay as they are."""
    counted = sorted(picture.getcolors(picture.width * picture.height), reverse=True)
    chosen: list[tuple[int, int, int]] = []
    for _, colour in counted:
        if all(max(map(abs, map(sub, colour, other))) >= _APART for other in chosen):
            chosen.append(colour)
        if len(chosen) == _COLOURS:
            break
    return chosen


def difference(actual: Image.Image, file: Path, folder: Path) -> Difference | None:
    """Return how a picture differs from the one kept, None where nobody would see it.

    Args:
        actual: What the window looks like.
        file: What is expected.
        folder: Where files to look at are put, when it differs.
    """
    kept = Image.open(file)
    expected, actual = kept.convert("RGB"), actual.convert("RGB")
    if kept.mode == "P":
        actual = actual.quantize(palette=kept, dither=Image.Dither.NONE).convert("RGB")
    if expected.size != actual.size:
        return Difference(0, None, _files(folder, file.stem, expected, actual))
    apart = ImageChops.difference(expected, actual)
    strongest = ImageChops.lighter(ImageChops.lighter(*apart.split()[:2]), apart.split()[2])
    far = strongest.point([0] * FAR + [255] * (256 - FAR))
    pixels = far.histogram()[255]
    if pixels <= MOST:
        return None
    shown = ImageChops.lighter(actual.convert("L").point(lambda it: it // 4), _bold(far))
    return Difference(
        pixels, far.getbbox(), _files(folder, file.stem, expected, actual, difference=shown)
    )


def _bold(far: Image.Image) -> Image.Image:
    """Return the pixels with a border, or single ones would not be seen."""
    return far.filter(ImageFilter.MaxFilter(3))


def _files(
    folder: Path, name: str, expected: Image.Image, actual: Image.Image, **more: Image.Image
) -> tuple[Path, ...]:
    written = []
    for kind, picture in {"expected": expected, "actual": actual, **more}.items():
        file = folder / f"{name}-{kind}.png"
        picture.save(file)
        written.append(file)
    return tuple(written)
