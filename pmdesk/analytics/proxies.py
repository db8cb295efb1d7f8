"""How far one thing tells another: bias-corrected Cramér's V and mutual information."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from pmdesk.domain.fairness import Level

NOTE_FROM, EXPLAIN_FROM, BLOCK_FROM = 0.1, 0.3, 0.5
FEWEST_PEOPLE = 30  # in a group
SHUFFLES = 999  # random tables with the same totals
_SEED = 20  # the same table always has the same p
_STEPS = 60  # halvings; each limit is then exact to many digits
_MOST_PARTS = 4  # of a number that is cut into ranges

Table = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """V from 0 to 1 with its 95 % interval, the permutation p, and mutual information in nats."""

    level: Level
    people: int
    v: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    information: float | None = None


def association(table: Table) -> Association:
    """How far the row of a person tells the column; groups are columns, small ones left out."""
    counts = dense(table)
    people = sum(map(sum, counts))
    if len(counts) < 1 or len(counts[0]) < 2:  # noqa: PLR2004  # one group is none
        return Association(level=Level.TOO_FEW, people=people)
    if len(counts) < 2:  # noqa: PLR2004  # everybody gave the same answer: it tells nothing
        return Association(level=Level.NONE, people=people, v=0, low=0, high=0, p=1, information=0)
    chi = _chi_square(counts)
    low, high = _interval(chi, counts)
    v = _corrected(chi, counts)
    return Association(
        level=level_of(v),
        people=people,
        v=v,
        low=low,
        high=high,
        p=_permuted(counts),
        information=_information(counts),
    )


def level_of(v: float) -> Level:
    """From 0.1 on it is noted, from 0.3 on explained, from 0.5 on a reviewer decides."""
    steps = ((BLOCK_FROM, Level.BLOCK), (EXPLAIN_FROM, Level.EXPLAIN), (NOTE_FROM, Level.NOTE))
    return next((level for start, level in steps if v >= start), Level.NONE)


def dense(table: Table) -> list[list[int]]:
    """Without groups of fewer than 30 people, and without rows that nobody is left in."""
    wide = max((len(row) for row in table), default=0)
    kept = [at for at in range(wide) if sum(row[at] for row in table) >= FEWEST_PEOPLE]
    rows = ([row[at] for at in kept] for row in table)
    return [row for row in rows if sum(row)]


def parts(values: Sequence[float]) -> tuple[float, ...]:
    """The upper ends of up to four ranges of about equal size that the numbers fall into."""
    ordered = sorted(values)
    cuts = {ordered[(len(ordered) * part - 1) // _MOST_PARTS] for part in range(1, _MOST_PARTS + 1)}
    return tuple(sorted(cuts))


def _chi_square(counts: Table) -> float:
    from scipy.stats import chi2_contingency  # noqa: PLC0415  # scipy is slow to import

    return float(chi2_contingency(counts, correction=False).statistic)


def _corrected(chi: float, counts: Table) -> float:
    """Cramér's V without the upward bias of small samples (Bergsma 2013)."""
    people, rows, columns = sum(map(sum, counts)), len(counts), len(counts[0])
    shared = max(0.0, chi / people - (rows - 1) * (columns - 1) / (people - 1))
    sides = (side - (side - 1) ** 2 / (people - 1) for side in (rows, columns))
    return min(1.0, sqrt(shared / (min(sides) - 1)))


def _interval(chi: float, counts: Table) -> tuple[float, float]:
    """The 95 % interval of V from the noncentral chi-square distribution."""
    from scipy.stats import ncx2  # noqa: PLC0415  # scipy is slow to import

    people, rows, columns = sum(map(sum, counts)), len(counts), len(counts[0])
    free = (rows - 1) * (columns - 1)

    def reached(share: float) -> float:
        """The noncentrality under which chi-square stays below `chi` with that share."""
        low, high = 0.0, 4 * chi + 100
        if ncx2.cdf(chi, free, 1e-9) < share:
            return 0.0
        for _step in range(_STEPS):
            middle = (low + high) / 2
            low, high = (middle, high) if ncx2.cdf(chi, free, middle) > share else (low, middle)
        return low

    ends = (sqrt(reached(share) / people / (min(rows, columns) - 1)) for share in (0.975, 0.025))
    low, high = (min(1.0, end) for end in ends)
    return low, high


def _permuted(counts: Table) -> float:
    """How many of the random tables with the same totals are at least as far from chance."""
    import numpy as np  # noqa: PLC0415  # slow to import
    from scipy.stats import random_table  # noqa: PLC0415  # scipy is slow to import

    found = np.asarray(counts, dtype=float)
    rows, columns = found.sum(axis=1), found.sum(axis=0)
    expected = np.outer(rows, columns) / found.sum()
    draws: Any = random_table(rows.astype(int), columns.astype(int)).rvs(
        SHUFFLES, random_state=np.random.default_rng(_SEED)
    )
    distances = ((draws - expected) ** 2 / expected).sum(axis=(1, 2))
    own = ((found - expected) ** 2 / expected).sum()
    return float((1 + (distances >= own - 1e-9).sum()) / (SHUFFLES + 1))


def _information(counts: Table) -> float:
    import numpy as np  # noqa: PLC0415  # slow to import

    joint = np.asarray(counts, dtype=float) / sum(map(sum, counts))
    apart = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    some = joint > 0
    return float((joint[some] * np.log(joint[some] / apart[some])).sum())
