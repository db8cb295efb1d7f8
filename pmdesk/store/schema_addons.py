"""The tables of add-on services: the public price list, and what people ordered from it (P1)."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, text

from pmdesk.store.columns import Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table

addon = table(
    "addon",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("price", Integer, CheckConstraint("price >= 0"), nullable=False),  # 分
    Column("since", IsoDate, nullable=False),
    Column("until", IsoDate),
    # empty in lines of before schema 0006
    Column("content", Text, nullable=False, server_default=""),
    Index("one_price_at_a_time", "name", unique=True, sqlite_where=text("until IS NULL")),
)

addon_order = table(
    "addon_order",
    Column("id", Integer, primary_key=True),
    Column("person", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("addon", Integer, ForeignKey("addon.id"), nullable=False),
    Column("price", Integer, nullable=False),
    Column("ordered_on", IsoDate, nullable=False),
    Column("ended_on", IsoDate),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    CheckConstraint("ended_on IS NULL OR ended_on >= ordered_on"),
    Index("addon_order_by_person", "person"),
)

TRIGGERS = (
    """CREATE TRIGGER addon_price_stands BEFORE UPDATE OF name, unit, price, since, content
       ON addon
       BEGIN SELECT RAISE(ABORT, 'a published price never changes'); END""",
    """CREATE TRIGGER addon_stays BEFORE DELETE ON addon
       BEGIN SELECT RAISE(ABORT, 'a published price stays on record'); END""",
    # one price for all: an order holds what was published that day and nothing else (PIPL 24)
    """CREATE TRIGGER addon_order_at_public_price BEFORE INSERT ON addon_order
       WHEN NOT EXISTS (SELECT 1 FROM addon WHERE id = NEW.addon AND price = NEW.price
                        AND since <= NEW.ordered_on
                        AND (until IS NULL OR until >= NEW.ordered_on))
       BEGIN SELECT RAISE(ABORT, 'an order needs a published price'); END""",
    """CREATE TRIGGER addon_order_keeps_price BEFORE UPDATE OF person, addon, price, ordered_on
       ON addon_order
       BEGIN SELECT RAISE(ABORT, 'an order keeps its price'); END""",
)
