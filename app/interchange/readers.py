"""Opens a file, sees who wrote it, and lets that format's reader read it.

The import presenter calls it in a thread. Whatever the file holds, a ``Reading`` comes out: no
exception, no network, nothing written, and never more read than the limits say.
"""

import os
import stat
from pathlib import Path

from app.interchange import (
    csv_table,
    gatus,
    kuma_database,
    kuma_monitor,
    openapi,
    postman,
    trees,
    vigil_file,
)
from app.interchange.reading import MOST_ROWS, Finding, Kind, Reading, failed

TEXT_BYTES = 20_000_000
YAML_BYTES = 5_000_000
_MEGA = 1_000_000


def read_file(path: Path) -> Reading:
    """Return what a file holds."""
    try:
        # Not to wait for the other end of a pipe somebody picked.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return failed(Kind.UNKNOWN)
            content = file.read(len(kuma_database.SIGNATURE))
            if content != kuma_database.SIGNATURE:
                content += file.read(TEXT_BYTES + 1 - len(content))
    except OSError as error:
        return failed(Kind.UNREADABLE, detail=error.strerror or type(error).__name__)
    if content == kuma_database.SIGNATURE:
        return _bounded(kuma_database.read(path))
    return read_bytes(path.name, content)


def read_bytes(name: str, content: bytes) -> Reading:
    """Return what bytes hold; ``name`` is that of their file, for formats that need a hint."""
    if len(content) > TEXT_BYTES:
        return failed(Kind.TOO_LARGE, str(TEXT_BYTES // _MEGA))
    text = trees.text(content)
    guessed: tuple[Finding, ...] = ()
    if text is None and name.lower().endswith((".csv", ".txt", ".tsv")):
        # What a Korean table program writes when nobody asks it for Unicode.
        text = _legacy(content)
        guessed = (Finding(Kind.GUESSED, "CP949"),)
    if text is None or "\x00" in text:
        return failed(Kind.NOT_TEXT)
    found = _bounded(_read(name.lower(), text))
    return Reading(found.source, found.rows, (*guessed, *found.findings))


def _legacy(content: bytes) -> str | None:
    try:
        return content.decode("cp949")
    except UnicodeDecodeError:
        return None


def _read(name: str, text: str) -> Reading:
    start, is_yaml = text.lstrip()[:1], name.endswith((".yaml", ".yml"))
    if not start:
        return failed(Kind.EMPTY)
    if name.endswith((".csv", ".tsv", ".txt")):
        return csv_table.read(text)
    if start in "{[" and not is_yaml:
        return _of_document(trees.of_json(text))
    table = None if is_yaml else csv_table.read(text)
    if table is not None and table.source is not None:
        return table
    if len(text) > YAML_BYTES:
        return failed(Kind.TOO_LARGE, str(YAML_BYTES // _MEGA))
    return _of_document(trees.of_yaml(text))


def _of_document(found: trees.Tree | Finding) -> Reading:
    if isinstance(found, Finding):
        return Reading(None, findings=(found,))
    return _of_tree(found.value)


def _of_tree(tree: object) -> Reading:
    if not isinstance(tree, dict):
        return failed(Kind.UNKNOWN)
    for knows, read in (
        (vigil_file.is_export, vigil_file.read),
        (kuma_monitor.is_backup, kuma_monitor.read_backup),
        (postman.is_collection, postman.read),
        (openapi.is_document, openapi.read),
        (gatus.is_configuration, gatus.read),
    ):
        if knows(tree):
            return read(tree)
    return failed(Kind.UNKNOWN)


def _bounded(reading: Reading) -> Reading:
    """Return a reading of no more rows than may be; one without any says so."""
    if reading.source is not None and not reading.rows and not reading.findings:
        return failed(Kind.EMPTY, source=reading.source)
    if len(reading.rows) <= MOST_ROWS:
        return reading
    more = Finding(Kind.TOO_MANY, f"{MOST_ROWS:,}")
    return Reading(reading.source, reading.rows[:MOST_ROWS], (*reading.findings, more))
