"""The backend's plain sentences about a failed check -> the same in the language in use.

Phrases calls it. Archive, REST and Socket.IO carry the backend's English sentence; it is
recognised here by its shape. What is not recognised is shown as it came.
"""

import re

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def in_words(message: str) -> str:
    """Return a failure in the language in use."""
    plain = _plain().get(message)
    if plain is not None:
        return plain
    for pattern, sentence in _with_parameters():
        found = re.fullmatch(pattern, message)
        if found:
            return sentence.format(
                **{name: in_words(value) for name, value in found.groupdict().items()}
            )
    return message


def _plain() -> dict[str, str]:
    """Return the sentences without parameters."""
    return {**_line(), **_certificate(), **_answer(), **_ours()}


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


def _answer() -> dict[str, str]:
    return {
        "The server's answer is not valid HTTP": translate(
            "failures", "The server's answer is not valid HTTP"
        ),
        "The compressed body is damaged": translate("failures", "The compressed body is damaged"),
        "The answer was cut short": translate("failures", "The answer was cut short"),
        "Response body larger than 10 MB": translate("failures", "Response body larger than 10 MB"),
        "The URL is not valid": translate("failures", "The URL is not valid"),
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


def _with_parameters() -> tuple[tuple[str, str], ...]:
    """Return the sentences with parameters: the named groups fill the braces."""
    return (
        (
            r"Expected status (?P<want>\d+), got (?P<got>\d+)",
            translate("failures", "Expected status {want}, got {got}"),
        ),
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
        (r"Internal error: (?P<why>.*)", translate("failures", "Internal error: {why}")),
    )
