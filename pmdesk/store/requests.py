"""Requests about rights in the store: cases that are kept for three years after closing."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.requests import DeskSettings, OfficeDay
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.requests import (
    Identity,
    Request,
    RequestChannel,
    Requester,
    RequestId,
    RequestState,
    Step,
    StepCode,
    in_order,
)
from pmdesk.domain.rights import Reason, RightCode
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import running
from pmdesk.store import schema_requests as schema
from pmdesk.store.context import StoreContext

_DIGITS = 4  # a day of more requests has longer numbers
_PLAIN = DeskSettings(city="default", target=15)

_request = schema.rights_request
_step = schema.request_step
_day = schema.calendar_day
_desk = schema.rights_desk


class SqlRequests:
    """The cases of the rights desk; a timeline only grows."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # who handled what stands in the rows themselves
        self._connection = connection

    def next_number(self, day: date) -> str:
        """`D20260302-0001`: the first number of that day that no request has yet."""
        prefix = f"D{day:%Y%m%d}-"
        of_day = select(func.max(_request.c.number)).where(
            _request.c.number.between(prefix, prefix + "~")
        )
        last = self._connection.scalar(of_day)
        return running.first_free(
            self._connection,
            _request.c.number,
            lambda count: f"{prefix}{count:0{_DIGITS}}",
            int(last.removeprefix(prefix)) if last else 0,
        )

    def add(self, request: Request) -> RequestId:
        """The request is entered and has an id."""
        added = insert(_request).values(_columns(request)).returning(_request.c.id)
        return RequestId(self._connection.scalars(added).one())

    def get(self, request: RequestId) -> Request:
        """The request; NotFoundError when there is none of that id."""
        found = self._find(_request.c.id == request)
        if not found:
            raise NotFoundError(N_("This request is not in the book."), N_("Reload the list."))
        return found[0]

    def save(self, request: Request) -> None:
        """The request stands as given; number, right and day of receipt never change."""
        fixed = {"number", "code", "received_at", "received_by"}
        changed = {key: value for key, value in _columns(request).items() if key not in fixed}
        self._connection.execute(
            update(_request).where(_request.c.id == request.id).values(changed)
        )

    def all(self) -> tuple[Request, ...]:
        """Open ones first, minors before the others, then by their last day."""
        return in_order(self._find())

    def open(self) -> tuple[Request, ...]:
        """Those that the office still owes an answer."""
        return in_order(self._find(_request.c.closed_on.is_(None)))

    def of(self, person: PersonId) -> tuple[Request, ...]:
        """Those of one person, newest first."""
        return self._find(_request.c.person == person)[::-1]

    def step(self, request: RequestId, step: Step) -> None:
        """The timeline ends with this step."""
        self._connection.execute(
            insert(_step).values(
                request=request,
                code=step.code.value,
                at=step.at,
                by=step.by,
                note=step.note,
                digest=step.digest,
                counts=json.dumps(step.counts, sort_keys=True) if step.counts else "",
            )
        )

    def steps(self, request: RequestId) -> tuple[Step, ...]:
        """Oldest first."""
        rows = select(_step).where(_step.c.request == request).order_by(_step.c.id)
        return tuple(_read_step(row) for row in self._connection.execute(rows))

    def forget(self, person: PersonId) -> int:
        """What was asked for stands as a kind of request only, not in words."""
        told = update(_request).where(_request.c.person == person, _request.c.words != "")
        return self._connection.execute(told.values(words="")).rowcount

    def expire(self, today: date) -> int:
        """Requests closed three years ago and more are gone with their timelines; how many."""
        over = func.date(_request.c.closed_on, "+3 years") <= today.isoformat()
        gone = delete(_request).where(_request.c.closed_on.is_not(None), over)
        return self._connection.execute(gone).rowcount

    def settings(self) -> DeskSettings:
        """The city and the working days that count here."""
        row = self._connection.execute(select(_desk)).first()
        return DeskSettings(city=row.city, target=row.target) if row else _PLAIN

    def configure(self, settings: DeskSettings) -> None:
        """From now on these count."""
        now = {"city": settings.city, "target": settings.target}
        row = upsert(_desk).values(id=1, **now)
        self._connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=now))

    def days(self) -> tuple[OfficeDay, ...]:
        """What the office entered, in order."""
        rows = self._connection.execute(select(_day).order_by(_day.c.day))
        return tuple(OfficeDay(day=row.day, working=row.working, note=row.note) for row in rows)

    def put_day(self, day: OfficeDay) -> None:
        """The day counts as given."""
        now = {"working": day.working, "note": day.note}
        row = upsert(_day).values(day=day.day, **now)
        self._connection.execute(row.on_conflict_do_update(index_elements=["day"], set_=now))

    def drop_day(self, day: date) -> None:
        """The day counts as the calendar of the country says."""
        self._connection.execute(delete(_day).where(_day.c.day == day))

    def _find(self, *conditions: ColumnElement[bool]) -> tuple[Request, ...]:
        rows = select(_request).where(*conditions).order_by(_request.c.id)
        return tuple(_read(row) for row in self._connection.execute(rows))


def _columns(request: Request) -> dict[str, object]:
    """The request by column; what is not known is an empty text."""
    optional = {"person", "closed_on"}
    found: dict[str, object] = {}
    for one in fields(Request):
        value = getattr(request, one.name)
        found[one.name] = "" if value is None and one.name not in optional else value
    del found["id"]
    return found | {"purposes": ",".join(request.purposes)}


def _read(row: Row[Any]) -> Request:
    plain: Mapping[str, Any] = row._asdict()
    return Request(
        **{
            **plain,
            "id": RequestId(row.id),
            "code": RightCode(row.code),
            "inner": RightCode(row.inner) if row.inner else None,
            "channel": RequestChannel(row.channel),
            "state": RequestState(row.state),
            "person": None if row.person is None else PersonId(row.person),
            "purposes": tuple(map(PurposeCode, filter(None, row.purposes.split(",")))),
            "requester": Requester(row.requester),
            "identity": Identity(row.identity) if row.identity else None,
            "reason": Reason(row.reason) if row.reason else None,
        }
    )


def _read_step(row: Row[Any]) -> Step:
    return Step(
        code=StepCode(row.code),
        at=row.at,
        by=row.by,
        note=row.note,
        digest=row.digest,
        counts=json.loads(row.counts) if row.counts else None,
    )
