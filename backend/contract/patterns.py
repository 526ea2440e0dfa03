"""The languages in which an assertion points at something: JSONPath and regular expressions.

JSONPath is RFC 9535 without its regular expressions; those are RE2, whose time is linear. Imported
only where one is read, since the desktop may never need it. The judge adds a bound to how far a
query may go.
"""

from functools import lru_cache

import re2
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
def fault_of_path(path: str) -> str | None:
    """Return what is wrong with a path, in one line; ``None`` if nothing is."""
    try:
        _DIALECT.compile(path)
    except (JSONPathError, RecursionError, ValueError) as error:
        return str(error.args[0] if error.args else error).splitlines()[0]
    return None


@lru_cache(maxsize=64)
def fault_of_expression(expression: str) -> str | None:
    """Return what is wrong with a regular expression, in one line; ``None`` if nothing is."""
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(expression, options)
    except re2.error as error:
        said = error.args[0]
        return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    except UnicodeError:
        return "not Unicode"
    return None
