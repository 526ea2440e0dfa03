"""Where the backend serves and what opens it: handed from the process to the line."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """One start of the backend.

    Attributes:
        url: ``http://127.0.0.1:PORT``, without a slash at its end.
        token: opens this start only; never shown, not even in a representation.
    """

    url: str
    token: str = field(repr=False)
