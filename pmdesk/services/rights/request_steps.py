"""What every step of a request shares: who may take it, the state after it, the timeline."""

import hashlib
from dataclasses import replace

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.requests import (
    Request,
    RequestId,
    RequestState,
    Step,
    StepCode,
)
from pmdesk.domain.staff import FOREIGN, Permission, Staff
from pmdesk.errors import DeniedError, RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session

_S = RequestState
NOTE = Words("备注", "Note")
ANSWER = Words("答复", "Answer")
DELIVERY = Words("交付方式", "How it was handed over")
REASON = Words("理由", "Reason")
STATEMENT = Words("本人说明", "The person's own words")
RECIPIENT = Words("接收方", "Recipient")
INTEREST = Words("近亲属的合法利益", "Lawful interest of the kin")


def target(request: RequestId) -> str:
    """The audit target of a request."""
    return f"request:{request}"


def changed(*people: PersonId | None) -> Changes:
    """What a step at the desk changed."""
    return Changes.of(office.REQUESTS, people=[one for one in people if one is not None])


def mine(session: Session, work: UnitOfWork, request: RequestId) -> Request:
    """The open request, for its handler or an administrator; refused to everybody else."""
    found = work.requests.get(request)
    require_open(found)
    own = found.handler == session.staff.uid
    admin = session.staff.may(Permission.CONFIGURE) and may_handle(session.staff, found)
    if not (own or admin):
        raise DeniedError(
            N_("Somebody else handles this request."),
            N_("Only the colleague it is assigned to or an administrator goes on with it."),
            act=Permission.HANDLE_REQUESTS,
            why=FOREIGN,
        )
    return found


def person_of(request: Request) -> PersonId:
    """Whom the request is about; refused while nobody is found."""
    if request.person is None:
        raise RefusedError(
            N_("The person is not found in the register yet."),
            N_("Find the person first, or tell that nothing is held."),
        )
    return request.person


def moved(request: Request, state: RequestState) -> Request:
    """The request in that state; refused where no way leads there."""
    if not request.may_move(state):
        raise RefusedError(
            N_("The request is in another state now."), N_("Reload the case and look again.")
        )
    return replace(request, state=state)


def stepped(  # noqa: PLR0913  # a step has these parts
    session: Session,
    work: UnitOfWork,
    request: Request,
    code: StepCode,
    *notes: str,
    note: str = "",
    digest: str = "",
    counts: dict[str, int] | None = None,
) -> None:
    """The timeline ends with this step; its note holds no identity or card number."""
    words = " · ".join(filter(None, (*notes, note.strip())))
    screen.require_no_number({NOTE: words})
    step = Step(
        code=code,
        at=session.clock.now(),
        by=session.staff.uid,
        note=words,
        digest=digest,
        counts=counts,
    )
    work.requests.step(request.id, step)


def digest_of(data: bytes) -> str:
    """The SHA-256 of what was handed over."""
    return hashlib.sha256(data).hexdigest()


def may_handle(staff: Staff, request: Request) -> bool:
    """Whether this colleague may handle it: nobody answers a complaint about himself."""
    return staff.may(Permission.HANDLE_REQUESTS) and staff.uid != request.target


def require_open(request: Request) -> None:
    """RefusedError once the request is closed."""
    if not request.is_open:
        raise RefusedError(
            N_("This request is closed."), N_("Receive a new one if something is still open.")
        )


def require_words(place: Words, text: str) -> None:
    """RefusedError without a few words, and when they hold an identity or card number."""
    if not text.strip():
        raise RefusedError(N_("A few words are missing."), N_("Write what was done or said."))
    screen.require_no_number({place: text})
