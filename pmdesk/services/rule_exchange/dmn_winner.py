"""How the rows of a tier decision agree on one tier, and in which order they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_
from pmdesk.rules.dmn.model import Policy
from pmdesk.rules.rule import HitPolicy
from pmdesk.services.rule_exchange.dmn_parts import Line, Part

REORDERED = N_(
    "The rows no longer stand by their tiers: the first row that fits applies, as in the file."
)
SORTED = N_(
    "The file ranks the tiers otherwise than this office. Its rows were put in that order; "
    "the first one that fits applies."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The policy, the lines in their order, and what became otherwise than in the file."""

    policy: HitPolicy
    lines: tuple[Line, ...]
    remark: str = ""  # N_-marked


def order_of(part: Part, ranks: Sequence[int]) -> Order:
    """The order of the lines, whose tiers have these ranks (the weakest is 0)."""
    lines = part.lines
    if part.table.policy is Policy.FIRST:
        return _of_first(part, ranks)
    if part.table.policy is Policy.UNIQUE:
        return Order(policy=HitPolicy.UNIQUE, lines=lines)
    if part.table.policy is not Policy.PRIORITY:
        raise PmdeskError(
            N_("The tier has one winner, which the hit policy “{name}” does not give."),
            N_("Use UNIQUE, FIRST or PRIORITY."),
            name=part.table.policy.value,
        )
    deciding = part.table.deciding_order
    if deciding == _by_strength(ranks):
        return Order(policy=HitPolicy.PRIORITY, lines=lines)
    return Order(
        policy=HitPolicy.FIRST, lines=tuple(lines[place] for place in deciding), remark=SORTED
    )


def _of_first(part: Part, ranks: Sequence[int]) -> Order:
    """FIRST is what pmdesk writes for every policy; its own mark tells which one it was."""
    if part.policy == HitPolicy.UNIQUE:
        return Order(policy=HitPolicy.UNIQUE, lines=part.lines)
    if part.policy != HitPolicy.PRIORITY:
        return Order(policy=HitPolicy.FIRST, lines=part.lines)
    if _by_strength(ranks) != tuple(range(len(ranks))):
        return Order(policy=HitPolicy.FIRST, lines=part.lines, remark=REORDERED)
    return Order(policy=HitPolicy.PRIORITY, lines=_as_before(part.lines, ranks))


def _as_before(lines: tuple[Line, ...], ranks: Sequence[int]) -> tuple[Line, ...]:
    """The lines as they stood in the table, where that decides the same as the file."""
    rows = [line.own.get("row", "") for line in lines]
    if len(set(rows)) < len(rows) or not all(row.isdecimal() for row in rows):
        return lines
    places = sorted(range(len(lines)), key=lambda place: int(rows[place]))
    back = [places[place] for place in _by_strength([ranks[place] for place in places])]
    return tuple(lines[place] for place in places) if back == sorted(back) else lines


def _by_strength(ranks: Sequence[int]) -> tuple[int, ...]:
    """The places, the strongest first, equals in their order."""
    return tuple(sorted(range(len(ranks)), key=lambda place: -ranks[place]))
