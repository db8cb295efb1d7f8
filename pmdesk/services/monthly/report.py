"""What the report of a month says: no person is in it, and it carries an anchor of the log."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.classification import Ruleset
from pmdesk.domain.dashboard import CARDS, OF_TODAY, CardKey, CardState, Scope
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.progress import Progress
from pmdesk.domain.staff import Permission
from pmdesk.domain.watch import month_start
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, _
from pmdesk.services.dashboard import desk, going_out
from pmdesk.services.dashboard.card import Card
from pmdesk.services.log_anchors import FILED
from pmdesk.services.log_book import TARGET
from pmdesk.services.session import Session
from pmdesk.services.watch import delivered, hot_spots, measures

MADE = "report.made"
MONTHS = 12  # that are offered
_IN_TIME = "in_time"  # the figure of the month on the card of what is waiting

STEPS = len(CARDS) + 1  # of compiling, as `progress` hears of them


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReport:
    """The month, and apart from it what is known only as of today; small numbers are hidden."""

    office: str
    month: date  # its first day
    cards: tuple[Card, ...]  # of that month alone
    today: tuple[Card, ...]  # as of the day of the report
    watch: tuple[str, ...]  # sentences, as of that day too
    rules: tuple[tuple[str, str], ...]  # name and value
    anchor: Anchor
    at: datetime  # on the office's wall
    by: str  # name

    @property
    def name(self) -> str:
        """Its title, which names its file too."""
        return _("Monthly report {month}").format(month=f"{self.month:%Y-%m}")


def months(today: date) -> tuple[date, ...]:
    """The first days of the months that are over, the latest first."""
    return tuple(month_start(today, back) for back in range(1, MONTHS + 1))


def compiled(session: Session, month: date, progress: Progress) -> MonthlyReport:
    """The report of a month that is over; its making is the last entry that the anchor covers.

    The cards are asked like those of the page, so that a report and a view of it taken together
    tell of single homes no more than each alone. A month that is not over is a RefusedError.
    """
    session.require(Permission.EXPORT)
    if month not in months(session.clock.today()):
        raise RefusedError(
            N_("A report is made of one of the last twelve months, once it is over."),
            N_("Choose another month."),
        )
    scope = Scope(since=month, until=month_start(month, -1))
    found = {}
    for place, key in enumerate(CARDS):
        progress(place, STEPS)
        found[key] = going_out.leaving(session, desk.card(session, key, scope))
    progress(len(CARDS), STEPS)
    rules = found[CardKey.MOVES].version  # in force now
    found[CardKey.LOAD], waiting = _parted(found[CardKey.LOAD], session.clock.today(), rules)
    sentences = _sentences(session)
    with session.writing(Permission.EXPORT) as work:
        session.log(work, MADE, TARGET, row={"month": f"{month:%Y-%m}"})
        made = MonthlyReport(
            office=work.office.get().name,
            month=month,
            cards=tuple(card for key, card in found.items() if key not in OF_TODAY),
            today=(*waiting, *(card for key, card in found.items() if key in OF_TODAY)),
            watch=sentences,
            rules=_rules(work, work.rulesets.active()),
            anchor=work.proof.anchor(session.clock.now()),
            at=session.clock.local(),
            by=session.staff.name,
        )
        work.commit()
    return made


def _parted(card: Card, today: date, rules: int | None) -> tuple[Card, tuple[Card, ...]]:
    """What the card on waiting orders tells of its month, and what it tells of today."""
    told = next((one for one in card.figures if one.key == _IN_TIME), None)
    if card.state is not CardState.SHOWN or told is None:
        return card, ()
    now = replace(
        card,
        answer=card.answer.removesuffix(told.answer).strip(),
        figures=tuple(one for one in card.figures if one is not told),
        notes=tuple(one for one in card.notes if one != told.note),
        as_of=today,
        version=rules,
        scope=Scope(since=today, until=today + timedelta(days=1)),
    )
    return replace(card, answer=told.answer, figures=(told,)), (now,)


def saved(session: Session) -> None:
    """The report lies in a file: from now on there is an anchor outside."""
    with session.writing(Permission.EXPORT) as work:
        session.log(work, FILED, TARGET)
        work.commit()


def _sentences(session: Session) -> tuple[str, ...]:
    """What stands out, how service was delivered, and what is being done about it."""
    spots = hot_spots.hot_spots(session)
    lines = measures.measures(session).lines
    under_way = sum(one.measure.is_open for one in lines)
    done = sum(bool(one.outcome) for one in lines)
    return (
        spots.figure.answer,
        *(
            _("{place}: {sentence}").format(
                place=hot_spots.where(one.building, one.topic), sentence=one.sentence
            )
            for one in spots.spots
        ),
        delivered.board(session).answer,
        _("Measures under way: {open}; ended with a known effect: {done}.").format(
            open=under_way, done=done
        ),
    )


def _rules(work: UnitOfWork, active: Ruleset | None) -> tuple[tuple[str, str], ...]:
    """By which rules people were classified, so that anybody can look them up."""
    if active is None:
        return ((_("Rules that classify"), _("none")),)
    names = {one.uid: one.name for one in work.staff.all()}
    since = f"{active.activated_at.astimezone():%Y-%m-%d}" if active.activated_at else "—"
    return (
        (_("Rules that classify"), _("version {version}").format(version=active.version)),
        (_("Since"), since),
        (_("Approved by"), names.get(active.decided_by, "—")),
        (_("Imprint of the rules"), active.digest),
    )
