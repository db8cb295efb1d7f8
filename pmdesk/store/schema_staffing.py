"""Rosters, rounds and what they are planned with: versions that are added and never changed."""

from sqlalchemy import CheckConstraint, Column, Index

from pmdesk.store.columns import Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table

staffing_plan = table(
    "staffing_plan",
    Column("id", Integer, primary_key=True),
    Column("kind", Text, CheckConstraint("kind IN ('crew', 'roster', 'patrol')"), nullable=False),
    Column("week", IsoDate),  # its Monday; none for the crew
    Column("document", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("parent", Integer),  # a version that may be forgotten by now
    CheckConstraint("(kind = 'crew') = (week IS NULL)", name="week"),
    Index("staffing_plan_newest", "kind", "week", "id"),
    reuse=False,
)

TRIGGERS = (
    """CREATE TRIGGER staffing_plan_stands BEFORE UPDATE ON staffing_plan
       BEGIN SELECT RAISE(ABORT, 'a saved plan never changes'); END""",
)
