"""How an incident began, seen from outside: timings, addresses, certificates, headers, body.

The incident's detail shows it. Everything in it came from a target: it is text, never markup.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from widgets import parts, phrases
from widgets.body_view import BodyView
from widgets.incident_values import Certificate, Evidence
from widgets.phase_chart import PhaseChart
from widgets.style.palette import Theme

_MOST_LINES = 8
_FACTS = ("asked", "resolved", "connected", "answered")


class EvidenceView(QWidget):
    """What was seen of the target at the first failure."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: Evidence | None = None
        self.chart = PhaseChart(theme)
        self._facts = {key: (parts.label("secondary"), _text()) for key in _FACTS}
        self._chain_name, self.chain = parts.label("secondary"), _text()
        self._headers_name, self.headers = parts.label("secondary"), BodyView()
        self._body_name, self.body = parts.label("secondary"), BodyView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chart)
        column.addLayout(self._lay_out_facts())
        for part in (
            self._chain_name,
            self.chain,
            self._headers_name,
            self.headers,
            self._body_name,
            self.body,
        ):
            column.addWidget(part)
        self._set_texts()

    def show_evidence(self, evidence: Evidence) -> None:
        """Show what was seen at one failure."""
        self._evidence = evidence
        self.chart.show_phases(evidence.phases)
        self.headers.show_body("\n".join(f"{name}: {value}" for name, value in evidence.headers))
        self.headers.show_lines(min(_MOST_LINES, len(evidence.headers)))
        self.body.show_body(evidence.body)
        self._set_texts()

    def fact(self, key: str) -> str:
        """Return what is said under a name: asked, resolved, connected or answered."""
        return self._facts[key][1].text()

    def _lay_out_facts(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(4)
        # In large texts a long address stands under its name rather than beyond the page.
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, value in self._facts.values():
            form.addRow(name, value)
        return form

    def _set_texts(self) -> None:
        names = (
            self.tr("Asked"),
            self.tr("Resolved"),
            self.tr("Connected to"),
            self.tr("Answered"),
        )
        told = self._evidence
        values = ("", "", "", "") if told is None else self._fact_words(told)
        for key, name, value in zip(_FACTS, names, values, strict=True):
            self._facts[key][0].setText(name)
            self._facts[key][1].setText(value)
        self._say(self._chain_name, self.chain, self.tr("Certificates"), self._chain_words())
        has_headers = told is not None and bool(told.headers)
        self._head(self._headers_name, self.headers, self.tr("Headers"), has_headers)
        has_body = told is not None and bool(told.body)
        words = self._body_words(told) if told is not None else ""
        self._head(self._body_name, self.body, words, has_body)
        self.chart.retell()

    def _fact_words(self, told: Evidence) -> tuple[str, str, str, str]:
        asked = told.url
        if told.redirects:
            asked = self.tr("{url} (redirected)").format(url=told.url)
        code = self.tr("nothing") if told.status_code is None else str(told.status_code)
        return (
            asked,
            ", ".join(told.addresses) or phrases.UNKNOWN_VALUE,
            told.peer or self.tr("nobody"),
            code,
        )

    def _chain_words(self) -> str:
        chain: Sequence[Certificate] = () if self._evidence is None else self._evidence.certificates
        return "\n".join(self._certificate_words(each) for each in chain)

    def _certificate_words(self, told: Certificate) -> str:
        now = datetime.now(UTC)
        day = f"{told.ends_at.astimezone():%Y-%m-%d}"
        words = (
            self.tr("{subject}, by {issuer}, ended on {day}")
            if told.ends_at < now
            else self.tr("{subject}, by {issuer}, until {day}")
        )
        said = words.format(subject=told.subject, issuer=told.issuer, day=day)
        return f"{said}\nSHA-256 {told.fingerprint[:16]}..."

    def _body_words(self, told: Evidence) -> str:
        size = QLocale().formattedDataSize(
            told.body_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        words = (
            self.tr("Beginning of the body, {size} in all")
            if told.body_is_cut
            else self.tr("Body, {size}")
        )
        return words.format(size=size)

    def _say(self, name: QLabel, value: QLabel, words: str, said: str) -> None:
        value.setText(said)
        self._head(name, value, words, bool(said))

    def _head(self, name: QLabel, value: QWidget, words: str, shown: bool) -> None:
        name.setText(words)
        value.setAccessibleName(words)
        for part in (name, value):
            part.setVisible(shown)

    def changeEvent(self, event: QEvent) -> None:
        """Say everything again in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._set_texts()


def _text() -> QLabel:
    """Return a label whose text can be copied."""
    made = parts.label(wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
