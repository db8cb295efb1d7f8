"""The tables of an office; consent is the gate that answers and results hang on."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

from pmdesk.store.columns import Flag, Integer, IsoDate, LargeBinary, Text, UtcTime

metadata = MetaData()


def table(name: str, *parts: SchemaItem, rowid: bool = True, reuse: bool = True) -> Table:
    """A STRICT table; without `reuse` no number is ever given twice."""
    return Table(
        name,
        metadata,
        *parts,
        sqlite_strict=True,
        sqlite_with_rowid=rowid,
        sqlite_autoincrement=not reuse,
    )


def in_body(part: str) -> str:
    """That part of an entry of the log as SQL, spelled as its index is; none where torn."""
    body = "CAST(body AS TEXT)"
    return f"CASE WHEN json_valid({body}) THEN json_extract({body}, '$.{part}') END"


office = table(
    "office",
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("document", Text, nullable=False),
)

staff = table(
    "staff",
    Column("uid", Text, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("enabled", Flag, nullable=False),
    Column("since", IsoDate),  # the day of enrolment; unknown in offices of the first schema
)

# ---- premises and people: P1, the service contract ------------------------------------------

building = table(
    "building",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("position", Text, nullable=False),  # natural sort key: 2 before 10
)

unit = table(
    "unit",
    Column("id", Integer, primary_key=True),
    Column("building", Integer, ForeignKey("building.id"), nullable=False),
    Column("entrance", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("position", Text, nullable=False),  # natural sort key of entrance and room
    UniqueConstraint("building", "entrance", "room"),
)

person = table(
    "person",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("mobile", Text, nullable=False),
    Column("sound", Text, nullable=False),  # pinyin of the name, to sort by
    Column("place", Text, nullable=False),  # natural sort key of the first unit
    Column("revision", Integer, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("updated_by", Text, nullable=False),
    Column("shielded", Flag, nullable=False, server_default="0"),  # no list says where
    Index("person_by_place", "place"),
    Index("person_by_sound", "sound"),
    Index("person_by_update", "updated_at"),
    Index("person_by_mobile", "mobile"),
    reuse=False,  # evidence outlives a person: it must never meet another of the same id
)

occupancy = table(
    "occupancy",
    Column("person", Integer, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("unit", Integer, ForeignKey("unit.id"), primary_key=True),
    Column("role", Text, nullable=False),
    Column("since", IsoDate),
    Column("until", IsoDate),
    Column("rank", Integer, nullable=False),  # 0: the unit that lists show
    CheckConstraint("role IN ('owner', 'tenant', 'occupant')"),
    Index("occupancy_by_unit", "unit"),
    rowid=False,
)

# ---- catalogue and notices ------------------------------------------------------------------

catalogue = table(
    "catalogue",
    Column("version", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("installed_at", UtcTime, nullable=False),
)

purpose = table(
    "purpose",
    Column("code", Text, primary_key=True),
)

notice = table(
    "notice",
    Column("purpose", Text, ForeignKey("purpose.code"), primary_key=True),
    Column("version", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("fields", Text, nullable=False),  # JSON list of field keys
    Column("live_from", UtcTime, nullable=False),
)

# ---- consent: the gate ----------------------------------------------------------------------

consent_event = table(
    "consent_event",
    Column("id", Integer, primary_key=True),
    # no cascade: evidence outlives the values (R-CONS), and the person under P1
    Column("person", Integer, nullable=False),
    Column("purpose", Text, ForeignKey("purpose.code"), nullable=False),
    Column("decision", Text, nullable=False),
    Column("notice_version", Text, nullable=False),
    Column("notice_language", Text, nullable=False),
    Column("notice_digest", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("paper_ref", Text, nullable=False),
    Column("witness", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("adult_confirmed", Flag, nullable=False),
    Column("signature", LargeBinary),
    Column("strokes", Text),
    Column("receipt", Text, nullable=False, unique=True),
    Column("valid_until", IsoDate),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("item", Integer),  # of a consent for single items: its place on the sheet
    Column("representative", Text, nullable=False, server_default=""),
    Column("relation", Text, nullable=False, server_default=""),
    Column("authority", Text, nullable=False, server_default=""),  # the document that was seen
    Column("own_initiative", Flag, nullable=False, server_default="0"),
    Column("shown_at", UtcTime),  # when the notice was in front of the person
    UniqueConstraint("id", "person", "purpose"),
    ForeignKeyConstraint(
        ["purpose", "notice_version", "notice_language"],
        ["notice.purpose", "notice.version", "notice.language"],
    ),
    Index("consent_event_by_person", "person", "purpose"),
    Index("consent_event_by_at", "at"),
)

consent = table(
    "consent",
    Column("person", Integer, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("event", Integer, nullable=False),
    Column("notice_version", Text, nullable=False),
    Column("given_on", IsoDate, nullable=False),
    Column("valid_until", IsoDate),
    # the live row points to the event that gave it, of the same person and purpose
    ForeignKeyConstraint(
        ["event", "person", "purpose"],
        ["consent_event.id", "consent_event.person", "consent_event.purpose"],
    ),
    # in the order of people, so that deciding about everyone reads and writes side by side
    Index("consent_by_purpose", "purpose", "person", "notice_version", "valid_until"),
    rowid=False,
)

sealed_value = table(
    "sealed_value",
    Column("person", Integer, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("field", Text, primary_key=True),
    Column("blob", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["person", "purpose"], ["consent.person", "consent.purpose"], ondelete="CASCADE"
    ),
    rowid=False,
)

# ---- rules and results ----------------------------------------------------------------------

ruleset = table(
    "ruleset",
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False, unique=True),
    Column("status", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("decided_at", UtcTime),
    Column("words", Text, nullable=False, server_default=""),
    Column("activated_at", UtcTime),
    Column("examples", Text, nullable=False, server_default="[]"),
    Column("active_from", IsoDate),
    Column("scheduled_by", Text, nullable=False, server_default=""),
    Column("restored_from", Integer),
    Column("submitted_at", UtcTime),
    # four eyes: nobody decides on a draft of his own
    CheckConstraint("decided_by = '' OR decided_by <> author", name="four_eyes"),
    Index("one_active_ruleset", "status", unique=True, sqlite_where=text("status = 'active'")),
)

classification = table(
    "classification",
    Column("person", Integer, primary_key=True),
    Column("purpose", Text, CheckConstraint("purpose = 'P2'"), nullable=False, server_default="P2"),
    Column("ruleset", Integer, ForeignKey("ruleset.id"), nullable=False),
    Column("rule", Integer, nullable=False),  # position in the document; -1: none fits
    Column("tier", Integer, nullable=False),  # rank, 0 = the floor
    Column("tags", Integer, nullable=False),  # bits by the document's order of tags
    Column("decided_on", IsoDate, nullable=False),
    Column("objected", Flag, nullable=False, server_default="0"),
    Column("since", IsoDate),  # this tier by this rule; none: since `decided_on`
    Column("cause", Integer, nullable=False, server_default="0"),  # a `Cause`
    Column("step", Integer, nullable=False, server_default="0"),  # counts up with each other result
    ForeignKeyConstraint(
        ["person", "purpose"], ["consent.person", "consent.purpose"], ondelete="CASCADE"
    ),
    Index("classification_by_tier", "tier"),
)

# ---- the program's own records --------------------------------------------------------------

draft = table(
    "draft",
    Column("uid", Text, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    rowid=False,
)

audit = table(
    "audit",
    Column("seq", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # canonical JSON, the exact bytes that are signed
    Column("hash", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    Column("target", Text, nullable=False),  # copy of the body's, to look up by
    Index("audit_by_target", "target"),
    Index("audit_by_action", text(in_body("action"))),
    Index("audit_by_user", text(in_body("user"))),
)

audit_salt = table(
    "audit_salt",  # what opens an entry's commitment; erased on request, the chain stays valid
    Column("seq", Integer, ForeignKey("audit.seq"), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("row", Text, nullable=False),
)

signer = table(
    "signer",
    Column("uid", Text, primary_key=True),
    Column("key", LargeBinary, primary_key=True),  # Ed25519 public key; old ones stay
    Column("certificate", Text, nullable=False),
)

# Append-only and immutable records, and a full-text index, are beyond SQLAlchemy's words.
TRIGGERS = (
    """CREATE TRIGGER consent_event_stands BEFORE UPDATE ON consent_event
       BEGIN SELECT RAISE(ABORT, 'consent events are append-only'); END""",
    # REPLACE would be a change in disguise: it deletes without asking the other triggers
    """CREATE TRIGGER consent_event_is_new BEFORE INSERT ON consent_event
       WHEN EXISTS (SELECT 1 FROM consent_event WHERE id = NEW.id OR receipt = NEW.receipt)
       BEGIN SELECT RAISE(ABORT, 'consent events are append-only'); END""",
    """CREATE TRIGGER consent_follows_event BEFORE INSERT ON consent
       WHEN (SELECT decision FROM consent_event WHERE id = NEW.event) IS NOT 'given'
       BEGIN SELECT RAISE(ABORT, 'a live consent needs an event that gave it'); END""",
    """CREATE TRIGGER consent_keeps_event BEFORE UPDATE ON consent
       WHEN (SELECT decision FROM consent_event WHERE id = NEW.event) IS NOT 'given'
       BEGIN SELECT RAISE(ABORT, 'a live consent needs an event that gave it'); END""",
    """CREATE TRIGGER notice_stands BEFORE UPDATE ON notice
       BEGIN SELECT RAISE(ABORT, 'notice versions never change'); END""",
    """CREATE TRIGGER notice_is_new BEFORE INSERT ON notice
       WHEN EXISTS (SELECT 1 FROM notice WHERE purpose = NEW.purpose AND version = NEW.version
                    AND language = NEW.language)
       BEGIN SELECT RAISE(ABORT, 'notice versions never change'); END""",
    """CREATE TRIGGER ruleset_is_new BEFORE INSERT ON ruleset
       WHEN EXISTS (SELECT 1 FROM ruleset WHERE id = NEW.id OR version = NEW.version
                    OR (status = 'active' AND NEW.status = 'active'))
       BEGIN SELECT RAISE(ABORT, 'rule-set versions never change'); END""",
    """CREATE TRIGGER ruleset_document_stands BEFORE UPDATE
       OF document, digest, author, version, examples ON ruleset WHEN OLD.status <> 'draft'
       BEGIN SELECT RAISE(ABORT, 'only a draft may be edited'); END""",
    """CREATE TRIGGER ruleset_version_stays BEFORE DELETE ON ruleset WHEN OLD.status <> 'draft'
       BEGIN SELECT RAISE(ABORT, 'only a draft may be deleted'); END""",
    """CREATE TRIGGER audit_is_new BEFORE INSERT ON audit
       WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_stands BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    """CREATE TRIGGER audit_stays BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
)

SEARCH_INDEX = """
CREATE VIRTUAL TABLE person_search USING fts5(
  name, initials, syllables, room, phone,
  content='', contentless_delete=1, detail=full, prefix='1 2 3', tokenize="unicode61")
"""
