"""The tables of what acts do to the data: blocked, archived, erased, recalled and swept."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index

from pmdesk.store.columns import Flag, Integer, IsoDate, LargeBinary, Text, UtcTime
from pmdesk.store.schema import table

# ---- the sweep: up to which day the office has erased what was due --------------------------

sweep = table(
    "sweep",
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("day", IsoDate, nullable=False),
    Column("at", UtcTime, nullable=False),
)

sweep_report = table(
    "sweep_report",
    Column("id", Integer, primary_key=True),
    Column("day_from", IsoDate, nullable=False),
    Column("day_to", IsoDate, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("document", Text, nullable=False),  # JSON: how many went, by kind
)

# ---- use of values: held back, restricted, disputed, decided by people ----------------------

held = table(
    "held",  # values of a consent that went stale or ran out, sealed until they go
    Column("person", Integer, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("purpose", Text, ForeignKey("purpose.code"), primary_key=True),
    Column("decision", Text, CheckConstraint("decision IN ('stale', 'expired')"), nullable=False),
    Column("blob", LargeBinary, nullable=False),
    Column("until", IsoDate, nullable=False),
    Index("held_by_until", "until"),
    rowid=False,
)

restriction = table(
    "restriction",  # the person wants the purpose frozen: kept, not used (PIPL 44)
    Column("person", Integer, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("purpose", Text, ForeignKey("purpose.code"), primary_key=True),
    Column("since", IsoDate, nullable=False),
    Column("request", Integer),
    Index("restriction_by_purpose", "purpose", "person"),
    rowid=False,
)

dispute = table(
    "dispute",  # the person says the value is wrong (PIPL 46)
    Column("person", Integer, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("purpose", Text, ForeignKey("purpose.code"), nullable=False),
    Column("since", IsoDate, nullable=False),
    Column("request", Integer),
    Column("settled_on", IsoDate),  # kept as it was, with the person's statement beside it
    Column("statement", LargeBinary),  # sealed
    CheckConstraint("(settled_on IS NULL) = (statement IS NULL)"),
    Index("dispute_by_field", "field", "person"),
    rowid=False,
)

human_route = table(
    "human_route",  # the person objects to the engine: people decide (PIPL 24(3))
    Column("person", Integer, primary_key=True),
    Column("purpose", Text, CheckConstraint("purpose = 'P2'"), nullable=False, server_default="P2"),
    Column("since", IsoDate, nullable=False),
    Column("request", Integer),
    Column("tier", Text),  # none: not decided yet, served as standard
    Column("tags", Text, nullable=False, server_default="[]"),  # JSON list of codes
    Column("reason", Text, nullable=False, server_default=""),
    Column("by", Text, nullable=False, server_default=""),
    Column("decided_at", UtcTime),
    CheckConstraint("tier IS NULL OR (by <> '' AND length(reason) >= 10)", name="named_person"),
    ForeignKeyConstraint(
        ["person", "purpose"], ["consent.person", "consent.purpose"], ondelete="CASCADE"
    ),
)

tag_block = table(
    "tag_block",  # a tag that the person had deleted, until there are new answers
    Column("person", Integer, primary_key=True),
    Column("purpose", Text, CheckConstraint("purpose = 'P2'"), nullable=False, server_default="P2"),
    Column("tag", Text, primary_key=True),
    Column("since", IsoDate, nullable=False),
    ForeignKeyConstraint(
        ["person", "purpose"], ["consent.person", "consent.purpose"], ondelete="CASCADE"
    ),
    rowid=False,
)

# ---- what is left after people and values went ----------------------------------------------

archive = table(
    "archive",
    Column("person", Integer, primary_key=True, autoincrement=False),  # who is in no register now
    Column("reason", Text, nullable=False),
    Column("archived_on", IsoDate, nullable=False),
    Column("keep_until", IsoDate, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    Index("archive_by_keep_until", "keep_until"),
)

erasure = table(
    "erasure",  # the journal: ids only, replayed over a restored older file
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("person", Integer, nullable=False),
    Column("purpose", Text, nullable=False),  # empty: everything of the person
    Column("field", Text, nullable=False),  # empty: everything of the purpose
    Column("reason", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("keep_until", IsoDate),  # of what was blocked instead
    Column("certificate", Text, nullable=False),
    Index("erasure_by_certificate", "certificate"),
    Index("erasure_by_person", "person"),
)

export_list = table(
    "export_list",
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("masked", Flag, nullable=False),
    Column("recalled_since", UtcTime),  # somebody on it withdrew: to be fetched back
    Column("recalled_at", UtcTime),
    Column("recalled_by", Text),
    Column("purpose", Text),  # unknown of lists of the first versions
    Column("receiver", Text),  # class of the recipient
    Index("export_list_by_at", "at"),
)

export_person = table(
    "export_person",
    Column("person", Integer, primary_key=True),
    Column("export", Integer, ForeignKey("export_list.id"), primary_key=True),
    # whether the list told something economic of the person
    Column("economic", Flag, nullable=False, server_default="0"),
    Index("export_person_by_export", "export"),
    rowid=False,
)

service_note = table(
    "service_note",
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, CheckConstraint("length(text) BETWEEN 1 AND 100"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Index("service_note_by_person", "person"),
    Index("service_note_by_at", "at"),
)

optout = table(
    "optout",  # who wants no offers; the number cannot be read from the mark
    Column("mark", LargeBinary, primary_key=True),
    Column("since", IsoDate, nullable=False),
    Column("until", IsoDate, nullable=False),
    Index("optout_by_until", "until"),
    rowid=False,
)

SWEPT = "coalesce((SELECT day FROM sweep), '0001-01-01')"  # the only clock of a trigger

TRIGGERS = (
    """CREATE TRIGGER sweep_goes_on BEFORE UPDATE ON sweep WHEN NEW.day < OLD.day
       BEGIN SELECT RAISE(ABORT, 'the sweep only goes on'); END""",
    """CREATE TRIGGER sweep_is_one BEFORE INSERT ON sweep WHEN EXISTS (SELECT 1 FROM sweep)
       BEGIN SELECT RAISE(ABORT, 'the sweep only goes on'); END""",
    """CREATE TRIGGER sweep_stays BEFORE DELETE ON sweep
       BEGIN SELECT RAISE(ABORT, 'the sweep only goes on'); END""",
    """CREATE TRIGGER sweep_report_stands BEFORE UPDATE ON sweep_report
       BEGIN SELECT RAISE(ABORT, 'sweep reports are append-only'); END""",
    """CREATE TRIGGER erasure_stands BEFORE UPDATE ON erasure
       BEGIN SELECT RAISE(ABORT, 'the erasure journal is append-only'); END""",
    """CREATE TRIGGER erasure_is_new BEFORE INSERT ON erasure
       WHEN EXISTS (SELECT 1 FROM erasure WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the erasure journal is append-only'); END""",
    f"""CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure
       WHEN substr(OLD.at, 1, 10) > date({SWEPT}, '-3 years')
       BEGIN SELECT RAISE(ABORT, 'the erasure journal is kept for three years'); END""",
    f"""CREATE TRIGGER export_list_stays BEFORE DELETE ON export_list
       WHEN substr(OLD.at, 1, 10) > date({SWEPT}, '-3 years')
       BEGIN SELECT RAISE(ABORT, 'lists of exports are kept for three years'); END""",
    f"""CREATE TRIGGER consent_event_stays BEFORE DELETE ON consent_event
       WHEN EXISTS (SELECT 1 FROM consent_event
                    WHERE person = OLD.person AND purpose = OLD.purpose
                    AND substr(at, 1, 10) > date({SWEPT}, '-3 years'))
       BEGIN SELECT RAISE(ABORT, 'consent evidence is kept for three years'); END""",
    # what a person refuses or takes back is not kept for a change of mind
    """CREATE TRIGGER held_goes_with_refusal AFTER INSERT ON consent_event
       WHEN NEW.decision IN ('refused', 'withdrawn')
       BEGIN DELETE FROM held WHERE person = NEW.person AND purpose = NEW.purpose; END""",
    """CREATE TRIGGER dispute_goes_with_consent AFTER DELETE ON consent
       BEGIN
         DELETE FROM dispute WHERE person = OLD.person AND purpose = OLD.purpose;
         DELETE FROM restriction WHERE person = OLD.person AND purpose = OLD.purpose;
       END""",
    # nothing is decided about who wants the purpose frozen
    """CREATE TRIGGER restriction_freezes AFTER INSERT ON restriction WHEN NEW.purpose = 'P2'
       BEGIN DELETE FROM classification WHERE person = NEW.person; END""",
)
