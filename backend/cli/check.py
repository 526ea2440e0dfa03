"""``check URL``: one verdict with its phases, judged as the backend would, nothing stored."""

import argparse
import asyncio
import json
from typing import Any

from pydantic import ValidationError

from backend.checks.http_prober import HttpProber
from backend.cli.terminal import Complaint, say, say_all
from backend.contract.commands import EndpointTrial
from backend.contract.evidence import PreviewView
from backend.contract.version import VERSION
from backend.contract.vocabulary import CheckStatus
from backend.engine.clock import RealClock
from backend.engine.preview import Preview

_OPTIONS = {"url": "URL", "expectedStatusCode": "--expect", "timeoutThreshold": "--timeout"}


def run(options: argparse.Namespace) -> int:
    """Ask once and print what came of it; 0 where the check succeeded, 1 where it failed.

    Raises:
        Complaint: the arguments are no valid endpoint.
    """
    found = asyncio.run(_asked(_trial(options)))
    if options.json:
        say_all(json.dumps(found.to_wire(), indent=2))
    else:
        _print(found)
    return 0 if found.result.status is CheckStatus.SUCCESS else 1


def _trial(options: argparse.Namespace) -> EndpointTrial:
    fields: dict[str, Any] = {
        "url": options.url,
        "method": options.method,
        "expectedStatusCode": options.expect,
        "timeoutThreshold": options.timeout,
        "followRedirects": not options.no_redirects,
        "verifyTls": not options.insecure,
    }
    try:
        return EndpointTrial.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        name = _OPTIONS.get(str(first["loc"][0]), str(first["loc"][0]))
        raise Complaint(2, f"{name} {first['msg'].removeprefix('Value error, ')}") from None


async def _asked(trial: EndpointTrial) -> PreviewView:
    async with HttpProber(VERSION) as prober:
        return await Preview(prober=prober, clock=RealClock()).of(trial)


def _print(found: PreviewView) -> None:
    result, seen = found.result, found.evidence
    if result.status is CheckStatus.SUCCESS:
        slow = ", but slowly" if result.is_degraded else ""
        say(f"success: {seen.url} answered {result.status_code}{slow}")
    else:
        say(f"failure: {result.error_message} ({result.reason})")
    if seen.peer:
        say(f"  connected to   {seen.peer}")
    if seen.redirects:
        say(f"  redirects      {seen.redirects}, to {seen.url}")
    phases = seen.phases
    for name, took_ms in (
        ("name lookup", phases.dns),
        ("connecting", phases.connect),
        ("TLS", phases.tls),
        ("first byte", phases.first_byte),
        ("download", phases.download),
        ("in all", result.response_time),
    ):
        if took_ms is not None:
            say(f"  {name:<14} {took_ms:.1f} ms")
    if seen.certificates:
        say(f"  certificate    until {seen.certificates[0].not_after:%Y-%m-%d}")
