"""The table of saved views of the charts page: filters under a name, no number, no resident."""

from sqlalchemy import CheckConstraint, Column, UniqueConstraint

from pmdesk.store.columns import Flag, Integer, Text, UtcTime
from pmdesk.store.schema import table

saved_view = table(
    "saved_view",
    Column("id", Integer, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("name", Text, CheckConstraint("length(name) BETWEEN 2 AND 30"), nullable=False),
    Column("document", Text, nullable=False),  # JSON of the choice
    Column("published", Flag, nullable=False, server_default="0"),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("owner", "name"),
    reuse=False,
)
