"""Reads the JSON backup of Uptime Kuma (1.x): what is in its ``monitorList``."""

from collections.abc import Mapping
from typing import Any

from app.interchange import kuma_monitor
from app.interchange.drafting import listing, not_an_object
from app.interchange.reading import Finding, Kind, Reading, Source


def is_backup(tree: Mapping[str, Any]) -> bool:
    """Say whether a JSON document is such a backup."""
    return "monitorList" in tree


def read(tree: Mapping[str, Any]) -> Reading:
    """Return the monitors of a backup."""
    # Some versions wrote the list as an object by id.
    found = tree["monitorList"]
    monitors = list(found.values()) if isinstance(found, dict) else listing(found)
    groups = kuma_monitor.group_names(monitors)
    rows = tuple(
        kuma_monitor.read(f"monitorList[{number}]", monitor, groups)
        if isinstance(monitor, dict)
        else not_an_object(f"monitorList[{number}]")
        for number, monitor in enumerate(monitors)
    )
    lists = ("notificationList", "proxyList")
    lost = tuple(Finding(Kind.NOT_CARRIED, name) for name in lists if tree.get(name))
    return Reading(Source.KUMA, rows, lost)
