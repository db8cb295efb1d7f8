"""Reads a cell: the S-FEEL profile, and what people type in a spreadsheet."""

import re

from pmdesk.errors import EntryError
from pmdesk.i18n import N_
from pmdesk.rules.cells import (
    ANY,
    UNKNOWN,
    Cell,
    Range,
    known,
    meets_span,
    of_ranges,
    of_values,
    outside,
    united,
)
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.literals import Bound, closest_high, closest_low, read_date, read_number
from pmdesk.rules.scanner import Scanner, fold

LONGEST = 20_000
_ANYTHING = ("-", "任意", "不限", "any")
_NULLS = ("未知", "不详", "unknown")
_KNOWN = ("已知", "已填写", "known")
_YES = ("true", "yes", "是", "有", "√", "✓")
_NO = ("false", "no", "否", "无", "×", "✗")
_NEGATIONS = ("不是", "非")
_OR = (",", ";", "或者", "或", "or")
_AND = ("and", "并且", "且", "&&", "&")
_DOTS = ("..", "~", "至", "到")
_OPERATORS = (
    *((text, ">=") for text in (">=", "=>", "≥", "至少", "不少于", "不低于", "不小于")),
    *((text, "<=") for text in ("<=", "=<", "≤", "至多", "不超过", "不多于", "不高于", "不大于")),
    *((text, ">") for text in (">", "超过", "多于", "大于", "高于")),
    *((text, "<") for text in ("<", "不足", "少于", "小于", "低于")),
    *((text, "=") for text in ("==", "=", "等于")),
)


def parse(text: str, fact: Fact) -> Cell:
    """The cell that `text` means for `fact`; what is outside the profile is an EntryError."""
    if len(text) > LONGEST:
        raise EntryError(N_("From character {position}: the cell is too long."), position=LONGEST)
    return _Reader(text, fact).cell()


