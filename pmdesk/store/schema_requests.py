"""Requests about rights: the cases, their timelines, and the days the office works."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index

from pmdesk.store.columns import Flag, Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table


def _words(name: str) -> Column[str]:
    """A text that is empty while there is nothing to say."""
    return Column(name, Text, nullable=False, server_default="")


rights_request = table(
    "rights_request",
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False),
    _words("inner"),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("received_by", Text, nullable=False),
    # no foreign key: the request outlives the person as proof (R-DSR), without the name
    Column("person", Integer),
    _words("who"),
    _words("unit"),
    Column("requester", Text, nullable=False),
    _words("requester_name"),
    _words("relation"),
    _words("words"),
    _words("purposes"),  # codes with commas between
    _words("field"),
    _words("target"),
    _words("identity"),
    _words("handler"),
    _words("acted_by"),
    _words("checked_by"),
    Column("warn", IsoDate, nullable=False),
    Column("due", IsoDate, nullable=False),
    Column("stop", IsoDate, nullable=False),
    _words("answer"),
    _words("answered_by"),
    _words("delivered_how"),
    _words("reason"),
    _words("reason_text"),
    Column("closed_on", IsoDate),
    # the law's own conditions hold for whoever writes into the file
    CheckConstraint("checked_by = '' OR checked_by <> acted_by", name="second_person"),
    CheckConstraint("target = '' OR handler <> target", name="nobody_judges_himself"),
    CheckConstraint(
        "state <> 'refused' OR (reason <> '' AND trim(reason_text) <> '')", name="refusal_reason"
    ),
    CheckConstraint(
        "(closed_on IS NOT NULL) = (state IN ('done', 'refused', 'withdrawn_by_person'))",
        name="closed_day",
    ),
    Index("rights_request_by_state", "closed_on", "due"),
    Index("rights_request_by_person", "person"),
    reuse=False,
)

request_step = table(
    "request_step",
    Column("id", Integer, primary_key=True),
    Column("request", Integer, ForeignKey("rights_request.id", ondelete="CASCADE"), nullable=False),
    Column("code", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    _words("note"),
    _words("digest"),
    _words("counts"),  # JSON: numbers of what went
    Index("request_step_by_request", "request"),
    reuse=False,
)

calendar_day = table(
    "calendar_day",
    Column("day", IsoDate, primary_key=True),
    Column("working", Flag, nullable=False),
    _words("note"),
)

rights_desk = table(
    "rights_desk",
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("city", Text, nullable=False),
    Column("target", Integer, CheckConstraint("target BETWEEN 1 AND 15"), nullable=False),
)

TRIGGERS = (
    """CREATE TRIGGER rights_request_is_new BEFORE INSERT ON rights_request
       WHEN EXISTS (SELECT 1 FROM rights_request WHERE id = NEW.id OR number = NEW.number)
       BEGIN SELECT RAISE(ABORT, 'requests are never replaced'); END""",
    """CREATE TRIGGER rights_request_stays BEFORE DELETE ON rights_request
       WHEN OLD.closed_on IS NULL
         OR date(OLD.closed_on, '+3 years') > coalesce((SELECT day FROM sweep), '')
       BEGIN SELECT RAISE(ABORT, 'requests are kept for three years after closing'); END""",
    """CREATE TRIGGER rights_request_closed BEFORE UPDATE OF state, reason, reason_text, answer,
         closed_on, number, code, received_at ON rights_request
       WHEN OLD.closed_on IS NOT NULL
       BEGIN SELECT RAISE(ABORT, 'a closed request stands'); END""",
    """CREATE TRIGGER request_step_is_new BEFORE INSERT ON request_step
       WHEN EXISTS (SELECT 1 FROM request_step WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the timeline only grows'); END""",
    """CREATE TRIGGER request_step_stands BEFORE UPDATE ON request_step
       BEGIN SELECT RAISE(ABORT, 'the timeline only grows'); END""",
    """CREATE TRIGGER request_step_stays BEFORE DELETE ON request_step
       WHEN EXISTS (SELECT 1 FROM rights_request WHERE id = OLD.request)
       BEGIN SELECT RAISE(ABORT, 'the timeline only grows'); END""",
)
