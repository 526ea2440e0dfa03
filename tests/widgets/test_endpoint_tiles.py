"""The numbers of an endpoint: the tile of its certificate."""

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import Status
from widgets.endpoint_detail import EndpointDetail, EndpointPast
from widgets.endpoint_tiles import EndpointTiles
from widgets.style.palette import Theme


@pytest.fixture
def tiles(theme: Theme, qtbot: QtBot) -> EndpointTiles:
    made = EndpointTiles(theme)
    qtbot.addWidget(made)
    made.show()
    made.show_endpoint(EndpointDetail("a", "A", "GET", "https://a.example.com", Status.UP))
    return made


def in_days(days: float) -> EndpointPast:
    return EndpointPast(certificate_until=datetime.now(UTC) + timedelta(days=days, minutes=1))


@pytest.mark.parametrize(
    ("days", "said", "tone", "why"),
    [
        (23, "23 day(s)", "", "Valid until"),
        (14, "14 day(s)", "", "Valid until"),
        (13, "13 day(s)", "DEGRADED", "Ends soon"),
        (0, "0 day(s)", "DEGRADED", "Ends soon"),
        (-1, "expired", "DOWN", "Expired on"),
    ],
)
def test_a_certificate_says_its_days_by_word_mark_and_colour(
    tiles: EndpointTiles, days: int, said: str, tone: str, why: str
) -> None:
    tiles.show_past(in_days(days))
    tile = tiles.tile("certificate")
    assert tile.isVisible()
    assert tile.value == said
    assert tile.accessibleName() == f"Certificate: {said}"
    assert tile.accessibleDescription().startswith(why)
    assert tile.mark is not None
    assert tile.mark.isVisible() == bool(tone)
    assert (tile._value.property("tone") or "") == tone


def test_a_renewed_certificate_is_calm_again(tiles: EndpointTiles) -> None:
    tiles.show_past(in_days(3))
    alarmed = tiles.tile("certificate").grab().toImage()
    tiles.show_past(in_days(90))
    tile = tiles.tile("certificate")
    assert tile.mark is not None
    assert not tile.mark.isVisible()
    assert tile.grab().toImage() != alarmed


def test_it_is_unknown_before_a_check_and_not_there_without_tls(tiles: EndpointTiles) -> None:
    assert tiles.tile("certificate").value == "-"
    tiles.show_endpoint(EndpointDetail("a", "A", "GET", "http://a.example.com", Status.UP))
    assert not tiles.tile("certificate").isVisible()


def test_tiles_take_two_rows_where_one_has_no_room(tiles: EndpointTiles, qtbot: QtBot) -> None:
    first, last = tiles.tile("uptime_24h"), tiles.tile("certificate")
    tiles.resize(1600, 80)
    qtbot.waitUntil(lambda: first.y() == last.y())
    tiles.resize(500, 160)
    qtbot.waitUntil(lambda: first.y() < last.y())
    assert last.geometry().right() <= tiles.width()
