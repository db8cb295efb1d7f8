"""The tables of the purposes' editor: plans, what changed, and who was told of it."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index

from pmdesk.store.columns import Flag, Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table
from pmdesk.store.schema_acts import SWEPT

purpose_proposal = table(
    "purpose_proposal",
    Column("id", Integer, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("decided_at", UtcTime),
    Column("words", Text, nullable=False, server_default=""),
    Column("version", Text, nullable=False, server_default=""),
    # four eyes: nobody puts a plan of his own into force
    CheckConstraint("decided_by = '' OR decided_by <> author", name="plan_four_eyes"),
    CheckConstraint("status IN ('draft', 'submitted', 'rejected', 'published')"),
    Index("purpose_proposal_by_purpose", "purpose", "id"),
    reuse=False,
)

notice_change = table(
    "notice_change",
    Column("id", Integer, primary_key=True),
    Column("purpose", Text, nullable=False),  # empty: the block that every notice holds
    Column("version", Text, nullable=False),
    Column("asks_again", Flag, nullable=False),
    Column("document", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_on", IsoDate, nullable=False),
    Column("by", Text, nullable=False),
    reuse=False,
)

notice_delivery = table(
    "notice_delivery",
    Column("change", Integer, ForeignKey("notice_change.id"), primary_key=True),
    # no cascade: that somebody was told is kept for three years, and the person under P1
    Column("person", Integer, primary_key=True),
    Column("told_on", IsoDate),
    Column("way", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False, server_default=""),
    CheckConstraint("way IN ('', 'person', 'board')"),
    Index("notice_delivery_open", "change", "person", sqlite_where=Column("told_on").is_(None)),
    rowid=False,
)

TRIGGERS = (
    """CREATE TRIGGER notice_stays BEFORE DELETE ON notice
       BEGIN SELECT RAISE(ABORT, 'notice versions are kept'); END""",
    """CREATE TRIGGER purpose_proposal_stands
       BEFORE UPDATE OF purpose, document, base, author, created_at ON purpose_proposal
       WHEN OLD.status <> 'draft'
       BEGIN SELECT RAISE(ABORT, 'only a draft may be edited'); END""",
    """CREATE TRIGGER purpose_proposal_ends BEFORE UPDATE ON purpose_proposal
       WHEN OLD.status = 'published'
       BEGIN SELECT RAISE(ABORT, 'what is in force never changes'); END""",
    """CREATE TRIGGER purpose_proposal_is_new BEFORE INSERT ON purpose_proposal
       WHEN EXISTS (SELECT 1 FROM purpose_proposal WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'what is in force never changes'); END""",
    """CREATE TRIGGER purpose_proposal_stays BEFORE DELETE ON purpose_proposal
       WHEN OLD.status NOT IN ('draft', 'rejected')
       BEGIN SELECT RAISE(ABORT, 'what was submitted is kept'); END""",
    """CREATE TRIGGER notice_change_stands BEFORE UPDATE ON notice_change
       BEGIN SELECT RAISE(ABORT, 'change notices never change'); END""",
    """CREATE TRIGGER notice_change_is_new BEFORE INSERT ON notice_change
       WHEN EXISTS (SELECT 1 FROM notice_change WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'change notices never change'); END""",
    f"""CREATE TRIGGER notice_change_stays BEFORE DELETE ON notice_change
       WHEN date(OLD.made_on, '+3 years') >= {SWEPT}
       BEGIN SELECT RAISE(ABORT, 'change notices are kept for three years'); END""",
    """CREATE TRIGGER notice_delivery_stands BEFORE UPDATE ON notice_delivery
       WHEN OLD.told_on IS NOT NULL OR NEW.person <> OLD.person OR NEW.change <> OLD.change
       BEGIN SELECT RAISE(ABORT, 'that somebody was told never changes'); END""",
    f"""CREATE TRIGGER notice_delivery_stays BEFORE DELETE ON notice_delivery
       WHEN date(OLD.told_on, '+3 years') >= {SWEPT}
       BEGIN SELECT RAISE(ABORT, 'who was told is kept for three years'); END""",
)
