"""What can be proved about a DMN table: rows that meet, gaps, and rows that never decide.

Null counts only in columns that speak of it: elsewhere every table would have gaps.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from pmdesk.i18n import N_, Words
from pmdesk.rules.cells import Cell
from pmdesk.rules.dmn.codec import Codec
from pmdesk.rules.dmn.expressions import Constant
from pmdesk.rules.dmn.model import COLLECTING, DECIDED_BY_ONE, Policy, Problem, Table
from pmdesk.rules.dmn.sql import compiled
from pmdesk.rules.facts import Fact
from pmdesk.rules.facts import Value as Coded
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.gaps import gaps
from pmdesk.rules.proofs.overlaps import overlaps
from pmdesk.rules.proofs.unreachable import unreachable

MOST = 20  # findings of one kind
SECONDS = 5.0  # of computing, for each proof


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The rows that can fit at all, as cells over facts, with their places in the table."""

    table: Table
    codecs: tuple[Codec, ...]
    facts: tuple[Fact, ...]
    places: tuple[int, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def example(self, person: Mapping[str, Coded]) -> Words:
        """The values of somebody, as they are written in DMN."""
        pairs = [
            (codec.fact.label, codec.example(person.get(codec.fact.key))) for codec in self.codecs
        ]
        texts = [
            Words(zh=f"{label.zh} = {_zh(value)}", en=f"{label.en} = {_en(value)}")
            for label, value in pairs
        ]
        return Words(zh="，".join(t.zh for t in texts), en=", ".join(t.en for t in texts))


def findings(name: str, table: Table) -> tuple[Problem, ...]:
    """What is wrong with the table of the decision `name`; a row counts from 1."""
    made = compiled(table)
    live = [place for place, cells in enumerate(made.cells) if None not in cells]
    never = [_never(place) for place in range(len(table.rows)) if place not in live]
    cells = tuple(tuple(cell for cell in made.cells[place] if cell) for place in live)
    rows = _Rows(
        table=table,
        codecs=made.codecs,
        facts=_facts(made.codecs, cells),
        places=tuple(live),
        cells=cells,
    )
    found = [*never, *_proved(rows)]
    return tuple(replace(problem, decision=name) for problem in found)


def _proved(rows: _Rows) -> Iterator[Problem]:
    asked = [column.expression for column in rows.table.inputs]
    if len({*asked}) < len(asked) or any(isinstance(one, Constant) for one in asked):
        yield Problem(
            sentence=N_("Gaps and overlaps are not looked for: columns depend on each other."),
            remedy=N_("Ask about each variable in one column."),
        )
        return
    policy = rows.table.policy
    if policy in {Policy.UNIQUE, Policy.ANY}:
        yield from islice(_overlaps(rows), MOST)
    if policy in DECIDED_BY_ONE:
        yield from islice(_unreachable(rows), MOST)
    has_default = any(column.has_default for column in rows.table.outputs)
    if policy not in COLLECTING and not has_default:
        yield from _gaps(rows)


def _overlaps(rows: _Rows) -> Iterator[Problem]:
    table = rows.table
    for pair in overlaps(rows.facts, rows.cells).found:
        first, second = rows.places[pair.first], rows.places[pair.second]
        places = {"first": first + 1, "second": second + 1, "example": rows.example(pair.example)}
        if table.policy is Policy.UNIQUE:
            yield Problem(
                sentence=N_("Rows {first} and {second} fit together: {example}."),
                remedy=N_("Under UNIQUE only one row may fit: narrow one of them."),
                places=places,
            )
        elif table.rows[first].outputs != table.rows[second].outputs:
            yield Problem(
                sentence=N_("Rows {first} and {second} fit together but differ: {example}."),
                remedy=N_("Under ANY they must give the same: narrow one of them."),
                places=places,
            )


def _unreachable(rows: _Rows) -> Iterator[Problem]:
    turn = {place: number for number, place in enumerate(rows.table.deciding_order)}
    order = sorted(range(len(rows.places)), key=lambda place: turn[rows.places[place]])
    proof = unreachable(rows.facts, [rows.cells[place] for place in order], Budget(SECONDS))
    for one in sorted(proof.found, key=lambda one: rows.places[order[one.row]]):
        by = sorted(rows.places[order[place]] + 1 for place in one.by)
        yield Problem(
            sentence=N_("The row never decides: these rows always do before it: {rows}."),
            remedy=N_("Remove it, or move it up."),
            row=rows.places[order[one.row]] + 1,
            places={"rows": ", ".join(map(str, by))},
        )
    if proof.undecided:
        yield _undecided()


def _gaps(rows: _Rows) -> Iterator[Problem]:
    proof = gaps(rows.facts, rows.cells, MOST, Budget(SECONDS))
    for gap in proof.found:
        yield Problem(
            sentence=N_("No row fits: {example}."),
            remedy=N_("Add a row, or a default output."),
            places={"example": rows.example(gap.example)},
        )
    if not proof.is_proved:
        yield _undecided()


def _facts(codecs: Sequence[Codec], rows: Sequence[Sequence[Cell]]) -> tuple[Fact, ...]:
    """The columns as facts that can be unknown where one of their cells says so."""
    spoken = {
        codec.fact.list or codec.fact.key
        for place, codec in enumerate(codecs)
        if any(row[place].unknown for row in rows)
    }
    return tuple(
        replace(codec.fact, nullable=(codec.fact.list or codec.fact.key) in spoken)
        for codec in codecs
    )


def _never(place: int) -> Problem:
    return Problem(
        sentence=N_("The row can never fit."),
        remedy=N_("Correct its cells, or remove it."),
        row=place + 1,
    )


def _undecided() -> Problem:
    return Problem(
        sentence=N_("There may be more: not everything could be proved in time."),
        remedy=N_("Mend what was found and check again."),
    )


def _zh(value: str | Words) -> str:
    return value.zh if isinstance(value, Words) else value


def _en(value: str | Words) -> str:
    return value.en if isinstance(value, Words) else value
