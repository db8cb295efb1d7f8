"""The card that asks what is waiting, and what was done in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from pmdesk.analytics.dashboard.guard import Question
from pmdesk.analytics.dashboard.lattice import Box
from pmdesk.analytics.dashboard.marks import IN_TIME, LATE, Ints, day_of, number
from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, Figure, FigureKind, Gap, Series
from pmdesk.domain.dashboard import FEWEST_HOMES, SMALL_OFFICE, TARGET
from pmdesk.i18n import N_, _
from pmdesk.services.dashboard import targets
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card
from pmdesk.services.dashboard.counting import Counting, split

AGES = (1, 3, 7, 30)  # days, the ends of the bands
_BANDS = (
    N_("up to 1 day"), N_("2–3 days"), N_("4–7 days"), N_("8–30 days"), N_("more than 30 days")
)  # fmt: skip
_HUNDRED = 100
_WEEKLY = 100  # days up to which a point is a week; beyond it is a month


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spans:
    """The weeks or months of which each is a point."""

    boxes: tuple[Box, ...]
    by_month: bool


def load(asking: Asking) -> Card:
    """Open orders by age, and by week or month the share that was done in time."""
    waiting, sentence = _waiting(asking)
    counting = Counting(asking, asking.scope.since, asking.scope.until)
    if counting.is_small():
        return asking.too_small()
    by_month = asking.scope.days > _WEEKLY or asking.work.order_marks.home_count() < SMALL_OFFICE
    spans = split(counting.scope, _ends(counting.scope, by_month=by_month))
    judged = np.select(
        [counting.marks.outcome == IN_TIME, counting.marks.outcome == LATE], [0, 1], -1
    )
    question = Question(scope=counting.scope, boxes=spans, cut="outcome", parts=judged, count=2)
    found = counting.permitted(question)
    if found is None:
        return asking.refused()
    cells = [
        (HIDDEN, HIDDEN) if hidden else _share(*counting.by_part(span, judged, 2).tolist())
        for span, hidden in (
            (span, hidden is None or bool(hidden))
            for span, hidden in zip(spans, found.hidden, strict=True)
        )
    ]
    return _answered(asking, waiting, sentence, cells, _Spans(boxes=spans, by_month=by_month))


def _answered(
    asking: Asking,
    waiting: Figure | None,
    sentence: str,
    cells: Sequence[tuple[Cell, Cell]],
    spans: _Spans,
) -> Card:
    """The card of what is permitted, or why there is none."""
    if not any(share.value is not None for share, _n in cells):
        if any(share.gap is Gap.HIDDEN for share, _n in cells):
            return asking.too_small()
        if waiting is None:
            return asking.empty(
                _("Nothing is open, and nothing was done in this period."),
                _("Choose another period, register orders, or import those of the past."),
            )
    shares = _shares(spans, [share for share, _n in cells], [count for _s, count in cells])
    figures = (waiting, shares) if waiting else (shares,)
    return asking.shown(
        " ".join(part for part in (sentence, shares.answer) if part),
        *figures,
        targets=(targets.waiting(asking.scope), targets.orders(asking.scope)),
    )


def _waiting(asking: Asking) -> tuple[Figure | None, str]:
    """What is open now, by how long it has been; and how long that is for the half of it."""
    since = asking.today
    counting = Counting(asking, since, since + timedelta(days=1), waiting=True)
    inside = counting.inside(counting.scope)
    if not inside.any():
        return None, _("Nothing is open.")
    ages = number(since) - counting.came
    bands = np.searchsorted(np.array(AGES), ages, side="left")
    question = Question(
        scope=counting.scope, boxes=(counting.scope,), cut="age", parts=bands, count=len(_BANDS)
    )
    is_small = 0 < counting.homes(counting.scope) < FEWEST_HOMES
    found = None if is_small else counting.permitted(question)
    if found is None or found.hidden[0] is None:
        return None, _("Too few homes wait for something to say how long.")
    counts = counting.by_part(counting.scope, bands, len(_BANDS))
    cells = tuple(
        HIDDEN if at in found.hidden[0] else Cell(value=float(count))
        for at, count in enumerate(counts)
    )
    sentence = _how_long(ages[inside])
    return Figure(
        key="open_by_age",
        title=_("How long has what is open been waiting?"),
        answer=sentence,
        unit=_("orders"),
        kind=FigureKind.BARS,
        axis=_("Age"),
        categories=tuple(_(one) for one in _BANDS),
        category_keys=tuple(str(one) for one in (*AGES, "more")),
        series=(Series(key="orders", label=_("Open orders"), cells=cells),),
    ), sentence


def _how_long(own: Ints) -> str:
    words = _(
        "{count} orders are open: half of them for more than {median} days, one in ten for more "
        "than {high} days."
    )
    return words.format(
        count=f"{len(own):,}",
        median=round(float(np.median(own))),
        high=round(float(np.quantile(own, 0.9))),
    )


def _shares(spans: _Spans, shares: list[Cell], counts: list[Cell]) -> Figure:
    days = [day_of(span.since) for span in spans.boxes]
    known = [one for one in shares if one.value is not None]
    answer = ""
    if known:
        words = (
            _("In time in the last month shown: {share} % (target {target} %).")
            if spans.by_month
            else _("In time in the last week shown: {share} % (target {target} %).")
        )
        answer = words.format(share=round(known[-1].value or 0), target=TARGET)
    return Figure(
        key="in_time",
        title=_("How much was done in time?"),
        answer=answer,
        unit=_("% of the orders that were done"),
        kind=FigureKind.SHARES,
        axis=_("From"),
        categories=tuple(
            _("{month}-{day}").format(month=f"{one:%m}", day=f"{one:%d}") for one in days
        ),
        category_keys=tuple(one.isoformat() for one in days),
        series=(
            Series(key="share", label=_("in time"), cells=tuple(shares)),
            Series(key="target", label=_("target"), cells=(Cell(value=TARGET),) * len(days)),
            Series(key="count", label=_("orders done"), cells=tuple(counts)),
        ),
        note=_("By the month in which an order came.")
        if spans.by_month
        else _("By the week in which an order came."),
    )


def _share(in_time: int, late: int) -> tuple[Cell, Cell]:
    done = in_time + late
    if not done:
        return NO_DATA, Cell(value=0.0)
    return Cell(value=_HUNDRED * in_time / done), Cell(value=float(done))


def _ends(scope: Box, *, by_month: bool) -> list[int]:
    """Mondays, or the first days of months."""
    days = range(scope.since, scope.until)
    if by_month:
        return [day for day in days if day_of(day).day == 1]
    return [day for day in days if not day_of(day).weekday()]
