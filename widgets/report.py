"""A report as a PDF: a table of all endpoints, then a chart and the incidents of each.

The export presenter calls it in a thread. Names, addresses and errors come from outside: every
one of them is escaped, so that none is read as markup. The bundled fonts go into the file.
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRectF, QSize, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from widgets import chart_painter, headings, incident_phrases, phrases
from widgets.chart_scale import Scale, time_ticks, value_ticks
from widgets.report_values import Report, ReportEndpoint, ReportIncident
from widgets.series import Series
from widgets.style import assets
from widgets.style.tokens import LIGHT

SIZE = QSize(620, 170)
_SHARPNESS = 3
_TICKS = 8


def picture(series: Series) -> QImage:
    """Return a chart of SIZE, drawn sharply enough for paper."""
    image = QImage(SIZE * _SHARPNESS, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    left, bottom = chart_painter.LABEL_WIDTH, chart_painter.LABEL_HEIGHT
    plot = QRectF(left, 8, SIZE.width() - left - 14, SIZE.height() - bottom - 8)
    highest = max((p.p95_ms for p in series.points if p.p95_ms is not None), default=0.0)
    values = value_ticks(highest, 4)
    scale = Scale(plot, series.start, series.end, values[-1])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SHARPNESS, _SHARPNESS)
    times = time_ticks(series.start, series.end, _TICKS)
    chart_painter.paint_axes(painter, scale, LIGHT, values, times)
    chart_painter.paint_outages(painter, scale, LIGHT, series.outages)
    chart_painter.paint_lines(painter, scale, LIGHT, series)
    painter.end()
    return image


MOST_SECTIONS = 60
"""So many endpoints get a chart of their own; the table has all of them."""

_MOST_INCIDENTS = 25
_PAGE_HEIGHT, _HEAD_HEIGHT, _LINE_HEIGHT = 960, 100, 22
_DOTS_PER_INCH = 300
_POINTS = 9
_LONGEST = 160

translate = QCoreApplication.translate


def pdf(report: Report, now: datetime) -> bytes:
    """Return a report as the bytes of a PDF file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(_title())
    writer.setCreator("Vigil")
    # No margins here: a document that is printed keeps 2 cm of its own, with the page's number.
    paper = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF()))
    document = document_of(report, now)
    document.print_(writer)
    del writer
    return bytes(buffer.data().data())


