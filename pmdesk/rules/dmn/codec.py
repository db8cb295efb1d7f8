"""Turns the values of a column into a finite, discrete domain, exact to the last digit.

Values that no test of the column tells apart share a code, so a cell becomes a positive set of
codes with unknown as one of its own, and what is built for facts works on DMN tables too.
"""

from collections.abc import Sequence
from typing import TypeAlias

from pmdesk.i18n import Words
from pmdesk.rules.dmn.expressions import ContainsAny
from pmdesk.rules.dmn.listed import OTHER, PRESENT, FlagCodec, ListedCodec
from pmdesk.rules.dmn.model import Input, Table
from pmdesk.rules.dmn.ranked import RankedCodec
from pmdesk.rules.dmn.unary import Point, Span, UnaryTests
from pmdesk.rules.dmn.values import Kind

Code: TypeAlias = int | str | bool | None
Codec: TypeAlias = ListedCodec | RankedCodec | FlagCodec


def codecs_of(table: Table) -> tuple[Codec, ...]:
    """The codec of each column of the table."""
    return tuple(
        _codec(f"c{place}", column, [row.cells[place] for row in table.rows])
        for place, column in enumerate(table.inputs)
    )


def _codec(key: str, column: Input, cells: Sequence[UnaryTests]) -> Codec:
    label = Words(zh=column.label, en=column.label)
    kind, domains, asked = column.type.kind, column.type.domains, column.expression
    if (
        isinstance(asked, ContainsAny)
        and not domains
        and len({path for path, _v in asked.pairs}) == 1
    ):
        return FlagCodec(key, label, asked)
    tests = [test for one in (*domains, *cells) for test in one.tests]
    points = [test.value for test in tests if isinstance(test, Point)]
    if kind is Kind.BOOLEAN:
        return ListedCodec(key, label, (False, True), domains)
    if kind is None:
        return ListedCodec(key, label, (), domains, PRESENT)
    if kind is Kind.STRING and len(points) == len(tests):
        return ListedCodec(key, label, points, domains, OTHER)
    ends = [end for test in tests if isinstance(test, Span) for end in (test.low, test.high)]
    known = [end for end in (*points, *ends) if end is not None and not isinstance(end, bool)]
    return RankedCodec(key, label, known, domains)
