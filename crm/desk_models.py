"""The tables of the desk: who may use it, and what was seen and done there."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from crm.columns import Id, Time, metadata, one_of, points_to

__all__ = [
    "api_token",
    "audit_entry",
    "desk_session",
    "desk_user",
    "outgoing_delivery",
    "outgoing_hook",
    "review_assignment",
    "sign_in_failure",
]


def _number() -> Column[int]:
    """Make the key of a table; the database gives the numbers, for no lock is held here."""
    return Column("id", Id, primary_key=True, autoincrement=True)


# A person who works at the desk. Names are compared without regard to case: `name_key`.
desk_user = Table(
    "desk_user",
    metadata,
    _number(),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("password_hash", Text),  # argon2id; none where another service signs the person in
    Column("role", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", Time, nullable=False),
    # Who the person is where another service signs them in: its name, a space, its id of theirs.
    Column("outside_id", Text),
    one_of("role", "viewer", "steward", "admin"),
    Index(None, "outside_id", unique=True),
)

# Sessions and tokens are kept as hashes: who reads the store cannot sign in with them.
desk_session = Table(
    "desk_session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    points_to("desk_user"),
    Column("started_at", Time, nullable=False),
    Column("seen_at", Time, nullable=False),
    Index(None, "desk_user_id"),
)

api_token = Table(
    "api_token",
    metadata,
    _number(),
    Column("token_hash", String(64), nullable=False, unique=True),
    points_to("desk_user"),
    Column("name", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("ended_at", Time),
    Index(None, "desk_user_id"),
)

# Names are kept as hashes: people type passwords into the field for names.
sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    _number(),
    Column("name_hash", String(64), nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Time, nullable=False),
    Index(None, "name_hash", "at"),
    Index(None, "at"),
)

# Who saw and did what. `subject` is an id such as c12, never a value.
audit_entry = Table(
    "audit_entry",
    metadata,
    _number(),
    Column("at", Time, nullable=False),
    points_to("desk_user"),
    Column("action", Text, nullable=False),
    Column("subject", Text),
    Index(None, "subject", "id"),
    Index(None, "desk_user_id", "id"),
    Index(None, "action", "id"),
)

# Who looks at a possible match, where somebody said so.
review_assignment = Table(
    "review_assignment",
    metadata,
    points_to("review_item", key=True),
    points_to("desk_user"),
    Column("at", Time, nullable=False),
    Index(None, "desk_user_id"),
    sqlite_with_rowid=False,
)

# Who is told what: the endpoints of leadgate.toml, as the last deliverer knew them.
outgoing_hook = Table(
    "outgoing_hook",
    metadata,
    Column("name", Text, primary_key=True),
    Column("events", Text, nullable=False),  # JSON
    Column("since", Time, nullable=False),
)

# What is told to other programs: each event until it was taken, and how often it was tried.
outgoing_delivery = Table(
    "outgoing_delivery",
    metadata,
    _number(),
    Column("hook", Text, nullable=False),  # its name in leadgate.toml
    Column("message_id", String(64), nullable=False),
    Column("event", String(32), nullable=False),
    Column("body", Text, nullable=False),  # JSON; ids and counts, nothing about people
    Column("created_at", Time, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Time),  # none: taken, or given up
    Column("status", String(16), nullable=False),
    Column("answer", Text),  # the last HTTP status, or the kind of error
    Column("tries", Text),  # JSON: [[time, answer, milliseconds], …], the latest last
    one_of("status", "waiting", "taken", "given_up"),
    Index(None, "next_at"),
    Index(None, "hook", "id"),
)
