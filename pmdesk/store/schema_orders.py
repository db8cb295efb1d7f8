"""Work orders with their history, and service plans: people go out of them, the work stays."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, text

from pmdesk.store.columns import Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


work_order = table(
    "work_order",
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("service", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("urgency", Integer, CheckConstraint("urgency BETWEEN 0 AND 2"), nullable=False),
    Column("state", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("unit", Integer, ForeignKey("unit.id")),
    Column("building", Integer, ForeignKey("building.id")),
    _words("area"),
    Column("person", Integer, ForeignKey("person.id", ondelete="SET NULL")),
    _words("words"),
    _words("callback"),  # a number to call back that is in no register; goes when it is closed
    Column("received_at", UtcTime, nullable=False),
    Column("received_by", Text, nullable=False),
    Column("day", IsoDate, nullable=False),  # on the office's own wall
    Column("hour", Integer, CheckConstraint("hour BETWEEN 0 AND 23")),  # none: only a day is known
    Column("due_at", UtcTime),
    _words("assignee"),
    Column("appointment", UtcTime),
    Column("started_at", UtcTime),
    Column("finished_at", UtcTime),
    Column("closed_at", UtcTime),
    Column("paused_since", UtcTime),
    _count("paused"),  # seconds
    _count("urged"),
    _count("reopened"),
    Column("rating", Integer, CheckConstraint("rating BETWEEN 1 AND 5")),
    Column("parent", Integer, ForeignKey("work_order.id")),
    _words("source"),  # its number in the list it was imported from
    CheckConstraint(
        "(closed_at IS NOT NULL) = (state IN ('closed', 'cancelled', 'merged'))", name="closed"
    ),
    CheckConstraint("(paused_since IS NOT NULL) = (state = 'waiting')", name="paused"),
    CheckConstraint("parent IS NULL OR parent <> id", name="other_parent"),
    CheckConstraint("finished_at IS NULL OR finished_at >= received_at", name="done_after"),
    CheckConstraint("closed_at IS NULL OR closed_at >= received_at", name="closed_after"),
    CheckConstraint("person IS NULL OR unit IS NOT NULL", name="nobody_where_all_share"),
    # the queue that is worked off: small however many orders there ever were
    Index(
        "work_order_open",
        "urgency",
        "received_at",
        "state",
        sqlite_where=text("closed_at IS NULL"),
    ),
    Index("work_order_by_person", "person", sqlite_where=text("person IS NOT NULL")),
    Index("work_order_by_unit", "unit", "day", sqlite_where=text("unit IS NOT NULL")),
    Index("work_order_by_source", "source", sqlite_where=text("source <> ''")),
    # what charts count is all in here, so that they need not read the orders themselves
    Index("work_order_counted", "day", "service", "building", "hour", "kind"),
    reuse=False,
)

order_step = table(
    "order_step",
    Column("id", Integer, primary_key=True),
    Column("work_order", Integer, ForeignKey("work_order.id", ondelete="CASCADE"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", Text, nullable=False),
    _words("words"),
    Index("order_step_by_order", "work_order"),
    reuse=False,
)

service_plan = table(
    "service_plan",
    Column("version", Integer, primary_key=True),
    Column("document", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("since", IsoDate, nullable=False),
    reuse=False,
)

# orders that point to a person who goes: the own ones, and those of a home that is empty then
_LEFT = """person = OLD.id OR (person IS NULL
             AND unit IN (SELECT unit FROM occupancy WHERE person = OLD.id)
             AND NOT EXISTS (SELECT 1 FROM occupancy AS other
                             WHERE other.unit = work_order.unit AND other.person <> OLD.id))"""

TRIGGERS = (
    # who leaves or is erased takes along what points to a person; the building stays (R-P1)
    f"""CREATE TRIGGER work_order_without_person BEFORE DELETE ON person
       BEGIN
         UPDATE order_step SET words = '' WHERE words <> ''
           AND work_order IN (SELECT id FROM work_order WHERE {_LEFT});
         UPDATE work_order SET person = NULL, unit = NULL, words = '', callback = ''
           WHERE {_LEFT};
       END""",
    """CREATE TRIGGER order_step_is_new BEFORE INSERT ON order_step
       WHEN EXISTS (SELECT 1 FROM order_step WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'the history of an order only grows'); END""",
    """CREATE TRIGGER order_step_stands BEFORE UPDATE OF id, work_order, at, by, act ON order_step
       BEGIN SELECT RAISE(ABORT, 'the history of an order only grows'); END""",
    """CREATE TRIGGER order_step_words_only_go BEFORE UPDATE OF words ON order_step
       WHEN NEW.words <> ''
       BEGIN SELECT RAISE(ABORT, 'the history of an order only grows'); END""",
    """CREATE TRIGGER work_order_keeps_number BEFORE UPDATE OF id, number, received_at, received_by,
         day, hour, source ON work_order
       BEGIN SELECT RAISE(ABORT, 'an order keeps its number and when it came'); END""",
    """CREATE TRIGGER work_order_stays BEFORE DELETE ON work_order
       BEGIN SELECT RAISE(ABORT, 'an order stays on record'); END""",
    """CREATE TRIGGER order_step_stays BEFORE DELETE ON order_step
       BEGIN SELECT RAISE(ABORT, 'the history of an order only grows'); END""",
    """CREATE TRIGGER work_order_is_new BEFORE INSERT ON work_order
       WHEN EXISTS (SELECT 1 FROM work_order WHERE id = NEW.id OR number = NEW.number)
       BEGIN SELECT RAISE(ABORT, 'an order keeps its number and when it came'); END""",
    """CREATE TRIGGER service_plan_stands BEFORE UPDATE ON service_plan
       BEGIN SELECT RAISE(ABORT, 'a published plan never changes'); END""",
    """CREATE TRIGGER service_plan_stays BEFORE DELETE ON service_plan
       BEGIN SELECT RAISE(ABORT, 'a published plan stays on record'); END""",
)
