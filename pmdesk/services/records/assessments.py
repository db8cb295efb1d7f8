"""Impact assessments: what needs one, how it stands, and the gate before rules are activated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pmdesk.domain import assessments
from pmdesk.domain.assessments import KIND
from pmdesk.domain.classification import Ruleset, RulesetId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import Record, RecordId, RecordStatus
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.records import records
from pmdesk.services.records.assessment_scope import fingerprint, of_rules, scope_of, subjects
from pmdesk.services.session import Session

SOON = timedelta(days=30)


class State(StrEnum):
    """How far the assessment of something is."""

    NONE = "none"
    DRAFT = "draft"
    WAITING = "waiting"
    REJECTED = "rejected"
    FORBIDDEN = "forbidden"  # approved, and it says that nothing may begin yet
    LAPSED = "lapsed"  # approved, and too old, or what it is about has changed
    DUE = "due"  # valid, but not for long
    VALID = "valid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """How the assessment of a subject stands."""

    subject: str
    state: State
    record: RecordId | None = None
    number: str = ""
    due: date | None = None  # when it has to be done anew
    alone: bool = False  # 单人审批

    @property
    def is_valid(self) -> bool:
        """Whether the processing may begin."""
        return self.state in {State.VALID, State.DUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that needs an assessment, and how far it is."""

    what: Words
    assessed: Assessed


def needs(session: Session, work: UnitOfWork) -> tuple[Need, ...]:
    """All that needs an assessment."""
    today = session.clock.today()
    return tuple(
        Need(what=scope_of(work, subject).what, assessed=state_of(work, subject, today))
        for subject in subjects(work)
    )


def missing(session: Session) -> tuple[Need, ...]:
    """What needs an assessment and has no valid one."""
    with session.reading(Permission.SEE_RECORDS) as work:
        return tuple(need for need in needs(session, work) if not need.assessed.is_valid)


def of_ruleset(session: Session, ruleset: RulesetId) -> Assessed:
    """How the assessment of that version of the rules stands."""
    with session.reading(Permission.SEE_RULES) as work:
        subject = of_rules(work.rulesets.get(ruleset))
        return state_of(work, subject, session.clock.today())


def record_about(session: Session, subject: str) -> RecordId | None:
    """The newest open assessment of `subject`; None where none was begun."""
    with session.reading(Permission.SEE_RECORDS) as work:
        found = records.latest(work, KIND, subject)
    return found.id if found else None


def state_of(work: UnitOfWork, subject: str, today: date) -> Assessed:
    """How the assessment of `subject` stands."""
    found = records.standing(work, KIND, subject)
    if found is None:
        return _not_standing(subject, records.latest(work, KIND, subject))
    document = found.document
    due = assessments.lapses_on(found.approval.at.date(), document)
    changed = document.get("scope") != fingerprint(work, scope_of(work, subject))
    if not assessments.permits(document):
        state = State.FORBIDDEN
    elif due <= today or changed:
        state = State.LAPSED
    else:
        state = State.DUE if due - today <= SOON else State.VALID
    return Assessed(
        subject=subject,
        state=state,
        record=found.record.id,
        number=found.record.number,
        due=due,
        alone=found.approval.alone,
    )


def require(session: Session, work: UnitOfWork, ruleset: Ruleset) -> None:
    """RefusedError unless a valid assessment of exactly these rules was approved (RL-07)."""
    if error := refusal(state_of(work, of_rules(ruleset), session.clock.today()).state):
        raise error


def refusal(state: State) -> RefusedError | None:
    """Why rules whose assessment stands so cannot be activated; None where they can."""
    if state not in _REFUSALS:
        return None
    return RefusedError(*_REFUSALS[state]).coded("E_PIA_MISSING")


_TO_APPROVE = N_("Let a second person approve it on the page “Compliance records”.")
_REFUSALS: Mapping[State, tuple[str, str]] = {
    State.NONE: (
        N_("These rules have no impact assessment."),
        N_("Press “Impact assessment”: most answers are filled in already."),
    ),
    State.DRAFT: (
        N_("The impact assessment of these rules is still a draft."),
        N_("Complete it and submit it for approval."),
    ),
    State.WAITING: (N_("The impact assessment of these rules is not approved yet."), _TO_APPROVE),
    State.REJECTED: (
        N_("The impact assessment of these rules was sent back."),
        N_("Mend it and submit it again."),
    ),
    State.FORBIDDEN: (
        N_("The impact assessment says that these rules must not begin yet."),
        N_("Mend what it names, and assess anew."),
    ),
    State.LAPSED: (
        N_("The impact assessment is too old, or what it is about has changed."),
        N_("Renew it, and let a second person approve it."),
    ),
}
_STEPS: Mapping[RecordStatus, State] = {
    RecordStatus.DRAFT: State.DRAFT,
    RecordStatus.SUBMITTED: State.WAITING,
    RecordStatus.REJECTED: State.REJECTED,
}


def _not_standing(subject: str, record: Record | None) -> Assessed:
    if record is None:
        return Assessed(subject=subject, state=State.NONE)
    return Assessed(
        subject=subject,
        state=_STEPS[record.status],
        record=record.id,
        number=record.number,
    )
