"""What is typed as JSON is read as strictly as the backend reads it."""

import pytest

from widgets.json_text import NotJson, read_json


@pytest.mark.parametrize("text", ["null", "3", '"a"', '{"a": [1, 2.5, true]}', '"\\ud83d\\ude00"'])
def test_json_is_read(text: str) -> None:
    read_json(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a":\n oops}', "line 2, column 2"),
        ("NaN", "NaN is no JSON number"),
        ("[-Infinity]", "-Infinity is no JSON number"),
        ("1e999", "a number in it is too large"),
        ("9" * 5000, "a number in it is too large"),
        ('"\\ud800"', "it holds half a character"),
        ("[" * 100_000, "it is nested too deeply"),
    ],
)
def test_what_cannot_be_sent_is_told(text: str, said: str) -> None:
    with pytest.raises(NotJson) as told:
        read_json(text)
    assert str(told.value) == said
