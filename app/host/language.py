"""Chooses the language of the window and changes it while it runs.

The entry point makes one; the preferences presenter calls ``use``. Qt tells every widget by
LanguageChange; nobody is called here.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from widgets.style import assets

_LOCALES = {
    "ko": QLocale(QLocale.Language.Korean, QLocale.Country.SouthKorea),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedStates),
}


class Language:
    """The words in use."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._system = system_language()
        self._installed: tuple[QTranslator, ...] = ()
        self._code = ""

    @property
    def code(self) -> str:
        """The language in use: ``ko`` or ``en``."""
        return self._code

    def use(self, choice: str) -> None:
        """Speak ``en``, ``ko``, or for ``system`` what this computer speaks."""
        code = self._system if choice == "system" else choice
        if code == self._code:
            return
        self._code = code
        QLocale.setDefault(_LOCALES[code])
        for old in self._installed:
            self._app.removeTranslator(old)
        self._installed = (_translator_of_qt(code), assets.translator(code))
        for new in self._installed:
            self._app.installTranslator(new)


def system_language() -> str:
    """Return ``ko`` where this computer speaks Korean, else ``en``."""
    return "ko" if QLocale.system().language() is QLocale.Language.Korean else "en"


def _translator_of_qt(code: str) -> QTranslator:
    """Return the words of Qt's own widgets, such as a text field's menu."""
    made = QTranslator()
    made.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return made
