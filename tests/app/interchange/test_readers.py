"""What other programs watch arrives as drafts, and what Vigil has nothing for is named."""

import sqlite3
from contextlib import closing
from pathlib import Path

from app.interchange.readers import read_bytes, read_file
from app.interchange.reading import Finding, Kind, Reading, Row, Source
from tests.helpers import samples


def _by_name(reading: Reading) -> dict[str, Row]:
    return {row.name: row for row in reading.rows}


def _said(row: Row, kind: Kind) -> list[str]:
    return [finding.about for finding in row.findings if finding.kind is kind]


def _wire(row: Row) -> dict[str, object]:
    assert row.draft is not None, row.findings
    return row.draft.model_dump(mode="json", by_alias=True)


def test_an_export_of_vigil_is_read_row_by_row_and_waits_for_the_secrets_it_lost():
    reading = read_bytes("vigil.json", samples.read("vigil-export.json"))
    good, bad = reading.rows
    assert reading.source is Source.VIGIL
    wire = _wire(good)
    assert wire["failureThreshold"] == 2
    assert wire["isActive"] is False
    assert _said(good, Kind.LEFT_OUT) == ["the header Authorization"]
    assert bad.draft is None
    assert Finding(Kind.INVALID, "interval", "is not a known field") in bad.findings
    assert bad.place == "endpoints[1]"


def test_an_export_of_a_newer_vigil_is_refused_by_its_version():
    content = samples.read("vigil-export.json").replace(b'"version": 1', b'"version": 7')
    assert read_bytes("v.json", content).findings == (Finding(Kind.NEWER, "7"),)


def test_a_backup_of_uptime_kuma_becomes_endpoints():
    reading = read_bytes("Uptime_Kuma_Backup.json", samples.read("uptime-kuma-backup.json"))
    rows = _by_name(reading)
    assert reading.source is Source.KUMA
    wire = _wire(rows["Checkout API"])
    assert wire["method"] == "POST"
    assert wire["url"] == "https://shop.example.com/api/checkout/health"
    assert wire["headers"] == {"X-Probe": "kuma", "Authorization": "Basic cHJvYmU6czNjcmV0"}
    assert wire["body"] == {"ping": True}
    assert (wire["checkInterval"], wire["retryInterval"]) == (30, 10)
    assert (wire["timeoutThreshold"], wire["failureThreshold"]) == (24_000, 3)
    assert wire["tags"] == ["Shop", "region: eu", "critical"]
    assert wire["note"] == "Owned by payments"
    assert wire["assertions"] == [
        {"kind": "status", "codes": ["200-299", "401"]},
        {"kind": "certificate", "minDays": 21},
    ]
    assert Finding(Kind.NOT_CARRIED, "notificationList") in reading.findings


def test_a_keyword_a_pause_and_what_vigil_has_not_come_out_of_a_kuma_backup():
    row = _by_name(read_bytes("k.json", samples.read("uptime-kuma-backup.json")))["주문 상태"]
    wire = _wire(row)
    assert wire["isActive"] is False
    assert wire["verifyTls"] is False
    assert wire["followRedirects"] is False
    assert wire["expectedStatusCode"] == 200
    assert wire["assertions"] == [{"kind": "body", "comparison": "contains", "value": "정상"}]
    assert _said(row, Kind.NOT_CARRIED) == ["resendInterval", "proxyId"]


def test_a_json_query_of_kuma_becomes_an_assertion_and_a_ping_is_named():
    rows = _by_name(read_bytes("k.json", samples.read("uptime-kuma-backup.json")))
    assert {
        "kind": "json",
        "path": "$.queues[0].state",
        "comparison": "equals",
        "value": "running",
    } in _wire(rows["Queue depth"])["assertions"]
    assert rows["Router"].draft is None
    assert _said(rows["Router"], Kind.UNSUPPORTED) == ["ping"]
    assert _said(rows["Shop"], Kind.UNSUPPORTED) == ["group"]


def test_the_database_of_uptime_kuma_is_read_without_touching_it(tmp_path: Path):
    path = samples.kuma_database(tmp_path / "kuma.db")
    before = path.read_bytes()
    path.chmod(0o400)
    rows = _by_name(read_file(path))
    wire = _wire(rows["Intern"])
    assert wire["tags"] == ["Shop", "team: blue"]
    assert wire["assertions"] == [{"kind": "status", "codes": ["200", "204"]}, CERTIFICATE]
    assert wire["verifyTls"] is False
    assert wire["isActive"] is False
    assert _said(rows["Intern"], Kind.SWITCHED_OFF) == ["upsideDown"]
    pay = _wire(rows["결제"])
    assert pay["timeoutThreshold"] == 120_000
    assert Finding(Kind.ADJUSTED, "timeoutThreshold", "480000 → 120000") in rows["결제"].findings
    assert _said(rows["결제"], Kind.NOT_CARRIED) == ["authMethod ntlm"]
    assert {"kind": "body", "comparison": "notContains", "value": "error"} in pay["assertions"]
    assert _said(rows["DB"], Kind.UNSUPPORTED) == ["port"]
    till = _wire(rows["Till"])
    assert till["isActive"] is False, "its group is paused"
    assert till["headers"] is None, "no way to sign in is chosen"
    assert path.read_bytes() == before
    assert [it.name for it in tmp_path.iterdir()] == ["kuma.db"]


