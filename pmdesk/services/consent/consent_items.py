"""Consents for single items: sealed when they are given, opened by few and for a reason."""

from pmdesk.domain.acts import item_info
from pmdesk.domain.consents import ConsentEvent
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_, Words
from pmdesk.services.session import Session, about
from pmdesk.services.unsealing import require_reason


def put(session: Session, work: UnitOfWork, event: ConsentEvent, code: str) -> None:
    """The item stands under its own consent; who wrote it cannot read it without the ring."""
    slot = event.item or 0
    info = seal_info(event.person, event.purpose, slot)
    blob = session.accounts.seal(info, code.encode())
    work.consent_items.put(event.person, event.purpose, slot, event.id, blob)


def open_item(
    session: Session, person: PersonId, purpose: PurposeCode, slot: int, reason: str
) -> Words:
    """Which item it is, for a stated reason; the act is logged before it is shown."""
    with session.writing(Permission.OPEN_SEALED) as work:
        require_reason(session, work, person, purpose, reason)
        blob = work.consent_items.sealed(person, purpose).get(slot)
        if blob is None:
            raise NotFoundError(N_("Nothing is recorded in this field."), N_("Reload the page."))
        code = session.accounts.open_sealed(seal_info(person, purpose, slot), blob).decode()
        fields = work.catalogue.live().items(purpose)
        session.log(
            work,
            "sealed.open",
            about(person),
            fields=[field.key for field in fields],
            row={"reason": reason},
        )
        work.commit()
    return next((f.option(code) for f in fields if code in f.codes), Words(code, code))


def seal_info(person: PersonId, purpose: PurposeCode, slot: int) -> tuple[str | int, ...]:
    """What binds the sealed item to its place: it opens nowhere else."""
    return item_info(person, purpose, slot)
