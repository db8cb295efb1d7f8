"""Rosters and rounds in the store: each save is a version, the newest holds."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select

from pmdesk.domain.ports.staffing import PlanKind, SavedPlan
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_staffing import staffing_plan as _plan

KEPT = 50  # versions of one plan


class SqlStaffingPlans:
    """What was planned for which week."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid

    def current(self, kind: PlanKind, week: date | None = None) -> SavedPlan | None:
        """The newest; None while nothing was saved."""
        newest = select(_plan).where(_of(kind, week)).order_by(_plan.c.id.desc()).limit(1)
        row = self._connection.execute(newest).first()
        return None if row is None else _read(row)

    def version(self, version: int) -> SavedPlan | None:
        """That version; None when it is no more kept."""
        row = self._connection.execute(select(_plan).where(_plan.c.id == version)).first()
        return None if row is None else _read(row)

    def versions(self, kind: PlanKind, week: date | None = None) -> tuple[SavedPlan, ...]:
        """Newest first."""
        found = select(_plan).where(_of(kind, week)).order_by(_plan.c.id.desc())
        return tuple(map(_read, self._connection.execute(found)))

    def save(
        self,
        kind: PlanKind,
        week: date | None,
        document: Mapping[str, Any],
        *,
        at: datetime,
        before: int | None,
    ) -> int:
        """The version that holds from now on; of many the oldest go."""
        row = insert(_plan).values(
            kind=kind.value,
            week=week,
            document=json.dumps(document, ensure_ascii=False, sort_keys=True),
            author=self._uid,
            at=at,
            parent=before,
        )
        made = int(self._connection.scalars(row.returning(_plan.c.id)).one())
        newest = select(_plan.c.id).where(_of(kind, week)).order_by(_plan.c.id.desc()).limit(KEPT)
        old = and_(_of(kind, week), _plan.c.id.not_in(newest))
        self._connection.execute(delete(_plan).where(old))
        return made

    def forget(self, before: date) -> int:
        """Plans of weeks that began before that day are gone; how many versions."""
        return self._connection.execute(delete(_plan).where(_plan.c.week < before)).rowcount


def _of(kind: PlanKind, week: date | None) -> ColumnElement[bool]:
    on = _plan.c.week.is_(None) if week is None else _plan.c.week == week
    return and_(_plan.c.kind == kind.value, on)


def _read(row: Row[Any]) -> SavedPlan:
    return SavedPlan(
        id=row.id,
        kind=PlanKind(row.kind),
        week=row.week,
        document=json.loads(row.document),
        author=row.author,
        at=row.at,
        before=row.parent,
    )
