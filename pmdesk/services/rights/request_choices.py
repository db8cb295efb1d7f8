"""What a form of the rights desk offers to choose from: purposes, values, tiers, colleagues."""

from dataclasses import dataclass, replace

from pmdesk.domain.cities import City
from pmdesk.domain.orders.order import OPEN
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.domain.purposes import Purpose, PurposeCode
from pmdesk.domain.staff import Permission, Staff
from pmdesk.domain.tiers import Tag, Tier
from pmdesk.services import calendars
from pmdesk.services.rights import request_fields
from pmdesk.services.rights.request_fields import Stored
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Closed lists; those of a person are empty while nobody is chosen."""

    purposes: tuple[Purpose, ...]  # all of the office
    live: frozenset[PurposeCode]  # with a live consent of the person
    stored: tuple[Stored, ...]  # values that can be corrected
    tiers: tuple[Tier, ...]
    tags: tuple[Tag, ...]
    colleagues: tuple[Staff, ...]
    city: City
    orders: int = 0  # work orders of the person that are open


def choices(session: Session, person: PersonId | None) -> Choices:
    """Everything the forms offer, for this person."""
    with session.reading(Permission.RECEIVE_REQUESTS) as work:
        catalogue = work.catalogue.live()
        known = person is not None and bool(work.dossiers.rows("person", "id", int(person)))
        live = frozenset(work.consents.live(person)) if person is not None else frozenset()
        found = Choices(
            purposes=catalogue.purposes,
            live=live,
            stored=(),
            tiers=catalogue.tiers,
            tags=catalogue.tags,
            colleagues=tuple(one for one in work.staff.all() if one.enabled),
            city=calendars.city(work.requests.settings().city),
            orders=_open_orders(work, person),
        )
    if person is None or not known:
        return found
    return replace(found, stored=request_fields.stored(session, person))


def _open_orders(work: UnitOfWork, person: PersonId | None) -> int:
    if person is None:
        return 0
    return len(work.orders.ids(OrderQuery(person=person, states=OPEN)))
