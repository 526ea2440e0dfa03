"""A report says what it is told, reads no name as markup, and shows charts and incidents."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from backend.contract.vocabulary import Period, Resolution
from tests.widgets.conftest import NOW
from widgets import report
from widgets.report_values import Report, ReportEndpoint, ReportIncident
from widgets.series import Outage, Point, Series
from widgets.style.palette import Theme
from widgets.style.tokens import LIGHT

START = NOW - timedelta(days=1)
HOSTILE = "<img src='file:///etc/passwd'><b>bold</b>&amp;</td><script>x</script>"


def _series() -> Series:
    points = tuple(Point(START + timedelta(hours=n), 80.0, 200.0) for n in range(24))
    down = Outage(START + timedelta(hours=5), START + timedelta(hours=7))
    return Series(START, NOW, 3600.0, points, (down,))


def _endpoint(name: str = "Shop", **values: object) -> ReportEndpoint:
    incident = ReportIncident(
        START + timedelta(hours=5),
        START + timedelta(hours=7),
        "Expected status 200, got 503",
        Resolution.RECOVERED,
    )
    told: dict[str, object] = {
        "name": name,
        "address": "GET shop.example.com",
        "uptime": 99.5,
        "checks": 1440,
        "failed": 7,
        "down_s": 7200.0,
        "average_ms": 84.0,
        "p50_ms": 80.0,
        "p95_ms": 200.0,
        "p99_ms": 240.0,
        "series": _series(),
        "incidents": (incident,),
    }
    return ReportEndpoint(**(told | values))


def _text(*endpoints: ReportEndpoint) -> str:
    told = Report(Period.DAY, START, NOW, endpoints)
    return report.document_of(told, NOW).toPlainText()


def test_a_report_tells_uptime_response_times_and_incidents(theme: Theme) -> None:
    text = _text(_endpoint())
    for words in ("Vigil report", "Shop", "99.50 %", "2 h", "1,440", "80 ms", "7 / 1,440"):
        assert words in text
    assert "Expected status 200, got 503 - recovered" in text


@pytest.mark.parametrize("place", ["name", "address"])
def test_what_comes_from_outside_is_never_markup(theme: Theme, place: str) -> None:
    text = _text(_endpoint(**{place: HOSTILE}))
    assert HOSTILE in text


def test_an_error_from_outside_is_never_markup(theme: Theme) -> None:
    incident = ReportIncident(START, None, HOSTILE, None)
    assert HOSTILE in _text(_endpoint(incidents=(incident,)))


def test_an_endpoint_nobody_saw_says_so(theme: Theme) -> None:
    nothing = dict.fromkeys(("uptime", "average_ms", "p50_ms", "p95_ms", "p99_ms", "series"))
    text = _text(_endpoint(**nothing, checks=0, failed=0, down_s=0.0, incidents=()))
    assert "No response times." in text
    assert "No incidents." in text
    assert "0.00 %" not in text


def test_a_report_is_told_in_the_language_in_use(theme: Theme, korean: None) -> None:
    text = _text(_endpoint("결제"))
    assert "Vigil 보고서" in text
    assert "상태 코드 200 기대, 503 수신" in text


def test_half_a_character_and_an_endless_name_do_no_harm(theme: Theme) -> None:
    text = _text(_endpoint("\ud800half"), _endpoint("x" * 5000))
    assert "half" in text
    assert "x" * 500 not in text
    assert report.pdf(Report(Period.DAY, START, NOW, (_endpoint("\ud800"),)), NOW)


def test_the_chart_shows_the_outage_and_the_line(theme: Theme) -> None:
    picture = report.picture(_series())
    assert _share(picture, QColor(LIGHT.down.outline)) > 0
    assert _share(picture, QColor(LIGHT.accent)) > 0


def _share(picture: QImage, colour: QColor) -> int:
    """Return how many of a grid of pixels have about a colour."""
    return sum(
        abs(seen.red() - colour.red()) + abs(seen.green() - colour.green()) < 30
        and abs(seen.blue() - colour.blue()) < 30
        for x in range(0, picture.width(), 3)
        for y in range(picture.height())
        for seen in [picture.pixelColor(x, y)]
    )


def test_more_endpoints_than_get_a_chart_are_counted(theme: Theme) -> None:
    many = [_endpoint(f"E{n}", series=None, incidents=()) for n in range(report.MOST_SECTIONS + 3)]
    text = _text(*many)
    assert "3 more endpoints are in the table above only." in text
    assert text.count(f"E{report.MOST_SECTIONS + 2}") == 1


def test_the_pdf_embeds_the_korean_font(theme: Theme, tmp_path: Path) -> None:
    content = report.pdf(Report(Period.DAY, START, NOW, (_endpoint("결제 게이트웨이"),)), NOW)
    assert content.startswith(b"%PDF-")
    assert content.count(b"/FontFile") >= 2
    assert b"Pretendard" in content
