"""What is wrong with a value, in one English sentence per fault, beginning with the field's name.

The API answers with them, and the desktop says the same of what it reads out of a file.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_OPENING = re.compile(r"^\w+ should (?=be|have|match|contain|start|end)")
_WORDS = {"missing": "is required", "extra_forbidden": "is not a known field"}


def sentence(names: Sequence[str | int], error: Mapping[str, Any]) -> str:
    """Return a fault of pydantic's as a sentence.

    Args:
        names: the way to the value, in wire names.
        error: one of ``ValidationError.errors()``.
    """
    place = list(names)
    if place[0] == "assertions":
        del place[2:3]  # the kind chose the form that is asked for; nobody wrote it there
    # Deep inside a value (the JSON to send, say) the place would be longer than the fault.
    subject = ".".join(str(name) for name in place) if len(place) <= 3 else str(place[0])
    said = _OPENING.sub("must ", str(error["msg"])).removeprefix("Value error, ")
    return f"{subject} {_WORDS.get(error['type'], said)}"
