"""The dialect of JSONPath that is accepted: RFC 9535 without its regular expressions.

Imported only where a path is read, since the desktop may never need it. The judge adds a bound to
how far a query may go.
"""

from functools import lru_cache

from jsonpath import JSONPathEnvironment, JSONPathError
from jsonpath.function_extensions import Count, Length, Value


class Dialect(JSONPathEnvironment):
    """Reads paths. ``match`` and ``search`` are left out: their time has no bound."""

    def setup_function_extensions(self) -> None:
        """Offer the functions that are linear."""
        self.function_extensions["length"] = Length()
        self.function_extensions["count"] = Count()
        self.function_extensions["value"] = Value()


_DIALECT = Dialect(strict=True)


@lru_cache(maxsize=64)
def fault_of(path: str) -> str | None:
    """Return what is wrong with a path, in one line; ``None`` if nothing is."""
    try:
        _DIALECT.compile(path)
    except (JSONPathError, RecursionError, ValueError) as error:
        return str(error.args[0] if error.args else error).splitlines()[0]
    return None
