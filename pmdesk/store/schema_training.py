"""The tables of staff training: tests taken, courses of the office, and when material came."""

from sqlalchemy import Column, ForeignKey

from pmdesk.store.columns import Flag, Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table
from pmdesk.store.schema_acts import SWEPT

training_attempt = table(
    "training_attempt",
    Column("uid", Text, ForeignKey("staff.uid"), primary_key=True),
    Column("course", Text, primary_key=True),
    Column("number", Integer, primary_key=True),  # of the tests of this person in this course
    Column("version", Text, nullable=False),
    Column("day", IsoDate, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("wrong", Text, nullable=False),  # JSON: ids of the questions
    Column("passed", Flag, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("trainer", Text, nullable=False),
    rowid=False,
)

training_course = table(
    "training_course",  # those the office wrote itself, each version as it was read
    Column("code", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    rowid=False,
)

training_material = table(
    "training_material",  # since when a major version is to be learnt here
    Column("course", Text, primary_key=True),
    Column("major", Integer, primary_key=True),
    Column("since", IsoDate, nullable=False),
    rowid=False,
)

TRIGGERS = (
    """CREATE TRIGGER training_attempt_stands BEFORE UPDATE ON training_attempt
       BEGIN SELECT RAISE(ABORT, 'training records never change'); END""",
    """CREATE TRIGGER training_attempt_is_new BEFORE INSERT ON training_attempt
       WHEN EXISTS (SELECT 1 FROM training_attempt
                    WHERE uid = NEW.uid AND course = NEW.course AND number = NEW.number)
       BEGIN SELECT RAISE(ABORT, 'training records never change'); END""",
    f"""CREATE TRIGGER training_attempt_stays BEFORE DELETE ON training_attempt
       WHEN OLD.day > date({SWEPT}, '-3 years')
       BEGIN SELECT RAISE(ABORT, 'training records are kept for three years'); END""",
    """CREATE TRIGGER training_course_stands BEFORE UPDATE ON training_course
       BEGIN SELECT RAISE(ABORT, 'versions of a course never change'); END""",
    """CREATE TRIGGER training_course_is_new BEFORE INSERT ON training_course
       WHEN EXISTS (SELECT 1 FROM training_course WHERE code = NEW.code AND version = NEW.version)
       BEGIN SELECT RAISE(ABORT, 'versions of a course never change'); END""",
    """CREATE TRIGGER training_course_stays BEFORE DELETE ON training_course
       WHEN EXISTS (SELECT 1 FROM training_attempt
                    WHERE course = OLD.code AND version = OLD.version)
       BEGIN SELECT RAISE(ABORT, 'material stays with the records of who learnt it'); END""",
)
