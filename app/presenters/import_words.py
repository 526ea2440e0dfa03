"""Findings of the readers -> sentences in the language in use.

The import presenter calls it. What other programs call their settings is quoted, not translated.
"""

from PySide6.QtCore import QCoreApplication

from app.interchange.plan import Planned, Same, Step
from app.interchange.reading import Finding, Kind, Reading, Row, Source
from widgets import refusals
from widgets.import_words import Counts

translate = QCoreApplication.translate

_PROGRAMS = {
    Source.VIGIL: "Vigil",
    Source.KUMA: "Uptime Kuma",
    Source.GATUS: "Gatus",
    Source.OPENAPI: "OpenAPI",
    Source.POSTMAN: "Postman",
    Source.CSV: "CSV",
}


def source(reading: Reading) -> str:
    """Return who wrote a file, and how much it holds: "Uptime Kuma, 24 entries"."""
    if reading.source is None:
        return ""
    program, count = _PROGRAMS[reading.source], len(reading.rows)
    return f"{program}, {Counts().entries(count)}" if count else program


def of_file(reading: Reading) -> str:
    """Return what is to be said of a file as a whole."""
    lost = [it.about for it in reading.findings if it.kind is Kind.NOT_CARRIED]
    rest = [sentence(it) for it in reading.findings if it.kind is not Kind.NOT_CARRIED]
    return " ".join([*rest, *([_not_carried(lost)] if lost else [])])


def of_row(planned: Planned, reading: Reading) -> str:
    """Return why a row is added, changed, skipped or refused, and what is lost by it."""
    row = planned.row
    lost = [it.about for it in row.findings if it.kind is Kind.NOT_CARRIED]
    said = [sentence(it) for it in row.findings if it.kind is not Kind.NOT_CARRIED]
    if planned.step is Step.REFUSE:
        return f"{place(row, reading)}: {' '.join(said)}"
    if planned.step is Step.SKIP:
        return _skipped(planned)
    if planned.step is Step.CHANGE:
        fields = ", ".join(_field(name) for name in sorted(planned.changes or ()))
        words = translate("import_words", "Is watched already, with another {fields}.")
        said.insert(0, words.format(fields=fields))
    return " ".join([*said, *([_not_carried(lost)] if lost else [])])


def place(row: Row, reading: Reading) -> str:
    """Return where in the file a row is."""
    if reading.source is Source.CSV:
        return translate("import_words", "Line {n}").format(n=row.place)
    return row.place


def sentence(finding: Finding) -> str:
    """Return one finding as a sentence."""
    words = {**_of_files(), **_of_rows()}[finding.kind]
    if finding.kind is Kind.DAMAGED and not finding.about:
        words = translate("import_words", "The file is damaged: {detail}.")
    about, detail = _secret(finding.about), finding.detail
    if finding.kind in {Kind.INVALID, Kind.ADJUSTED}:
        about = _field(about)
    if finding.kind is Kind.INVALID:
        detail = refusals.in_words(detail)
    return words.format(about=about, detail=detail)


def _skipped(planned: Planned) -> str:
    if planned.same is Same.ROW:
        return translate("import_words", "The file has it twice.")
    return translate("import_words", "Is watched already, just like this.")


def _not_carried(settings: list[str]) -> str:
    words = translate("import_words", "Not carried over: {settings}.")
    return words.format(settings=", ".join(settings))


def _secret(about: str) -> str:
    """Return what an export of Vigil says it left out in the language in use."""
    name = about.removeprefix("the header ")
    if name != about:
        return translate("import_words", "the header {name}").format(name=name)
    if about == "the password of the URL":
        return translate("import_words", "the password of the URL")
    return about


def _field(name: str) -> str:
    """Return what the window calls a field; what is none keeps its name."""
    head, dot, rest = name.partition(".")
    words = {
        "name": translate("import_words", "name"),
        "url": translate("import_words", "URL"),
        "method": translate("import_words", "method"),
        "headers": translate("import_words", "headers"),
        "body": translate("import_words", "body"),
        "checkInterval": translate("import_words", "check interval"),
        "expectedStatusCode": translate("import_words", "expected status"),
        "timeoutThreshold": translate("import_words", "time-out"),
        "isActive": translate("import_words", "active"),
        "degradedThreshold": translate("import_words", "slow from"),
        "failureThreshold": translate("import_words", "failures until down"),
        "recoveryThreshold": translate("import_words", "successes until up"),
        "retryInterval": translate("import_words", "retry interval"),
        "verifyTls": translate("import_words", "certificate check"),
        "followRedirects": translate("import_words", "redirects"),
        "tags": translate("import_words", "tags"),
        "note": translate("import_words", "note"),
        "assertions": translate("import_words", "conditions"),
    }
    return f"{words.get(head, head)}{dot}{rest}"


def _of_files() -> dict[Kind, str]:
    return {
        Kind.UNREADABLE: translate("import_words", "The file cannot be read: {detail}."),
        Kind.TOO_LARGE: translate("import_words", "The file is larger than {about} MB."),
        Kind.NOT_TEXT: translate("import_words", "The file is no text that Vigil can read."),
        Kind.UNKNOWN: translate(
            "import_words",
            "Vigil does not know this kind of file. It reads its own exports, Uptime Kuma "
            "(backup or kuma.db), Gatus, OpenAPI 3, Postman collections and CSV with a column "
            "url.",
        ),
        Kind.DAMAGED: translate("import_words", "The file is damaged (line {about}): {detail}."),
        Kind.TOO_DEEP: translate("import_words", "The file is nested too deeply."),
        Kind.BOMB: translate("import_words", "The file's aliases would unfold without end."),
        Kind.TAGGED: translate("import_words", "The file has a YAML tag, {about}: none is taken."),
        Kind.NEWER: translate(
            "import_words", "The file was written by a newer Vigil (version {about})."
        ),
        Kind.OTHER_VERSION: translate(
            "import_words", "Version {about} of this format is not read."
        ),
        Kind.TOO_MANY: translate("import_words", "Only the first {about} entries are read."),
        Kind.EMPTY: translate("import_words", "The file holds no endpoints."),
        Kind.GUESSED: translate("import_words", "Read as {about}, since it is not Unicode."),
        Kind.UNSAVED: translate(
            "import_words",
            "Uptime Kuma has not saved its newest changes to this file: stop it first to have "
            "them.",
        ),
    }


def _of_rows() -> dict[Kind, str]:
    return {
        Kind.NOT_AN_OBJECT: translate("import_words", "Describes no endpoint."),
        Kind.UNSUPPORTED: translate("import_words", "Vigil does not check this kind: {about}."),
        Kind.INVALID: translate("import_words", "{about}: {detail}."),
        Kind.UNRESOLVED: translate("import_words", "The variable {about} has no value."),
        Kind.NEEDS_VALUE: translate("import_words", "The parameter {about} has no example."),
        Kind.NO_SERVER: translate("import_words", "No server is named."),
        Kind.NOT_CARRIED: translate("import_words", "Not carried over: {about}."),
        Kind.LEFT_OUT: translate("import_words", "Paused, for the file has not {about}."),
        Kind.ADJUSTED: translate("import_words", "{about} moved into bounds: {detail}."),
        Kind.SWITCHED_OFF: translate("import_words", "Paused, for Vigil has no {about}."),
        Kind.CHANGES_THINGS: translate("import_words", "{about} may change things at every check."),
    }
