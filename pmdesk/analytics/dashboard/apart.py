"""Of which buildings it may be told how much was late, so that the others are not given away."""

from collections.abc import Collection, Iterable

import numpy as np

from pmdesk.analytics.dashboard.homes import HOME_BITS
from pmdesk.analytics.dashboard.marks import Flags, Ints, Marks


def told_apart(marks: Marks, late: Flags, smallest: int) -> frozenset[int]:
    """Buildings by number; all others together have many late homes and many that are not, or none.

    The whole is known from other charts, so a single building that is left out would follow.
    """
    size = int(marks.building.max(initial=0)) + 1
    counts = np.array([_homes(marks, one, size) for one in (late, ~late)])
    few = (counts > 0) & (counts < smallest)
    gone: Flags = np.asarray(few.any(axis=0))
    for building in np.argsort(counts.sum(axis=0), kind="stable").tolist():
        left = counts[:, gone].sum(axis=1)
        if not gone.any() or (gone.sum() > 1 and not ((left > 0) & (left < smallest)).any()):
            break
        gone[building] |= bool(building and counts[:, building].any())
    came = np.bincount(marks.building, minlength=size) > 0
    came[0] = False
    return frozenset(np.flatnonzero(came & ~gone).tolist())


def grouped(members: Iterable[int], sets: Collection[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """The members, those together that none of the sets tells apart."""
    groups: dict[tuple[bool, ...], set[int]] = {}
    for one in sorted(members):
        groups.setdefault(tuple(one in some for some in sets), set()).add(one)
    return tuple(map(frozenset, groups.values()))


def _homes(marks: Marks, chosen: Flags, size: int) -> Ints:
    """How many homes of each building are chosen."""
    own = chosen & (marks.home > 0)
    each_once = np.unique(marks.building[own] << HOME_BITS | marks.home[own]) >> HOME_BITS
    return np.asarray(np.bincount(each_once, minlength=size))
