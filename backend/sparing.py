"""Spares a process what its libraries load for a part of them that it never uses, and what is free.

Used by both entry points, around their one large import. A library that is only nice to have for
another says so by going on without it; here all of these do. What the allocator keeps of a start
(to load the libraries, to write or read the first snapshot) both processes give back where they
tidy up anyway.
"""

import builtins
import ctypes
import linecache
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

DESKTOP: Final = frozenset({"click", "pygments", "requests", "rich", "websocket"})
"""What engineio, httpx and structlog load for their blocking client, command line and colours:
14 MB and a tenth of a second and more."""

BACKEND: Final = frozenset({"aiohttp", "pygments", "requests", "rich", "websocket"})
"""What engineio and structlog load for their clients and colours: 13 MB and a fifth of a second.
A channel that needs one of them loads it when it first sends."""


class _Absent:
    """Says of some modules to who imports them that they are not there."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, fullname: str, *_: object, **__: object) -> None:
        """See :meth:`importlib.abc.MetaPathFinder.find_spec`.

        Raises:
            ModuleNotFoundError: of one of them.
        """
        if fullname in self._names:
            raise ModuleNotFoundError(name=fullname)


@contextmanager
def sparing(names: frozenset[str]) -> Iterator[None]:
    """Have these modules be absent while the block runs, unless they are loaded already.

    Who imports one of them inside goes on without it for good; who does so later, gets it.

    Args:
        names: Of whole libraries, not of parts of one.
    """
    absent = _Absent(names)
    sys.meta_path.insert(0, absent)
    try:
        yield
    finally:
        sys.meta_path.remove(absent)


@contextmanager
def trusting_nobody() -> Iterator[None]:
    """Have no library that is imported in the block read this computer's authorities for itself.

    aiohttp makes a context of TLS when it is imported, 2 MB, for whoever hands it none; here a
    server elsewhere always comes with its own. That one trusts nobody: it refuses every server.
    """
    plain = ssl.create_default_context
    ssl.create_default_context = lambda *_, **__: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        yield
    finally:
        ssl.create_default_context = plain


def import_unread() -> None:
    """Import from here on without reading the source of what is imported.

    Once PySide is there it looks through all that comes later for its switch to other names of
    Qt's methods, and Python keeps every line of it: 20 MB and a tenth of a second. Nobody here
    uses that switch.
    """
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain
    linecache.clearcache()


def _give_nothing() -> None:
    pass


def _trimming() -> Callable[[], object]:
    """Return what trims the heap: the C library's own function, looked up once."""
    if sys.platform != "linux":
        return _give_nothing
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # another C library
        return _give_nothing
    trim.argtypes, trim.restype = [ctypes.c_size_t], ctypes.c_int
    return lambda: trim(0)


give_back: Callable[[], object] = _trimming()
"""Give back what is free, from any thread; what is in use is not moved.

Takes 0.7 ms for the first ten megabytes, and 0.1 ms later.
"""
