"""No tooltip takes a name, an address or an error from outside for markup."""

import ast
from collections.abc import Iterator
from pathlib import Path

WIDGETS = Path(__file__).resolve().parents[2] / "widgets"
TEXT_AT = {"setToolTip": 0, "showText": 1}
"""Which argument of a call is the tooltip's text."""

NOT_MARKUP = {"tray_icon.py"}
"""The system shows that one, and it has counts alone."""


def calls() -> Iterator[tuple[str, ast.expr]]:
    for path in sorted(WIDGETS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                place = TEXT_AT.get(node.func.attr)
                if place is not None and path.name not in NOT_MARKUP:
                    yield f"{path.name}:{node.lineno}", node.args[place]


def is_ours(text: ast.expr) -> bool:
    """Say whether a text is one of our own sentences, or was made plain."""
    match text:
        case ast.Constant():
            return True
        case ast.IfExp():
            return is_ours(text.body) and is_ours(text.orelse)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in {"tr", "plain_tip"}
    return False


def test_every_tooltip_is_a_sentence_of_ours_or_made_plain() -> None:
    found = list(calls())
    assert len(found) > 30
    assert [where for where, text in found if not is_ours(text)] == []
