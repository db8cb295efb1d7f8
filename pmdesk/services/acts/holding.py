"""Values of a consent that went stale or ran out: 30 days sealed, back with a new consent."""

from pmdesk.domain import office
from pmdesk.domain.acts import held_info
from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.classification import reclassify
from pmdesk.services.session import Session, about


def bring_back(session: Session, person: PersonId, purpose: PurposeCode) -> Changes:
    """The values stand again under the new consent, as far as nothing newer was entered."""
    with session.writing(Permission.OPEN_SEALED) as work:
        held = next((one for one in work.consent_ends.held(person) if one.purpose == purpose), None)
        today = session.clock.today()
        if held is None or held.until < today:
            raise NotFoundError(
                N_("No earlier entries wait for a new consent."),
                N_("They are erased 30 days after a consent ends; ask the person anew."),
            )
        live = work.consents.live(person).get(purpose)
        if live is None or live.is_over(today):
            raise RefusedError(
                N_("Without a new consent the earlier entries stay closed."),
                N_("Take the consent first."),
            ).coded("E_NO_CONSENT")
        content = session.accounts.open_sealed(held_info(person, purpose), held.blob)
        work.consent_ends.bring_back(held, content, at=session.clock.now())
        if purpose == CLASSIFICATION:
            reclassify(session, work, person)
        session.log(work, "values.brought_back", about(person), fields=[purpose])
        work.commit()
    return Changes.of(office.RESIDENTS, office.CLASSIFICATION, people=[person])
