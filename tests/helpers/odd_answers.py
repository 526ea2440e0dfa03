"""What servers send that nobody expects: endless, dripping, huge, cut, and merely unusual answers.

Handlers and bytes for `tests.helpers.raw_server`. A dripping or endless one ends with its
connection.
"""

import asyncio
import gzip
import struct
from itertools import count

from tests.helpers.raw_server import Handler

OK = b"HTTP/1.1 200 OK\r\n"
CLOSING = OK + b"Connection: close\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
REST = b"Content-Length: 2\r\n\r\nok"

HTTP_2_SETTINGS = b"\x00\x00\x06\x04\x00\x00\x00\x00\x00" + b"\x00\x03\x00\x00\x00\x64"
TLS_ALERT = b"\x15\x03\x01\x00\x02\x02\x46"


def dripping(opening: bytes, drip: bytes = b"x", pause_s: float = 0.02) -> Handler:
    """Return a handler that sends some bytes at once and then a drop every now and then."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(opening)
        while True:
            writer.write(drip)
            await writer.drain()
            await asyncio.sleep(pause_s)

    return handler


def flooding(opening: bytes, flood: bytes) -> Handler:
    """Return a handler that takes the request and sends the same bytes for ever, at full speed."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(opening)
        while True:
            writer.write(flood)
            await writer.drain()

    return handler


def resetting(*pieces: bytes) -> Handler:
    """Return a handler that takes the request, sends some bytes, and resets the connection."""

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        connection = writer.get_extra_info("socket")
        connection.setsockopt(1, 13, struct.pack("ii", 1, 0))  # SOL_SOCKET, SO_LINGER

    return handler


def ever_new() -> Handler:
    """Return a handler that redirects to a place nobody has been to, again and again."""
    number = count()

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        place = f"Location: /{next(number)}\r\n".encode()
        writer.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n" + place + b"\r\n")
        await writer.drain()
        await reader.read()

    return handler


def bomb(megabytes: int = 100) -> bytes:
    """Return a whole answer whose small gzip body becomes that many megabytes of zeros."""
    packed = gzip.compress(bytes(megabytes * 1_000_000), compresslevel=9)
    length = f"Content-Length: {len(packed)}\r\n\r\n".encode()
    return OK + b"Content-Encoding: gzip\r\n" + length + packed


def hostile_crowd() -> list[Handler]:
    """Return one of each that costs its client time or memory, and goes on as long as it can."""
    empty_members = gzip.compress(b"") * 1000
    unpacking = OK + b"Content-Encoding: gzip\r\n\r\n"
    return [
        flooding(OK, b"X-Header: again and again\r\n"),
        flooding(OK, b"a:\r\n" * 1000),
        flooding(OK + b"X: ", b"x" * 65536),
        flooding(CLOSING, b"x" * 65536),
        flooding(CHUNKED, b"1\r\nx\r\n" * 10_000),
        flooding(unpacking, empty_members),
        flooding(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000),
        flooding(b"", b"\0" * 65536),
        dripping(CLOSING, b"x" * 1000, 0.001),
        dripping(OK + b"X: ", b"x", 0.001),
    ]
