"""Codes for values that are compared: the ends of all tests, and what lies between them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pmdesk.i18n import Words
from pmdesk.rules.cells import ANY, Cell, Range, of_ranges
from pmdesk.rules.dmn.between import between, nothing_between
from pmdesk.rules.dmn.listed import PRESENT
from pmdesk.rules.dmn.spell import spelled
from pmdesk.rules.dmn.unary import Endpoint, Point, Test, UnaryTests
from pmdesk.rules.dmn.values import Value
from pmdesk.rules.facts import Fact, FactType


class RankedCodec:
    """The ends of all tests in their order, and what lies between them, counted from 0."""

    def __init__(
        self, key: str, label: Words, ends: Iterable[Endpoint], domains: Sequence[UnaryTests]
    ) -> None:
        self._ends: list[Endpoint] = sorted(set(ends))
        ranks = (rank for rank in range(2 * len(self._ends) + 1) if not self._is_empty(rank))
        allowed = [self._runs(domain) for domain in domains]
        self._ranks = [
            rank
            for rank in ranks
            if all(any(low <= rank < high for low, high in runs) for runs in allowed)
        ]
        self.fact = Fact(
            key=key,
            label=label,
            type=FactType.NUMBER,
            low=0,
            high=max(len(self._ranks) - 1, 0),
        )

    def code(self, value: Value) -> int | None:
        """The code of a value of the column's kind and domains; None for null."""
        if value is None or isinstance(value, bool):
            return None
        place = bisect_left(self._ends, value)
        is_end = place < len(self._ends) and self._ends[place] == value
        return bisect_left(self._ranks, 2 * place + is_end)

    def cell(self, tests: UnaryTests) -> Cell | None:
        """The codes that fit the tests; None where nothing ever does."""
        places = [
            (bisect_left(self._ranks, low), bisect_left(self._ranks, high))
            for low, high in self._runs(tests)
        ]
        ranges = [Range(low, high) for low, high in places if low < high]
        if tests.fits_null and ranges == [Range(0, len(self._ranks))]:
            return ANY
        if not ranges and not tests.fits_null:
            return None
        return of_ranges(ranges, unknown=tests.fits_null)

    def example(self, code: object) -> str | Words:
        """A value with this code, as it is written in DMN."""
        if not isinstance(code, int) or not self._ranks:
            return "null"
        place, is_end = divmod(self._ranks[code], 2)
        if is_end:
            return spelled(self._ends[place])
        if not self._ends:
            return PRESENT
        low = self._ends[place - 1] if place else None
        return between(low, self._ends[place] if place < len(self._ends) else None)

    def _is_empty(self, rank: int) -> bool:
        place, is_end = divmod(rank, 2)
        if is_end or not self._ends:
            return False
        low = self._ends[place - 1] if place else None
        return nothing_between(low, self._ends[place] if place < len(self._ends) else None)

    def _runs(self, tests: UnaryTests) -> list[tuple[int, int]]:
        """The ranks that fit the tests, as runs that do not touch; the second is left out."""
        whole = 2 * len(self._ends) + 1
        if tests.is_any:
            return [(0, whole)]
        runs = _merged(run for test in tests.tests if (run := self._run(test)) is not None)
        if not tests.negated:
            return runs
        edges = [0, *(edge for run in runs for edge in run), whole]
        outside = zip(edges[::2], edges[1::2], strict=True)
        return [(low, high) for low, high in outside if low < high]

    def _run(self, test: Test) -> tuple[int, int] | None:
        if isinstance(test, Point):
            if test.value is None or isinstance(test.value, bool):
                return None
            return self._at(test.value)
        low = 0 if test.low is None else self._at(test.low)[not test.with_low]
        whole = 2 * len(self._ends) + 1
        high = whole if test.high is None else self._at(test.high)[test.with_high]
        return (low, high) if low < high else None

    def _at(self, end: Endpoint) -> tuple[int, int]:
        rank = 2 * bisect_left(self._ends, end) + 1
        return rank, rank + 1


def _merged(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(runs):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged
