"""Reads the cells of a DMN table: the S-FEEL profile, each value of the column's kind."""

from typing import NoReturn

from pmdesk.i18n import N_
from pmdesk.rules.dmn.scan import Scan
from pmdesk.rules.dmn.unary import ANYTHING, Endpoint, Point, Span, Test, UnaryTests
from pmdesk.rules.dmn.values import KINDS, Kind, Value, kind_of

_OPERATORS = ("<=", ">=", "<", ">")
_OPENING = {"[": True, "(": False, "]": False}
_CLOSING = {"]": True, ")": False, "[": False}


def read_tests(text: str, kind: Kind | None) -> UnaryTests:
    """The tests that `text` means; what is outside the profile is an EntryError."""
    return _Reader(text, kind).tests()


def read_value(text: str, kind: Kind | None) -> Value:
    """The one value that `text` is; an empty text is null."""
    reader = _Reader(text, kind)
    if reader.ends():
        return None
    value = reader.value()
    if not reader.ends():
        reader.fail_after()
    return value


def kind_in(text: str) -> Kind | None:
    """The kind of the values that stand in this cell, if there are any."""
    reader = _Reader(text, None)
    reader.tests()
    return reader.kind


class _Reader(Scan):
    """The grammar of a cell."""

    def __init__(self, text: str, kind: Kind | None) -> None:
        super().__init__(text)
        self.kind = kind

    def tests(self) -> UnaryTests:
        """The whole text as the tests of one cell."""
        if self.ends() or self._is_dash():
            return ANYTHING
        start = self.at
        if not self._negation():
            tests = self._list(negated=False)
            if not self.ends():
                self.fail_after()
            return UnaryTests(tests=tests)
        tests = self._list(negated=True)
        if not self.take(")"):
            self._fail_bracket()
        if not self.ends():
            if self.take(","):
                self._fail_beside(start)
            self.fail_after()
        return UnaryTests(tests=tests, negated=True)

    def value(self) -> Value:
        """The next value, of the column's kind or null."""
        start = self.place()
        value = self.literal()
        found = kind_of(value)
        if found is not None and self.kind is None:
            self.kind = found
        if found not in {None, self.kind}:
            self.fail(
                N_("From character {position}: only {kind} can stand in this column."),
                start,
                kind=KINDS[self.kind] if self.kind else "",
            )
        return value

    def _is_dash(self) -> bool:
        start = self.at
        if self.take("-") and self.ends():
            return True
        self.at = start
        return False

    def _negation(self) -> bool:
        start = self.place()
        if self.take_word("not") and self.take("("):
            return True
        self.at = start
        return False

    def _list(self, *, negated: bool) -> tuple[Test, ...]:
        tests = [self._test(negated=negated)]
        while self.take(","):
            tests.append(self._test(negated=negated))
        return tuple(tests)

    def _test(self, *, negated: bool) -> Test:
        start = self.place()
        if self._negation():
            if not negated:
                self._fail_beside(start)
            self.fail(N_("From character {position}: “not” cannot stand inside “not”."), start)
        for operator in _OPERATORS:
            if self.take(operator):
                return self._compared(operator)
        opening = self.text[start : start + 1]
        if opening in _OPENING and opening:
            self.at += 1
            return self._interval(with_low=_OPENING[opening])
        return Point(self.value())

    def _compared(self, operator: str) -> Span:
        end = self._endpoint()
        if operator.startswith("<"):
            return Span(high=end, with_high="=" in operator)
        return Span(low=end, with_low="=" in operator)

    def _interval(self, *, with_low: bool) -> Span:
        low = self._endpoint()
        if not self.take(".."):
            self.fail(
                N_("From character {position}: a range needs two dots, like [3..5)."), self.place()
            )
        high = self._endpoint()
        closing = self.text[self.place() : self.at + 1]
        if not closing or closing not in _CLOSING:
            self._fail_bracket()
        self.at += 1
        return Span(low=low, high=high, with_low=with_low, with_high=_CLOSING[closing])

    def _endpoint(self) -> Endpoint:
        start = self.place()
        value = self.value()
        if value is None or isinstance(value, bool):
            self.fail(
                N_("From character {position}: this cannot be compared by less and more."), start
            )
        return value

    def _fail_bracket(self) -> NoReturn:
        self.fail(N_("From character {position}: a closing bracket is missing."), self.place())

    def _fail_beside(self, start: int) -> NoReturn:
        self.fail(
            N_("From character {position}: “not” cannot stand beside other values."),
            start,
            N_("Put everything that is left out in one pair of brackets: not(A, B)."),
        )
