"""What charts count: one number for each order, kept exact by the database, and what was shown."""

from sqlalchemy import Column, ForeignKey, Index

from pmdesk.domain.orders.kinds import Service
from pmdesk.store.columns import Integer, IsoDate, Text
from pmdesk.store.schema import table

ZERO_DAY = "2000-01-01"  # days are counted from it

order_mark = table(
    "order_mark",  # all that charts count of an order, packed: scanned a million at a time
    Column("day", Integer, primary_key=True),
    Column("work_order", Integer, ForeignKey("work_order.id"), primary_key=True),
    Column("what", Integer, nullable=False),
    rowid=False,
)

shown_view = table(
    "shown_view",  # so that no number can be found by subtracting what an account saw before
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False),
    Column("cut", Text, nullable=False),  # by what it was divided
    Column("since", IsoDate, nullable=False),
    Column("until", IsoDate, nullable=False),
    Column("buildings", Text, nullable=False),  # JSON list of ids; empty: all
    Column("services", Text, nullable=False),
    Column("hidden", Text, nullable=False),  # JSON list of the parts that were not shown
    Column("on", IsoDate, nullable=False),
    Index("shown_view_by_uid", "uid"),
)

_SERVICES = " ".join(f"WHEN '{one.value}' THEN {place}" for place, one in enumerate(Service))
_END = "coalesce(NEW.finished_at, NEW.closed_at)"
_DAY = f"CAST(julianday(NEW.day) - julianday('{ZERO_DAY}') AS INTEGER)"
# 1 in time, 2 late, 3 merged or cancelled, 0: not done yet, never done, or nothing was promised
_OUTCOME = f"""CASE WHEN NEW.state IN ('merged', 'cancelled') THEN 3
       WHEN NEW.state NOT IN ('closed', 'callback') OR NEW.due_at IS NULL
         OR {_END} IS NULL THEN 0
       WHEN julianday({_END}) <= julianday(NEW.due_at) + NEW.paused / 86400.0 THEN 1 ELSE 2 END"""
_WHAT = f"""(((({_DAY} * 32 + coalesce(NEW.hour + 1, 0)) * 8
       + CASE NEW.service {_SERVICES} ELSE 7 END) * 4
       + {_OUTCOME}) * 16384
       + coalesce(NEW.building & 16383, 0)) * 16777216
       + coalesce(NEW.unit & 16777215, 0)"""

TRIGGERS = (
    f"""CREATE TRIGGER order_mark_is_made AFTER INSERT ON work_order
       BEGIN INSERT INTO order_mark VALUES ({_DAY}, NEW.id, {_WHAT}); END""",
    f"""CREATE TRIGGER order_mark_follows
       AFTER UPDATE OF service, unit, building, state, due_at, finished_at, closed_at, paused
       ON work_order
       BEGIN
         UPDATE order_mark SET what = {_WHAT} WHERE day = {_DAY} AND work_order = NEW.id;
       END""",
)
