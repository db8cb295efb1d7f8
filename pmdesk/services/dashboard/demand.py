"""The cards that ask when and by whom services are asked for."""

from collections.abc import Iterable, Sequence

import numpy as np

from pmdesk.analytics.dashboard.guard import Permitted, Question
from pmdesk.analytics.dashboard.lattice import Box
from pmdesk.analytics.dashboard.marks import NO_RESULT, SERVICES, Flags, Ints, Lived
from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, Figure, FigureKind, Gap, Series
from pmdesk.domain.dashboard import FEWEST_HOMES, SMALL_OFFICE
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.names import SERVICES as NAMES
from pmdesk.i18n import N_, _, said
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card, Target
from pmdesk.services.dashboard.counting import Counting
from pmdesk.services.dashboard.targets import orders
from pmdesk.services.dashboard.whiskers import whiskers

HOURS = ((5000, 1), (1000, 2), (0, 4))  # of a slot, by how many homes the office has
_DAY = 24
_CUT = "slot:"
_TOGETHER = "all"  # services in one map
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
)  # fmt: skip
_HUNDRED = 100


def when(asking: Asking) -> Card:
    """By weekday and hour, one heat map for each service."""
    counting = Counting(asking, asking.scope.since, asking.scope.until)
    if counting.is_small():
        return asking.too_small()
    marks, homes = counting.marks, asking.work.order_marks.home_count()
    hours = _hours(counting, homes)
    slots = np.where(marks.hour < 0, -1, (marks.weekday * _DAY + marks.hour) // hours)
    boxes, services = _by_service(counting, slots >= 0)
    if not boxes:
        words = _("The orders of this period have no time of day.")
        return _no_orders(asking, counting, words, _("Choose another period."))
    names = tuple((service.value, said(NAMES[service])) for service in services)
    if homes < SMALL_OFFICE and len(boxes) > 1:
        boxes, names = (counting.scope,), ((_TOGETHER, _("All services together")),)
    question = Question(
        scope=counting.scope,
        boxes=boxes,
        cut=f"{_CUT}{hours}",
        parts=slots,
        count=_DAY // hours * len(WEEKDAYS),
    )
    found = counting.permitted(question)
    if found is None:
        return asking.refused()
    figures = tuple(
        _heat(*name, hours, _cells(counting.by_part(box, slots, question.count), hidden))
        for name, box, hidden in zip(names, boxes, found.hidden, strict=True)
        if hidden is not None
    )
    if not figures or not _tells_any(one for figure in figures for one in figure.series):
        return _hidden(asking, counting)
    return asking.shown(
        _busiest(figures, is_all=not any(map(_hides, found.hidden))),
        *figures,
        notes=_left_out([label for _key, label in names], found),
        targets=(orders(asking.scope),),
    )


def tiers(asking: Asking) -> Card:
    """Orders of 100 homes of each tier, by service."""
    counting = Counting(asking, asking.scope.since, asking.scope.until)
    if counting.is_small():
        return asking.too_small()
    names = {tier.code: said(tier.name) for tier in asking.work.catalogue.live().tiers}
    codes = (*names, NO_RESULT)
    homes, parts = _tiers_of(asking, counting, codes)
    boxes, _services = _by_service(counting, parts >= 0)
    if not boxes:
        words = _("The orders of this period came from homes in which no resident is registered.")
        first = _("Register residents and ask them for their consent first.")
        return _no_orders(asking, counting, words, first)
    question = Question(
        scope=counting.scope,
        boxes=boxes,
        cut=f"tier:{asking.active.version if asking.active else 0}",
        parts=parts,
        count=len(codes),
        never=frozenset(at for at, count in enumerate(homes) if count < FEWEST_HOMES),
    )
    found = counting.permitted(question)
    if found is None:
        return asking.refused()
    labels = (*names.values(), _("Not classified"))
    return _by_tier(
        asking, counting, question, found, tuple(zip(codes, labels, homes, strict=True))
    )


def _by_tier(
    asking: Asking,
    counting: Counting,
    question: Question,
    found: Permitted,
    groups: Sequence[tuple[str, str, int]],
) -> Card:
    """The card of what is permitted; a group is a tier with its name and how many homes it has."""
    parts = question.parts if question.parts is not None else np.zeros(0, dtype=np.int64)
    shown = [(at, *group) for at, group in enumerate(groups) if group[-1]]
    series = tuple(
        Series(
            key=service.value,
            label=said(NAMES[service]),
            cells=tuple(
                _rate(counts[at], homes, is_hidden=hidden is None or at in hidden)
                for at, _code, _label, homes in shown
            ),
        )
        for box, hidden in zip(question.boxes, found.hidden, strict=True)
        for service in [SERVICES[next(iter(box.services))]]
        for counts in [counting.by_part(box, parts, question.count)]
    )
    if not _tells_any(series):
        return _hidden(asking, counting)
    figure = _stacked(shown, series)
    there = Target(page="classification", label=_("Classification"))
    few = _(", ").join(label for _at, _code, label, homes in shown if homes < FEWEST_HOMES)
    words = _("Tiers with fewer than {count} homes have no numbers here: {tiers}.")
    notes = (words.format(count=FEWEST_HOMES, tiers=few),) if few else ()
    return asking.shown(figure.answer, figure, notes=(*notes, figure.note), targets=(there,))


def _stacked(shown: Sequence[tuple[int, str, str, int]], series: tuple[Series, ...]) -> Figure:
    labels = [label for _at, _code, label, _homes in shown]
    return Figure(
        key="demand_by_tier",
        title=_("How much service does each tier need?"),
        answer=_most(series, labels),
        unit=_("orders of 100 homes"),
        kind=FigureKind.STACKED,
        axis=_("Tier"),
        categories=tuple(labels),
        category_keys=tuple(code for _at, code, _label, _homes in shown),
        series=(*series, *whiskers(series, [homes for _at, _code, _label, homes in shown])),
        note=_(
            "A home has the strongest tier of anybody who lives there today. Orders of places "
            "that all share are not counted."
        ),
    )


def _by_service(
    counting: Counting,
    counted: Flags,
) -> tuple[tuple[Box, ...], tuple[Service, ...]]:
    """A box for each service that anybody asked for; one service needs no further box."""
    services = tuple(
        service
        for service in counting.services
        if (counting.inside(counting.of_service(service)) & counted).any()
    )
    return tuple(counting.of_service(service) for service in services), services


def _tiers_of(asking: Asking, counting: Counting, codes: tuple[str, ...]) -> tuple[list[int], Ints]:
    """How many homes each tier has in the buildings looked at, and the tier of each order."""
    lived = Lived.unpacked(*asking.work.order_marks.homes(), codes)
    size = max(int(lived.home.max(initial=0)), int(counting.marks.home.max(initial=0))) + 1
    table = np.full(size, -1, dtype=np.int64)  # whoever left is in no tier
    table[lived.home] = lived.tier
    wanted = sorted(counting.scope.buildings)
    own = lived.tier[np.isin(lived.building, wanted)] if wanted else lived.tier
    return np.bincount(own, minlength=len(codes)).tolist(), table[counting.marks.home]


def _hours(counting: Counting, homes: int) -> int:
    """Hours of a slot: as they were before, so that two ways to divide never tell of each other."""
    cut = next((one for one in counting.cuts if one.startswith(_CUT)), None)
    if cut is not None:
        return int(cut.removeprefix(_CUT))
    return next(hours for least, hours in HOURS if homes >= least)


def _heat(key: str, title: str, hours: int, cells: list[Cell]) -> Figure:
    slots = _DAY // hours
    names = tuple(f"{slot * hours:02}–{(slot + 1) * hours:02}" for slot in range(slots))
    return Figure(
        key=f"when_{key}",
        title=title,
        answer="",
        unit=_("number of orders"),
        kind=FigureKind.HEAT,
        axis=_("Hours"),
        categories=names,
        category_keys=names,
        series=tuple(
            Series(key=str(day), label=_(name), cells=tuple(cells[day * slots :][:slots]))
            for day, name in enumerate(WEEKDAYS)
        ),
    )


def _cells(counts: Ints, hidden: frozenset[int] | None) -> list[Cell]:
    gone = hidden or frozenset()
    return [HIDDEN if at in gone else Cell(value=float(count)) for at, count in enumerate(counts)]


def _rate(count: int, homes: int, *, is_hidden: bool) -> Cell:
    if not homes:
        return NO_DATA
    return HIDDEN if is_hidden else Cell(value=_HUNDRED * float(count) / homes)


def _hides(hidden: frozenset[int] | None) -> bool:
    return hidden is None or bool(hidden)


def _tells_any(series: Iterable[Series]) -> bool:
    """Whether any number is shown, or there was nothing that could be."""
    cells = [one for each in series for one in each.cells]
    return any(one.value for one in cells) or not any(one.gap is Gap.HIDDEN for one in cells)


def _hidden(asking: Asking, counting: Counting) -> Card:
    """The card of which every number stays hidden, and why."""
    return asking.too_small() if counting.is_first else asking.refused()


def _busiest(figures: tuple[Figure, ...], *, is_all: bool) -> str:
    found = [
        (one.value or 0, figure, day.label, hour)
        for figure in figures
        for day in figure.series
        for hour, one in zip(figure.categories, day.cells, strict=True)
    ]
    count, figure, day, hour = max(found, key=lambda one: one[0])
    words = (
        _("Most orders come on {day}, {hour}: {count}, all services together.")
        if figure.key == f"when_{_TOGETHER}"
        else _("Most of all {service} is asked for on {day}, {hour}: {count} orders.")
    )
    told = words.format(service=figure.title, day=day, hour=hour, count=f"{count:,.0f}")
    return told if is_all else _of_shown(told)


def _of_shown(told: str) -> str:
    """What is hidden may be larger than the largest number that is not."""
    return _("Of the numbers that may be shown: {sentence}").format(sentence=told)


def _most(series: tuple[Series, ...], labels: list[str]) -> str:
    found = [
        (cell.value or 0, one.label, label)
        for one in series
        for label, cell in zip(labels, one.cells, strict=True)
    ]
    rate, service, tier = max(found)
    words = _("Most often asked for: {service} by the tier {tier}, {rate} orders of 100 homes.")
    told = words.format(service=service, tier=tier, rate=f"{rate:.0f}")
    is_all = not any(cell.gap is Gap.HIDDEN for one in series for cell in one.cells)
    return told if is_all else _of_shown(told)


def _left_out(names: list[str], found: Permitted) -> tuple[str, ...]:
    gone = [name for name, hidden in zip(names, found.hidden, strict=True) if hidden is None]
    if not gone:
        return ()
    return (_("Not shown, too few homes: {services}.").format(services=_(", ").join(gone)),)


def _no_orders(asking: Asking, counting: Counting, otherwise: str, remedy: str) -> Card:
    """Nothing to count: because nothing came, or because of what `otherwise` says."""
    if counting.inside(counting.scope).any():
        return asking.empty(otherwise, remedy)
    return asking.empty(
        _("No orders came in this period."),
        _("Choose another period, register orders, or import those of the past."),
    )
