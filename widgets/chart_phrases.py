"""A chart in words: labels of its axes, the values under the crosshair, summaries.

The response chart, its painter and the uptime bars call it; it keeps nothing.
"""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from widgets import phrases
from widgets.series import Outage, Point, Series, UptimeDay

translate = QCoreApplication.translate


_MOST_OUTAGES = 3
"""How many outages are named beside the crosshair."""


class Counts(QObject):
    """Words that depend on a number; lupdate finds plurals only in an object's ``tr``."""

    def outages(self, count: int) -> str:
        """Return "1 outage" or "2 outages"."""
        return self.tr("%n outage(s)", "", count)

    def days(self, count: int) -> str:
        """Return "1 day" or "90 days"."""
        return self.tr("%n day(s)", "", count)

    def days_with_trouble(self, count: int) -> str:
        """Return "1 day with failures" or "3 days with failures"."""
        return self.tr("%n day(s) with failures", "", count)


_COUNTS = Counts()


def axis_value(value_ms: float) -> str:
    """Return a label of the vertical axis: "0", "400 ms" or "12 s"."""
    if value_ms == 0:
        return "0"
    if value_ms >= 10_000:
        return translate("chart_phrases", "{s} s").format(s=f"{value_ms / 1000:g}")
    return phrases.latency(value_ms)


def axis_time(at: dt.datetime, by_day: bool) -> str:
    """Return a label of the time axis: "15:00", or the day where a long span begins one."""
    local = at.astimezone()
    if by_day and (local.hour, local.minute) == (0, 0):
        return day_word(local.date())
    return phrases.clock(at)


def day_word(day: dt.date) -> str:
    """Return a day without its year: "Nov 24"."""
    month = QLocale().monthName(day.month, QLocale.FormatType.ShortFormat)
    return translate("chart_phrases", "{month} {day}").format(month=month, day=day.day)


def days_word(count: int) -> str:
    """Return "90 days"."""
    return _COUNTS.days(count)


def outages_at(series: Series, point: Point) -> list[Outage]:
    """Return the outages within a point's step, the longest first."""
    end = point.at + dt.timedelta(seconds=series.step_s)
    found = [each for each in series.outages if each.start < end and each.end > point.at]
    return sorted(found, key=lambda each: each.end - each.start, reverse=True)


def outage_words(outage: Outage) -> str:
    """Return one outage: "outage 14:03 - 14:10 (7 min): Shop"."""
    begun = phrases.clock(outage.start)
    length = phrases.rough_span((outage.end - outage.start).total_seconds())
    if outage.is_open:
        words = translate("chart_phrases", "outage since {start} ({span})")
        said = words.format(start=begun, span=length)
    else:
        words = translate("chart_phrases", "outage {start} - {end} ({span})")
        said = words.format(start=begun, end=phrases.clock(outage.end), span=length)
    return f"{said}: {outage.name}" if outage.name else said


def span_words(start: dt.datetime, end: dt.datetime) -> str:
    """Return "Nov 20 - Nov 24", or "Nov 24, 10:00 - 12:00" within a day."""
    first, last = start.astimezone().date(), end.astimezone().date()
    if first == last:
        return f"{day_word(first)}, {phrases.clock(start)} - {phrases.clock(end)}"
    return f"{day_word(first)} - {day_word(last)}"


def readout(series: Series, point: Point) -> list[str]:
    """Return what is known of a point, one fact a line; the first says when it was."""
    end = point.at + dt.timedelta(seconds=series.step_s)
    clock = phrases.clock if series.step_s >= 60 else phrases.clock_seconds
    lines = [f"{day_word(point.at.astimezone().date())}, {clock(point.at)} - {clock(end)}"]
    if point.is_known:
        lines.append(translate("chart_phrases", "p50  {value}").format(value=exact(point.p50_ms)))
        lines.append(translate("chart_phrases", "p95  {value}").format(value=exact(point.p95_ms)))
    else:
        lines.append(translate("chart_phrases", "no answer"))
    outages = outages_at(series, point)
    lines += [outage_words(each) for each in outages[:_MOST_OUTAGES]]
    if len(outages) > _MOST_OUTAGES:
        more = f"{len(outages) - _MOST_OUTAGES:,}"
        lines.append(translate("chart_phrases", "and {count} more").format(count=more))
    return lines


def exact(value_ms: float | None) -> str:
    """Return a response time to a tenth under 10 ms, else to the millisecond."""
    if value_ms is not None and value_ms < 10:
        return translate("phrases", "{number} ms").format(number=f"{value_ms:.1f}")
    return phrases.latency(value_ms)


def summary(series: Series) -> str:
    """Return what a chart of this series shows, for those who do not see it."""
    start, end = series.start, series.end
    known = [p for p in series.points if p.is_known]
    if not known:
        return translate("chart_phrases", "No response times.")
    medians = [p.p50_ms for p in known if p.p50_ms is not None]
    highest = max(p.p95_ms for p in known if p.p95_ms is not None)
    said = translate(
        "chart_phrases",
        "From {start} to {end}: median from {low} to {high}, last {last}; p95 at most {p95}.",
    ).format(
        start=_moment(start),
        end=_moment(end),
        low=exact(min(medians)),
        high=exact(max(medians)),
        last=exact(medians[-1]),
        p95=exact(highest),
    )
    outages = [each for each in series.outages if each.start < end and each.end > start]
    if not outages:
        return said
    told = _COUNTS.outages(len(outages))
    return f"{said} {told}, {phrases.span(_covered_s(outages, start, end))}."


def _moment(at: dt.datetime) -> str:
    return f"{day_word(at.astimezone().date())}, {phrases.clock(at)}"


def _covered_s(outages: Sequence[Outage], start: dt.datetime, end: dt.datetime) -> float:
    """Return the seconds that outages cover together; overlapping ones count once."""
    covered, reached = 0.0, start
    for outage in sorted(outages, key=lambda each: each.start):
        begin, finish = max(outage.start, reached), min(outage.end, end)
        if finish > begin:
            covered += (finish - begin).total_seconds()
            reached = finish
    return covered


def uptime_day(day: UptimeDay) -> str:
    """Return one day: "Nov 24: 99.31 %, down 9 min" or "Nov 24: no data"."""
    word = day_word(day.day)
    if day.percent is None:
        return translate("chart_phrases", "{day}: no data").format(day=word)
    said = f"{word}: {phrases.uptime(day.percent)}"
    if day.down_s < 1:
        return said
    down = translate("chart_phrases", "down {span}").format(span=phrases.span(day.down_s))
    return f"{said}, {down}"


def uptime_summary(days: Sequence[UptimeDay]) -> str:
    """Return all days in one sentence: how many had failures, and which was the worst."""
    known = [(day.percent, day) for day in days if day.percent is not None]
    if not known:
        return translate("chart_phrases", "No data yet.")
    troubled = [each for each in known if each[0] < 100]
    words = [
        translate("chart_phrases", "{known} of {days} known").format(
            known=len(known), days=_COUNTS.days(len(days))
        )
    ]
    if troubled:
        worst = min(troubled, key=lambda each: each[0])[1]
        words.append(_COUNTS.days_with_trouble(len(troubled)))
        words.append(
            translate("chart_phrases", "the worst was {day}").format(day=uptime_day(worst))
        )
    else:
        words.append(translate("chart_phrases", "no failures"))
    return "; ".join(words)
