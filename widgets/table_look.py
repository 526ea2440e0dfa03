"""What somebody made of a table's columns, and the way there from what was kept of it.

Every table tells and takes one. The window's memory keeps them before a table is loaded; what
somebody else wrote into its file counts as not kept.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Self

_WIDEST = 10_000


@dataclass(frozen=True)
class TableLook:
    """What somebody made of a table's columns.

    Attributes:
        widths: Of the columns that were drawn wider or narrower, in pixels at 100 % text.
        sorted_by: The column it is sorted by, "" where it is as it comes.
        is_descending: Whether the largest comes first.
    """

    widths: Mapping[str, int] = field(default_factory=dict)
    sorted_by: str = ""
    is_descending: bool = False

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return what was kept as ``as_text``.

        Args:
            text: What cannot be read of it, or makes no sense, counts as untouched.
        """
        try:
            kept = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(kept, dict):
            return cls()
        widths, by = kept.get("widths"), kept.get("sorted_by")
        named = widths.items() if isinstance(widths, dict) else ()
        return cls(
            {name: wide for name, wide in named if type(wide) is int and 0 < wide < _WIDEST},
            by if isinstance(by, str) else "",
            kept.get("is_descending") is True,
        )

    def as_text(self) -> str:
        """Return it in one line, to be kept."""
        return json.dumps(asdict(self))
