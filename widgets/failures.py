"""The backend's plain sentences about a failed check -> the same in the language in use.

Phrases calls it. Archive, REST and Socket.IO carry the backend's English sentence; it is
recognised here by its shape. What is not recognised is shown as it came.
"""

import re
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

_BEGINNING = re.compile(r"Body \(first (\d+) KB\) (.*)", re.DOTALL)


def in_words(message: str) -> str:
    """Return a failure in the language in use."""
    return _in_words(message, translate("failures", "Timeout exceeded"))


@lru_cache(maxsize=256)
def _in_words(message: str, _timeout: str) -> str:
    """Return it; the same for a thousand that fail alike. A sentence tells the language."""
    beginning = _BEGINNING.fullmatch(message)
    if beginning is not None:
        said = translate("failures", "{sentence} (the first {count} KB)")
        return said.format(sentence=in_words(f"Body {beginning[2]}"), count=beginning[1])
    plain = _plain().get(message)
    if plain is not None:
        return plain
    for pattern, sentence in _with_parameters():
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return sentence.format(
                **{name: in_words(value or "") for name, value in found.groupdict().items()}
            )
    return message


def _plain() -> dict[str, str]:
    """Return the sentences without parameters."""
    return {**_line(), **_certificate(), **_tls(), **_answer(), **_body(), **_ours(), **_wanted()}


def _line() -> dict[str, str]:
    return {
        "Timeout exceeded": translate("failures", "Timeout exceeded"),
        "Connection refused": translate("failures", "Connection refused"),
        "Connection reset": translate("failures", "Connection reset"),
        "Connection aborted": translate("failures", "Connection aborted"),
        "Connection closed by the server": translate("failures", "Connection closed by the server"),
        "Connection closed before an answer": translate(
            "failures", "Connection closed before an answer"
        ),
        "Host unreachable": translate("failures", "Host unreachable"),
        "Network unreachable": translate("failures", "Network unreachable"),
        "no such name": translate("failures", "no such name"),
        "the name server does not answer": translate("failures", "the name server does not answer"),
        "Too many names are being looked up": translate(
            "failures", "Too many names are being looked up"
        ),
    }


def _certificate() -> dict[str, str]:
    return {
        "TLS certificate expired": translate("failures", "TLS certificate expired"),
        "TLS certificate is not valid yet": translate(
            "failures", "TLS certificate is not valid yet"
        ),
        "TLS certificate is self-signed": translate("failures", "TLS certificate is self-signed"),
        "TLS certificate chain ends in a self-signed certificate that is not trusted": translate(
            "failures",
            "TLS certificate chain ends in a self-signed certificate that is not trusted",
        ),
        "TLS certificate comes from an issuer that is not trusted": translate(
            "failures", "TLS certificate comes from an issuer that is not trusted"
        ),
        "TLS certificate is for another host": translate(
            "failures", "TLS certificate is for another host"
        ),
        "TLS certificate is for another IP address": translate(
            "failures", "TLS certificate is for another IP address"
        ),
    }


def _tls() -> dict[str, str]:
    return {
        "The server does not speak TLS on this port": translate(
            "failures", "The server does not speak TLS on this port"
        ),
        "The server only speaks a version of TLS that is no longer safe": translate(
            "failures", "The server only speaks a version of TLS that is no longer safe"
        ),
        "The server's key exchange is no longer safe": translate(
            "failures", "The server's key exchange is no longer safe"
        ),
        "The server does not speak HTTP/1.1": translate(
            "failures", "The server does not speak HTTP/1.1"
        ),
        "The server asks for a client certificate": translate(
            "failures", "The server asks for a client certificate"
        ),
        "The server closed the connection within the TLS handshake": translate(
            "failures", "The server closed the connection within the TLS handshake"
        ),
        "The server expects TLS: the address must be https": translate(
            "failures", "The server expects TLS: the address must be https"
        ),
    }


def _answer() -> dict[str, str]:
    return {
        "The server speaks HTTP/2 only": translate("failures", "The server speaks HTTP/2 only"),
        "The response headers are too large": translate(
            "failures", "The response headers are too large"
        ),
        "Redirected to an invalid address": translate(
            "failures", "Redirected to an invalid address"
        ),
        "Redirected to an address that is neither http nor https": translate(
            "failures", "Redirected to an address that is neither http nor https"
        ),
        "The server's answer is not valid HTTP": translate(
            "failures", "The server's answer is not valid HTTP"
        ),
        "The compressed body is damaged": translate("failures", "The compressed body is damaged"),
        "The answer was cut short": translate("failures", "The answer was cut short"),
        "Response body larger than 10 MB": translate("failures", "Response body larger than 10 MB"),
        "The URL is not valid": translate("failures", "The URL is not valid"),
    }


def _body() -> dict[str, str]:
    return {
        "Body is not JSON": translate("failures", "Body is not JSON"),
        "Body is JSON nested too deeply": translate("failures", "Body is JSON nested too deeply"),
        "Body is JSON with too much to look through": translate(
            "failures", "Body is JSON with too much to look through"
        ),
    }


def _ours() -> dict[str, str]:
    """Return what is nobody's fault but this computer's."""
    return {
        "This computer is offline": translate("failures", "This computer is offline"),
        "This computer's name server does not answer": translate(
            "failures", "This computer's name server does not answer"
        ),
        "This computer was asleep or too busy": translate(
            "failures", "This computer was asleep or too busy"
        ),
    }


def _wanted() -> dict[str, str]:
    return {
        "anything else": translate("failures", "anything else"),
        "it to be there": translate("failures", "it to be there"),
        "it to be missing": translate("failures", "it to be missing"),
        "No TLS certificate was shown": translate("failures", "No TLS certificate was shown"),
    }


