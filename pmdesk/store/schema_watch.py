"""What the office watches: measures, findings about complaints, decisions, counts of a month."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index

from pmdesk.store.columns import Flag, Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


risk_measure = table(
    "risk_measure",  # what is done at a place with many complaints; it names nobody
    Column("id", Integer, primary_key=True),
    Column("building", Integer, ForeignKey("building.id"), nullable=False),
    Column("topic", Text, nullable=False),  # code of a kind of complaint; empty: all of them
    Column("words", Text, CheckConstraint("length(words) BETWEEN 4 AND 200"), nullable=False),
    Column("owner", Text, CheckConstraint("owner <> ''"), nullable=False),
    Column("due", IsoDate, nullable=False),
    Column("state", Text, CheckConstraint("state IN ('open', 'done', 'dropped')"), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_on", IsoDate, nullable=False),
    _words("ended_by"),
    Column("ended_on", IsoDate),
    _words("note"),
    CheckConstraint("(ended_on IS NULL) = (state = 'open')", name="ended"),
    CheckConstraint("ended_on IS NULL OR ended_on >= made_on", name="ended_after"),
    Index("risk_measure_by_state", "state", "due"),
    reuse=False,
)

complaint_finding = table(
    "complaint_finding",  # what a person found a complaint to the rights desk to be about
    Column("id", Integer, primary_key=True),
    Column("request", Integer, ForeignKey("rights_request.id", ondelete="CASCADE"), nullable=False),
    Column(
        "about",
        Text,
        CheckConstraint("about IN ('other', 'classification', 'discrimination')"),
        nullable=False,
    ),
    Column("upheld", Flag, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("complaint_finding_by_request", "request"),
    reuse=False,
)

human_review = table(
    "human_review",  # that somebody looked at a result again; not whose it was
    Column("id", Integer, primary_key=True),
    Column("ruleset", Integer, ForeignKey("ruleset.id"), nullable=False),
    Column("day", IsoDate, nullable=False),
    Column("changed", Flag, nullable=False),
    Index("human_review_by_ruleset", "ruleset", "day"),
    reuse=False,
)

suspension_decision = table(
    "suspension_decision",  # what a person answered to a proposal to suspend the rules
    Column("id", Integer, primary_key=True),
    Column("ruleset", Integer, ForeignKey("ruleset.id"), nullable=False),
    Column(
        "ground", Text, CheckConstraint("ground IN ('reversals', 'discrimination')"), nullable=False
    ),
    Column("verdict", Text, CheckConstraint("verdict IN ('keep', 'suspend')"), nullable=False),
    Column("reason", Text, CheckConstraint("length(reason) >= 20"), nullable=False),
    Column("upto", Integer, nullable=False),  # the newest entry that the decision knew
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("suspension_decision_by_ruleset", "ruleset"),
    reuse=False,
)

month_count = table(
    "month_count",  # people by answer on one day of the month; no count below the smallest
    Column("month", IsoDate, primary_key=True),
    Column("document", Text, nullable=False),
    rowid=False,
)

TRIGGERS = (
    """CREATE TRIGGER risk_measure_keeps_place BEFORE UPDATE OF id, building, topic, made_by,
         made_on ON risk_measure
       BEGIN SELECT RAISE(ABORT, 'a measure keeps its place and its beginning'); END""",
    """CREATE TRIGGER risk_measure_stays BEFORE DELETE ON risk_measure
       BEGIN SELECT RAISE(ABORT, 'a measure stays on record'); END""",
    """CREATE TRIGGER complaint_finding_stands BEFORE UPDATE ON complaint_finding
       BEGIN SELECT RAISE(ABORT, 'a finding never changes'); END""",
    """CREATE TRIGGER complaint_finding_stays BEFORE DELETE ON complaint_finding
       WHEN EXISTS (SELECT 1 FROM rights_request WHERE id = OLD.request)
       BEGIN SELECT RAISE(ABORT, 'a finding stays with its complaint'); END""",
    """CREATE TRIGGER human_review_stands BEFORE UPDATE ON human_review
       BEGIN SELECT RAISE(ABORT, 'a review never changes'); END""",
    """CREATE TRIGGER human_review_stays BEFORE DELETE ON human_review
       BEGIN SELECT RAISE(ABORT, 'a review stays on record'); END""",
    """CREATE TRIGGER suspension_decision_stands BEFORE UPDATE ON suspension_decision
       BEGIN SELECT RAISE(ABORT, 'a decision never changes'); END""",
    """CREATE TRIGGER suspension_decision_stays BEFORE DELETE ON suspension_decision
       BEGIN SELECT RAISE(ABORT, 'a decision stays on record'); END""",
    """CREATE TRIGGER month_count_stands BEFORE UPDATE ON month_count
       BEGIN SELECT RAISE(ABORT, 'the counts of a month never change'); END""",
)
