"""Reads what was typed as JSON as strictly as the backend reads it, and says what is wrong.

The endpoint form reads its body with it, so that nothing leaves that could not be sent. Python's
own reader takes more: ``NaN``, numbers without end, halves of characters.
"""

import json
import math
from typing import NoReturn

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


class NotJson(ValueError):  # noqa: N818 - it says what is wrong
    """The text is no JSON; the message says why, in the language in use."""


def read_json(text: str) -> object:
    """Return the value of a JSON text.

    Raises:
        NotJson: it is none, or nothing that can be sent.
    """
    try:
        value: object = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except NotJson:
        raise
    except json.JSONDecodeError as error:
        raise NotJson(
            translate("json_text", "line {line}, column {column}").format(
                line=error.lineno, column=error.colno
            )
        ) from None
    except RecursionError:
        raise NotJson(translate("json_text", "it is nested too deeply")) from None
    except UnicodeError:
        raise NotJson(translate("json_text", "it holds half a character")) from None
    except ValueError:
        # Python reads no whole number of more than some thousand digits.
        raise NotJson(translate("json_text", "a number in it is too large")) from None
    return value


def _no_constant(name: str) -> NoReturn:
    raise NotJson(translate("json_text", "{word} is no JSON number").format(word=name))


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotJson(translate("json_text", "a number in it is too large"))
    return number
