"""The card that asks what is waiting, and how much is not late; all its counts are rounded.

Late is told elsewhere too, of a quarter by tier and building. So every number of this card is
reckoned from rounded counts, and beside the exact numbers of other cards it is asked about as if it
were exact: neither late orders, nor open ones, nor what is done of those that came, tell of few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pmdesk.analytics.dashboard.guard import Question
from pmdesk.analytics.dashboard.lattice import Box
from pmdesk.analytics.dashboard.marks import LATE, Flags, Ints, among, day_of, number, numbers
from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, Figure, FigureKind, Gap, Series
from pmdesk.analytics.rounding import is_hidden, rounded
from pmdesk.domain.dashboard import FEWEST_HOMES, SMALL_OFFICE, TARGET
from pmdesk.i18n import N_, _, joined
from pmdesk.services.dashboard import targets
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card
from pmdesk.services.dashboard.counting import BY_LATE, FINISHED, WAITING, Aside, Counting, split

AGES = (1, 3, 7, 30)  # days, the ends of the bands
_BANDS = (
    N_("up to 1 day"), N_("2–3 days"), N_("4–7 days"), N_("8–30 days"), N_("more than 30 days")
)  # fmt: skip
_HUNDRED = 100
_WEEKLY = 100  # days up to which a point is a week; beyond it is a month
_DONE = 122  # days of which is counted what is done; who has few of these has few of the last band
_MEDIAN, _HIGH = 0.5, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spans:
    """The weeks or months of which each is a point."""

    boxes: tuple[Box, ...]
    by_month: bool


def load(asking: Asking) -> Card:
    """Open orders by age, and by week or month the share of what came that is not late.

    Late is what was done after its time as well as what is still open past it: each order that
    came is one or the other.
    """
    waiting, sentence = _waiting(asking)
    counting = Counting(asking, asking.scope.since, asking.scope.until)
    if counting.is_small():
        return asking.too_small()
    by_month = asking.scope.days > _WEEKLY or asking.work.order_marks.home_count() < SMALL_OFFICE
    spans = split(counting.scope, _ends(counting.scope, by_month=by_month))
    judged = counting.late().astype(np.int64)
    found = _hidden(counting, spans, judged)
    if found is None:
        return asking.refused()
    cells = [
        (HIDDEN, HIDDEN) if hidden else _share(counting.by_part(span, judged, 2), asking.smallest)
        for span, hidden in zip(spans, found, strict=True)
    ]
    return _answered(asking, waiting, sentence, cells, _Spans(boxes=spans, by_month=by_month))


def _hidden(counting: Counting, spans: tuple[Box, ...], judged: Ints) -> tuple[bool, ...] | None:
    """Of which spans nothing is told; None: not even of all. There are none before the first day.

    A period that goes up to last week has no day yet in the first days of its month.
    """
    if not spans:
        return ()
    question = Question(
        scope=counting.scope,
        boxes=spans,
        cut=BY_LATE,
        parts=judged,
        count=2,
        beside=counting.served(),
    )
    found = counting.permitted(question)
    return None if found is None else tuple(one != frozenset() for one in found.hidden)


def _answered(
    asking: Asking,
    waiting: Figure | None,
    sentence: str,
    cells: Sequence[tuple[Cell, Cell]],
    spans: _Spans,
) -> Card:
    """The card of what is permitted, or why there is none."""
    if waiting is None and not any(share.value is not None for share, _n in cells):
        if any(share.gap is Gap.HIDDEN for share, _n in cells):
            return asking.too_small()
        return asking.empty(
            joined(sentence, _("No orders came in this period.")),
            _("Choose another period, register orders, or import those of the past."),
        )
    shares = _shares(spans, [share for share, _n in cells], [count for _s, count in cells])
    figures = tuple(one for one in (waiting, shares) if one and not one.is_empty)
    return asking.shown(
        joined(sentence, shares.answer),
        *figures,
        notes=(shares.note, note(asking.smallest)),
        targets=(targets.waiting(asking.scope), targets.orders(asking.scope)),
    )


def note(base: int) -> str:
    """What a reader must know of the numbers of this card."""
    words = _(
        "Counts of orders are rounded to multiples of {base}; all the rest is reckoned from them."
    )
    return words.format(base=base)


def _waiting(asking: Asking) -> tuple[Figure | None, str]:
    """What is open now, by how long it has been; and how long that is for the half of it."""
    day, open_now = asking.today, numbers(asking.work.order_marks.waiting())
    waits = Aside(orders=open_now, calendar=WAITING)
    counting = Counting(asking, day, day + timedelta(days=1), waits)
    count = int(counting.inside(counting.scope).sum())
    if not count:
        return None, _("Nothing is open.")
    if is_hidden(count, asking.smallest):
        return None, _("Fewer than {count} orders are open.").format(count=asking.smallest)
    few = None, _("What is open is of too few homes to be told of: people are protected.")
    if 0 < counting.homes(counting.scope) < FEWEST_HOMES:
        return few
    done = _done(asking, open_now)
    hidden = None if done is None else _permitted(counting, day, done)
    if hidden is None:
        return few
    counts = counting.by_part(counting.scope, _ages(counting, day), len(_BANDS)).tolist()
    cells = tuple(
        HIDDEN
        if at in hidden or is_hidden(one, asking.smallest)
        else Cell(value=rounded(one, asking.smallest))
        for at, one in enumerate(counts)
    )
    told = joined(
        _how_many(rounded(count, asking.smallest), cells, day), _overdue(asking, counting)
    )
    return _by_age(told, cells), told


def _done(asking: Asking, open_now: Ints) -> frozenset[int] | None:
    """The ages of which few are done; None: nothing may be told of what is open.

    Other cards tell how many came on which days. With what is still open of them that tells what
    is done of them, so that is asked about as if it were told.
    """
    day = asking.today
    done = _finished(asking, open_now, day - timedelta(days=_DONE))
    return _permitted(done, day, frozenset())


def _permitted(counting: Counting, day: date, never: frozenset[int]) -> frozenset[int] | None:
    """The ages of which nothing is told; None: of none."""
    found = counting.permitted(
        Question(
            scope=counting.scope,
            boxes=(counting.scope,),
            cut="age",
            parts=_ages(counting, day),
            count=len(_BANDS),
            never=never,
        )
    )
    return None if found is None else found.hidden[0]


def _ages(counting: Counting, day: date) -> Ints:
    """The band of each order."""
    return np.searchsorted(np.array(AGES), number(day) - counting.came, side="left")


def _by_age(answer: str, cells: tuple[Cell, ...]) -> Figure:
    return Figure(
        key="open_by_age",
        title=_("How long has what is open been waiting?"),
        answer=answer,
        unit=_("orders"),
        kind=FigureKind.BARS,
        axis=_("Age"),
        categories=tuple(_(one) for one in _BANDS),
        category_keys=tuple(str(one) for one in (*AGES, "more")),
        series=(Series(key="orders", label=_("Open orders, about"), cells=cells),),
    )


def _overdue(asking: Asking, counting: Counting) -> str:
    """How many of what is open are past their time; nothing where that tells of few homes."""
    late = counting.late().astype(np.int64)
    scope = counting.scope
    found = counting.permitted(
        Question(scope=scope, boxes=(scope,), cut="overdue", parts=late, count=2)
    )
    if found is None or found.hidden[0] != frozenset():
        return ""
    count = int(counting.by_part(scope, late, 2)[1])
    if not count:
        return _("None of them is overdue.")
    if is_hidden(count, asking.smallest) or _tells_done(asking, counting, late > 0):
        return ""
    words = _("About {count} of them are overdue.")
    return words.format(count=f"{rounded(count, asking.smallest):,.0f}")


def _tells_done(asking: Asking, counting: Counting, late: Flags) -> bool:
    """Whether all that is late, less what is overdue, leaves few homes that were served late.

    Nobody knows of which days that is told, so it is of the fewest there are: since the oldest that
    is overdue. Where nothing was served late since, it may have been before.
    """
    marks = asking.work.order_marks
    oldest = day_of(int(counting.came[late & counting.inside(counting.scope)].min()))
    done = _finished(asking, numbers(marks.waiting()), oldest)
    judged, scope = (done.marks.outcome == LATE).astype(np.int64), done.scope
    if not done.by_part(scope, judged, 2)[1]:
        ever = _finished(asking, numbers(marks.waiting()), day_of(0))
        return bool((ever.marks.outcome[ever.inside(ever.scope)] == LATE).any())
    found = done.permitted(Question(scope=scope, boxes=(scope,), cut="done", parts=judged, count=2))
    return found is None or found.hidden[0] != frozenset()


def _finished(asking: Asking, open_now: Ints, since: date) -> Counting:
    """What came since and is not open."""
    end = asking.today + timedelta(days=1)
    came = numbers(asking.work.order_marks.within(since, end))
    done = Aside(orders=came[~among(came, open_now)], calendar=FINISHED)
    return Counting(asking, asking.today, end, done)


def _how_many(count: float, cells: Sequence[Cell], day: date) -> str:
    """How many are open, and the ages of the middle one and of the tenth that is oldest."""
    told = [one.value for one in cells if one.value is not None]
    middle, old = (_band(told, share) for share in (_MEDIAN, _HIGH))
    if len(told) < len(cells) or not any(told):
        words = _("On {day} about {count} orders are open.")
    elif not old:
        words = _("On {day} about {count} orders are open, nearly all of them up to 1 day.")
    else:
        words = _(
            "On {day} about {count} orders are open: the middle one has waited {median}, the "
            "oldest tenth {high}."
        )
    longest = old == len(AGES)
    return words.format(
        day=day.isoformat(),
        count=f"{count:,.0f}",
        median=_(_BANDS[middle]),
        high=_(_BANDS[old]) if longest else _("{age} or longer").format(age=_(_BANDS[old])),
    )


def _band(counts: Sequence[float], share: float) -> int:
    """The age up to which so large a share of them is."""
    return int(np.searchsorted(np.cumsum(counts), share * sum(counts), side="left"))


def _shares(spans: _Spans, shares: list[Cell], counts: list[Cell]) -> Figure:
    days = [day_of(span.since) for span in spans.boxes]
    return Figure(
        key="in_time",
        title=_("How much is not late?"),
        answer=_not_late(shares, by_month=spans.by_month),
        unit=_("% of the orders that came"),
        kind=FigureKind.SHARES,
        axis=_("Month") if spans.by_month else _("From"),
        categories=tuple(f"{one:%Y-%m}" if spans.by_month else f"{one:%m-%d}" for one in days),
        category_keys=tuple(one.isoformat() for one in days),
        series=(
            Series(key="share", label=_("not late"), cells=tuple(shares)),
            Series(key="target", label=_("target"), cells=(Cell(value=TARGET),) * len(days)),
            Series(key="count", label=_("orders, about"), cells=tuple(counts)),
        ),
        note=joined(
            _("By the month in which an order came.")
            if spans.by_month
            else _("By the week in which an order came."),
            _("Late is what was done after its time, and what is open past it."),
        ),
    )


def _not_late(shares: Sequence[Cell], *, by_month: bool) -> str:
    """The last share that may be told, or why there is none."""
    known = [one for one in shares if one.value is not None]
    if not known:
        return (
            _("How much is not late is hidden to protect people.")
            if any(one.gap is Gap.HIDDEN for one in shares)
            else _("No orders came in this period.")
        )
    words = (
        _("Not late: {share} % (target {target} %).")
        if len(shares) == 1
        else _("Not late in the last month shown: {share} % (target {target} %).")
        if by_month
        else _("Not late in the last week shown: {share} % (target {target} %).")
    )
    return words.format(share=round(known[-1].value or 0), target=TARGET)


def _share(judged: Ints, smallest: int) -> tuple[Cell, Cell]:
    """How much of what came is not late, and how much came."""
    came, late = int(judged.sum()), int(judged[1])
    if not came:
        return NO_DATA, Cell(value=0.0)
    if is_hidden(came, smallest):
        return HIDDEN, HIDDEN
    told = rounded(came, smallest)
    share = _HUNDRED * (told - rounded(late, smallest)) / told
    return Cell(value=share), Cell(value=told)


def _ends(scope: Box, *, by_month: bool) -> list[int]:
    """Mondays, or the first days of months."""
    days = range(scope.since, scope.until)
    if by_month:
        return [day for day in days if day_of(day).day == 1]
    return [day for day in days if not day_of(day).weekday()]
