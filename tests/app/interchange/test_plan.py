"""The dry run says of every row what would become of it, and is right."""

import time

from app.interchange.plan import Planned, Same, Step, plan
from app.interchange.readers import read_bytes
from backend.contract.resources import EndpointView
from tests.app.state.builders import view as endpoint
from tests.helpers import samples


def _planned(csv: str, *watched: EndpointView) -> tuple[Planned, ...]:
    return plan(read_bytes("a.csv", csv.encode()), watched)


def _watched(**fields: object) -> EndpointView:
    return endpoint("e1", **{"name": "Shop", "url": "https://shop.example.com", **fields})


def test_what_is_not_watched_is_added():
    (row,) = _planned("name,url\nShop,https://shop.example.com\n", _watched(name="Other"))
    assert (row.step, row.is_chosen) == (Step.ADD, True)


def test_the_same_name_method_and_address_with_the_same_settings_is_skipped():
    (row,) = _planned("name,url\nShop,https://shop.example.com\n", _watched(check_interval=600))
    assert (row.step, row.same, row.is_chosen) == (Step.SKIP, Same.WATCHED, False)


def test_the_same_name_with_other_settings_is_changed_only_by_choice():
    csv = "name,url,interval,method\nShop,https://new.example.com,30,get\n"
    (row,) = _planned(csv, _watched(check_interval=600))
    assert (row.step, row.is_chosen, row.endpoint_id) == (Step.CHANGE, False, "e1")
    assert row.changes == {"url": "https://new.example.com", "checkInterval": 30}
    assert row.before == {"url": "https://shop.example.com", "checkInterval": 600}


def test_what_the_file_does_not_say_is_not_changed():
    (row,) = _planned("name,url,interval\nShop,https://shop.example.com,30\n", _watched())
    assert set(row.changes or ()) <= {"checkInterval"}


def test_of_several_of_one_name_only_the_one_that_is_asked_alike_is_changed():
    twins = (_watched(), _watched(id="e2", url="https://twin.example.com"))
    csv = "name,url,note\nShop,https://twin.example.com,x\nShop,https://third.example.com,\n"
    second, third = _planned(csv, *twins)
    assert (second.step, second.endpoint_id) == (Step.CHANGE, "e2")
    assert third.step is Step.ADD


def test_a_row_that_is_in_the_file_twice_is_skipped_the_second_time():
    one, two = _planned("url\nhttps://a.example.com\nhttps://a.example.com\n")
    assert (one.step, two.step, two.same) == (Step.ADD, Step.SKIP, Same.ROW)


def test_what_changes_things_at_every_check_is_added_only_by_choice():
    planned = plan(read_bytes("o.yaml", samples.read("openapi.yaml")), [])
    chosen = {each.row.name: each.is_chosen for each in planned if each.step is Step.ADD}
    assert chosen["List parcels"] is True
    assert chosen["Send a parcel"] is False


def test_a_row_that_cannot_be_is_refused():
    (row,) = _planned("url,interval\nhttps://a.example.com,1\n")
    assert (row.step, row.is_chosen) == (Step.REFUSE, False)


def test_five_thousand_rows_are_looked_at_within_a_second():
    lines = "".join(f"API {n},https://a{n}.example.com/health,30,web\n" for n in range(5000))
    watched = [_watched(id=f"e{n}", name=f"API {n}") for n in range(0, 5000, 2)]
    # Of the processor's time: what other programs take meanwhile is not ours.
    began = time.process_time()
    planned = _planned("name,url,interval,tags\n" + lines, *watched)
    took_s = time.process_time() - began
    assert sum(row.step is Step.ADD for row in planned) == 2500
    assert sum(row.step is Step.CHANGE for row in planned) == 2500
    assert took_s < 1, f"{took_s:.2f} s"
