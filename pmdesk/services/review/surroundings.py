"""What around the rules has to be right: notice, assessment, the way to a person, fresh values."""

from collections.abc import Iterator

from pmdesk.analytics.facts import fact_of, field_of
from pmdesk.domain.fields import Field
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION, PurposeCode
from pmdesk.domain.reviews import ASSESSED, ItemResult, failed, opened, passed
from pmdesk.domain.staff import Permission
from pmdesk.i18n import LANGUAGES, N_
from pmdesk.services.records import assessments
from pmdesk.services.records.assessment_scope import RULES
from pmdesk.services.review.sight import Sight
from pmdesk.services.session import Session

NOTICED, HUMAN, FRESH, PRICED = "LR-09", "LR-12", "LR-14", "LR-22"
_OBJECTION = "adm_objection"


def noticed(work: UnitOfWork, sight: Sight) -> ItemResult:
    """LR-09: the notice in force lists every input, in each language."""
    for column, fact in sight.columns:
        known = {field.key: field for field in sight.catalogue.fields}
        field = known.get(field_of(fact.key))
        if field is None or not _is_listed(work, sight, field):
            sentence = N_("The notice people agree to does not list “{label}”.")
            return failed(NOTICED, sentence, sight.asking(column), label=fact.label)
    return passed(NOTICED, N_("The notice in force lists every input."))


def assessed(session: Session, work: UnitOfWork, sight: Sight) -> ItemResult:
    """LR-10: an approved and valid impact assessment of exactly this table."""
    subject = f"{RULES}:{sight.table.digest()}"
    found = assessments.state_of(work, subject, session.clock.today())
    if found.is_valid:
        return passed(ASSESSED, N_("Assessment {number} is valid."), number=found.number)
    refused = assessments.refusal(found.state)
    sentence = refused.sentence if refused else N_("These rules have no impact assessment.")
    made = opened if found.state is assessments.State.NONE else failed
    return made(ASSESSED, sentence)


def reachable(work: UnitOfWork, sight: Sight) -> ItemResult:
    """LR-12: whoever objects reaches a person, who is named and may decide."""
    profile = work.office.get()
    if not (profile.responsible.strip() and profile.contact_phone.strip()):
        return failed(HUMAN, N_("The responsible person or the phone number is missing."))
    if not any(one.may(Permission.HANDLE_REQUESTS) for one in work.staff.all()):
        return failed(HUMAN, N_("Nobody in the office may handle requests."))
    if not sight.catalogue.has(_OBJECTION):
        return failed(HUMAN, N_("The way to object to automated decisions is switched off."))
    return passed(
        HUMAN,
        N_("{name} is named; objections and explanations can be asked for."),
        name=profile.responsible.strip(),
    )


def fresh(session: Session, work: UnitOfWork, sight: Sight) -> ItemResult:
    """LR-14: the statement that decides reads no value that is stale or disputed."""
    keys = [f.key for _place, f in sight.columns if fact_of(sight.catalogue, f.key) is not None]
    wrong = work.reviews.unguarded(keys, today=session.clock.today())
    if wrong:
        column = sight.table.column_of(wrong[0])
        sentence = N_("“{label}” would be read although it is stale or disputed.")
        label = sight.table.facts[column].label
        return failed(FRESH, sentence, sight.asking(column), label=label)
    return passed(FRESH, N_("Stale and disputed values are left out."))


def price_lines(work: UnitOfWork) -> tuple[str, ...]:
    """The names of the price list as it stands."""
    return tuple(line.name for line in work.addons.all() if line.until is None)


def priced(work: UnitOfWork) -> ItemResult:
    """What a reviewer of LR-22 sees of the price list; the answer is his own."""
    count = len(price_lines(work))
    return opened(PRICED, N_("{count} add-ons are published, each at one price."), count=count)


def _is_listed(work: UnitOfWork, sight: Sight, field: Field) -> bool:
    """Of a field whose own purpose may classify, that purpose's notice lists it, not P2's."""
    purpose = sight.catalogue.purpose(field.purpose)
    code = purpose.code if purpose.may_classify else CLASSIFICATION
    return all(field.key in listed for listed in _listed(work, code))


def _listed(work: UnitOfWork, code: PurposeCode) -> Iterator[tuple[str, ...]]:
    for language in LANGUAGES:
        notice = work.catalogue.notice(code, language)
        yield notice.fields if notice else ()
