"""The table of the confidentiality undertakings: signatures that are added and never changed."""

from sqlalchemy import Column, ForeignKey, Index

from pmdesk.store.columns import Integer, IsoDate, Text, UtcTime
from pmdesk.store.schema import table

undertaking = table(
    "undertaking",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, ForeignKey("staff.uid"), nullable=False),
    Column("version", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("signed_at", UtcTime, nullable=False),
    Column("valid_until", IsoDate, nullable=False),
    Index("undertaking_by_uid", "uid"),
)

# kept while the account is in use, and three years after the last signature ran out
TRIGGERS = (
    """CREATE TRIGGER undertaking_stands BEFORE UPDATE ON undertaking
       BEGIN SELECT RAISE(ABORT, 'undertakings never change'); END""",
    """CREATE TRIGGER undertaking_is_new BEFORE INSERT ON undertaking
       WHEN EXISTS (SELECT 1 FROM undertaking WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'undertakings never change'); END""",
    """CREATE TRIGGER undertaking_stays BEFORE DELETE ON undertaking
       WHEN (SELECT enabled FROM staff WHERE uid = OLD.uid) = 1
         OR date(OLD.valid_until, '+3 years') >= (SELECT day FROM sweep)
         OR NOT EXISTS (SELECT 1 FROM sweep)
       BEGIN SELECT RAISE(ABORT, 'undertakings are kept for three years'); END""",
)