class _Reader(Scanner):
    """The grammar of a cell."""

    def cell(self) -> Cell:
        """The whole text as one cell."""
        whole = self.folded.strip()
        if whole in {"", "-"} or (whole in _ANYTHING and self.option_in(whole) is None):
            return ANY
        cells: list[Cell] = []
        negated: int | None = None
        while True:
            start = self.place()
            if self.negation():
                negated = start
                cells.append(self.opposite(start))
            else:
                cells.append(self.entry())
            self.place()
            if self.at == len(self.text):
                break
            if not self.take(_OR):
                self.fail_after()
        if negated is not None and sum(cell != UNKNOWN for cell in cells) > 1:
            self.fail(
                N_("From character {position}: “not” cannot stand beside other values."),
                negated,
                N_("Put everything that is left out in one pair of brackets: not(A, B)."),
            )
        return united(cells, self.fact)

    def negation(self) -> bool:
        """Whether a negation comes, which is then read; an option's own name goes first."""
        if self.option(peek=True) is not None:
            return False
        if re.compile(r"not\s*\(").match(self.folded, self.at):
            self.at += len("not")
            return True
        return self.take(_NEGATIONS)

    def opposite(self, start: int) -> Cell:
        """The known values outside what follows, in brackets or alone."""
        self.place()
        cells: list[Cell] = []
        if self.take(("(",)):
            cells.append(self.inner_entry())
            while self.place() < len(self.text) and self.take(_OR):
                cells.append(self.inner_entry())
            if not self.take((")",)):
                self.fail(N_("From character {position}: a closing bracket is missing."), self.at)
        else:
            cells.append(self.inner_entry())
        if self.fact.type is FactType.TEXT:
            self.fail_text(start)
        rest = outside(cells, self.fact)
        return rest if rest is not None else self.fail_never(start)

    def inner_entry(self) -> Cell:
        """An entry inside a negation, which cannot be negated again."""
        start = self.place()
        if self.negation():
            self.fail(N_("From character {position}: “not” cannot stand inside “not”."), start)
        return self.entry()

    def entry(self) -> Cell:
        """One alternative of the cell."""
        start = self.place()
        if start == len(self.text):
            self.fail(N_("At character {position}: something is missing."), start)
        if self.take(("null",)):
            return self.unknown(start)
        if (code := self.option()) is not None:
            return of_values((code,), self.fact)
        if self.take(_NULLS):
            return self.unknown(start)
        if self.take(_KNOWN):
            return known(self.fact) or self.fail_text(start)
        return self.ordered() if self.fact.is_ordered else self.equal()

    def unknown(self, start: int) -> Cell:
        """The cell for unknown, where the fact can be unknown."""
        if not self.fact.nullable:
            self.fail(
                N_("From character {position}: “{label}” is never unknown."),
                start,
                label=self.fact.label,
            )
        return UNKNOWN

    def equal(self) -> Cell:
        """One value of a flag, a choice or a text."""
        self.take(("==", "=", "等于"))
        start = self.place()
        if self.fact.type is FactType.FLAG:
            if self.take(_YES):
                return of_values((True,), self.fact)
            return of_values((False,), self.fact) if self.take(_NO) else self.fail_here()
        code = self.option()
        if code is None:
            typed = self.quoted()
            code = self.option_in(typed) if self.fact.type is FactType.CHOICE else typed
        if code is None:
            self.fail_option(start)
        return of_values((code,), self.fact)

    def ordered(self) -> Cell:
        """One range, comparison or single value of a number or date."""
        start = self.place()
        opening = self.folded[start : start + 1]
        if opening and opening in "[(]":
            self.at += 1
            return self.interval(start, closed=opening == "[")
        if (operator := self.operator()) is not None:
            return self.comparison(operator, start)
        low = self.bound()
        self.place()
        if not self.take(_DOTS):
            return self.between(closest_low(low), closest_high(low), start)
        self.place()
        closed = not self.take(("不足",))
        return self.between(closest_low(low), closest_high(self.bound(), closed=closed), start)

    def interval(self, start: int, *, closed: bool) -> Cell:
        """A range in brackets, whose opening one is read already."""
        low = closest_low(self.bound(), closed=closed)
        self.place()
        if not self.take(_DOTS):
            self.fail(
                N_("From character {position}: a range needs two dots, like [3..5)."), self.at
            )
        high = self.bound()
        closing = self.folded[self.place() : self.at + 1]
        if not closing or closing not in "])[":
            self.fail(N_("From character {position}: a closing bracket is missing."), self.at)
        self.at += 1
        return self.between(low, closest_high(high, closed=closing == "]"), start)

    def comparison(self, operator: str, start: int) -> Cell:
        """Comparisons joined by “and”, the first operator being read already."""
        span = Range(None, None)
        while True:
            bound = self.bound()
            if operator in {">", ">=", "="}:
                low = closest_low(bound, closed=operator != ">")
                span = Range(low if span.low is None else max(span.low, low), span.high)
            if operator in {"<", "<=", "="}:
                high = closest_high(bound, closed=operator != "<")
                span = Range(span.low, high if span.high is None else min(span.high, high))
            self.place()
            if not self.take(_AND):
                return self.between(span.low, span.high, start)
            self.place()
            operator = self.operator() or self.fail_here()

    def between(self, low: int | None, high: int | None, start: int) -> Cell:
        """The cell for a range that a value of the fact can lie in."""
        span = Range(low, high)
        if span.is_empty:
            self.fail_never(start)
        if not meets_span(span, self.fact):
            self.fail_outside(start)
        last = self.fact.span[1]
        if self.fact.type is FactType.DATE and high is not None and last is not None:
            span = Range(low, high if high <= last else None)
        return of_ranges((span,))

    def bound(self) -> Bound:
        """The number or date that comes next, with its unit if one is written."""
        start = self.place()
        reading = read_date if self.fact.type is FactType.DATE else read_number
        found = reading(self.folded, start, self.fact)
        if found is None:
            self.fail_here()
        value, self.at = found
        if self.fact.unit is not None:
            self.place()
            self.take(tuple(fold(word) for word in self.fact.unit))
        return value

    def operator(self) -> str | None:
        """The comparison that comes next, read, as its plain sign."""
        if self.folded.startswith(("<>", "!=", "≠"), self.at):
            return None
        for text, operator in _OPERATORS:
            if self.take((text,)):
                return operator
        return None
