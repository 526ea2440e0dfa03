"""What leaves Vigil can be read back, holds no secret, computes nothing, and is nobody else's."""

import csv
import io
import json
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.interchange import results_table, vigil_file
from app.interchange.plan import Step, plan
from app.interchange.readers import read_bytes
from app.interchange.results_table import PrivateFile
from backend.contract.resources import CheckResultView
from backend.contract.transfer import ExportFile
from backend.contract.vocabulary import CheckStatus
from tests.app.state.builders import view as endpoint

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_an_export_holds_no_secret_and_says_which_it_had():
    view = endpoint(
        "e1",
        url="https://user:hunter2@shop.example.com/",
        headers={"Authorization": "Bearer abc", "X-Token": "t0ken", "Accept": "text/html"},
    )
    made = vigil_file.document([view], NOW)
    text = made.content.decode()
    for secret in ("hunter2", "abc", "t0ken"):
        assert secret not in text
    (kept,) = ExportFile.model_validate(json.loads(text)).endpoints
    assert kept.url == "https://user@shop.example.com/"
    assert kept.headers == {"Accept": "text/html"}
    assert len(kept.left_out) == made.secrets == 3


def test_an_export_that_is_read_back_changes_nothing():
    view = endpoint("e1", degraded_threshold=2000, timeout_threshold=5000, tags=("core",))
    made = vigil_file.document([view], NOW)
    assert json.loads(made.content)["endpoints"][0]["degradedThreshold"] is None
    (row,) = plan(read_bytes("v.json", made.content), [view])
    assert (row.step, dict(row.changes or {})) == (Step.SKIP, {})
    (fresh,) = plan(read_bytes("v.json", made.content), [])
    assert fresh.step is Step.ADD


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\uff1d"])
def test_a_name_that_a_spreadsheet_would_compute_stays_a_text(start: str):
    name = f'{start}HYPERLINK("https://evil.example")'
    (cells,) = _cells(endpoint("e1", name=name), _check(f"{start}cmd|' /C calc'!A0"))
    assert cells[0] == f"'{name}"
    assert cells[8].startswith("'")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_comes_out_as_one_cell_that_computes_nothing(text: str):
    (cells,) = _cells(endpoint("e1", name=text), _check(text))
    assert len(cells) == 9
    for cell in cells:
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_check_is_told_with_its_times_and_without_what_a_url_may_hold_of_secrets():
    view = endpoint("e1", name="Shop", url="https://u:pw@shop.example.com/a?key=s3cret#b")
    (cells,) = _cells(view, _check(None))
    assert cells == [
        "Shop", "GET", "https://shop.example.com/a", "2026-11-25T12:00:00.000Z",
        "success", "yes", "81.5", "200", "",
    ]  # fmt: skip


def _check(error: str | None) -> CheckResultView:
    return CheckResultView(
        id="1",
        endpoint_id="e1",
        status=CheckStatus.SUCCESS,
        response_time=81.46,
        status_code=200,
        error_message=error,
        checked_at=NOW,
        is_degraded=True,
        reason=None,
    )


def _cells(view: object, check: CheckResultView) -> list[list[str]]:
    content = results_table.head() + results_table.lines(view, [check])
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head[0] == "endpoint"
    return rows


def test_a_file_is_private_from_its_first_byte_and_there_only_when_it_is_whole(tmp_path: Path):
    path = tmp_path / "out.json"
    with PrivateFile(path) as file:
        file.write(b"half")
        assert not path.exists()
        (part,) = tmp_path.iterdir()
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        file.write(b" and half")
        file.keep()
    assert path.read_bytes() == b"half and half"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_half_way_leaves_the_file_that_was_there(tmp_path: Path):
    path = tmp_path / "out.json"
    path.write_bytes(b"before")

    with suppress(RuntimeError), PrivateFile(path) as file:
        file.write(b"half")
        raise RuntimeError
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path):
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    link = tmp_path / "out.json"
    link.symlink_to(precious)
    with PrivateFile(link) as file:
        file.write(b"new")
        file.keep()
    assert precious.read_bytes() == b"precious"
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_an_expected_failure(tmp_path: Path):
    with pytest.raises(OSError, match="No such file"), PrivateFile(tmp_path / "none" / "out.json"):
        pass
