"""Files as other programs write them: samples for the tests of import.

Whose formats they are, and where those are written down, is in README.md beside them.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

SAMPLES = Path(__file__).parent
NAMES = (
    "endpoints.csv",
    "gatus.yaml",
    "openapi.yaml",
    "postman.json",
    "uptime-kuma-backup.json",
    "vigil-export.json",
)

_MONITOR = """
CREATE TABLE [monitor] (
    [id] INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    [name] VARCHAR(150),
    [active] BOOLEAN DEFAULT 1 NOT NULL,
    [user_id] INTEGER,
    [interval] INTEGER DEFAULT 20 NOT NULL,
    [url] TEXT,
    [type] VARCHAR(20),
    [weight] INTEGER DEFAULT 2000,
    [hostname] VARCHAR(255),
    [port] INTEGER,
    [created_date] DATETIME DEFAULT (DATETIME('now')) NOT NULL,
    [keyword] VARCHAR(255),
    [maxretries] INTEGER NOT NULL DEFAULT 0,
    [ignore_tls] BOOLEAN DEFAULT 0 NOT NULL,
    [upside_down] BOOLEAN DEFAULT 0 NOT NULL,
    [maxredirects] INTEGER NOT NULL DEFAULT 10,
    [accepted_statuscodes_json] TEXT NOT NULL DEFAULT '["200-299"]',
    [dns_resolve_type] VARCHAR(5),
    [dns_resolve_server] VARCHAR(255),
    [retry_interval] INTEGER DEFAULT 0 NOT NULL,
    [push_token] VARCHAR(20) DEFAULT NULL,
    [method] TEXT DEFAULT 'GET' NOT NULL,
    [body] TEXT DEFAULT NULL,
    [headers] TEXT DEFAULT NULL,
    [basic_auth_user] TEXT DEFAULT NULL,
    [basic_auth_pass] TEXT DEFAULT NULL,
    [docker_host] INTEGER,
    [proxy_id] INTEGER,
    [expiry_notification] BOOLEAN DEFAULT 1,
    [auth_method] VARCHAR(250),
    [resend_interval] INTEGER DEFAULT 0 NOT NULL,
    [description] TEXT,
    [parent] INTEGER,
    [invert_keyword] BOOLEAN DEFAULT 0 NOT NULL,
    [json_path] TEXT,
    [expected_value] VARCHAR(255),
    [http_body_encoding] VARCHAR(25),
    [timeout] DOUBLE DEFAULT 0 NOT NULL
);
CREATE TABLE [tag] (
    [id] INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    [name] VARCHAR(255) NOT NULL,
    [color] VARCHAR(255) NOT NULL,
    [created_date] DATETIME DEFAULT (DATETIME('now')) NOT NULL
);
CREATE TABLE [monitor_tag] (
    [id] INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    [monitor_id] INTEGER NOT NULL,
    [tag_id] INTEGER NOT NULL,
    [value] TEXT
);
INSERT INTO monitor (id, name, type, active, url) VALUES (1, 'Shop', 'group', 1, 'https://');
INSERT INTO monitor (id, name, type, url, interval, retry_interval, maxretries, ignore_tls,
    upside_down, accepted_statuscodes_json, headers, parent, timeout, http_body_encoding)
VALUES (2, 'Intern', 'http', 'https://intern.example.com/', 60, 30, 1, 1, 1, '["200","204"]',
    '{"X-Probe": "kuma"}', 1, 48, 'json');
INSERT INTO monitor (id, name, type, url, keyword, invert_keyword, auth_method, interval)
VALUES (3, '결제', 'keyword', 'https://pay.example.com/', 'error', 1, 'ntlm', 600);
INSERT INTO monitor (id, name, type, hostname, port)
VALUES (4, 'DB', 'port', 'db.example.com', 5432);
INSERT INTO monitor (id, name, type, active, url, parent) VALUES (5, 'Old shop', 'group', 0, '', 1);
INSERT INTO monitor (id, name, type, url, parent, basic_auth_user, basic_auth_pass)
VALUES (6, 'Till', 'http', 'https://till.example.com/', 5, 'left', 'behind');
INSERT INTO tag (id, name, color) VALUES (1, 'team', '#059669');
INSERT INTO monitor_tag (monitor_id, tag_id, value) VALUES (2, 1, 'blue');
"""


def read(name: str) -> bytes:
    """Return a sample's bytes."""
    return (SAMPLES / name).read_bytes()


def kuma_database(path: Path, more: str = "") -> Path:
    """Make a database as Uptime Kuma 1.23 keeps it; ``more`` is SQL to run on it."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_MONITOR + more)
    return path