CERTIFICATE = {"kind": "certificate", "minDays": 21}


def test_what_a_running_kuma_has_not_saved_yet_is_said_to_be_missing(tmp_path: Path):
    path = tmp_path / "kuma.db"
    with closing(sqlite3.connect(path)) as kuma:
        kuma.execute("PRAGMA journal_mode=WAL")
        samples.kuma_database(path)
        kuma.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kuma.execute("INSERT INTO monitor (name, type, url) VALUES ('new', 'http', 'http://n')")
        kuma.commit()
        reading = read_file(path)
    assert Finding(Kind.UNSAVED) in reading.findings
    assert "Intern" in _by_name(reading)


def test_a_database_that_is_not_kumas_or_is_damaged_is_said_to_be_so(tmp_path: Path):
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database:
        database.executescript("CREATE VIEW monitor AS SELECT 1 AS id, 'x' AS name;")
    assert read_file(other).findings[0].kind is Kind.UNKNOWN
    whole = samples.kuma_database(tmp_path / "kuma.db").read_bytes()
    cut = tmp_path / "cut.db"
    cut.write_bytes(whole[:5000])
    assert read_file(cut).findings[0].kind is Kind.DAMAGED


def test_conditions_of_gatus_become_expectations_and_the_rest_is_named():
    reading = read_bytes("config.yaml", samples.read("gatus.yaml"))
    rows = _by_name(reading)
    assert reading.source is Source.GATUS
    assert reading.findings == (Finding(Kind.NOT_CARRIED, "alerting"),)
    wire = _wire(rows["checkout"])
    assert (wire["checkInterval"], wire["timeoutThreshold"]) == (30, 3000)
    assert (wire["failureThreshold"], wire["recoveryThreshold"]) == (5, 2)
    assert wire["expectedStatusCode"] == 200
    assert wire["tags"] == ["shop"]
    assert wire["assertions"] == [
        {"kind": "responseTime", "maxMs": 499},
        {"kind": "json", "path": "$.status", "comparison": "equals", "value": "UP"},
        {"kind": "json", "path": "$.queue[0].depth", "comparison": "atMost", "value": 10},
        {"kind": "json", "path": "$.errors", "comparison": "notExists", "value": None},
        {"kind": "certificate", "minDays": 2},
    ]
    lost = _said(rows["checkout"], Kind.NOT_CARRIED)
    assert wire["body"] == '{"ping": "shop/checkout", "run": "[RANDOM_STRING_8]"}'
    assert lost == [
        "body [RANDOM_STRING_8]",
        "alerts",
        "len([BODY].items) > 0",
        "[IP] == 192.0.2.7",
    ]


def test_statuses_patterns_and_clients_of_gatus_are_carried_over():
    rows = _by_name(read_bytes("config.yml", samples.read("gatus.yaml")))
    website = _wire(rows["website"])
    assert website["checkInterval"] == 90
    assert website["verifyTls"] is False
    assert website["followRedirects"] is False
    assert website["assertions"] == [
        {"kind": "body", "comparison": "contains", "value": "<h1>Welcome"},
        {"kind": "status", "codes": ["200-399"]},
    ]
    graph = _wire(rows["graph"])
    assert graph["body"] == {"query": "{ viewer { id } }\n"}
    assert {"kind": "status", "codes": ["200", "429"]} in graph["assertions"]
    anything = _wire(rows["anything"])
    assert anything["isActive"] is False
    assert anything["assertions"] == [{"kind": "status", "codes": ["100-599"]}]


def test_what_gatus_asks_in_other_ways_than_http_is_named():
    rows = _by_name(read_bytes("config.yaml", samples.read("gatus.yaml")))
    assert _said(rows["resolver"], Kind.UNSUPPORTED) == ["dns"]
    assert _said(rows["database"], Kind.UNSUPPORTED) == ["tcp"]
    assert _said(rows["hidden"], Kind.UNRESOLVED) == ["TARGET_HOST"]


