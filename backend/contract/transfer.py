"""The file that ``vigil-backend export`` writes and ``import`` reads: endpoints as JSON.

Every endpoint is a draft as ``POST /endpoints`` takes it, and is validated as strictly.
"""

from typing import Final, Literal

from backend.contract.commands import EndpointDraft
from backend.contract.wire import Command, Instant

FORMAT: Final = "vigil-export"
FORMAT_VERSION: Final = 1


class ExportedEndpoint(EndpointDraft):
    """One endpoint; ``left_out`` names the secrets it had."""

    left_out: tuple[str, ...] = ()


class ExportFile(Command):
    """The whole file."""

    format: Literal["vigil-export"] = FORMAT
    version: Literal[1] = FORMAT_VERSION
    exported_at: Instant
    exported_by: str
    endpoints: tuple[ExportedEndpoint, ...]
