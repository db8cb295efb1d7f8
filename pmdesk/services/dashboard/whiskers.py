"""How far the orders of a tier could be off by chance alone."""

import math
from collections.abc import Sequence

from pmdesk.analytics.figures import NO_DATA, Cell, Series
from pmdesk.i18n import _

_SURE = 1.96  # standard errors on each side: 95 %
_HUNDRED = 100


def whiskers(parts: Sequence[Series], homes: Sequence[int]) -> tuple[Series, ...]:
    """Both ends of the interval of all services together, per 100 homes.

    Where a part is hidden nothing is told: the sum would tell of it.
    """
    ends = [
        _ends([part.cells[at].value for part in parts], count) for at, count in enumerate(homes)
    ]
    if all(low.value is None for low, _high in ends):
        return ()
    return (
        Series(key="low", label=_("together, from"), cells=tuple(low for low, _high in ends)),
        Series(key="high", label=_("together, to"), cells=tuple(high for _low, high in ends)),
    )


def _ends(rates: Sequence[float | None], homes: int) -> tuple[Cell, Cell]:
    known = [rate for rate in rates if rate is not None]
    if len(known) < len(rates) or not homes or not sum(known):
        return NO_DATA, NO_DATA
    orders = sum(known) * homes / _HUNDRED
    off = _SURE * math.sqrt(orders)
    low, high = max(orders - off, 0.0), orders + off
    return Cell(value=_HUNDRED * low / homes), Cell(value=_HUNDRED * high / homes)
