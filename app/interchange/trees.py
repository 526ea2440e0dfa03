"""Bytes -> text -> the tree of a JSON or YAML document, each step with a bound.

The readers' dispatch calls it. An alias of YAML costs a few bytes and may stand for millions of
nodes, so what a document would unfold to is counted before anything is built.
"""

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

import yaml

from app.interchange.reading import Finding, Kind

_DEEPEST = 64
_MOST_NODES = 1_000_000
_SHORTEST_REASON = 120


@dataclass(frozen=True, slots=True)
class Tree:
    """A document that was read; ``value`` may be any JSON."""

    value: object


def text(content: bytes) -> str | None:
    """Return the text of bytes by their byte order mark, without one as UTF-8; or nothing."""
    wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None


def of_json(source: str) -> Tree | Finding:
    """Return a JSON document, or why it is none."""
    try:
        value = json.loads(source, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return Finding(Kind.DAMAGED, str(error.lineno), error.msg)
    except RecursionError:
        return Finding(Kind.TOO_DEEP)
    except ValueError as error:  # NaN, or a number of more digits than Python reads
        return Finding(Kind.DAMAGED, "", str(error)[:_SHORTEST_REASON])
    return Finding(Kind.TOO_DEEP) if _is_deep(value) else Tree(value)


def of_yaml(source: str) -> Tree | Finding:
    """Return the first document of a YAML stream, or why it is none."""
    try:
        fault = _fault_of_yaml(source)
        return fault or Tree(next(yaml.load_all(source, Loader=_Loader), None))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = "" if mark is None else str(mark.line + 1)
        return Finding(Kind.DAMAGED, line, (error.problem or "")[:_SHORTEST_REASON])
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return Finding(Kind.DAMAGED, "", str(error).partition("\n")[0][:_SHORTEST_REASON])
    except RecursionError:
        return Finding(Kind.TOO_DEEP)


class _Loader(yaml.CSafeLoader):
    """The safe loader, but for dates: no setting of an endpoint is one."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _fault_of_yaml(source: str) -> Finding | None:
    """Return what is dangerous about a YAML stream, before anything is built from it."""
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    size = 0
    for event in yaml.parse(source, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            # One that stands within what it names has no size yet and never ends.
            size += sizes.get(event.anchor or "", _MOST_NODES + 1)
        elif isinstance(event, yaml.NodeEvent):
            tag = getattr(event, "tag", None)
            if tag is not None:
                return Finding(Kind.TAGGED, str(tag)[:_SHORTEST_REASON])
            size += 1
            if isinstance(event, yaml.ScalarEvent):
                if event.anchor is not None:
                    sizes[event.anchor] = 1
            else:
                open_nodes.append((event.anchor, size - 1))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            anchor, before = open_nodes.pop()
            if anchor is not None:
                sizes[anchor] = size - before
        if size > _MOST_NODES:
            return Finding(Kind.BOMB)
        if len(open_nodes) > _DEEPEST:
            return Finding(Kind.TOO_DEEP)
    return None


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            child
            for node in level
            if isinstance(node, dict | list)
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return False
    return True


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")
