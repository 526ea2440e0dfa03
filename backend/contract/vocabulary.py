"""The words everybody uses: statuses, reasons, methods, event names and wire keys.

The one module that every floor may import, widgets included. Constants and enums only.
"""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """What is concluded about an endpoint."""

    UP = "UP"
    DOWN = "DOWN"
    DEGRADED = "DEGRADED"
    UNKNOWN = "UNKNOWN"


class CheckStatus(StrEnum):
    """What one check found."""

    SUCCESS = "success"
    FAILURE = "failure"


class Method(StrEnum):
    """HTTP methods an endpoint may be asked with."""

    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    DELETE = "DELETE"
    PATCH = "PATCH"
    HEAD = "HEAD"
    OPTIONS = "OPTIONS"


class Reason(StrEnum):
    """Whose fault a failed check was.

    ``TARGET``, ``TLS`` and ``ASSERTION`` always count towards DOWN, ``NETWORK`` and ``RESOLVER``
    only while this computer is known to be online, ``OURS`` never.
    """

    TARGET = "target"
    TLS = "tls"
    ASSERTION = "assertion"
    NETWORK = "network"
    RESOLVER = "resolver"
    OURS = "ours"


class TokenScope(StrEnum):
    """What a token allows. ``READ``: questions and subscriptions, nothing that changes or sends."""

    READ = "read"
    WRITE = "write"


class Period(StrEnum):
    """Which time a statistic covers; all but ``CUSTOM`` end now."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"
    CUSTOM = "custom"


class AssertionKind(StrEnum):
    """What an assertion looks at."""

    STATUS = "status"
    RESPONSE_TIME = "responseTime"
    BODY = "body"
    JSON = "json"
    HEADER = "header"
    CERTIFICATE = "certificate"


class Comparison(StrEnum):
    """How an assertion compares what it found with what it wants."""

    EQUALS = "equals"
    NOT_EQUALS = "notEquals"
    GREATER_THAN = "greaterThan"
    AT_LEAST = "atLeast"
    LESS_THAN = "lessThan"
    AT_MOST = "atMost"
    CONTAINS = "contains"
    NOT_CONTAINS = "notContains"
    MATCHES = "matches"
    NOT_MATCHES = "notMatches"
    EXISTS = "exists"
    NOT_EXISTS = "notExists"


class FindingResult(StrEnum):
    """What came of one assertion. ``WARNS``: the endpoint is DEGRADED, not DOWN, by it."""

    HOLDS = "holds"
    WARNS = "warns"
    FAILS = "fails"


class UnknownReason(StrEnum):
    """Why nothing is concluded about an endpoint that was known or could be.

    ``RESOLVER``: this computer's own name server does not answer.
    """

    OFFLINE = "offline"
    ASLEEP = "asleep"
    RESOLVER = "resolver"
    PAUSED = "paused"


class StorageTrouble(StrEnum):
    """Why nothing can be stored."""

    FULL = "full"
    UNWRITABLE = "unwritable"


class BackupTrouble(StrEnum):
    """Why the last backup was not made. ``DAMAGED``: what was to be copied is not whole."""

    NO_ROOM = "noRoom"
    DAMAGED = "damaged"
    FAILED = "failed"


class RestoredFrom(StrEnum):
    """What took the place of a damaged database.

    ``ITSELF``: only its log of the last changes was damaged; all before them is there.
    ``NOTHING``: there was no good backup, so an empty one.
    """

    BACKUP = "backup"
    ITSELF = "itself"
    NOTHING = "nothing"


class Resolution(StrEnum):
    """Why an incident closed."""

    RECOVERED = "recovered"
    EDITED = "edited"
    PAUSED = "paused"
    DELETED = "deleted"


class CauseKind(StrEnum):
    """What endpoints that changed together may share, the likeliest cause first."""

    HOST = "host"
    ADDRESS = "address"
    RESOLVER = "resolver"
    CERTIFICATE = "certificate"
    TAG = "tag"


class EventName(StrEnum):
    """Names of the Socket.IO events the backend sends."""

    CHECK_COMPLETED = "check:completed"
    STATUS_CHANGED = "endpoint:status-changed"
    INCIDENT_STARTED = "incident:started"
    INCIDENT_RESOLVED = "incident:resolved"
    INCIDENT_UPDATED = "incident:updated"
    ENDPOINT_CREATED = "endpoint:created"
    ENDPOINT_UPDATED = "endpoint:updated"
    ENDPOINT_DELETED = "endpoint:deleted"
    NETWORK_CHANGED = "network:changed"
    STORAGE_CHANGED = "storage:changed"
    NOTIFICATION_SENT = "notification:sent"
    NOTIFICATION_FAILED = "notification:failed"


CHECKS_COMPLETED: Final = "checks:completed"
"""A burst of ``check:completed``: the list of their data, for who subscribed with ``batch``."""


class AlertKind(StrEnum):
    """What an alert tells: trouble, a reminder of it, or its end.

    ``CLOSED`` ends an incident nobody recovered from: the endpoint was edited, paused or deleted.
    """

    DOWN = "down"
    DEGRADED = "degraded"
    REMINDER = "reminder"
    RECOVERED = "recovered"
    CLOSED = "closed"


class DeliveryState(StrEnum):
    """How far an alert to one channel has come.

    ``DROPPED``: over, or no longer wanted, before it was told. ``MERGED``: told within the alert
    of its end. ``FAILED``: given up after 24 hours of trying.
    """

    PENDING = "pending"
    DELIVERED = "delivered"
    DROPPED = "dropped"
    MERGED = "merged"
    FAILED = "failed"


class Call(StrEnum):
    """Names of the acknowledged Socket.IO calls a client makes."""

    SUBSCRIBE_ALL = "subscribe:all"
    UNSUBSCRIBE_ALL = "unsubscribe:all"
    SUBSCRIBE_ENDPOINT = "subscribe:endpoint"
    UNSUBSCRIBE_ENDPOINT = "unsubscribe:endpoint"
    SUBSCRIBE_STATE = "subscribe:state"
    SYNC = "sync"


class Limits:
    """Bounds of the endpoint's fields; the form and the backend share them."""

    NAME_LENGTH = 200
    URL_LENGTH = 2048
    INTERVAL_S = (5, 86_400)
    STATUS_CODE = (100, 599)
    TIMEOUT_MS = (100, 120_000)
    THRESHOLD = (1, 100)
    NOTE_LENGTH = 2000
    TAGS = 20
    TAG_LENGTH = 50
    ASSERTIONS = 20
    EXPRESSION_LENGTH = 500
    CERTIFICATE_DAYS = (1, 3650)


class Defaults:
    """What a field of an endpoint is when nobody says."""

    METHOD = Method.GET
    INTERVAL_S = 60
    STATUS_CODE = 200
    TIMEOUT_MS = 5000
    FAILURE_THRESHOLD = 3
    RECOVERY_THRESHOLD = 1
    RETRY_INTERVAL_S = 15
    DEGRADED_SHARE = 0.4


RECENT_CHECKS = 40
"""How many of the last checks a row's heartbeat strip shows, and a snapshot carries."""

UNSTORED = 0
"""The ``seq`` of what is told though it could not be stored; it comes again with its number."""

LOW_DISK_BYTES = 200_000_000
"""With less room than this it is time to say so, before nothing can be stored."""
