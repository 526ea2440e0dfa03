"""Every string is translated, and what the program reads is what the translators wrote."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtWidgets import QApplication

from widgets import phrases
from widgets.style import assets

ROOT = assets.path("").parent
KOREAN = assets.path("i18n/vigil_ko.ts")
TOOLS = Path(sys.executable).parent


def messages(file: Path) -> list[tuple[str, ElementTree.Element]]:
    found = []
    for context in ElementTree.parse(file).getroot().iter("context"):  # noqa: S314
        name = context.findtext("name") or ""
        found += [(name, message) for message in context.iter("message")]
    return found


def keys(file: Path) -> set[tuple[str, str]]:
    return {(context, message.findtext("source") or "") for context, message in messages(file)}


def tool(name: str) -> str:
    found = shutil.which(name, path=str(TOOLS)) or shutil.which(name)
    if found is None:
        pytest.fail(f"{name} comes with PySide6 and is not there")
    return found


@pytest.mark.parametrize("name", ["vigil_ko.ts", "vigil_en.ts"])
def test_nothing_is_left_untranslated(name: str) -> None:
    unfinished = [
        (context, message.findtext("source"))
        for context, message in messages(assets.path(f"i18n/{name}"))
        if (said := message.find("translation")) is None
        or said.get("type") is not None
        or not "".join(said.itertext()).strip()
    ]
    assert unfinished == []


def test_the_korean_keeps_every_parameter() -> None:
    lost = []
    for context, message in messages(KOREAN):
        source = message.findtext("source") or ""
        said = message.find("translation")
        words = "" if said is None else "".join(said.itertext())
        if set(re.findall(r"\{\w*\}|%n", source)) != set(re.findall(r"\{\w*\}|%n", words)):
            lost.append((context, source, words))
    assert lost == []


@pytest.mark.parametrize(
    ("english", "other"),
    [
        # What acknowledges an outage is 확인: a check by the same word would be one's own deed.
        (r"\b[Cc]heck(s|ed)?\b", "확인"),
        (r"\bQuiet\b", "조용"),
        (r"\b[Ss]nooze", "보류"),
        (r"\b[Ss]low\b", "느림"),
    ],
)
def test_one_thing_has_one_name_in_korean(english: str, other: str) -> None:
    others = [
        (message.findtext("source"), words)
        for _, message in messages(KOREAN)
        if re.search(english, message.findtext("source") or "")
        and other in (words := message.findtext("translation") or "")
    ]
    assert others == []


def test_every_string_of_the_sources_is_in_the_korean_file(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    sources = sorted(
        str(file) for folder in ("widgets", "app") for file in (ROOT / folder).rglob("*.py")
    )
    subprocess.run(
        [tool("pyside6-lupdate"), *sources, "-locations", "none", "-ts", str(fresh)],
        check=True,
        capture_output=True,
    )
    assert keys(fresh) == keys(KOREAN)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_the_program_reads_was_made_from_the_text(tmp_path: Path, language: str) -> None:
    made = tmp_path / "made.qm"
    subprocess.run(
        [
            tool("pyside6-lrelease"),
            str(assets.path(f"i18n/vigil_{language}.ts")),
            "-qm",
            str(made),
        ],
        check=True,
        capture_output=True,
    )
    assert made.read_bytes() == assets.path(f"i18n/vigil_{language}.qm").read_bytes()


def test_plurals_are_english(qapp: QApplication) -> None:
    words = assets.translator("en")
    qapp.installTranslator(words)
    try:
        assert phrases.of_endpoints(1) == "of 1 endpoint"
        assert phrases.of_endpoints(24) == "of 24 endpoints"
        assert phrases.of_endpoints(1000) == "of 1,000 endpoints"
    finally:
        qapp.removeTranslator(words)
