"""Imports of past orders: which orders each brought, and whether it was withdrawn."""

from sqlalchemy import CheckConstraint, Column

from pmdesk.store.columns import Integer, Text, UtcTime
from pmdesk.store.schema import table

order_import = table(
    "order_import",
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("first", Integer, nullable=False),  # its orders have the ids from here
    Column("last", Integer, nullable=False),  # to here
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_by", Text, nullable=False, server_default=""),
    CheckConstraint("last >= first", name="some"),
    CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by = '')", name="withdrawn"),
    reuse=False,
)

TRIGGERS = (
    """CREATE TRIGGER order_import_stands BEFORE UPDATE OF id, at, by, first, last ON order_import
       BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END""",
    """CREATE TRIGGER order_import_is_withdrawn_once BEFORE UPDATE ON order_import
       WHEN OLD.withdrawn_at IS NOT NULL
       BEGIN SELECT RAISE(ABORT, 'an import is withdrawn once'); END""",
    """CREATE TRIGGER order_import_stays BEFORE DELETE ON order_import
       BEGIN SELECT RAISE(ABORT, 'an import stays on record'); END""",
    # the orders stay in the book as cancelled, but no chart counts them any more
    """CREATE TRIGGER order_import_counts_no_more AFTER UPDATE OF withdrawn_at ON order_import
       BEGIN DELETE FROM order_mark WHERE work_order BETWEEN NEW.first AND NEW.last; END""",
)
