"""``export``, ``import``, ``backup``: out of one archive and into another, or a copy of the whole.

Exports leave secrets behind; a backup is the archive as it is, which holds none. Called by ``run``.
"""

import asyncio
import json
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from pydantic import ValidationError

from backend.cli.terminal import Complaint, say, say_all
from backend.contract.commands import EndpointDraft
from backend.contract.events import EndpointCreated
from backend.contract.transfer import FORMAT, FORMAT_VERSION, ExportedEndpoint, ExportFile
from backend.contract.version import VERSION
from backend.contract.wire import instant
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health
from backend.domain.masking import without_secrets
from backend.domain.views import endpoint_view
from backend.storage import upkeep
from backend.storage.archive import Archive
from backend.storage.upkeep import endpoints_of

FILE_BYTES: Final = 50_000_000
_NAMED_ERRORS: Final = 5

_Key = tuple[str, str, str]


def export(data_dir: Path, file: Path | None) -> int:
    """Write the endpoints of a directory's archive.

    Raises:
        Complaint: the file exists or cannot be written.
        ArchiveError: there is no archive that can be read.
    """
    document = ExportFile(
        exported_at=instant(_now_ms()),
        exported_by=f"Vigil {VERSION}",
        endpoints=tuple(_exported(it) for it in endpoints_of(data_dir)),
    )
    text = json.dumps(document.to_wire(), indent=2, ensure_ascii=False)
    if file is None:
        say_all(text)
        return 0
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            opened.write(text + "\n")
    except FileExistsError:
        raise Complaint(2, f"{file} exists already") from None
    except OSError as error:
        raise Complaint(2, f"{file} cannot be written: {error.strerror}") from error
    say(f"{file}: {len(document.endpoints)} endpoints")
    return 0


def import_(data_dir: Path, file: Path, *, apply: bool) -> int:
    """Say which endpoints of a file are new, and add them where ``apply`` says so.

    Raises:
        Complaint: the file cannot be read, or is no export.
        ArchiveError: the archive cannot be read, or with ``apply`` not be written.
    """
    document = _read(file)
    known = endpoints_of(data_dir, missing_is_empty=True)
    new = _new_ones(document, known)
    for it in new:
        lost = f"; paused, for it lost {', '.join(it.left_out)}" if it.left_out else ""
        say(f"add: {it.name} ({it.method} {it.url}){lost}")
    rest = f"{len(document.endpoints) - len(new)} are there already"
    if apply:
        say(f"{asyncio.run(_add(data_dir, document))} added, {rest}")
    else:
        say(f"{len(new)} would be added, {rest}; nothing was changed: --apply does it")
    return 0


async def _add(data_dir: Path, document: ExportFile) -> int:
    async with Archive.open(data_dir) as archive:
        known = [it.endpoint for it in await archive.load()]
        fresh = [_endpoint(it) for it in _new_ones(document, known)]
        await archive.add_all(fresh, [_created(it) for it in fresh])
    return len(fresh)


def back_up(data_dir: Path, file: Path) -> int:
    """Copy the archive of a directory into a new file.

    Raises:
        Complaint: the file exists or cannot be written.
        ArchiveError: there is no archive, or the copy is not whole.
    """
    if file.exists():
        raise Complaint(2, f"{file} exists already")
    try:
        copied_bytes = upkeep.back_up(data_dir, file)
    except OSError as error:
        raise Complaint(2, f"{file} cannot be written: {error.strerror}") from error
    say(f"{file}: {copied_bytes} bytes, verified")
    return 0


def _new_ones(document: ExportFile, known: Iterable[Endpoint]) -> list[ExportedEndpoint]:
    taken = {_key(_exported(it)) for it in known}
    new = []
    for it in document.endpoints:
        if _key(it) not in taken:
            taken.add(_key(it))
            new.append(it)
    return new


def _key(endpoint: ExportedEndpoint) -> _Key:
    return endpoint.name, endpoint.url, endpoint.method.value


def _exported(endpoint: Endpoint) -> ExportedEndpoint:
    fields = {name: getattr(endpoint, name) for name in EndpointDraft.model_fields}
    bare, left_out = without_secrets(endpoint)
    fields |= {"url": bare.url, "headers": bare.headers, "body": bare.body}
    return ExportedEndpoint.model_construct(**fields, left_out=left_out)


def _endpoint(said: ExportedEndpoint) -> Endpoint:
    now_ms = _now_ms()
    fields = {name: getattr(said, name) for name in EndpointDraft.model_fields}
    fields["is_active"] = said.is_active and not said.left_out
    return Endpoint(id=str(uuid4()), created_at_ms=now_ms, updated_at_ms=now_ms, **fields)


def _created(endpoint: Endpoint) -> EndpointCreated:
    view = endpoint_view(endpoint, Health())
    return EndpointCreated(endpoint_id=endpoint.id, endpoint_name=endpoint.name, **dict(view))


def _read(file: Path) -> ExportFile:
    try:
        if file.stat().st_size > FILE_BYTES:
            raise Complaint(2, f"{file} is too large for an export")
        value: Any = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise Complaint(2, f"{file} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        raise Complaint(2, f"{file} is not JSON") from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise Complaint(2, f"{file} is no export of Vigil")
    version = value.get("version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise Complaint(4, f"{file} was written by a newer Vigil (version {version})")
    try:
        return ExportFile.model_validate(value)
    except ValidationError as error:
        raise Complaint(2, f"{file} is not valid: {_words(error)}") from None


def _words(error: ValidationError) -> str:
    found = error.errors()[:_NAMED_ERRORS]
    return "; ".join(f"{'.'.join(map(str, it['loc']))}: {it['msg']}" for it in found)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
