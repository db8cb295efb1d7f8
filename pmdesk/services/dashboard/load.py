"""The card that asks what is waiting, and how much is not late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pmdesk.analytics.dashboard.guard import Question
from pmdesk.analytics.dashboard.lattice import Box
from pmdesk.analytics.dashboard.marks import Ints, day_of, number
from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, Figure, FigureKind, Gap, Series
from pmdesk.domain.dashboard import FEWEST_HOMES, SMALL_OFFICE, TARGET
from pmdesk.i18n import N_, _, joined, ngettext
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
    """Open orders by age, and by week or month the share of what came that is not late.

    Late is what was done after its time as well as what is still open past it. So each order that
    came is one or the other, and with the other cards this tells nothing of what is open.
    """
    waiting, sentence = _waiting(asking)
    counting = Counting(asking, asking.scope.since, asking.scope.until)
    if counting.is_small():
        return asking.too_small()
    by_month = asking.scope.days > _WEEKLY or asking.work.order_marks.home_count() < SMALL_OFFICE
    spans = split(counting.scope, _ends(counting.scope, by_month=by_month))
    judged = counting.late().astype(np.int64)
    question = Question(scope=counting.scope, boxes=spans, cut="late", parts=judged, count=2)
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
    if waiting is None and not any(share.value is not None for share, _n in cells):
        if any(share.gap is Gap.HIDDEN for share, _n in cells):
            return asking.too_small()
        return asking.empty(
            joined(sentence, _("No orders came in this period.")),
            _("Choose another period, register orders, or import those of the past."),
        )
    shares = _shares(spans, [share for share, _n in cells], [count for _s, count in cells])
    figures = (waiting, shares) if waiting else (shares,)
    return asking.shown(
        joined(sentence, shares.answer),
        *figures,
        notes=(shares.note,),
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
    sentence = joined(_how_long(ages[inside], since), _overdue(counting))
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


def _overdue(counting: Counting) -> str:
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
    words = ngettext("{count} of them is overdue.", "{count} of them are overdue.", count)
    return words.format(count=f"{count:,}")


def _how_long(own: Ints, day: date) -> str:
    words = _(
        "On {day} {count} orders are open: half of them for more than {median} days, one in ten "
        "for more than {high} days."
    )
    return words.format(
        day=day.isoformat(),
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
            _("Not late in the last month shown: {share} % (target {target} %).")
            if spans.by_month
            else _("Not late in the last week shown: {share} % (target {target} %).")
        )
        answer = words.format(share=round(known[-1].value or 0), target=TARGET)
    return Figure(
        key="in_time",
        title=_("How much is not late?"),
        answer=answer,
        unit=_("% of the orders that came"),
        kind=FigureKind.SHARES,
        axis=_("From"),
        categories=tuple(
            _("{month}-{day}").format(month=f"{one:%m}", day=f"{one:%d}") for one in days
        ),
        category_keys=tuple(one.isoformat() for one in days),
        series=(
            Series(key="share", label=_("not late"), cells=tuple(shares)),
            Series(key="target", label=_("target"), cells=(Cell(value=TARGET),) * len(days)),
            Series(key="count", label=_("orders"), cells=tuple(counts)),
        ),
        note=joined(
            _("By the month in which an order came.")
            if spans.by_month
            else _("By the week in which an order came."),
            _("Late is what was done after its time, and what is open past it."),
        ),
    )


def _share(in_time: int, late: int) -> tuple[Cell, Cell]:
    came = in_time + late
    if not came:
        return NO_DATA, Cell(value=0.0)
    return Cell(value=_HUNDRED * in_time / came), Cell(value=float(came))


def _ends(scope: Box, *, by_month: bool) -> list[int]:
    """Mondays, or the first days of months."""
    days = range(scope.since, scope.until)
    if by_month:
        return [day for day in days if day_of(day).day == 1]
    return [day for day in days if not day_of(day).weekday()]
