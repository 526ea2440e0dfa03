"""Puts the licences of all parts into the bundle, and says how its Qt can be exchanged.

Called by `build`. A part whose package carries no text gets that of its licence from the folder of
this name; one for which there is none there either stops the build.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from resources.packaging.parts import Part

_TEXTS = Path(__file__).with_name("licences")
_QT = ("pyside6_essentials", "shiboken6")
_OVERVIEW = """Vigil is under the MIT licence: see Vigil.txt. It contains these parts of others;
the text of each licence is in the folder of its name.

{table}

Qt and PySide6 are used under the GNU Lesser General Public License, version 3 (LGPL-3.0.txt, with
GPL-3.0.txt, which it refers to). They are unchanged and linked dynamically: every library of Qt is
a file of its own in _internal/PySide6, and may be replaced by another build of the same interface.
So may shiboken6 and the modules of PySide6. Nothing in Vigil checks or prevents it, and taking
Vigil apart for that purpose is allowed. The sources of Qt {qt} and PySide6 {qt} are at
https://download.qt.io/official_releases/ (qt and QtForPython), and what Qt itself contains of
others (ICU, HarfBuzz, PCRE2, libpng and more) is listed with all texts at
https://doc.qt.io/qt-6/licenses-used-in-qt.html.

cryptography contains OpenSSL (Apache-2.0), google-re2 contains Abseil (Apache-2.0).
"""


class NoLicenceError(Exception):
    """A part came without the text of its licence; the message names it."""


def collect(found: Sequence[Part], bundle: Path) -> None:
    """Write the folder ``licences`` of a bundle.

    Raises:
        NoLicenceError: a text is missing.
    """
    folder = bundle / "licences"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(_TEXTS.parents[2] / "LICENSE", folder / "Vigil.txt")
    for part in found:
        own = folder / part.name
        for number, text in enumerate(texts_of(part)):
            own.mkdir(exist_ok=True)
            name = text.name if text.suffix else f"{text.name}.txt"
            target = own / name
            shutil.copyfile(text, target if not target.exists() else own / f"{number}-{name}")
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        shutil.copyfile(_TEXTS / name, folder / name)
    table = "\n".join(f"  {part.name:28} {part.version:18} {part.licence}" for part in found)
    qt = next(part.version for part in found if part.name.lower() in _QT)
    (folder / "README.txt").write_text(_OVERVIEW.format(table=table, qt=qt), encoding="utf-8")


def texts_of(part: Part) -> tuple[Path, ...]:
    """Return the files that hold the licence of a part.

    Raises:
        NoLicenceError: there is none.
    """
    if part.texts:
        return part.texts
    kept = {path.stem: path for path in _TEXTS.glob("*.txt")}
    named = [path for name, path in sorted(kept.items()) if name in part.licence]
    if not named:
        raise NoLicenceError(f"{part.name} {part.version} ({part.licence}) has no licence text")
    return tuple(named)
