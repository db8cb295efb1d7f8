"""The tables of the legality review: answers and signatures that never change, kept three years."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index

from pmdesk.store.columns import Flag, Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table

review_answer = table(
    "review_answer",
    Column("id", Integer, primary_key=True),
    Column("ruleset", Integer, ForeignKey("ruleset.id"), nullable=False),
    Column("digest", Text, nullable=False),  # of the document that was reviewed
    Column("item", Text, nullable=False),
    Column(
        "verdict",
        Text,
        CheckConstraint("verdict IN ('pass', 'condition', 'fail')"),
        nullable=False,
    ),
    Column("reason", Text, CheckConstraint("length(reason) >= 20"), nullable=False),
    Column("condition", Text, nullable=False),
    Column("rules", Text, nullable=False),  # JSON: the rows it is about; none: all
    Column("notes", Text, nullable=False),  # JSON: a note for each group of people
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("verdict <> 'condition' OR condition <> ''"),
    Index("review_answer_by_ruleset", "ruleset"),
    reuse=False,
)

review_signature = table(
    "review_signature",
    Column("id", Integer, primary_key=True),
    Column("ruleset", Integer, ForeignKey("ruleset.id"), nullable=False),
    Column("digest", Text, nullable=False),
    Column("signer", Text, nullable=False),
    Column("alone", Flag, nullable=False),  # 单人办公室
    Column("note", Text, nullable=False),
    Column("signed_at", UtcTime, nullable=False),
    Column("next_review", IsoDate, nullable=False),
    CheckConstraint("next_review > substr(signed_at, 1, 10)"),
    Index("review_signature_by_ruleset", "ruleset"),
    reuse=False,
)

_APPROVERS = """(SELECT count(*) FROM staff
            WHERE enabled = 1 AND role IN ('manager', 'reviewer', 'admin'))"""
_AUTHOR = "(SELECT author FROM ruleset WHERE id = NEW.ruleset)"
_ABOUT = """NOT EXISTS (SELECT 1 FROM ruleset WHERE id = NEW.ruleset AND digest = NEW.digest
            AND status IN ('submitted', 'approved', 'active'))"""
_COOLED = """coalesce(julianday(NEW.signed_at) - julianday(
            (SELECT submitted_at FROM ruleset WHERE id = NEW.ruleset)) > 0.99999, 0)"""
_STAYS = "coalesce((SELECT max(day) FROM sweep) < date({at}, '+36 months'), 1)"

TRIGGERS = (
    f"""CREATE TRIGGER review_answer_is_about BEFORE INSERT ON review_answer
       WHEN {_ABOUT} OR EXISTS (SELECT 1 FROM review_answer WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'an answer is about a version that stands'); END""",
    f"""CREATE TRIGGER review_answer_has_four_eyes BEFORE INSERT ON review_answer
       WHEN NEW.by = {_AUTHOR} AND {_APPROVERS} <> 1
       BEGIN SELECT RAISE(ABORT, 'nobody reviews rules of his own'); END""",
    """CREATE TRIGGER review_answer_stands BEFORE UPDATE ON review_answer
       BEGIN SELECT RAISE(ABORT, 'answers of a review never change'); END""",
    f"""CREATE TRIGGER review_answer_stays BEFORE DELETE ON review_answer
       WHEN {_STAYS.format(at="OLD.at")}
       BEGIN SELECT RAISE(ABORT, 'a review is kept for three years'); END""",
    f"""CREATE TRIGGER review_signature_is_about BEFORE INSERT ON review_signature
       WHEN {_ABOUT} OR EXISTS (SELECT 1 FROM review_signature WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'a signature is about a version that stands'); END""",
    f"""CREATE TRIGGER review_signature_has_four_eyes BEFORE INSERT ON review_signature
       WHEN NEW.signer = {_AUTHOR} AND NOT (NEW.alone = 1 AND {_APPROVERS} = 1 AND {_COOLED})
       BEGIN SELECT RAISE(ABORT, 'nobody signs a review of rules of his own'); END""",
    """CREATE TRIGGER review_signature_stands BEFORE UPDATE ON review_signature
       BEGIN SELECT RAISE(ABORT, 'signatures never change'); END""",
    f"""CREATE TRIGGER review_signature_stays BEFORE DELETE ON review_signature
       WHEN {_STAYS.format(at="OLD.signed_at")}
       BEGIN SELECT RAISE(ABORT, 'a review is kept for three years'); END""",
    # the four eyes of a version may be left out only where its author is the only one
    """CREATE TRIGGER ruleset_is_decided BEFORE UPDATE OF status ON ruleset
       WHEN NEW.status = 'approved' AND NEW.decided_by = '' AND NOT EXISTS (
            SELECT 1 FROM review_signature
            WHERE ruleset = NEW.id AND digest = NEW.digest AND alone = 1)
       BEGIN SELECT RAISE(ABORT, 'somebody stands for an approved version'); END""",
)
