"""The colours carry what is written and drawn on them."""

import re
from pathlib import Path

import pytest

import widgets
from backend.contract.vocabulary import Status
from widgets.style.tokens import DARK, LIGHT, Tokens, Tone

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tones(tokens: Tokens) -> list[Tone]:
    return [
        tokens.up,
        tokens.down,
        tokens.degraded,
        tokens.unknown,
        tokens.paused,
        tokens.connecting,
    ]


@pytest.mark.parametrize("tokens", THEMES)
def test_every_text_reaches_four_and_a_half_to_one(tokens: Tokens) -> None:
    grounds = (tokens.background, tokens.surface, tokens.raised, tokens.sidebar, tokens.hover)
    pairs = [(tokens.text, ground) for ground in grounds]
    pairs += [(tokens.muted, ground) for ground in grounds]
    pairs += [(tokens.accent, ground) for ground in (tokens.surface, tokens.raised)]
    pairs += [
        (tokens.on_accent, tokens.accent),
        (tokens.on_accent, tokens.accent_hover),
        (tokens.selection_text, tokens.selection),
        (tokens.selection_muted, tokens.selection),
        (tokens.selection_accent, tokens.selection),
        (tokens.text, tokens.field),
        (tokens.text, tokens.line),
        (tokens.muted, tokens.field),
    ]
    for tone in tones(tokens):
        pairs += [(tone.text, g) for g in (tokens.surface, tokens.background, tone.soft)]
    short = [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 4.5]
    assert short == []


@pytest.mark.parametrize("tokens", THEMES)
def test_every_mark_and_border_reaches_three_to_one(tokens: Tokens) -> None:
    pairs = [(tokens.field_border, ground) for ground in (tokens.surface, tokens.field)]
    pairs += [(tokens.focus, g) for g in (tokens.surface, tokens.background, tokens.selection)]
    for tone in tones(tokens):
        pairs += [(tone.outline, g) for g in (tokens.surface, tokens.background, tone.soft)]
        pairs.append((tone.outline, tokens.selection))
        pairs.append((tone.glyph, tone.fill))
    short = [(a, b, round(contrast(a, b), 2)) for a, b in pairs if contrast(a, b) < 3]
    assert short == []


@pytest.mark.parametrize("tokens", THEMES)
def test_what_was_not_measured_is_faint_but_seen_also_where_it_is_selected(tokens: Tokens) -> None:
    grounds = (tokens.surface, tokens.hover, tokens.selection)
    found = [contrast(tokens.unmeasured, ground) for ground in grounds]
    assert min(found) > 1.4
    assert max(found) < 2


@pytest.mark.parametrize("tokens", THEMES)
def test_the_fills_are_the_contract_s(tokens: Tokens) -> None:
    assert tokens.tone(Status.UP).fill == "#22c55e"
    assert tokens.tone(Status.DOWN).fill == "#ef4444"
    assert tokens.tone(Status.DEGRADED).fill == "#eab308"
    assert tokens.tone(Status.UNKNOWN).fill == "#9ca3af"
    assert tokens.tone(Status.DOWN, paused=True) == tokens.paused


def test_no_other_file_names_a_colour() -> None:
    root = Path(widgets.__file__).parent
    files = [*root.rglob("*.py"), *(root.parent / "resources" / "styles").glob("*.qss")]
    named = [
        file.name
        for file in files
        if file.name != "tokens.py" and re.search(r"#[0-9a-fA-F]{6}\b", file.read_text("utf-8"))
    ]
    assert len(files) > 30
    assert named == []
