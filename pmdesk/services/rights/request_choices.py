"""What a form of the rights desk offers to choose from: purposes, values, tiers, colleagues."""

from dataclasses import dataclass, replace

from pmdesk.domain.cities import City
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import Purpose, PurposeCode
from pmdesk.domain.staff import Permission, Staff
from pmdesk.domain.tiers import Tag, Tier
from pmdesk.services.rights import calendars, request_fields
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
        )
    if person is None or not known:
        return found
    return replace(found, stored=request_fields.stored(session, person))
