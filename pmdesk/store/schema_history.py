"""The table of the results that a person had before; it goes with the consent to classification."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint

from pmdesk.domain.classification import Cause
from pmdesk.store.columns import Integer, IsoDate, Text
from pmdesk.store.schema import table

tier_history = table(
    "tier_history",
    Column("person", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("purpose", Text, CheckConstraint("purpose = 'P2'"), nullable=False, server_default="P2"),
    Column("since", IsoDate, nullable=False),
    Column("until", IsoDate, nullable=False),
    Column("ruleset", Integer, ForeignKey("ruleset.id"), nullable=False),
    Column("rule", Integer, nullable=False),  # these three as in the result
    Column("tier", Integer, nullable=False),
    Column("tags", Integer, nullable=False),
    Column("cause", Integer, nullable=False),
    ForeignKeyConstraint(
        ["person", "purpose"], ["consent.person", "consent.purpose"], ondelete="CASCADE"
    ),
    rowid=False,
)

# What holds for less than a day while somebody writes answers down was never served: no step.
_SITTING = f"({int(Cause.EDIT)}, {int(Cause.CONSENT)})"

# The present result stands in `classification` alone: whoever never changes tier has no row here,
# and classifying an office for the first time writes nothing twice.
TRIGGERS = (
    f"""CREATE TRIGGER result_becomes_history AFTER UPDATE OF step ON classification
       WHEN NEW.step <> OLD.step
         AND NOT (coalesce(OLD.since, OLD.decided_on) = coalesce(NEW.since, NEW.decided_on)
                  AND OLD.cause IN {_SITTING} AND NEW.cause IN {_SITTING})
       BEGIN
         INSERT INTO tier_history
           (person, number, since, until, ruleset, rule, tier, tags, cause)
         VALUES (OLD.person,
           (SELECT coalesce(max(number) + 1, 0) FROM tier_history WHERE person = OLD.person),
           coalesce(OLD.since, OLD.decided_on), coalesce(NEW.since, NEW.decided_on),
           OLD.ruleset, OLD.rule, OLD.tier, OLD.tags, OLD.cause);
       END""",
    """CREATE TRIGGER tier_history_stands BEFORE UPDATE ON tier_history
       BEGIN SELECT RAISE(ABORT, 'the history of tiers is append-only'); END""",
)
