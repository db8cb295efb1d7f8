"""Service plans while they are edited: one value a cell, and why a cell cannot stand.

The contract is one column, each tier another. A tier's cell that nobody filled in follows the
contract; so does one that says the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

from pmdesk.domain.orders.floor import MOST_HOURS, ROUNDS, Floor, Plans, Promise, ServicePlan
from pmdesk.domain.orders.kinds import Service, Urgency
from pmdesk.domain.orders.plan_reading import Aspect, Value, read
from pmdesk.domain.tiers import STANDARD
from pmdesk.i18n import N_

V = TypeVar("V")

CONTRACT = STANDARD  # the column of the floor: standard service is the contract itself
COMPLAINTS = "complaints"
MOST_VISITS = 3650  # ten a day


class Line(NamedTuple):
    """One row of the plans: an aspect of a service, or of orders of an urgency."""

    aspect: Aspect
    of: str  # a service; below “done” an urgency by its name, or complaints


class PlanCell(NamedTuple):
    """One cell: the contract's or a tier's, of that row."""

    tier: str
    line: Line


class Fault(NamedTuple):
    """Why a cell cannot stand: a message id with what fills it."""

    cell: PlanCell
    sentence: str
    bound: Value | None = None  # what would do


LINES: tuple[Line, ...] = (
    *(Line(Aspect.VISITS, service) for service in Service),
    *(Line(Aspect.RESPOND, service) for service in Service),
    *(Line(Aspect.WAYS, service) for service in Service),
    *(Line(Aspect.DONE, urgency.name.lower()) for urgency in Urgency),
    Line(Aspect.DONE, COMPLAINTS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """The contract's values, what tiers have of their own, and entries that cannot be read."""

    floor: Mapping[Line, Value]
    own: Mapping[PlanCell, Value]
    unread: Mapping[PlanCell, str] = field(default_factory=dict)

    def value(self, cell: PlanCell) -> Value:
        """What holds in the cell; a tier's own, or the contract's."""
        return self.own.get(cell, self.floor[cell.line])

    def differs(self, cell: PlanCell) -> bool:
        """Whether a tier says something else there than the contract."""
        return cell in self.own and self.own[cell] != self.floor[cell.line]

    def entered(self, cell: PlanCell, text: str) -> "PlanDraft":
        """With what was typed there; nothing in a tier's cell means what the contract says."""
        bare = self._forgot([cell])
        if not text.strip() and cell.tier != CONTRACT:
            return replace(bare, own=_without(self.own, [cell]))
        value = read(text, cell.line.aspect)
        if value is None:
            return replace(bare, unread={**bare.unread, cell: text.strip()})
        return bare.filled(cell, value)

    def filled(self, cell: PlanCell, value: Value) -> "PlanDraft":
        """With this value there; an entry that could not be read is gone."""
        bare = self._forgot([cell])
        if cell.tier == CONTRACT:
            return replace(bare, floor={**self.floor, cell.line: value})
        if value == self.floor[cell.line]:
            return replace(bare, own=_without(self.own, [cell]))
        return replace(bare, own={**self.own, cell: value})

    def cleared(self, cells: Iterable[PlanCell]) -> "PlanDraft":
        """Those cells of tiers say what the contract says; the contract's own stay."""
        gone = [cell for cell in cells if cell.tier != CONTRACT]
        return replace(self._forgot(gone), own=_without(self.own, gone))

    def as_contract(self, tier: str) -> "PlanDraft":
        """The whole tier promises what the contract does."""
        return self.cleared(PlanCell(tier, line) for line in LINES)

    def lifted(self) -> "PlanDraft":
        """Whatever is less than the contract is what the contract says."""
        below = [fault.cell for fault in self.faults() if fault.cell in self.own]
        made = self
        for cell in below:
            base = self.floor[cell.line]
            best = _best(self.own[cell], base, cell.line.aspect)
            made = made.filled(cell, best if may_type(cell) else base)
        return made

    def faults(self) -> tuple[Fault, ...]:
        """Why it cannot be published, cell by cell in the order of the columns and rows."""
        return (*self._unread(), *self._of_floor(), *self._of_tiers())

    def floors(self) -> Floor:
        """The contract of the draft."""
        return Floor(
            promises={service: self._promise(CONTRACT, service) for service in Service},
            hours={
                urgency: _number(self.floor[Line(Aspect.DONE, urgency.name.lower())])
                for urgency in Urgency
            },
            complaint_hours=_number(self.floor[Line(Aspect.DONE, COMPLAINTS)]),
        )

    def plans(self) -> Plans:
        """What tiers have of their own, service by service."""
        tiers: dict[str, dict[Service, Promise]] = {}
        for cell in self.own:
            if self.differs(cell):
                service = Service(cell.line.of)
                tiers.setdefault(cell.tier, {})[service] = self._promise(cell.tier, service)
        return Plans(tiers=tiers)

    def _promise(self, tier: str, service: Service) -> Promise:
        def of(aspect: Aspect) -> Value:
            return self.value(PlanCell(tier, Line(aspect, service)))

        return Promise(
            visits=_number(of(Aspect.VISITS)),
            respond=_number(of(Aspect.RESPOND)),
            channels=_ways(of(Aspect.WAYS)),
        )

    def _forgot(self, cells: Iterable[PlanCell]) -> "PlanDraft":
        return replace(self, unread=_without(self.unread, cells))

    def _unread(self) -> Iterator[Fault]:
        for cell in self.unread:
            yield Fault(cell, _UNREAD[cell.line.aspect])

    def _of_floor(self) -> Iterator[Fault]:
        for line in LINES:
            cell = PlanCell(CONTRACT, line)
            yield from _out_of_range(cell, self.floor[line])
        for before, after in pairwise(_BY_URGENCY):
            if _number(self.floor[before]) > _number(self.floor[after]):
                words = N_("What is more urgent may not take longer.")
                yield Fault(PlanCell(CONTRACT, before), words, self.floor[after])

    def _of_tiers(self) -> Iterator[Fault]:
        for cell, value in self.own.items():
            base, aspect = self.floor[cell.line], cell.line.aspect
            if _best(value, base, aspect) != value:
                yield Fault(cell, _BELOW[aspect], base)
            elif not may_type(cell):  # of a version from before such rounds were nobody's
                yield Fault(cell, N_("Common areas are the same for everybody."))
            else:
                yield from _out_of_range(cell, value)


