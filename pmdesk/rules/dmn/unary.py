"""The tests of a cell, as DMN means them: three-valued, because nothing is said of null."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from pmdesk.rules.dmn.values import Value

Endpoint: TypeAlias = Decimal | str | date


@dataclass(frozen=True, slots=True)
class Point:
    """Equal to a value, which may be null."""

    value: Value

    def truth(self, value: Value) -> bool | None:
        """Whether `value`, which is of the column's kind or null, is this one."""
        return value == self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Between two ends of the column's kind; None leaves one open."""

    low: Endpoint | None = None
    high: Endpoint | None = None
    with_low: bool = False
    with_high: bool = False

    def truth(self, value: Value) -> bool | None:
        """Whether `value` lies inside; of null nothing is known."""
        if value is None:
            return None
        return self._is_above(value) and self._is_below(value)

    def _is_above(self, value: Value) -> bool:
        if self.low is None:
            return True
        return value >= self.low if self.with_low else value > self.low  # type: ignore[operator]  # one kind

    def _is_below(self, value: Value) -> bool:
        if self.high is None:
            return True
        return value <= self.high if self.with_high else value < self.high  # type: ignore[operator]  # one kind


Test: TypeAlias = Point | Span


@dataclass(frozen=True, slots=True, kw_only=True)
class UnaryTests:
    """One of `tests` holds, or none of them where `negated`; without tests anything fits."""

    tests: tuple[Test, ...] = ()
    negated: bool = False

    @property
    def is_any(self) -> bool:
        """Whether anything fits, null too."""
        return not self.tests

    def holds(self, value: Value) -> bool:
        """Whether `value` fits: what is neither true nor false does not."""
        if not self.tests:
            return True
        truths = [test.truth(value) for test in self.tests]
        if not self.negated:
            return True in truths
        return True not in truths and None not in truths

    @property
    def fits_null(self) -> bool:
        """Whether null fits: “not” of a comparison says nothing of it, “not” of a value does."""
        return self.holds(None)


ANYTHING = UnaryTests()
