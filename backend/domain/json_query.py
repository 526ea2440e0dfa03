"""What a JSONPath finds in a body, in a bounded number of steps.

Used by the judge. Both the path and the body may be made to be expensive: a path of three ``..``
visits each value as often as it lies deep, and a value knows its own path, which for a long name
over many values would fill the memory. So steps are counted, and paths of values are not kept.
"""

import json
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final, NoReturn

from jsonpath import JSONPathError, JSONPathMatch

from backend.contract.patterns import Dialect

MAX_STEPS: Final = 50_000
"""Some 0.1 s."""

_steps_left: ContextVar[list[int]] = ContextVar("steps left")


class NotFindable(Exception):  # noqa: N818 - it says what is wrong
    """The question has no answer; the message says why, for people."""


class _Node(JSONPathMatch):
    """A value on the way, without the path to it."""

    __slots__ = ()

    def __init__(self, **known: Any) -> None:
        _step()
        super().__init__(**known)

    def add_child(self, *children: JSONPathMatch) -> None:
        """Keep nothing: the children are not asked for."""

    def new_child(self, obj: object, key: int | str) -> "_Node":
        """Return the node of a value below this one."""
        return _Node(
            filter_context=self.filter_context(),
            obj=obj,
            parent=None,
            path="",
            parts=(key,),
            root=self.root,
        )


class _Counting(Dialect):
    match_class = _Node

    def compare(self, left: object, operator: str, right: object) -> bool:
        """Compare as always, and count it."""
        _step()
        return super().compare(left, operator, right)

    def is_truthy(self, obj: object) -> bool:
        """Say whether a test holds, and count it."""
        _step()
        return super().is_truthy(obj)


_COUNTING: Final = _Counting(strict=True)


def read_json(body: bytes) -> object:
    """Return the value of a JSON text.

    Raises:
        NotFindable: it is none, or nested beyond reason.
    """
    try:
        return json.loads(body, parse_constant=_no_constant)
    except RecursionError:
        raise NotFindable("JSON nested too deeply") from None
    except ValueError:
        raise NotFindable("not JSON") from None


def find(path: str, document: object) -> list[object]:
    """Return all values a path finds.

    Raises:
        NotFindable: it takes too many steps, or goes too deep.
    """
    if not isinstance(document, dict | list):
        # The library takes a text for JSON to be read, and knows no other document.
        return [document] if path == "$" else []
    _steps_left.set([MAX_STEPS])
    looking = _look(_compiled(path), document)
    try:
        looking.send(None)
    except StopIteration as found:
        values: list[object] = found.value
        return values
    except (JSONPathError, RecursionError):
        raise NotFindable("JSON nested too deeply") from None
    finally:
        looking.close()
    raise RuntimeError("a query waited for something")


async def _look(query: Any, document: object) -> list[object]:
    """Return the values found; waits for nothing.

    The library's plain queries ignore the class of nodes that is set, only its asynchronous ones
    mind it.
    """
    return [match.obj async for match in await query.finditer_async(document)]


@lru_cache(maxsize=256)
def _compiled(path: str) -> Any:
    return _COUNTING.compile(path)


def _step() -> None:
    left = _steps_left.get()
    left[0] -= 1
    if left[0] < 0:
        raise NotFindable("JSON with too much to look through")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
