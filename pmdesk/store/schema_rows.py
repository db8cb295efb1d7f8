"""The tables that bind each row of the office to the entry of the log which last changed it."""

from sqlalchemy import Column, ForeignKey, Index

from pmdesk.store.columns import Integer, LargeBinary, Text
from pmdesk.store.schema import table

row_leaves = table(
    "row_leaves",  # the entry carries one imprint of these lines; they stay as long as it does
    Column("seq", Integer, ForeignKey("audit.seq"), primary_key=True),
    Column("tab", Text, primary_key=True),
    Column("keys", Text, nullable=False),  # JSON list, in the order of the imprints
    Column("digests", LargeBinary, nullable=False),  # 32 bytes each; zeroes for a row that went
    Index("row_leaves_by_tab", "tab"),
)

row_salt = table(
    "row_salt",  # goes with its row: what is left in the log then tells nobody anything
    Column("tab", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    rowid=False,
)

TRIGGERS = (
    """CREATE TRIGGER row_leaves_stand BEFORE UPDATE ON row_leaves
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER row_leaves_stay BEFORE DELETE ON row_leaves
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)
