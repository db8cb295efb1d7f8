"""Measures at places with many complaints: who does what until when, and whether it helped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pmdesk.analytics.effect import Effect, Monthly, Outcome, Span, effect, monthly
from pmdesk.analytics.hot_spots import LEAST
from pmdesk.analytics.rounding import is_hidden
from pmdesk.domain import office, screening
from pmdesk.domain.fields import Problem
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.screening import Use
from pmdesk.domain.staff import Permission
from pmdesk.domain.watch import (
    EVERY_TOPIC,
    Alarm,
    Measure,
    MeasureId,
    MeasureState,
    Plan,
    month_start,
    words_problem,
)
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_, Words, _
from pmdesk.services import order_kinds
from pmdesk.services.office import smallest_count
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session
from pmdesk.services.watch.hot_spots import MONTHS, Period, told_events, topic_name, where

CHANGED = Changes.of(office.WATCH)
_NEVER = Span(events=0, days=0)

_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.EARLY: N_("Too early to say anything; look again later."),
    Outcome.FEW: N_("There are too few complaints to say whether anything changed."),
    Outcome.CHANCE: N_("The difference may be chance: the interval holds “no change”."),
    Outcome.EVERYWHERE: N_("Fewer than before, but it became less elsewhere too."),
    Outcome.FEWER: N_(
        "Fewer than before, and less than chance explains. Places are watched when they are high,"
        " so part of it would have come by itself."
    ),
    Outcome.ALONE: N_(
        "Fewer than before, and less than chance explains; elsewhere there are too few complaints"
        " to compare with."
    ),
    Outcome.MORE: N_("More than before: the measure did not help."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A measure on the page."""

    measure: Measure
    topic: Words
    owner: str  # name
    alarm: Alarm
    before: str  # rate with interval
    after: str
    outcome: str  # one honest sentence; empty while it is under way


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the form offers."""

    buildings: tuple[str, ...]
    topics: tuple[tuple[str, Words], ...]
    owners: tuple[tuple[str, str], ...]  # uid and name


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """All measures, open ones first, and what a new one can be about."""

    lines: tuple[Line, ...]
    choices: Choices
    may_change: bool


def measures(session: Session) -> Measures:
    """What is under way and what was done, with its effect."""
    smallest = max(LEAST, smallest_count(session))
    with session.reading(Permission.SEE_CHARTS) as work:
        staff = work.staff.all()
        names = {one.uid: one.name for one in staff}
        return Measures(
            lines=tuple(
                _line(session, work, one, names, smallest) for one in work.watch.measures()
            ),
            choices=Choices(
                buildings=work.premises.buildings(),
                topics=_topics(),
                owners=tuple((one.uid, one.name) for one in staff if one.enabled),
            ),
            may_change=session.staff.may(Permission.PLAN_SERVICE),
        )


def problems(session: Session, plan: Plan) -> tuple[Problem, ...]:
    """What must be mended before the measure can be kept; nobody is named in it."""
    with session.reading(Permission.PLAN_SERVICE) as work:
        found = plan.problems(session.clock.today())
        hits = screening.screen(plan.words, screen.lexicon(work), Use.PROSE)
        hit = screen.problem("words", hits)
        return found if hit is None else (*found, hit)


def add(session: Session, plan: Plan) -> MeasureId:
    """The measure is under way."""
    with session.writing(Permission.PLAN_SERVICE) as work:
        _require(session, work, plan, plan.problems(session.clock.today()))
        made = work.watch.add(plan, on=session.clock.today())
        session.log(work, "measure.add", _target(made), fields=["building", "topic", "due"])
        work.commit()
    return made


def change(session: Session, measure: MeasureId, plan: Plan) -> Changes:
    """Words, owner and last day are others; place and topic stay."""
    with session.writing(Permission.PLAN_SERVICE) as work:
        current = _open(work, measure)
        free = replace(plan, building=current.plan.building, topic=current.plan.topic)
        same_day = free.due == current.plan.due  # one that is late may be put into better words
        today = min(session.clock.today(), free.due) if same_day else session.clock.today()
        _require(session, work, free, free.problems(today))
        work.watch.save(replace(current, plan=free))
        names = ("words", "owner", "due")
        changed = [name for name in names if getattr(free, name) != getattr(current.plan, name)]
        session.log(work, "measure.change", _target(measure), fields=changed)
        work.commit()
    return CHANGED


def end(session: Session, measure: MeasureId, state: MeasureState, note: str = "") -> Changes:
    """The measure is done or dropped; of a dropped one the reason is told."""
    with session.writing(Permission.PLAN_SERVICE) as work:
        current = _open(work, measure)
        words = note.strip()
        if state is MeasureState.DROPPED and not words:
            raise RefusedError(
                N_("A dropped measure needs a reason."), N_("Write why nothing is done.")
            )
        wrong = words_problem(words)
        _refuse([wrong] if wrong else [])
        screen.require_clean(session, work, {_("Remark"): words}, Use.PROSE)
        ended = replace(
            current,
            state=state,
            note=words,
            ended_by=session.staff.uid,
            ended_on=session.clock.today(),
        )
        work.watch.save(ended)
        session.log(work, f"measure.{state.value}", _target(measure))
        work.commit()
    return CHANGED


def reopen(session: Session, measure: MeasureId) -> Changes:
    """The measure is under way again: ending it can be taken back."""
    with session.writing(Permission.PLAN_SERVICE) as work:
        current = work.watch.measure(measure)
        if current.is_open:
            raise _moved()
        work.watch.save(
            replace(current, state=MeasureState.OPEN, ended_by="", ended_on=None, note="")
        )
        session.log(work, "measure.reopen", _target(measure))
        work.commit()
    return CHANGED


def _require(session: Session, work: UnitOfWork, plan: Plan, found: Sequence[Problem]) -> None:
    _refuse(found)
    screen.require_clean(session, work, {_("What will be done"): plan.words}, Use.PROSE)
    if plan.owner not in {one.uid for one in work.staff.all() if one.enabled}:
        raise RefusedError(N_("This colleague has no open account."), N_("Choose somebody else."))
    if plan.topic not in {code for code, _name in _topics()}:
        raise RefusedError(N_("There is no such topic."), N_("Choose one of the list."))


def _refuse(found: Sequence[Problem]) -> None:
    if found:
        raise RefusedError(found[0].sentence, N_("Mend the marked entries."), **found[0].places)


def _open(work: UnitOfWork, measure: MeasureId) -> Measure:
    current = work.watch.measure(measure)
    if not current.is_open:
        raise _moved()
    return current


def _moved() -> ConflictError:
    return ConflictError(
        N_("Somebody changed this measure meanwhile."), N_("Look at it as it is now.")
    )


def _topics() -> tuple[tuple[str, Words], ...]:
    kinds = order_kinds.shipped().within(Service.COMPLAINT)
    return ((EVERY_TOPIC, topic_name(EVERY_TOPIC)), *((one.code, one.name) for one in kinds))


def _target(measure: MeasureId) -> str:
    return f"measure:{measure}"


# ---- before and after -----------------------------------------------------------------------


def _line(
    session: Session, work: UnitOfWork, one: Measure, names: Mapping[str, str], smallest: int
) -> Line:
    today = session.clock.today()
    there, before_all = _counted(work, one.plan, _months_before(one.made_on), smallest)
    told_before, told_after, outcome = _rate(there, None, smallest), "", ""
    if one.ended_on is not None and one.state is MeasureState.DONE:
        period = _months_after(one.ended_on)
        is_over = period.until <= month_start(today)
        after, after_all = _counted(work, one.plan, period, smallest) if is_over else (_NEVER, {})
        found = effect(there, after, _elsewhere(one.plan.building, before_all, after_all, smallest))
        told_after = _rate(after, found.after, smallest)
        outcome = _told(found, smallest, there, after) if is_over else _early(period)
    return Line(
        measure=one,
        topic=topic_name(one.plan.topic),
        owner=names.get(one.plan.owner, ""),
        alarm=one.alarm(today),
        before=told_before,
        after=told_after,
        outcome=outcome,
    )


def _months_before(day: date) -> Period:
    """Three whole months: the same for all who look, so that none can be told by subtraction."""
    return Period(since=month_start(day, MONTHS), until=month_start(day))


def _months_after(day: date) -> Period:
    return Period(since=month_start(day, -1), until=month_start(day, -1 - MONTHS))


def _early(period: Period) -> str:
    words = _("Too early: the three whole months after it are over on {day}.")
    return words.format(day=period.until.isoformat())


def _counted(
    work: UnitOfWork, plan: Plan, period: Period, smallest: int
) -> tuple[Span, Mapping[str, float]]:
    """Complaints at the place, and those on its topic by building, as they are told."""
    counted = work.watch_counts.complaints(since=period.since, until=period.until)
    told = told_events([one for one in counted if one.topic == plan.topic], smallest)
    by_building = {building: events for (building, _topic), events in told.items()}
    days = (period.until - period.since).days
    return Span(events=by_building.get(plan.building, 0.0), days=days), by_building


def _elsewhere(
    building: str, before: Mapping[str, float], after: Mapping[str, float], smallest: int
) -> tuple[float, float]:
    """Complaints of all other places before and after, without those hidden both times."""
    pairs = [
        (before.get(name, 0.0), after.get(name, 0.0))
        for name in (before.keys() | after.keys()) - {building}
    ]
    told = [pair for pair in pairs if not all(is_hidden(one, smallest) for one in pair)]
    return sum(first for first, _second in told), sum(second for _first, second in told)


def _rate(span: Span, found: Monthly | None, smallest: int) -> str:
    """Complaints in thirty days with their interval; few are only told to be few."""
    if not span.days:
        return ""
    if is_hidden(span.events, smallest):
        return _("fewer than {count} complaints").format(count=smallest)
    found = found or monthly(span)
    words = _("about {rate} in 30 days ({low}–{high})")
    return words.format(rate=f"{found.rate:.1f}", low=f"{found.low:.1f}", high=f"{found.high:.1f}")


def _told(found: Effect, smallest: int, before: Span, after: Span) -> str:
    sentence = _(_OUTCOMES[found.outcome])
    hidden = any(is_hidden(span.events, smallest) for span in (before, after))
    if found.ratio is None or found.low is None or found.high is None or hidden:
        return sentence
    words = _("{sentence} After to before: {ratio} (95 % interval {low}–{high}).")
    return words.format(
        sentence=sentence,
        ratio=f"{found.ratio:.2f}",
        low=f"{found.low:.2f}",
        high=f"{found.high:.2f}",
    )


def said_place(one: Measure) -> str:
    """Building and topic of a measure in words."""
    return where(one.plan.building, one.plan.topic)
