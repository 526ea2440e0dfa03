"""Version 7: what stands in the rows means more, so an older program must not read them.

Endpoints and channels hold ``{{secret:NAME}}`` where a credential stood, which an older one would
send as it stands; what is to be told may name an ``address``, which it cannot read.
"""

from peewee import SqliteDatabase


def migrate(_db: SqliteDatabase) -> None:
    """Change nothing: the number alone keeps older programs away."""
