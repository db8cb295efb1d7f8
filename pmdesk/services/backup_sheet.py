"""What is needed for a restore, to be printed: where the backups lie, and nothing secret."""

from dataclasses import dataclass
from datetime import date

from pmdesk.domain.staff import Permission
from pmdesk.services.session import Session

_ID = 8  # characters of the office's id in the names of its backups


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The office, the places of its backups, and which recovery key fits them."""

    office: str
    on: date
    places: tuple[str, ...]
    mark: str  # what the names of the files contain
    fingerprint: str


def sheet(session: Session) -> Sheet:
    """What the paper says; it opens nothing."""
    shelf = session.accounts.backups
    with session.reading(Permission.BACK_UP) as work:
        name = work.office.get().name
    return Sheet(
        office=name,
        on=session.clock.today(),
        places=tuple(str(one.path) for one in shelf.places()),
        mark=shelf.vault[:_ID],
        fingerprint=shelf.fingerprint,
    )
