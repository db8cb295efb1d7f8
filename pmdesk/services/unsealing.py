"""What it takes to open a seal, be it on a field or on an item."""

from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.screening import Use
from pmdesk.domain.training import Task
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services import training
from pmdesk.services.locks import refuse_over
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session

_REASON = Words("理由", "Reason")


def require_reason(
    session: Session, work: UnitOfWork, person: PersonId, purpose: PurposeCode, reason: str
) -> None:
    """RefusedError unless there is a clean reason, fresh training and a consent that still runs."""
    if not reason.strip():
        raise RefusedError(
            N_("A reason is needed to open a sealed value."), N_("Write why you need it now.")
        )
    training.require(session, work, Task.SEALED)
    refuse_over(session, work, person, purpose)
    screen.require_clean(session, work, {_REASON: reason}, Use.PROSE)
