"""The tables of compliance records: nothing in them changes, and nothing goes before its time."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index

from pmdesk.store.columns import Flag, Integer, Text, UtcTime
from pmdesk.store.schema import table

_STATES = "('draft', 'submitted', 'approved', 'rejected', 'closed')"

record = table(
    "record",
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("second_person", Flag, nullable=False),
    Column("keeps_months", Integer, CheckConstraint("keeps_months >= 36"), nullable=False),
    Column("status", Text, CheckConstraint(f"status IN {_STATES}"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index("record_by_subject", "kind", "subject"),
    Index("record_by_serial", "kind", "year", "serial", unique=True),
    reuse=False,
)

record_version = table(
    "record_version",
    Column("record", Integer, ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    rowid=False,
)

record_decision = table(
    "record_decision",
    Column("id", Integer, primary_key=True),
    Column("record", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", Text, CheckConstraint(f"step IN {_STATES}"), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("words", Text, nullable=False),
    Column("alone", Flag, nullable=False),
    ForeignKeyConstraint(
        ["record", "version"],
        ["record_version.record", "record_version.number"],
        ondelete="CASCADE",
    ),
    Index("record_decision_by_record", "record"),
)

# Written text of a moment sorts like time itself; julianday reads it for differences.
_LAST = """(SELECT max(at) FROM (SELECT at FROM record_version WHERE record = OLD.id
           UNION ALL SELECT at FROM record_decision WHERE record = OLD.id))"""
_COOLED = """julianday(NEW.at) - julianday((SELECT max(at) FROM record_decision WHERE
           record = NEW.record AND version = NEW.version AND step = 'submitted')) > 0.99999"""

TRIGGERS = (
    """CREATE TRIGGER record_is_new BEFORE INSERT ON record
       WHEN NEW.status <> 'draft' OR NEW.version <> 1
            OR EXISTS (SELECT 1 FROM record WHERE id = NEW.id OR number = NEW.number)
       BEGIN SELECT RAISE(ABORT, 'a record begins as a draft of its own'); END""",
    """CREATE TRIGGER record_identity_stands BEFORE UPDATE OF id, kind, year, serial, number,
       subject, second_person, keeps_months, created_at ON record
       BEGIN SELECT RAISE(ABORT, 'what a record is never changes'); END""",
    """CREATE TRIGGER record_follows_decisions BEFORE UPDATE OF status, version ON record
       WHEN NEW.status <> 'draft' AND NEW.status IS NOT (SELECT step FROM record_decision
            WHERE record = NEW.id AND version = NEW.version ORDER BY id DESC LIMIT 1)
       BEGIN SELECT RAISE(ABORT, 'a record stands where its last decision left it'); END""",
    f"""CREATE TRIGGER record_stays_its_time BEFORE DELETE ON record
       WHEN OLD.status NOT IN ('closed', 'rejected') OR coalesce(
            (SELECT max(day) FROM sweep) < date({_LAST}, '+' || OLD.keeps_months || ' months'), 1)
       BEGIN SELECT RAISE(ABORT, 'a record is kept for its minimum period'); END""",
    """CREATE TRIGGER record_version_stands BEFORE UPDATE ON record_version
       BEGIN SELECT RAISE(ABORT, 'record versions never change'); END""",
    """CREATE TRIGGER record_version_is_new BEFORE INSERT ON record_version
       WHEN EXISTS (SELECT 1 FROM record_version
                    WHERE record = NEW.record AND number = NEW.number)
       BEGIN SELECT RAISE(ABORT, 'record versions never change'); END""",
    """CREATE TRIGGER record_version_stays BEFORE DELETE ON record_version
       WHEN EXISTS (SELECT 1 FROM record WHERE id = OLD.record)
       BEGIN SELECT RAISE(ABORT, 'record versions stay with their record'); END""",
    """CREATE TRIGGER record_decision_stands BEFORE UPDATE ON record_decision
       BEGIN SELECT RAISE(ABORT, 'decisions never change'); END""",
    """CREATE TRIGGER record_decision_stays BEFORE DELETE ON record_decision
       WHEN EXISTS (SELECT 1 FROM record WHERE id = OLD.record)
       BEGIN SELECT RAISE(ABORT, 'decisions stay with their record'); END""",
    """CREATE TRIGGER record_decision_is_new BEFORE INSERT ON record_decision
       WHEN EXISTS (SELECT 1 FROM record_decision WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'decisions never change'); END""",
    f"""CREATE TRIGGER record_has_four_eyes BEFORE INSERT ON record_decision
       WHEN NEW.step IN ('approved', 'rejected')
            AND (SELECT second_person FROM record WHERE id = NEW.record) = 1
            AND (SELECT author FROM record_version
                 WHERE record = NEW.record AND number = NEW.version) = NEW.by
            AND NOT (NEW.alone = 1 AND (SELECT count(*) FROM staff WHERE enabled = 1) = 1
                     AND coalesce({_COOLED}, 0))
       BEGIN SELECT RAISE(ABORT, 'nobody decides on a record of his own'); END""",
)
