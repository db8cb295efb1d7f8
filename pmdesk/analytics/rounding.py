"""Counts that leave only rounded, so that no sum, rate or neighbouring period tells a hidden one.

Whoever sees exact counts of buildings, topics and months that overlap, or rates and bands drawn
from them, finds a hidden count of one to four homes by subtraction or by trying the formulas
backwards. So such counts are told as multiples of a base ("conventional rounding" in the Glossary
of Statistical Disclosure Control, UNECE 2005), and every count, share and rate that is shown is
reckoned from the told numbers alone.

Rounding is not enough where the same thing is told of sets that overlap: 8 and 8, told as 10 and
10, beside 17, told as 15, leave one for what is between. There `dashboard.guard` is asked as if the
numbers were exact. Waits are no counts: see `delivered`.
"""

from pmdesk.i18n import _


def rounded(count: int, base: int) -> float:
    """The nearest multiple of the base; nothing stays nothing.

    1 to `base` - 1 is hidden. It counts as half the base, always the same, so that nothing that is
    reckoned depends on it.
    """
    if is_hidden(count, base):
        return base / 2
    return float((count + base // 2) // base * base)


def is_hidden(count: float, base: int) -> bool:
    """Whether a count, exact or rounded, stands for so few that it is not told."""
    return 0 < count < base


def fewest(told: float, base: int) -> int:
    """The smallest count that is told so."""
    return max(base, round(told) - base // 2)


def note(base: int) -> str:
    """What a reader must know of such numbers."""
    words = _(
        "Counts of complaints are rounded to multiples of {base}; all the rest is reckoned from"
        " them."
    )
    return words.format(base=base)
