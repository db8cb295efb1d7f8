"""The tables of refused data: own words, what was collected by mistake, and switched fields."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, text

from pmdesk.store.columns import Integer, IsoDate, LargeBinary, Text, UtcTime
from pmdesk.store.schema import table

refused_word = table(
    "refused_word",
    Column("id", Integer, primary_key=True),
    Column("word", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("removal_by", Text, nullable=False, server_default=""),
    Column("removal_reason", Text, nullable=False, server_default=""),
    Column("proposed_at", UtcTime),
    Column("removed_by", Text, nullable=False, server_default=""),
    Column("removed_at", UtcTime),
    # the list only grows: to take a word away, a second person has to agree (PIPL 32)
    CheckConstraint(
        "removed_by = '' OR (removal_by <> '' AND removal_by <> removed_by AND"
        " removal_reason <> '')",
        name="four_eyes",
    ),
    Index("one_refused_word", "word", unique=True, sqlite_where=text("removed_at IS NULL")),
)

quarantine = table(
    "quarantine",
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("purpose", Text, nullable=False),  # empty: the whole person
    Column("field", Text, nullable=False),
    Column(
        "reason",
        Text,
        CheckConstraint(
            "reason IN ('minor', 'refused', 'other_person', 'not_needed', 'no_consent')"
        ),
        nullable=False,
    ),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("until", IsoDate, nullable=False),
    Column("blob", LargeBinary, nullable=False),  # sealed: who put it there cannot read it
    Column("note", Integer),  # which of the person's notes it was
    Index("quarantine_by_person", "person"),
    Index("quarantine_by_until", "until"),
    reuse=False,
)

field_switch = table(
    "field_switch",
    Column("id", Integer, primary_key=True),
    Column("field", Text, nullable=False),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('proposed', 'on', 'refused', 'off')"),
        nullable=False,
    ),
    Column("necessity", Text, CheckConstraint("length(necessity) >= 15"), nullable=False),
    Column("alternatives", Text, CheckConstraint("length(alternatives) >= 15"), nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", UtcTime, nullable=False),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("decided_at", UtcTime),
    Column("words", Text, nullable=False, server_default=""),
    Column("ended_by", Text, nullable=False, server_default=""),
    Column("ended_at", UtcTime),
    CheckConstraint("decided_by <> proposed_by", name="four_eyes"),
    CheckConstraint("state = 'proposed' OR decided_by <> ''", name="decided"),
    Index(
        "one_open_switch", "field", unique=True, sqlite_where=text("state IN ('proposed', 'on')")
    ),
)

TRIGGERS = (
    """CREATE TRIGGER refused_word_stands BEFORE UPDATE OF word, why, added_by, added_at
       ON refused_word
       BEGIN SELECT RAISE(ABORT, 'refused words never change'); END""",
    """CREATE TRIGGER refused_word_is_new BEFORE INSERT ON refused_word
       WHEN EXISTS (SELECT 1 FROM refused_word WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'refused words never change'); END""",
    """CREATE TRIGGER refused_word_stays BEFORE DELETE ON refused_word
       BEGIN SELECT RAISE(ABORT, 'refused words are removed by two people'); END""",
    """CREATE TRIGGER quarantine_stands BEFORE UPDATE ON quarantine
       BEGIN SELECT RAISE(ABORT, 'quarantine is erased or put back, never changed'); END""",
    """CREATE TRIGGER field_switch_stands BEFORE UPDATE OF field, necessity, alternatives,
       proposed_by, proposed_at ON field_switch
       BEGIN SELECT RAISE(ABORT, 'a proposal never changes'); END""",
    """CREATE TRIGGER field_switch_stays BEFORE DELETE ON field_switch
       BEGIN SELECT RAISE(ABORT, 'a proposal stays on record'); END""",
)
