"""Checks -> a table for spreadsheets (CSV, UTF-8 with a mark, RFC 4180 lines), and onto the disk.

A name or an error may have been written by anybody: a cell that a spreadsheet would compute gets
an apostrophe in front, so that it stays the text it is.
"""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.contract.resources import CheckResultView, EndpointView
from backend.contract.transfer import public_url
from backend.contract.wire import format_instant

_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_HEAD = (
    "endpoint",
    "method",
    "url",
    "checkedAt",
    "status",
    "slow",
    "responseTimeMs",
    "statusCode",
    "errorMessage",
)


def head() -> bytes:
    """Return the first line, which names the columns."""
    return "\ufeff".encode() + _lines([_HEAD])


def lines(view: EndpointView, checks: Iterable[CheckResultView]) -> bytes:
    """Return one line for each check of an endpoint."""
    url = public_url(view.url)
    return _lines(_cells(view, url, check) for check in checks)


def _cells(view: EndpointView, url: str, check: CheckResultView) -> Sequence[object]:
    return (
        neutral(view.name),
        view.method.value,
        neutral(url),
        format_instant(check.checked_at),
        check.status.value,
        "yes" if check.is_degraded else "no",
        "" if check.response_time is None else f"{check.response_time:.1f}",
        "" if check.status_code is None else check.status_code,
        neutral(check.error_message or ""),
    )


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    clean = text.replace("\x00", "")
    return f"'{clean}" if clean.lstrip(" ").startswith(_COMPUTED) else clean


def _lines(rows: Iterable[Sequence[object]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode("utf-8", "replace")


class PrivateFile:
    """A file under way; leaving the block without ``keep`` leaves what was there before.

    Every method may raise ``OSError``: it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        # Made with mode 0600, under a name nobody can foresee.
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".vigil-", suffix=".part")
        self._file, self._name = os.fdopen(handle, "wb"), Path(name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(OSError):  # a full disk says so again when what is left is flushed
            self._file.close()
        self._name.unlink(missing_ok=True)

    def write(self, content: bytes) -> None:
        """Add bytes."""
        self._file.write(content)

    def keep(self) -> None:
        """Put the file where it belongs."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._name.replace(self._path)
