"""What of the watch waits for this member of staff: measures, proposals, the next review."""

from dataclasses import dataclass
from datetime import date

from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.watch import REVIEW_AHEAD, Alarm
from pmdesk.services.session import Session
from pmdesk.services.watch import reviews
from pmdesk.services.watch.reviews import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class NextReview:
    """When the version in force has to be reviewed again."""

    version: int
    day: date
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Counts for the landing page; of measures one's own first."""

    due: int  # within a week
    overdue: int
    mine: int  # of both
    proposals: tuple[Proposal, ...]
    review: NextReview | None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits."""
        return not (self.due or self.overdue or self.proposals or self.review)


def waiting(session: Session) -> Waiting:
    """What waits, as far as the role covers it."""
    with session.reading(Permission.SEE_CHARTS) as work:
        today = session.clock.today()
        late = [
            (one.alarm(today), one.plan.owner)
            for one in work.watch.measures()
            if one.alarm(today) is not Alarm.FREE
        ]
        decides = session.staff.may(Permission.APPROVE_RULES)
        return Waiting(
            due=sum(alarm is Alarm.DUE for alarm, _owner in late),
            overdue=sum(alarm is Alarm.OVERDUE for alarm, _owner in late),
            mine=sum(owner == session.staff.uid for _alarm, owner in late),
            proposals=reviews.proposals_in(work) if decides else (),
            review=next_review(work, today) if decides else None,
        )


def next_review(work: UnitOfWork, today: date) -> NextReview | None:
    """The day on which the version in force is due again, once it is near."""
    active = work.rulesets.active()
    signature = work.reviews.signature(active) if active else None
    if active is None or signature is None or signature.next_review > today + REVIEW_AHEAD:
        return None
    return NextReview(
        version=active.version,
        day=signature.next_review,
        is_over=signature.next_review < today,
    )
