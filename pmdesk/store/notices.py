"""Change notices in the store, who was told of them, and whether notices are intact."""

from array import array
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, literal, literal_column, select, update

from pmdesk.domain.notices import major_of
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.notices import (
    BrokenNotice,
    ChangeId,
    ChangeText,
    LiveVersion,
    NoticeChange,
    Way,
)
from pmdesk.domain.purposes import PurposeCode
from pmdesk.store import documents, intact, schema, schema_notices
from pmdesk.store.columns import Integer
from pmdesk.store.context import StoreContext
from pmdesk.store.proposals import SqlProposals

_notice = schema.notice
_consent = schema.consent
_event = schema.consent_event
_person = schema.person
_change = schema_notices.notice_change
_delivery = schema_notices.notice_delivery
_ROWID = literal_column("notice.rowid", Integer)
_BATCH = 500  # people named in one statement


class SqlNotices(SqlProposals):
    """What is in force, what people were told of it, and what was tampered with."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        super().__init__(connection)
        self._uid = context.uid

    def used_versions(self, purpose: PurposeCode) -> tuple[str, ...]:
        """Every version that a notice or a consent of the purpose ever had."""
        notices = select(_notice.c.version).where(_notice.c.purpose == purpose)
        events = select(_event.c.notice_version).where(_event.c.purpose == purpose)
        signed = {v for code, v, _lang in intact.imprints(self._connection) if code == purpose}
        return tuple(signed.union(self._connection.scalars(notices.union(events))))

    def versions(self, purpose: PurposeCode) -> tuple[LiveVersion, ...]:
        """Newest first."""
        people = self._people_by_version(purpose)
        rows = select(_notice).where(_notice.c.purpose == purpose)
        newest = rows.order_by(_notice.c.live_from.desc(), _ROWID.desc())
        return tuple(
            LiveVersion(
                version=row.version,
                language=row.language,
                digest=row.digest,
                live_from=row.live_from,
                people=people.get(row.version, 0),
            )
            for row in self._connection.execute(newest)
        )

    def live_consents(self) -> Mapping[PurposeCode, int]:
        """How many people agree now, by purpose."""
        counted = select(_consent.c.purpose, func.count()).group_by(_consent.c.purpose)
        return {PurposeCode(code): count for code, count in self._connection.execute(counted)}

    def older_consents(self, purpose: PurposeCode, major: int) -> int:
        """Live consents to a version of a lower major number."""
        people = self._people_by_version(purpose)
        return sum(count for version, count in people.items() if major_of(version) < major)

    def attest(self) -> tuple[str, ...]:
        """The imprints of notices that the signed log does not hold yet."""
        known = intact.imprints(self._connection)
        return tuple(
            intact.notice_of(row).imprint
            for row in self._connection.execute(select(_notice))
            if (row.purpose, row.version, row.language) not in known
        )

    def broken(self) -> tuple[BrokenNotice, ...]:
        """What live consents name, or is in force, and is not what was signed."""
        found = []
        for code in sorted(self._codes()):
            people = self._people_by_version(code)
            live = {one.version for one in self.versions(code)[:1]}
            wrong = intact.faults(self._connection, code, {*people, *live})
            found += [
                BrokenNotice(
                    purpose=code, version=version, fault=fault, people=people.get(version, 0)
                )
                for version, fault in wrong.items()
            ]
        return tuple(found)

    def is_intact(self, purpose: PurposeCode, version: str) -> bool:
        """Whether the version is there, as it was signed."""
        return not intact.faults(self._connection, purpose, [version])

    def change(  # noqa: PLR0913  # one change has these parts
        self,
        purpose: PurposeCode,
        version: str,
        text: ChangeText,
        *,
        asks_again: bool,
        everybody: bool,
        at: datetime,
        today: date,
    ) -> ChangeId:
        """The change is recorded; all residents, or those who agree now, have to be told."""
        made = insert(_change).values(
            purpose=purpose,
            version=version,
            asks_again=asks_again,
            document=documents.document_of(text),
            made_at=at,
            made_on=today,
            by=self._uid,
        )
        change = ChangeId(self._connection.scalars(made.returning(_change.c.id)).one())
        agreeing = select(literal(change), _consent.c.person).where(_consent.c.purpose == purpose)
        whom = select(literal(change), _person.c.id) if everybody else agreeing
        self._connection.execute(insert(_delivery).from_select(["change", "person"], whom))
        return change

    def changes(self) -> tuple[NoticeChange, ...]:
        """Newest first; who left the register meanwhile need not be told any more."""
        counted = (
            select(
                _delivery.c.change,
                func.count().label("people"),
                func.count(_delivery.c.told_on).label("told"),
                func.max(_delivery.c.told_on).filter(_delivery.c.way == Way.BOARD).label("posted"),
            )
            .outerjoin(_person, _person.c.id == _delivery.c.person)
            .where(_delivery.c.told_on.is_not(None) | _person.c.id.is_not(None))
            .group_by(_delivery.c.change)
            .subquery()
        )
        rows = select(_change, counted.c.people, counted.c.told, counted.c.posted).outerjoin(
            counted, counted.c.change == _change.c.id
        )
        return tuple(
            _read(row) for row in self._connection.execute(rows.order_by(_change.c.id.desc()))
        )

    def untold(self, change: ChangeId) -> "array[int]":
        """Those of the register who still have to be told, in the order of rooms."""
        found = (
            select(_person.c.id)
            .join(_delivery, _delivery.c.person == _person.c.id)
            .where(_delivery.c.change == change, _delivery.c.told_on.is_(None))
            .order_by(_person.c.place, _person.c.id)
        )
        return array("q", self._connection.scalars(found))

    def tell(
        self, change: ChangeId, people: Sequence[PersonId] | None, way: Way, *, on: date
    ) -> int:
        """These, or everybody still open, were told; how many."""
        told = (
            update(_delivery)
            .where(_delivery.c.change == change, _delivery.c.told_on.is_(None))
            .values(told_on=on, way=way, by=self._uid)
        )
        if people is None:
            return self._connection.execute(told).rowcount
        parts = (people[at : at + _BATCH] for at in range(0, len(people), _BATCH))
        return sum(
            self._connection.execute(told.where(_delivery.c.person.in_(part))).rowcount
            for part in parts
        )

    def _codes(self) -> frozenset[PurposeCode]:
        told = select(_notice.c.purpose).union(select(_consent.c.purpose))
        return frozenset(PurposeCode(code) for code in self._connection.scalars(told))

    def _people_by_version(self, purpose: PurposeCode) -> Mapping[str, int]:
        counted = select(_consent.c.notice_version, func.count())
        of_purpose = counted.where(_consent.c.purpose == purpose)
        rows = self._connection.execute(of_purpose.group_by(_consent.c.notice_version))
        return {version: count for version, count in rows}  # noqa: C416  # rows, not pairs


def _read(row: Row[Any]) -> NoticeChange:
    return NoticeChange(
        id=ChangeId(row.id),
        purpose=PurposeCode(row.purpose),
        version=row.version,
        asks_again=row.asks_again,
        text=documents.value_of(ChangeText, row.document),
        made_at=row.made_at,
        people=row.people or 0,
        told=row.told or 0,
        posted_on=row.posted,
    )
