"""The table of consents for single items: one sealed blob for each, under the live consent."""

from sqlalchemy import Column, ForeignKeyConstraint, UniqueConstraint

from pmdesk.store.columns import Integer, LargeBinary, Text
from pmdesk.store.schema import table

consent_item = table(
    "consent_item",
    Column("person", Integer, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("item", Integer, primary_key=True),  # place on the sheet; which help it is, is sealed
    Column("event", Integer, nullable=False),
    Column("blob", LargeBinary, nullable=False),
    UniqueConstraint("event"),  # one consent for each item (PIPL 29)
    ForeignKeyConstraint(
        ["person", "purpose"], ["consent.person", "consent.purpose"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["event", "person", "purpose"],
        ["consent_event.id", "consent_event.person", "consent_event.purpose"],
    ),
    rowid=False,
)

_GAVE = """(SELECT decision = 'given' AND item = NEW.item FROM consent_event
                WHERE id = NEW.event) IS NOT 1"""
TRIGGERS = (
    f"""CREATE TRIGGER consent_item_follows_event BEFORE INSERT ON consent_item
       WHEN {_GAVE}
       BEGIN SELECT RAISE(ABORT, 'an item needs the event that gave it'); END""",
    f"""CREATE TRIGGER consent_item_keeps_event BEFORE UPDATE ON consent_item
       WHEN {_GAVE}
       BEGIN SELECT RAISE(ABORT, 'an item needs the event that gave it'); END""",
)
