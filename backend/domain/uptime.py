"""Uptime as the contract counts it: successes over checks, in percent."""


def uptime_percent(successes: int, checks: int) -> float | None:
    """Return ``successes / checks * 100``, or ``None`` where nothing was observed."""
    if checks == 0:
        return None
    return successes / checks * 100
