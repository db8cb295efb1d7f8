"""The package log: what authorities asked for and what they were given."""

from sqlalchemy import Column

from pmdesk.store.columns import Flag, Integer, Text, UtcTime
from pmdesk.store.schema import table

inspection_pack = table(
    "inspection_pack",
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("article", Text, nullable=False),
    Column("shown", Flag, nullable=False),
    Column("parts", Text, nullable=False),  # JSON list, in the order of the index
    Column("names", Flag, nullable=False),
    Column("files", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)

TRIGGERS = (
    """CREATE TRIGGER inspection_pack_stands BEFORE UPDATE ON inspection_pack
       BEGIN SELECT RAISE(ABORT, 'the package log never changes'); END""",
)
