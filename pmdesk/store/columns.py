"""Column types of the STRICT tables: integers, text and blobs that read as domain values."""

from datetime import UTC, date, datetime

from sqlalchemy import Integer, LargeBinary, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

__all__ = ["Flag", "Integer", "IsoDate", "LargeBinary", "Text", "UtcTime", "written"]


class IsoDate(TypeDecorator[date]):
    """A day as zero-padded ISO text, so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """`2026-03-08`."""
        del dialect
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """The day."""
        del dialect
        return None if value is None else date.fromisoformat(value)


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC as ISO text of fixed width."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """`2026-03-08T10:42:18.000000+00:00`."""
        del dialect
        return None if value is None else written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The moment, aware."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0; STRICT tables know no booleans."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """1 or 0."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """True or False."""
        del dialect
        return None if value is None else bool(value)


def written(moment: datetime) -> str:
    """The moment as `UtcTime` stores it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
