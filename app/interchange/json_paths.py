"""The short paths of other programs (``user.name``, ``data[0].id``) as JSONPath.

Gatus and Uptime Kuma's simple queries are such paths; anything more is another language.
"""

import re

_STEP = re.compile(
    r"\.?(?:(?P<name>[^.\[\]\s()*?+\"'`$&|<>=!,;:{}\\^~%@]+)|\[(?P<index>\d{1,9})\])"
)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def path_of(short: str) -> str | None:
    """Return a short path as JSONPath, ``None`` where it is more than names and indexes."""
    rest = short.removeprefix("$")
    if not rest:
        return "$" if short else None
    path, at = "$", 0
    while at < len(rest):
        step = _STEP.match(rest, at)
        if step is None:
            return None
        at = step.end()
        name = step["name"]
        if name is None:
            path += f"[{step['index']}]"
        else:
            path += f".{name}" if _PLAIN.fullmatch(name) else f"['{name}']"
    return path