def drafted(plan: ServicePlan) -> PlanDraft:
    """A version as a draft."""
    floor = {line: _of_floor(plan.floor, line) for line in LINES}
    own = {
        PlanCell(tier, line): value
        for tier in plan.plans.tiers
        for line in LINES
        if line.aspect is not Aspect.DONE
        if (value := _of_tier(plan, tier, line)) != floor[line]
    }
    return PlanDraft(floor=floor, own=own)


def may_type(cell: PlanCell) -> bool:
    """Whether the cell can say something of its own.

    Orders are done in the same time for all, and common areas are looked after for all.
    """
    aspect, of = cell.line
    return cell.tier == CONTRACT or not (
        aspect is Aspect.DONE or (aspect is Aspect.VISITS and of in ROUNDS)
    )


def is_less(before: Value, after: Value, aspect: Aspect) -> bool:
    """Whether `after` promises less than `before` in any respect."""
    return _best(after, before, aspect) != after


_BY_URGENCY = tuple(Line(Aspect.DONE, urgency.name.lower()) for urgency in Urgency)
_UNREAD: Mapping[Aspect, str] = {
    Aspect.VISITS: N_("This cannot be read. Enter how often in a year, such as 12."),
    Aspect.RESPOND: N_("This cannot be read. Enter hours, such as 24."),
    Aspect.WAYS: N_("This cannot be read. Choose the ways below the table."),
    Aspect.DONE: N_("This cannot be read. Enter hours, such as 24."),
}
_BELOW: Mapping[Aspect, str] = {
    Aspect.VISITS: N_("Less than the contract promises everybody: {bound} at least."),
    Aspect.RESPOND: N_("Slower than the contract promises everybody: {bound} at most."),
    Aspect.WAYS: N_("A way that the contract promises everybody is missing: {bound}."),
}


def _best(value: Value, base: Value, aspect: Aspect) -> Value:
    """The better of both: the value itself unless it is less than the contract's."""
    if aspect is Aspect.WAYS:
        return _ways(value) | _ways(base)
    better = max if aspect is Aspect.VISITS else min
    return better(_number(value), _number(base))


def _out_of_range(cell: PlanCell, value: Value) -> Iterator[Fault]:
    aspect = cell.line.aspect
    if aspect is Aspect.WAYS:
        if not value:
            yield Fault(cell, N_("There has to be one way at least."))
    elif aspect is Aspect.VISITS:
        if _number(value) > MOST_VISITS:
            yield Fault(cell, N_("That is too often: {bound} at most."), MOST_VISITS)
    elif not 0 < _number(value) <= MOST_HOURS:
        yield Fault(cell, N_("It takes one hour at least and {bound} at most."), MOST_HOURS)


def _of_floor(floor: Floor, line: Line) -> Value:
    if line.aspect is not Aspect.DONE:
        return _of_promise(floor.promises.get(Service(line.of), Promise()), line.aspect)
    return floor.complaint_hours if line.of == COMPLAINTS else floor.hours[Urgency[line.of.upper()]]


def _of_tier(plan: ServicePlan, tier: str, line: Line) -> Value:
    promise = plan.plans.promise(tier, Service(line.of), plan.floor)
    return _of_promise(promise, line.aspect)


def _of_promise(promise: Promise, aspect: Aspect) -> Value:
    if aspect is Aspect.VISITS:
        return promise.visits
    return promise.respond if aspect is Aspect.RESPOND else promise.channels


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _ways(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _without(entries: Mapping[PlanCell, V], gone: Iterable[PlanCell]) -> dict[PlanCell, V]:
    lost = set(gone)
    return {cell: value for cell, value in entries.items() if cell not in lost}
