"""Who would move from which tier to which: numbers that tell of nobody, and the logged list."""

from collections.abc import Sequence
from dataclasses import dataclass

from pmdesk.analytics.suppression import Margins, Shown, suppressed
from pmdesk.domain.classification import ResidentRow, RulesetId, TierCounts
from pmdesk.domain.people import PersonId
from pmdesk.domain.staff import Permission
from pmdesk.rules.scheme import Scheme
from pmdesk.services.masking import listed
from pmdesk.services.rules import Effect
from pmdesk.services.session import Session

_BARS = Margins(known_rows=True, columns=False)  # the totals are on the consent chart
_MOST_LISTED = 2000

Cells = Sequence[Sequence[int | None]]  # before and after, by tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """Somebody whose tier would change; the name is masked, as in every list."""

    row: ResidentRow
    present: str
    tier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movers:
    """The people who would move, room by room, as far as a page can show them."""

    people: tuple[Mover, ...]
    total: int


def may_list(session: Session) -> bool:
    """Whether the present user may see who would move."""
    may = session.staff.may
    decides = may(Permission.EDIT_RULES) or may(Permission.APPROVE_RULES)
    return decides and may(Permission.SEE_CLASSIFICATION)


def movers(session: Session, ruleset: RulesetId) -> Movers:
    """Whose tier the stored version would change today; who asked, and how many, is logged."""
    edits = session.staff.may(Permission.EDIT_RULES)
    session.require(Permission.SEE_CLASSIFICATION)
    with session.writing(Permission.EDIT_RULES if edits else Permission.APPROVE_RULES) as work:
        current, today = work.rulesets.get(ruleset), session.clock.today()
        fates = work.classifications.fates(current.document, today=today)
        moving = {
            int(person): fate
            for fate in fates
            if fate.tier != fate.present
            for person in fate.people
        }
        ids = [PersonId(person) for person in sorted(moving)][:_MOST_LISTED]
        rows = sorted(
            (listed(row) for row in work.people.rows(ids, today=today)), key=lambda row: row.room
        )
        session.log(
            work,
            "rules.movers",
            f"ruleset:{ruleset}",
            row={"digest": current.digest, "people": len(moving), "listed": len(rows)},
        )
        work.commit()
    return Movers(
        people=tuple(
            Mover(row=row, present=moving[row.id].present, tier=moving[row.id].tier) for row in rows
        ),
        total=len(moving),
    )


def sides(keys: Sequence[str], effect: Effect) -> Cells:
    """People per tier before and after; a tier is hidden in both or in neither.

    Who moved would tell the one from the other. What is hidden cannot be found out from the rest.
    """
    counts = (
        [effect.before.get(key, 0) for key in keys],
        [effect.after.tiers.get(key, 0) for key in keys],
    )
    hidden: set[tuple[int, int]] = set()
    while True:
        cells = suppressed(counts, effect.smallest, _BARS, hidden=hidden).cells
        half = [at for at, pair in enumerate(zip(*cells, strict=True)) if pair.count(None) == 1]
        if not half:
            return cells
        hidden |= {(row, at) for at in half for row in range(len(cells))}


def matrix(scheme: Scheme, effect: Effect) -> Shown:
    """Present tiers by new tiers, weakest first; what the bars hide is hidden here too."""
    keys = scheme.tier_keys
    before, after = sides(keys, effect)
    counts = _square(keys, effect.after)
    last = len(keys)
    hidden = {(row, last) for row in range(last) if before[row] is None}
    hidden |= {(last, column) for column in range(last) if after[column] is None}
    return suppressed(counts, effect.smallest, hidden=hidden)


def _square(keys: Sequence[str], counts: TierCounts) -> Sequence[Sequence[int]]:
    return [[counts.matrix.get(row, {}).get(column, 0) for column in keys] for row in keys]
