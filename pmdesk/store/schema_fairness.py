"""The tables of the voluntary fairness sample (P6), and of the counts that reports made of it."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint

from pmdesk.store.columns import Integer, IsoDate, LargeBinary, Text, UtcTime
from pmdesk.store.schema import table

fairness_sample = table(
    "fairness_sample",
    Column("pseudonym", Text, primary_key=True),  # random; the seal is bound to it, no other table
    Column("person", Integer, nullable=False, unique=True),
    Column("purpose", Text, CheckConstraint("purpose = 'P6'"), nullable=False, server_default="P6"),
    Column("since", IsoDate, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    Column("reported_on", IsoDate),  # the day of the first report that used it
    ForeignKeyConstraint(
        ["person", "purpose"], ["consent.person", "consent.purpose"], ondelete="CASCADE"
    ),
    rowid=False,
)

fairness_result = table(
    "fairness_result",
    # one for each version: two results of nearly the same people would tell who came between
    Column("ruleset", Integer, ForeignKey("ruleset.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("document", Text, nullable=False),  # JSON: counts of at least ten, ratios, verdicts
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
)

TRIGGERS = (
    """CREATE TRIGGER fairness_sample_stays_apart BEFORE UPDATE OF pseudonym, person, purpose
       ON fairness_sample
       BEGIN SELECT RAISE(ABORT, 'a sample keeps its pseudonym'); END""",
)
