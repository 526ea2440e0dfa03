"""What the desktop loads by name is in a bundle: an import shows it, or build.spec names it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def trees() -> Iterator[ast.AST]:
    for folder in ("app", "widgets"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def test_what_is_loaded_by_name_is_carried_in_a_bundle() -> None:
    found = list(trees())
    called = [node for node in found if isinstance(node, ast.Call) and node.args]
    by_name = {
        ast.literal_eval(node.args[0])
        for node in called
        if isinstance(node.func, ast.Attribute) and node.func.attr == "import_module"
        if isinstance(node.args[0], ast.Constant)
    }
    shown = {node.module for node in found if isinstance(node, ast.ImportFrom)}
    spec = ast.walk(ast.parse((ROOT / "build.spec").read_text("utf-8")))
    named = {node.value for node in spec if isinstance(node, ast.Constant)}
    assert "app.main" in by_name
    # The backend is carried whole, and so is what it imports of this library.
    whole = ("backend.", "cryptography.")
    assert [it for it in sorted(by_name - shown - named) if not it.startswith(whole)] == []