def document_of(report: Report, now: datetime) -> QTextDocument:
    """Return a report as a document."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    font = QFont([assets.FAMILY, assets.EMOJI_FAMILY])
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_style())
    for number, endpoint in enumerate(report.endpoints[:MOST_SECTIONS]):
        if endpoint.series is not None:
            drawn = picture(endpoint.series)
            kind = QTextDocument.ResourceType.ImageResource.value
            document.addResource(kind, QUrl(f"chart:{number}"), drawn)
    document.setHtml("".join(_pages(report, now)))
    return document


def _pages(report: Report, now: datetime) -> Iterator[str]:
    yield f"<h1>{escape(_title())}</h1><p class='muted'>{escape(_span_words(report))}</p>"
    yield from _table(report)
    left = 0
    for number, endpoint in enumerate(report.endpoints[:MOST_SECTIONS]):
        height = _height(endpoint)
        # A page is begun where a chart would be torn from its numbers.
        yield from _section(number, endpoint, now, breaks=height > left)
        left = (_PAGE_HEIGHT if height > left else left) - height
    more = len(report.endpoints) - MOST_SECTIONS
    if more > 0:
        words = translate("report", "{n} more endpoints are in the table above only.")
        yield f"<p class='muted'>{escape(words.format(n=f'{more:,}'))}</p>"


def _table(report: Report) -> Iterator[str]:
    heads = (
        translate("report", "Endpoint"),
        translate("report", "Uptime"),
        translate("report", "Down for"),
        translate("report", "Incidents"),
        translate("report", "Checks"),
        translate("report", "Median"),
        translate("report", "p95"),
    )
    yield "<table width='100%' cellspacing='0' cellpadding='4'><tr>"
    yield "".join(_head(word, place > 0) for place, word in enumerate(heads))
    yield "</tr>"
    for each in report.endpoints:
        cells = (
            phrases.uptime(each.uptime),
            phrases.span(each.down_s) if each.down_s else phrases.UNKNOWN_VALUE,
            f"{len(each.incidents):,}",
            f"{each.checks:,}",
            phrases.latency(each.p50_ms),
            phrases.latency(each.p95_ms),
        )
        address = f"<span class='small'>{_safe(each.address)}</span>"
        yield f"<tr><td>{_safe(each.name)}<br/>{address}</td>"
        yield "".join(f"<td align='right'>{escape(cell)}</td>" for cell in cells)
        yield "</tr>"
    yield "</table>"


def _head(word: str, is_number: bool) -> str:
    side = " align='right'" if is_number else " align='left'"
    return f"<th{side} bgcolor='{LIGHT.hover}'>{escape(word)}</th>"


def _height(endpoint: ReportEndpoint) -> int:
    """Return about how high a section is, in pixels of a screen."""
    lines = min(len(endpoint.incidents), _MOST_INCIDENTS)
    chart = SIZE.height() if endpoint.series is not None else 0
    return _HEAD_HEIGHT + chart + lines * _LINE_HEIGHT


def _section(
    number: int, endpoint: ReportEndpoint, now: datetime, *, breaks: bool
) -> Iterator[str]:
    style = " style='page-break-before: always'" if breaks else ""
    yield f"<h2{style}>{_safe(endpoint.name)}</h2><p class='small'>{_safe(endpoint.address)}</p>"
    figures = (
        (translate("report", "Uptime"), phrases.uptime(endpoint.uptime)),
        (translate("report", "Mean"), phrases.latency(endpoint.average_ms)),
        (translate("report", "Median"), phrases.latency(endpoint.p50_ms)),
        (translate("report", "p95"), phrases.latency(endpoint.p95_ms)),
        (translate("report", "p99"), phrases.latency(endpoint.p99_ms)),
        (translate("report", "Failed checks"), f"{endpoint.failed:,} / {endpoint.checks:,}"),
    )
    yield "<table width='100%' cellspacing='0' cellpadding='4'><tr>"
    for word, value in figures:
        yield f"<td><span class='small'>{escape(word)}</span><br/><b>{escape(value)}</b></td>"
    yield "</tr></table>"
    if endpoint.series is not None:
        size = SIZE
        yield f"<p><img src='chart:{number}' width='{size.width()}' height='{size.height()}'/></p>"
    else:
        yield f"<p class='muted'>{escape(translate('report', 'No response times.'))}</p>"
    yield from _incidents(endpoint, now)


def _incidents(endpoint: ReportEndpoint, now: datetime) -> Iterator[str]:
    if not endpoint.incidents:
        yield f"<p class='muted'>{escape(translate('report', 'No incidents.'))}</p>"
        return
    yield "<table width='100%' cellspacing='0' cellpadding='3'>"
    for incident in endpoint.incidents[:_MOST_INCIDENTS]:
        began, length, cause = _incident_words(incident, now)
        yield f"<tr><td width='24%'>{escape(began)}</td><td width='22%'>{escape(length)}</td>"
        yield f"<td>{_safe(cause)}</td></tr>"
    yield "</table>"
    more = len(endpoint.incidents) - _MOST_INCIDENTS
    if more > 0:
        words = translate("report", "and {n} more incidents").format(n=f"{more:,}")
        yield f"<p class='muted'>{escape(words)}</p>"


def _incident_words(incident: ReportIncident, now: datetime) -> tuple[str, str, str]:
    length = incident_phrases.incident_length(incident.started_at, incident.resolved_at, now)
    cause = phrases.failure_words(incident.message)
    if incident.resolution is not None:
        how = incident_phrases.resolution_word(incident.resolution)
        cause = f"{cause} - {how}" if cause else how
    return _minute(incident.started_at), length, cause


def _safe(text: str) -> str:
    """Return a text from outside for a document: no markup, no endless word."""
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return escape(shown.encode("utf-8", "replace").decode())


def _title() -> str:
    return translate("report", "Vigil report")


def _span_words(report: Report) -> str:
    words = translate("report", "{start} to {end} ({period})")
    return words.format(
        start=_minute(report.start),
        end=_minute(report.end),
        period=headings.period_word(report.period),
    )


def _minute(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _style() -> str:
    return (
        f"body {{ color: {LIGHT.text}; }}"
        f"h1 {{ font-size: 18pt; font-weight: 600; margin-bottom: 0; }}"
        f"h2 {{ font-size: 12pt; font-weight: 600; margin-top: 18px; margin-bottom: 0; }}"
        f"p {{ margin-top: 4px; margin-bottom: 10px; }}"
        f"th {{ font-weight: 600; color: {LIGHT.muted}; }}"
        f".muted {{ color: {LIGHT.muted}; }}"
        f".small {{ color: {LIGHT.muted}; font-size: 7pt; }}"
    )
