"""Uptime as the contract counts it, and any other share, in percent."""


def share_percent(part: float, whole: float) -> float | None:
    """Return ``part / whole * 100``, or ``None`` where nothing was observed."""
    if whole == 0:
        return None
    return part / whole * 100
