"""How a secret is named in what is set, and which headers hold one; standard library only.

``{{secret:NAME}}`` stands for the value in headers, body and URL of an endpoint and in a channel's
config. Used on both sides; knows no value.
"""

import re
from typing import Final

NAME: Final = r"[A-Za-z0-9._-]{1,100}"
"""What a name is made of, as a part of an expression."""

REFERENCE: Final = re.compile(r"\{\{secret:(" + NAME + r")\}\}")
"""What stands in place of a secret's value."""

MADE: Final = "auto."
"""How names begin that Vigil gave; what nothing refers to any more is forgotten by itself."""

MADE_BODY: Final = f"{MADE}body."
"""How the names of whole bodies begin: their values are JSON."""

_SENSITIVE: Final = re.compile(
    r"auth|cookie|credential|csrf|key$|passw|pwd|secret|session|sign|token", re.IGNORECASE
)
"""Within the name of a header; a header too many is masked sooner than one too few."""


def reference(name: str) -> str:
    """Return what stands for the secret of that name."""
    return f"{{{{secret:{name}}}}}"


def is_reference(text: str) -> bool:
    """Say whether a text is one secret and nothing else."""
    return REFERENCE.fullmatch(text) is not None


def is_kept(value: object, named: str = MADE) -> bool:
    """Say whether a value was taken away and is kept under a name that Vigil gave."""
    found = REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return found is not None and found[1].startswith(named)


def shown(text: str) -> str:
    """Return a text as people see it, with dots in the place of each secret.

    ``http://kim:{{secret:auto.password.1}}@shop.test/`` becomes ``http://kim:•••@shop.test/``.
    """
    return REFERENCE.sub("•••", text)


def names_in(text: str) -> frozenset[str]:
    """Return the names of the secrets that a text refers to."""
    return frozenset(REFERENCE.findall(text)) if "{{secret:" in text else frozenset()


def is_sensitive(header: str) -> bool:
    """Say whether a header of that name is for credentials: its value is kept as a secret."""
    return _SENSITIVE.search(header) is not None
