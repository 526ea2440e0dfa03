"""Reads what a virtual screen shows, out of the frame buffer file that Xvfb keeps (XWD format).

Used by `tests.helpers.display`. It knows pixels, not windows.
"""

import struct
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_HEADER = struct.Struct(">25I")  # XWDFileHeader, https://www.x.org (XWDFile.h)


@dataclass(frozen=True)
class Picture:
    """A still of a screen: rows of 4 bytes a pixel (blue, green, red, unused)."""

    width: int
    height: int
    pixels: bytes

    @classmethod
    def read(cls, frame_buffer: Path) -> "Picture":
        """Take a still from a frame buffer file."""
        content = frame_buffer.read_bytes()
        fields = _HEADER.unpack_from(content)
        header_bytes, width, height = fields[0], fields[4], fields[5]
        bits_per_pixel, bytes_per_line, colours = fields[11], fields[12], fields[19]
        assert bits_per_pixel == 32
        start = header_bytes + colours * 12
        rows = (start + row * bytes_per_line for row in range(height))
        pixels = b"".join(content[at : at + width * 4] for at in rows)
        return cls(width, height, pixels)

    def colour_at(self, x: int, y: int) -> str:
        """Return the colour of one pixel as ``#rrggbb``."""
        at = (y * self.width + x) * 4
        blue, green, red = self.pixels[at : at + 3]
        return f"#{red:02x}{green:02x}{blue:02x}"

    def colours(self) -> Counter[str]:
        """Return how many pixels there are of each colour (``#rrggbb``)."""
        words = Counter(struct.unpack(f"<{self.width * self.height}I", self.pixels))
        counted: Counter[str] = Counter()
        for word, count in words.items():
            counted[f"#{word & 0xFFFFFF:06x}"] += count
        return counted

    def save(self, path: Path) -> None:
        """Write the picture as a PNG."""
        rows = bytearray()
        for row in range(self.height):
            line = self.pixels[row * self.width * 4 : (row + 1) * self.width * 4]
            rgb = bytearray(self.width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
            rows += b"\0" + rgb
        size = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", size), (b"IDAT", zlib.compress(bytes(rows), 1)), (b"IEND", b""))
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts))


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
