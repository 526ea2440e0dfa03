"""The plan of a channel: against a book kept in memory, whatever happens and whenever."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.contract.alerts import AlertEvent, AlertPolicy, ChannelType, QuietHours, SlackConfig
from backend.contract.vocabulary import AlertKind, DeliveryState, Reason, Status
from backend.domain.alert_plan import (
    GATHER_MS,
    GIVE_UP_MS,
    SAME_STATUS_MS,
    Desk,
    OpenAlert,
    Pending,
    Plan,
    plan,
    quiet_until_ms,
    reminders,
)
from backend.domain.alerting import ENDINGS, Channel, OutboxEntry, addressed, notice_of_check
from backend.domain.assertions import Failed, Success
from backend.domain.endpoint import Endpoint
from backend.domain.health import Health, advance
from backend.domain.incident import Incident, opened, resolved

START_MS = 1_800_000_000_000
MINUTE_MS = 60_000
EVERYTHING = AlertPolicy(events=tuple(AlertEvent))


def a_channel(policy: AlertPolicy = EVERYTHING, **fields: object) -> Channel:
    known = Channel(
        "c", "ops", ChannelType.SLACK, SlackConfig(webhook_url="http://x.test/"), True, policy, 0, 0
    )
    return replace(known, **fields)


def an_endpoint(name: str, tags: tuple[str, ...] = ()) -> Endpoint:
    return Endpoint(
        id=name,
        name=name,
        url=f"http://{name}.test/",
        failure_threshold=1,
        tags=tags,
        created_at_ms=0,
        updated_at_ms=0,
    )


@dataclass
class Book:
    """What the archive would keep, for one channel."""

    channel: Channel
    now_ms: int = START_MS
    health: dict[str, Health] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    rows: list[dict] = field(default_factory=list)
    sent: list[tuple[int, tuple[OutboxEntry, ...]]] = field(default_factory=list)
    last_try_ms: int | None = None

    def check(self, name: str, answer: str) -> None:
        """One check of an endpoint: ``up``, ``slow`` or ``down``."""
        endpoint = an_endpoint(name)
        outcome = (
            Failed(Reason.TARGET, "no", None, None)
            if answer == "down"
            else Success(1.0, 200, answer == "slow")
        )
        before = self.health.get(name, Health())
        after, transition = advance(before, outcome, endpoint.policy, self.now_ms)
        self.health[name] = after
        incident = self.incidents.get(name)
        if transition and transition.opens_incident:
            incident = opened(f"{name}-{self.now_ms}", name, after, self.now_ms)
        elif transition and transition.recovers and incident:
            incident = resolved(incident, "recovered", self.now_ms)
        notice = notice_of_check(endpoint, before, after, transition, incident)
        if incident is not None and incident.resolved_at_ms is None:
            self.incidents[name] = incident
        else:
            self.incidents.pop(name, None)
        for entry in addressed(notice, [self.channel]) if notice else ():
            self.keep(entry)

    def keep(self, entry: OutboxEntry) -> None:
        if any(row["entry"].id == entry.id for row in self.rows):
            return
        if entry.notice.kind in ENDINGS:
            about = [
                row["entry"].notice.status
                for row in self.rows
                if row["entry"].notice.endpoint_id == entry.notice.endpoint_id
                and row["state"] not in (DeliveryState.DROPPED, DeliveryState.FAILED)
            ]
            if not about or about[-1] not in (Status.DOWN, Status.DEGRADED):
                return
        self.rows.append({"entry": entry, "state": DeliveryState.PENDING, "attempts": 0})

    def desk(self) -> Desk:
        told, told_at = {}, {}
        for row in self.rows:
            about = row["entry"].notice
            if row["state"] in (DeliveryState.DELIVERED, DeliveryState.MERGED):
                told[about.endpoint_id] = about.status
            if row["state"] is DeliveryState.DELIVERED:
                told_at[about.endpoint_id, about.status] = row["at"]
        pending = tuple(
            Pending(
                row["entry"],
                self.holds(row["entry"]),
                row["attempts"],
                row.get("first"),
                row.get("next"),
            )
            for row in self.rows
            if row["state"] is DeliveryState.PENDING
        )
        return Desk(pending, told, told_at, (), self.last_try_ms, None)

    def holds(self, entry: OutboxEntry) -> bool:
        name = entry.notice.endpoint_id
        incident = self.incidents.get(name)
        if entry.notice.kind is AlertKind.DOWN:
            return incident is not None and incident.id == entry.notice.subject
        if entry.notice.kind is AlertKind.DEGRADED:
            return self.health[name].status is Status.DEGRADED
        return incident is None

    def deliver(self, *, works: bool = True) -> Plan:
        """Do all that is to be done now; return the last plan, which has nothing to do."""
        while True:
            todo = plan(self.channel, self.desk(), self.now_ms)
            by_id = {row["entry"].id: row for row in self.rows}
            for it in todo.settle:
                by_id[it.pending.entry.id]["state"] = it.state
            if not todo.send:
                return todo
            self.last_try_ms = self.now_ms
            for it in todo.send:
                row = by_id[it.entry.id]
                row["attempts"] += 1
                row.setdefault("first", self.now_ms)
                if works:
                    row |= {"state": DeliveryState.DELIVERED, "at": self.now_ms}
                else:
                    row["next"] = self.now_ms + 10 * MINUTE_MS
            if works:
                self.sent.append((self.now_ms, tuple(it.entry for it in todo.send)))

    def pass_time(self, ms: int, *, works: bool = True) -> None:
        """Let time pass, looking again whenever the plan says so."""
        until_ms = self.now_ms + ms
        while True:
            again_ms = self.deliver(works=works).look_again_ms
            if again_ms is None or again_ms > until_ms:
                break
            assert again_ms > self.now_ms, "it must not look again without end"
            self.now_ms = again_ms
        self.now_ms = until_ms
        self.deliver(works=works)

    def told(self) -> list[tuple[str, Status]]:
        return [(e.notice.endpoint_id, e.notice.status) for _, es in self.sent for e in es]


happenings = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["up", "slow", "down"]),
        st.one_of(
            st.integers(1, 20_000), st.integers(20_000, 400_000), st.integers(400_000, 9_000_000)
        ),
        st.booleans(),
    ),
    max_size=30,
)
policies = st.builds(
    AlertPolicy,
    events=st.sampled_from(
        [
            (AlertEvent.DOWN, AlertEvent.RECOVERED),
            (AlertEvent.DOWN,),
            (AlertEvent.DEGRADED, AlertEvent.RECOVERED),
            tuple(AlertEvent),
        ]
    ),
    quiet_hours=st.sampled_from(
        [None, QuietHours(start="22:00", end="07:00", time_zone="Asia/Seoul")]
    ),
)


def lived(policy: AlertPolicy, happened: list, *, breaks: bool) -> Book:
    book = Book(a_channel(policy))
    for name, answer, pause_ms, works in happened:
        book.check(name, answer)
        book.pass_time(pause_ms, works=works or not breaks)
    return book


@given(policies, happenings)
@settings(max_examples=150, deadline=None)
def test_a_channel_gets_no_two_messages_within_thirty_seconds(
    policy: AlertPolicy, happened: list
) -> None:
    sent = [at_ms for at_ms, _ in lived(policy, happened, breaks=False).sent]
    assert all(later - at >= GATHER_MS for at, later in pairwise(sent))


@given(policies, happenings)
@settings(max_examples=150, deadline=None)
def test_a_status_of_an_endpoint_is_told_once_in_five_minutes(
    policy: AlertPolicy, happened: list
) -> None:
    last: dict[tuple[str, Status], int] = {}
    for at_ms, entries in lived(policy, happened, breaks=False).sent:
        for entry in entries:
            key = entry.notice.endpoint_id, entry.notice.status
            assert at_ms - last.get(key, 0) >= SAME_STATUS_MS
            last[key] = at_ms


@given(policies, happenings, st.booleans())
@settings(max_examples=150, deadline=None)
def test_nothing_is_told_in_quiet_hours(policy: AlertPolicy, happened: list, breaks: bool) -> None:
    book = lived(policy, happened, breaks=breaks)
    if policy.quiet_hours is not None:
        assert all(quiet_until_ms(policy.quiet_hours, at_ms) is None for at_ms, _ in book.sent)


@given(policies, happenings, st.booleans())
@settings(max_examples=150, deadline=None)
def test_an_end_is_told_only_after_a_beginning(
    policy: AlertPolicy, happened: list, breaks: bool
) -> None:
    book = lived(policy, happened, breaks=breaks)
    book.pass_time(GIVE_UP_MS // 2)
    tried = {row["entry"].notice.endpoint_id for row in book.rows if row["attempts"]}
    believed: dict[str, Status] = {}
    for name, status in book.told():
        if status is Status.UP:
            assert believed.get(name) in (Status.DOWN, Status.DEGRADED) or (
                breaks and name in tried
            )
        believed[name] = status


@given(happenings, st.booleans())
@settings(max_examples=300, deadline=None)
def test_in_the_end_a_channel_believes_what_is_true(happened: list, breaks: bool) -> None:
    book = lived(EVERYTHING, happened, breaks=breaks)
    book.pass_time(GIVE_UP_MS // 4)
    assert all(row["state"] is not DeliveryState.PENDING for row in book.rows)
    believed = dict(book.told())
    for name, health in book.health.items():
        if health.status in (Status.DOWN, Status.DEGRADED):
            assert believed.get(name) is health.status
        else:
            assert believed.get(name) in (None, Status.UP)


@given(policies, happenings)
@settings(max_examples=100, deadline=None)
def test_whatever_happens_is_given_up_at_the_latest_after_a_day(
    policy: AlertPolicy, happened: list
) -> None:
    book = Book(a_channel(policy))
    for name, answer, pause_ms, _ in happened:
        book.check(name, answer)
        book.pass_time(pause_ms, works=False)
    book.pass_time(2 * GIVE_UP_MS, works=False)
    assert book.sent == []
    assert all(row["state"] is not DeliveryState.PENDING for row in book.rows)


def test_the_first_goes_at_once_and_more_are_gathered() -> None:
    book = Book(a_channel())
    for name in "abcde":
        book.check(name, "down")
        book.pass_time(1000)
    book.pass_time(MINUTE_MS)
    assert [(at_ms - START_MS, len(entries)) for at_ms, entries in book.sent] == [
        (0, 1),
        (GATHER_MS, 4),
    ]


def test_what_still_holds_after_five_minutes_is_told_then() -> None:
    book = Book(a_channel())
    for answer in ("down", "up", "down"):
        book.check("a", answer)
        book.pass_time(MINUTE_MS)
    book.pass_time(10 * MINUTE_MS)
    assert [(at_ms - START_MS, e[0].notice.status) for at_ms, e in book.sent] == [
        (0, Status.DOWN),
        (MINUTE_MS, Status.UP),
        (SAME_STATUS_MS, Status.DOWN),
    ]


def test_what_is_over_before_the_five_minutes_end_is_told_to_nobody() -> None:
    book = Book(a_channel())
    for answer in ("down", "up", "down", "up"):
        book.check("a", answer)
        book.pass_time(MINUTE_MS)
    book.pass_time(10 * MINUTE_MS)
    assert [status for _, status in book.told()] == [Status.DOWN, Status.UP]


def test_an_outage_that_could_not_be_told_is_told_with_its_end() -> None:
    book = Book(a_channel())
    book.check("a", "down")
    book.pass_time(MINUTE_MS, works=False)
    book.check("a", "up")
    book.pass_time(20 * MINUTE_MS)
    ((_, (only,)),) = book.sent
    assert (only.notice.kind, only.notice.duration_ms) == (AlertKind.RECOVERED, MINUTE_MS)
    assert [row["state"] for row in book.rows] == [DeliveryState.MERGED, DeliveryState.DELIVERED]


def test_what_failed_does_not_hold_up_what_is_new() -> None:
    book = Book(a_channel())
    book.check("a", "down")
    book.pass_time(MINUTE_MS, works=False)
    book.check("b", "down")
    book.pass_time(1000)
    assert book.told() == [("b", Status.DOWN)]


QUIET = QuietHours(start="22:00", end="07:00", time_zone="Asia/Seoul")


def at(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_quiet_hours_hold_an_outage_until_they_end() -> None:
    book = Book(a_channel(AlertPolicy(quiet_hours=QUIET)), now_ms=at("2026-11-23T14:00"))
    book.check("a", "down")
    book.pass_time(12 * 60 * MINUTE_MS)
    assert [at_ms for at_ms, _ in book.sent] == [at("2026-11-23T22:00")]


def test_an_outage_that_is_over_when_quiet_hours_end_is_told_to_nobody() -> None:
    book = Book(a_channel(AlertPolicy(quiet_hours=QUIET)), now_ms=at("2026-11-23T14:00"))
    book.check("a", "down")
    book.pass_time(60 * MINUTE_MS)
    book.check("a", "up")
    book.pass_time(12 * 60 * MINUTE_MS)
    assert book.sent == []


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (QUIET, "2026-11-23T12:59", None),
        (QUIET, "2026-11-23T13:00", "2026-11-23T22:00"),
        (QUIET, "2026-11-23T21:59", "2026-11-23T22:00"),
        (QUIET, "2026-11-23T22:00", None),
        # Summer time begins at 2:00 and 2:30 does not exist; it ends and 1:30 comes twice.
        (("01:00", "02:30"), "2026-03-08T06:30", "2026-03-08T07:30"),
        (("00:00", "01:30"), "2026-11-01T05:45", None),
        (("00:00", "01:30"), "2026-11-01T06:15", "2026-11-01T06:30"),
        (("00:00", "01:30"), "2026-11-01T05:15", "2026-11-01T05:30"),
    ],
)
def test_quiet_hours_follow_the_clock_of_their_zone(quiet, now: str, until: str | None) -> None:
    if isinstance(quiet, tuple):
        quiet = QuietHours(start=quiet[0], end=quiet[1], time_zone="America/New_York")
    assert quiet_until_ms(quiet, at(now)) == (None if until is None else at(until))


times = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@given(
    times,
    times,
    st.sampled_from(["Asia/Seoul", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    st.integers(1_700_000_000_000, 1_900_000_000_000),
)
def test_quiet_hours_end_in_the_future_and_within_a_day(
    start: str, end: str, zone: str, now_ms: int
) -> None:
    if start == end:
        return
    until_ms = quiet_until_ms(QuietHours(start=start, end=end, time_zone=zone), now_ms)
    assert until_ms is None or now_ms < until_ms <= now_ms + 25 * 60 * MINUTE_MS


def test_a_channel_that_is_switched_off_is_told_nothing() -> None:
    book = Book(a_channel())
    book.check("a", "down")
    book.channel = a_channel(is_active=False)
    book.pass_time(1000)
    assert [row["state"] for row in book.rows] == [DeliveryState.DROPPED]


def test_a_server_that_asked_to_be_left_alone_is_left_alone() -> None:
    book = Book(a_channel())
    book.check("a", "down")
    desk = replace(book.desk(), held_until_ms=START_MS + 5000)
    assert plan(book.channel, desk, START_MS) == Plan(look_again_ms=START_MS + 5000)
    assert plan(book.channel, desk, START_MS + 5000).send


@pytest.mark.parametrize("field_name", ["last_try_ms", "held_until_ms"])
def test_a_clock_that_was_set_back_a_year_holds_nothing_up(field_name: str) -> None:
    book = Book(a_channel())
    book.check("a", "down")
    desk = replace(book.desk(), **{field_name: START_MS + 365 * 86_400_000})
    assert plan(book.channel, desk, START_MS).send


def test_a_reminder_is_due_so_long_after_the_last_alert() -> None:
    book = Book(a_channel(AlertPolicy(reminder_minutes=30)))
    book.check("a", "down")
    (entry,) = (row["entry"] for row in book.rows)
    desk = Desk(open_alerts=(OpenAlert(entry, START_MS, 0),))
    half_an_hour_ms = START_MS + 30 * MINUTE_MS
    assert reminders(book.channel, desk, half_an_hour_ms - 1) == ([], half_an_hour_ms)
    (due,), _ = reminders(book.channel, desk, half_an_hour_ms)
    assert due.id == f"{entry.notice.subject}:reminder-1:c"
    assert reminders(a_channel(), desk, half_an_hour_ms) == ([], None)


def test_nobody_is_reminded_of_a_snoozed_incident() -> None:
    book = Book(a_channel(AlertPolicy(reminder_minutes=30)))
    book.check("a", "down")
    (entry,) = (row["entry"] for row in book.rows)
    later_ms, end_ms = START_MS + 45 * MINUTE_MS, START_MS + 60 * MINUTE_MS
    until_then = Desk(open_alerts=(OpenAlert(entry, START_MS, 0, snoozed_until_ms=end_ms),))
    assert reminders(book.channel, until_then, later_ms) == ([], end_ms)
    assert len(reminders(book.channel, until_then, end_ms)[0]) == 1
    to_recovery = Desk(open_alerts=(OpenAlert(entry, START_MS, 0, snoozed_to_recovery=True),))
    assert reminders(book.channel, to_recovery, later_ms) == ([], None)


def test_a_snooze_drops_the_reminder_that_waits_but_not_the_first_alert() -> None:
    book = Book(a_channel(AlertPolicy(reminder_minutes=30)))
    book.check("a", "down")
    (entry,) = (row["entry"] for row in book.rows)
    first = Desk(pending=(Pending(entry, snoozed=True),))
    assert plan(book.channel, first, START_MS).send == first.pending
    reminder = replace(entry, notice=replace(entry.notice, kind=AlertKind.REMINDER), number=1)
    again = Desk(pending=(Pending(reminder, attempts=1, snoozed=True),))
    (settled,) = plan(book.channel, again, START_MS).settle
    assert settled.why == "The incident is snoozed"


@pytest.mark.parametrize(
    ("tags", "is_told"), [((), True), (("prod",), True), (("test", "prod"), True), (("x",), False)]
)
def test_a_channel_hears_of_the_tags_it_chose(tags: tuple[str, ...], is_told: bool) -> None:
    health = Health(Status.DOWN, START_MS)
    incident = Incident("i", "a", START_MS, 1, "no")
    before, outcome = Health(Status.UP, 0), Failed(Reason.TARGET, "no", None, None)
    endpoint = an_endpoint("a", ("prod",))
    _, transition = advance(before, outcome, endpoint.policy, START_MS)
    notice = notice_of_check(endpoint, before, health, transition, incident)
    assert notice is not None
    assert bool(addressed(notice, [a_channel(AlertPolicy(tags=tags))])) is is_told


def test_a_recovery_into_slowness_is_news_to_who_wants_to_hear_of_slowness() -> None:
    book = Book(a_channel())
    book.check("b", "down")
    book.pass_time(1)
    for answer in ("down", "slow"):
        book.check("a", answer)
        book.pass_time(1000)
    book.pass_time(MINUTE_MS)
    assert book.told() == [("b", Status.DOWN), ("a", Status.DEGRADED)]


def test_the_first_success_ever_is_told_to_nobody() -> None:
    book = Book(a_channel())
    book.check("a", "up")
    assert book.rows == []
