"""The table of large exports that wait for a second person."""

from sqlalchemy import CheckConstraint, Column, Index

from pmdesk.store.columns import Flag, Integer, Text, UtcTime
from pmdesk.store.schema import table
from pmdesk.store.schema_acts import SWEPT

export_request = table(
    "export_request",
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("query", Text, nullable=False),  # canonical JSON of the filters, no search text
    Column("fingerprint", Text, nullable=False),
    Column("unmasked", Flag, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("recipient", Text, nullable=False),  # class
    Column("receiver", Text, nullable=False),  # by name
    Column("reason", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("economic", Integer, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("decided_at", UtcTime),
    Column("decided_by", Text),
    Column("approved", Flag, nullable=False, server_default="0"),
    Column("words", Text),
    Column("alone", Flag, nullable=False, server_default="0"),
    Column("withdrawn_at", UtcTime),
    Column("fetched_at", UtcTime),
    Column("number", Text, unique=True),  # of the list that left
    CheckConstraint("approved = 0 OR decided_at IS NOT NULL"),
    CheckConstraint("approved = 0 OR alone = 1 OR decided_by <> asked_by"),
    CheckConstraint("fetched_at IS NULL OR approved = 1"),
    CheckConstraint("fetched_at IS NULL OR withdrawn_at IS NULL"),
    CheckConstraint("(fetched_at IS NULL) = (number IS NULL)"),
    Index("export_request_by_asked_at", "asked_at"),
    reuse=False,
)

_ASKED = (
    *("kind", "query", "fingerprint", "unmasked", "purpose", "recipient", "receiver"),
    *("reason", "people", "economic", "asked_at", "asked_by"),
)
_CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _ASKED)

TRIGGERS = (
    f"""CREATE TRIGGER export_request_stands BEFORE UPDATE ON export_request
       WHEN OLD.fetched_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
         OR (OLD.decided_at IS NOT NULL
             AND (NEW.decided_at IS NOT OLD.decided_at OR NEW.approved IS NOT OLD.approved
                  OR NEW.decided_by IS NOT OLD.decided_by OR NEW.alone IS NOT OLD.alone))
         OR {_CHANGED}
       BEGIN SELECT RAISE(ABORT, 'what was asked and decided never changes'); END""",
    f"""CREATE TRIGGER export_request_stays BEFORE DELETE ON export_request
       WHEN substr(OLD.asked_at, 1, 10) > date({SWEPT}, '-3 years')
       BEGIN SELECT RAISE(ABORT, 'requests for exports are kept for three years'); END""",
)
