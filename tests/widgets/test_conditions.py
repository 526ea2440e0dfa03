"""The editor of conditions: what is typed means the same again when it is shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend.contract.vocabulary import AssertionKind, Comparison, Limits
from widgets.condition_rows import ConditionRows
from widgets.condition_values import shown, typed
from widgets.json_lines import lines_of
from widgets.style.palette import Theme

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
)
documents = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner)
)


@pytest.fixture
def rows(qtbot: QtBot, theme: Theme) -> ConditionRows:
    made = ConditionRows(theme)
    qtbot.addWidget(made)
    made.show_words("Add condition", "Remove condition")
    made.show()
    return made


@given(scalars)
def test_what_is_shown_is_typed_back(value: object) -> None:
    again = typed(shown(value))
    assert again == value
    assert type(again) is type(value)


@given(st.text())
def test_whatever_is_typed_is_a_value_that_json_carries(text: str) -> None:
    json.dumps(typed(text), allow_nan=False)


@given(documents)
def test_a_document_laid_out_is_the_same_document(document: object) -> None:
    lines = lines_of(json.dumps(document))
    assert lines is not None
    assert json.loads("\n".join(line.text for line in lines)) == document
    assert all(line.path is None or line.path.startswith("$") for line in lines)


@pytest.mark.parametrize("text", ["", "<html>", "{", "NaN", "[" * 5000, "[" * 100 + "]" * 100])
def test_what_is_no_plain_json_is_not_laid_out(text: str) -> None:
    assert lines_of(text) is None


def test_names_are_quoted_where_they_must_be() -> None:
    lines = lines_of('{"a": {"it\'s \\"so\\"": 1}, "b-c": [[2]]}')
    assert lines is not None
    assert [line.path for line in lines if line.path] == [
        "$.a['it\\'s \"so\"']",
        "$['b-c'][0][0]",
    ]


def test_a_condition_is_added_and_removed_by_its_buttons(qtbot: QtBot, rows: ConditionRows) -> None:
    with qtbot.waitSignal(rows.changed):
        rows.add_button.click()
    row = rows.rows[0]
    assert (row.chosen_kind, row.chosen_comparison) == (AssertionKind.JSON, Comparison.EQUALS)
    qtbot.keyClicks(row.subject, "$.a")
    qtbot.keyClicks(row.value, "12")
    assert rows.values() == [{"kind": "json", "path": "$.a", "comparison": "equals", "value": 12}]
    with qtbot.waitSignal(rows.changed):
        qtbot.keyClick(row.remove_button, Qt.Key.Key_Space)
    assert rows.values() == []


@pytest.mark.parametrize("kind", list(AssertionKind))
def test_every_kind_shows_the_fields_it_has(
    qtbot: QtBot, rows: ConditionRows, kind: AssertionKind
) -> None:
    rows.add_button.click()
    row = rows.rows[0]
    row.kind.setCurrentIndex(list(AssertionKind).index(kind))
    row.kind.activated.emit(row.kind.currentIndex())
    seen = {
        name
        for name in ("subject", "number", "comparison", "value")
        if getattr(row, name).isVisibleTo(row)
    }
    assert (
        seen
        == {
            AssertionKind.STATUS: {"subject"},
            AssertionKind.RESPONSE_TIME: {"number"},
            AssertionKind.BODY: {"comparison", "value"},
            AssertionKind.JSON: {"subject", "comparison", "value"},
            AssertionKind.HEADER: {"subject", "comparison", "value"},
            AssertionKind.CERTIFICATE: {"number"},
        }[kind]
    )
    assert all(getattr(row, name).accessibleName() for name in seen)
    assert rows.values()[0]["kind"] == kind


@pytest.mark.parametrize(
    ("condition", "is_wrong"),
    [
        ({"kind": "status", "codes": []}, True),
        ({"kind": "status", "codes": ["204", "300-399"]}, False),
        ({"kind": "status", "codes": ["600"]}, True),
        ({"kind": "json", "path": " ", "comparison": "exists", "value": None}, True),
        ({"kind": "json", "path": "$", "comparison": "atMost", "value": "x"}, True),
        ({"kind": "json", "path": "$", "comparison": "equals", "value": ""}, False),
        ({"kind": "header", "name": "A", "comparison": "equals", "value": ""}, True),
        ({"kind": "header", "name": "A", "comparison": "notExists", "value": None}, False),
        ({"kind": "body", "comparison": "contains", "value": ""}, True),
    ],
)
def test_what_is_plainly_wrong_is_said(
    rows: ConditionRows, condition: dict[str, object], is_wrong: bool
) -> None:
    rows.set_values([condition])
    assert bool(rows.problems()) is is_wrong


def test_there_is_room_for_as_many_as_the_backend_takes(rows: ConditionRows) -> None:
    rows.set_values([{"kind": "certificate", "minDays": 1}] * Limits.ASSERTIONS)
    assert not rows.add_button.isEnabled()
    assert not rows.add_equal("$.a", 1)
    rows.rows[0].remove_button.click()
    assert rows.add_button.isEnabled()