def test_operations_of_an_openapi_document_can_be_picked():
    reading = read_bytes("openapi.yaml", samples.read("openapi.yaml"))
    rows = _by_name(reading)
    assert reading.source is Source.OPENAPI
    assert _wire(rows["health"])["url"] == "https://eu.parcels.example.com/v2/health"
    assert _wire(rows["health"])["expectedStatusCode"] == 204
    assert rows["health"].findings == ()
    assert _wire(rows["List parcels"])["url"].endswith("/v2/parcels?page=1")
    assert _said(rows["List parcels"], Kind.NOT_CARRIED) == ["security key"]
    assert _wire(rows["One parcel"])["url"].endswith("/v2/parcels/P%2077%2F1")
    send = rows["Send a parcel"]
    assert _wire(send)["body"] == {"to": "Seoul"}
    assert send.is_suggested is False
    assert _said(send, Kind.CHANGES_THINGS) == ["POST"]
    assert rows["One event"].draft is None
    assert _said(rows["One event"], Kind.NEEDS_VALUE) == ["number"]


def test_an_older_swagger_document_is_named_by_its_version():
    content = b'{"swagger": "2.0", "paths": {"/": {"get": {}}}}'
    assert read_bytes("s.json", content).findings == (Finding(Kind.OTHER_VERSION, "2.0"),)


def test_requests_of_a_postman_collection_can_be_picked():
    reading = read_bytes("p.json", samples.read("postman.json"))
    rows = _by_name(reading)
    assert reading.source is Source.POSTMAN
    health = _wire(rows["Health"])
    assert health["url"] == "https://eu.parcels.example.com/v2/health"
    assert health["headers"] is None
    one = _wire(rows["One parcel"])
    assert one["url"] == "https://eu.parcels.example.com/v2/parcels/P77?full=true"
    assert one["headers"] == {"Accept": "application/json", "Authorization": "Bearer abc"}
    assert one["tags"] == ["Parcels"]
    assert _said(rows["One parcel"], Kind.NOT_CARRIED) == ["event"]
    assert _wire(rows["Send a parcel"])["body"] == {"to": "Seoul"}
    assert rows["Send a parcel"].is_suggested is False
    graph = _wire(rows["Graph"])
    assert graph["url"] == "https://graph.parcels.example.com:8443/v2/?a=1"
    assert graph["body"] == {
        "query": "query One($id: ID!) { parcel(id: $id) { to } }",
        "variables": {"id": "P77"},
    }
    assert _wire(rows["Ask without a body"])["body"] is None
    sign_in = rows["Sign in"]
    assert _said(sign_in, Kind.UNRESOLVED) == ["identity"]
    assert _said(sign_in, Kind.NOT_CARRIED) == ["auth oauth2"]


def test_a_table_is_read_with_its_own_words_and_every_bad_line_is_named():
    reading = read_bytes("endpoints.csv", samples.read("endpoints.csv"))
    rows = {row.place: row for row in reading.rows}
    assert reading.findings == (Finding(Kind.NOT_CARRIED, "Owner"),)
    front, pay = _wire(rows["2"]), _wire(rows["3"])
    assert (front["checkInterval"], front["tags"]) == (30, ["web", "public"])
    assert pay["headers"] == {"Accept": "application/json"}
    assert pay["expectedStatusCode"] == 204
    assert _wire(rows["4"])["url"] == "https://no-scheme.example.com/ping"
    assert rows["4"].name == "no-scheme.example.com/ping"
    assert Finding(Kind.INVALID, "url", "must name a host") in rows["5"].findings
    assert _said(rows["6"], Kind.INVALID) == ["checkInterval"]
    assert _wire(rows["7"])["name"] == "=SUM(A1)"


def test_a_bare_list_of_addresses_is_a_table_too():
    reading = read_bytes("urls.txt", b"https://a.example.com/x\r\nhttps://b.example.com\r\n")
    assert [_wire(row)["name"] for row in reading.rows] == ["a.example.com/x", "b.example.com"]


def test_byte_order_marks_line_ends_and_a_korean_code_page_do_not_matter():
    text = samples.read("endpoints.csv").decode()
    names = [row.name for row in read_bytes("e.csv", text.encode()).rows]
    for content in (
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        text.replace("\n", "\r\n").encode(),
    ):
        assert [row.name for row in read_bytes("e.csv", content).rows] == names
    korean = read_bytes("e.csv", text.encode("cp949"))
    assert [row.name for row in korean.rows] == names
    assert Finding(Kind.GUESSED, "CP949") in korean.findings
    backup = samples.read("uptime-kuma-backup.json").decode()
    assert len(read_bytes("k.json", backup.encode("utf-8-sig")).rows) == 5