def _with_parameters() -> tuple[tuple[str, str], ...]:
    """Return the sentences with parameters: the named groups fill the braces."""
    return (*_of_line(), *_of_conditions())


def _of_line() -> tuple[tuple[str, str], ...]:
    return (
        (r"DNS lookup failed: (?P<why>.*)", translate("failures", "DNS lookup failed: {why}")),
        (
            r"TLS certificate expired on (?P<day>\S+)",
            translate("failures", "TLS certificate expired on {day}"),
        ),
        (
            r"TLS certificate refused: (?P<why>.*)",
            translate("failures", "TLS certificate refused: {why}"),
        ),
        (r"TLS failed: (?P<why>.*)", translate("failures", "TLS failed: {why}")),
        (
            r"More than (?P<count>\d+) redirects",
            translate("failures", "More than {count} redirects"),
        ),
        (
            r"More than (?P<count>\d+) interim answers",
            translate("failures", "More than {count} interim answers"),
        ),
        (r"Delivery failed: (?P<why>.*)", translate("failures", "Delivery failed: {why}")),
        (r"Internal error: (?P<why>.*)", translate("failures", "Internal error: {why}")),
    )


def _of_conditions() -> tuple[tuple[str, str], ...]:
    """Return what was found of an assertion; what was wanted follows the last comma."""
    wanted = r"expected (?P<want>.*)"
    text = r"(?P<what>\".*\"|/.*/)"
    return (
        (
            r"Expected status (?P<want>.+), got (?P<got>\d+)",
            translate("failures", "Expected status {want}, got {got}"),
        ),
        (r"Status (?P<got>\d+)", translate("failures", "Status {got}")),
        (
            r"Response time (?P<got>\d+) ms, expected at most (?P<most>\d+) ms",
            translate("failures", "Response time {got} ms, expected at most {most} ms"),
        ),
        (r"Response time (?P<got>\d+) ms", translate("failures", "Response time {got} ms")),
        (
            r"TLS certificate has (?P<days>-?\d+) days left, expected at least (?P<least>\d+)",
            translate(
                "failures", "TLS certificate has {days} days left, expected at least {least}"
            ),
        ),
        (
            r"TLS certificate has (?P<days>-?\d+) days left",
            translate("failures", "TLS certificate has {days} days left"),
        ),
        (
            rf"Body does not contain {text}, it begins with (?P<got>\".*\")",
            translate("failures", "Body does not contain {what}, it begins with {got}"),
        ),
        (rf"Body does not contain {text}", translate("failures", "Body does not contain {what}")),
        (rf"Body contains {text}", translate("failures", "Body contains {what}")),
        (
            rf"Body does not match {text}, it begins with (?P<got>\".*\")",
            translate("failures", "Body does not match {what}, it begins with {got}"),
        ),
        (rf"Body does not match {text}", translate("failures", "Body does not match {what}")),
        (rf"Body matches {text}", translate("failures", "Body matches {what}")),
        *_of_bodies(),
        *_of_values(wanted),
        *_of_wishes(),
        *_of_secrets(),
    )


def _of_bodies() -> tuple[tuple[str, str], ...]:
    """Return how a sentence about a body goes on; what comes before is one of the others."""
    return (
        (
            r"(?P<what>Body .*), it begins with (?P<got>\".*\")",
            translate("failures", "{what}, it begins with {got}"),
        ),
        (r"(?P<what>Body .*), it is empty", translate("failures", "{what}, it is empty")),
        (
            r"Body is too long to be read as JSON: over (?P<count>\d+) KB",
            translate("failures", "Body is too long to be read as JSON: over {count} KB"),
        ),
    )


def _of_values(wanted: str) -> tuple[tuple[str, str], ...]:
    what = r"(?P<what>(?:JSON|Header) \S.*?)"
    return (
        (
            rf"{what} is missing, {wanted}",
            translate("failures", "{what} is missing, expected {want}"),
        ),
        (rf"{what} is missing", translate("failures", "{what} is missing")),
        (
            rf"{what} is (?P<got>.*), {wanted}",
            translate("failures", "{what} is {got}, expected {want}"),
        ),
        (rf"{what} is (?P<got>.*)", translate("failures", "{what} is {got}")),
    )


def _of_wishes() -> tuple[tuple[str, str], ...]:
    return (
        (r"more than (?P<limit>.*)", translate("failures", "more than {limit}")),
        (r"at least (?P<limit>.*)", translate("failures", "at least {limit}")),
        (r"less than (?P<limit>.*)", translate("failures", "less than {limit}")),
        (r"at most (?P<limit>.*)", translate("failures", "at most {limit}")),
        (r"it to contain (?P<what>.*)", translate("failures", "it to contain {what}")),
        (r"it not to contain (?P<what>.*)", translate("failures", "it not to contain {what}")),
        (r"it to match (?P<what>.*)", translate("failures", "it to match {what}")),
        (r"it not to match (?P<what>.*)", translate("failures", "it not to match {what}")),
    )


def _of_secrets() -> tuple[tuple[str, str], ...]:
    name = r"(?P<name>\S+)"
    return (
        (rf"There is no secret {name}", translate("failures", "There is no secret {name}")),
        (
            rf"The keyring (?:did not give the secret {name}|has no secret (?P<gone>\S+) any more)",
            translate("failures", "The keyring does not give a secret that is needed"),
        ),
        (
            rf"The secret {name} has characters no header can carry",
            translate("failures", "The secret {name} has characters no header can carry"),
        ),
        (rf"The secret {name} is no JSON", translate("failures", "The secret {name} is no JSON")),
    )
