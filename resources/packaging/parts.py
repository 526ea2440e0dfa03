"""Finds out of which parts of others the bundle consists: their versions, licences and texts.

Called by `build` with what PyInstaller put in; `licences` and `sbom` write it down. Knows packages
of Python, the interpreter, Debian's libraries, and what lies in resources.
"""

import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import Distribution, distributions
from pathlib import Path

_TEXTS = ("licen", "copying", "notice", "authors")
_BUNDLED_TEXTS = {
    "pretendard": ("SIL Open Font License 1.1", "OFL-1.1", "fonts/Pretendard-LICENSE.txt"),
    "noto-emoji": ("SIL Open Font License 1.1", "OFL-1.1", "fonts/NotoEmoji-LICENSE.txt"),
    "lucide": ("ISC License", "ISC", "icons/Lucide-LICENSE.txt"),
    "swagger-ui": ("Apache License 2.0", "Apache-2.0", "swagger/LICENSE.txt"),
}
_SPDX = {
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT": "MIT",
    "MIT License": "MIT",
    "MPL-2.0": "MPL-2.0",
}


@dataclass(frozen=True, slots=True)
class Part:
    """Something that others made.

    Attributes:
        name: as its makers write it.
        version: "" where it has none.
        origin: ``pypi``, ``deb``, ``generic``: the type of its package URL.
        licence: an SPDX expression where one is known, else words.
        texts: the files that hold its licence.
    """

    name: str
    version: str
    origin: str
    licence: str
    texts: tuple[Path, ...]


def inside(contents: Iterable[tuple[str, str]], root: Path) -> list[Part]:
    """Return the parts that the files of a bundle come from, by name.

    Args:
        contents: name in the bundle and source of every file.
        root: the project's folder, whose own files are no part of others.
    """
    sources = {Path(source) for _name, source in contents if source not in {"", "-"}}
    found = list(_of_python(sources))
    found.append(_interpreter())
    if sys.platform == "linux":
        found += _of_debian(sources)
    for name, (_words, spdx, text) in _BUNDLED_TEXTS.items():
        found.append(Part(name, "", "generic", spdx, (root / "resources" / text,)))
    return sorted(found, key=lambda part: part.name.lower())


def _of_python(sources: set[Path]) -> Iterator[Part]:
    for each in distributions():
        files = each.files or []
        if any(
            file.suffix in {".py", ".so", ".pyd"} and Path(str(each.locate_file(file))) in sources
            for file in files
        ):
            yield _part_of(each)


def _part_of(found: Distribution) -> Part:
    texts = tuple(
        sorted(
            path
            for file in found.files or []
            if ".dist-info" in str(file)
            and file.name.lower().startswith(_TEXTS)
            and (path := Path(str(found.locate_file(file)))).is_file()
        )
    )
    said = found.metadata.json
    licence = str(said.get("license_expression") or said.get("license") or "")
    if not licence or "\n" in licence:
        kinds = [kind for kind in said.get("classifier", ()) if kind.startswith("License ::")]
        licence = kinds[0].rsplit(" :: ", 1)[-1] if kinds else "see its text"
    return Part(found.name, found.version, "pypi", _SPDX.get(licence, licence), texts)


def _interpreter() -> Part:
    places = (
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(platform.__file__).with_name("LICENSE.txt"),
    )
    text = tuple(place for place in places if place.is_file())[:1]
    return Part("CPython", platform.python_version(), "generic", "PSF-2.0", text)


def _of_debian(sources: set[Path]) -> Iterator[Part]:
    system = sorted(path for path in sources if str(path).startswith(("/usr/lib/", "/lib/")))
    seen: dict[str, Part] = {}
    for path in system:
        package = _owner(path)
        if package is None or package in seen:
            continue
        version = _said("dpkg-query", "-W", "-f=${Version}", package)
        text = Path("/usr/share/doc", package.split(":")[0], "copyright")
        part = Part(package.split(":")[0], version, "deb", "see its text", ())
        seen[package] = replace(part, texts=(text,)) if text.is_file() else part
    yield from seen.values()


def _owner(path: Path) -> str | None:
    # Either name: the directories of Debian are merged, its package database is not.
    for name in (str(path), str(path.resolve()), str(path.resolve()).removeprefix("/usr")):
        if said := _said("dpkg", "-S", name):
            return said.splitlines()[0].rsplit(": ", 1)[0].split(",")[0]
    return None


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
