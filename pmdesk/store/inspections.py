"""The package log in the store."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from pmdesk.domain.inspections import KEPT_MONTHS, Inspection, Pack, Part
from pmdesk.domain.reask import months_after
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_inspection import inspection_pack as _pack

_PREFIX = "INS"


class SqlInspections:
    """Packs that were made for authorities."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # whoever may open the office may read it
        self._connection = connection

    def next_number(self, year: int) -> str:
        """The first number of that year that no pack has yet."""
        start = f"{_PREFIX}-{year}-"
        found = select(func.max(_pack.c.number)).where(_pack.c.number.startswith(start))
        last = self._connection.scalar(found)
        return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:03}"

    def add(self, pack: Pack) -> None:
        """The line stands for good."""
        asked = pack.asked
        self._connection.execute(
            insert(_pack).values(
                number=pack.number,
                at=pack.at,
                by=pack.by,
                authority=asked.authority,
                document=asked.document,
                article=asked.article,
                shown=asked.shown,
                parts=json.dumps([part.value for part in asked.parts]),
                names=asked.names,
                files=pack.files,
                digest=pack.digest,
            )
        )

    def all(self) -> tuple[Pack, ...]:
        """Newest first."""
        rows = self._connection.execute(select(_pack).order_by(_pack.c.id.desc()))
        return tuple(map(_read, rows))

    def expire(self, today: date) -> int:
        """Lines of more than three years ago are gone; how many."""
        end = datetime.combine(months_after(today, -KEPT_MONTHS), time.min, UTC)
        return self._connection.execute(delete(_pack).where(_pack.c.at < end)).rowcount

    def first_to_go(self) -> date | None:
        """The day on which the oldest line goes."""
        first = self._connection.scalar(select(func.min(_pack.c.at)))
        return months_after(first.date(), KEPT_MONTHS) if first else None


def _read(row: Row[Any]) -> Pack:
    asked = Inspection(
        authority=row.authority,
        document=row.document,
        article=row.article,
        shown=row.shown,
        parts=tuple(Part(one) for one in json.loads(row.parts)),
        names=row.names,
    )
    return Pack(
        number=row.number,
        at=row.at,
        by=row.by,
        asked=asked,
        files=row.files,
        digest=row.digest,
    )
