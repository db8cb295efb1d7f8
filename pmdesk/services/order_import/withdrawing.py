"""Imports that turned out wrong: nothing is deleted, the orders are cancelled and count nowhere."""

from dataclasses import dataclass

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.past import ImportId, OrderImport
from pmdesk.domain.staff import Permission
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """One import, and who made it."""

    found: OrderImport
    who: str


def imports(session: Session) -> tuple[PastImport, ...]:
    """Every import of orders there was, newest first."""
    with session.reading(Permission.IMPORT) as work:
        names = {one.uid: one.name for one in work.staff.all()}
        return tuple(
            PastImport(found=one, who=names.get(one.by, "")) for one in work.orders.imports()
        )


def withdraw(session: Session, key: ImportId) -> Changes:
    """Its orders are cancelled, name nobody and count nowhere; they and their numbers stay."""
    with session.writing(Permission.IMPORT) as work:
        count = work.orders.withdraw_import(key, at=session.clock.now(), by=session.staff.uid)
        session.log(work, "import.orders_withdrawn", "import:orders", row={"orders": count})
        work.commit()
    return Changes.of(office.ORDERS)
