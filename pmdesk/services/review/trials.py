"""Ten thousand made-up people: no rule takes anything away, and no blank costs anything."""

import functools
import itertools
import operator
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pmdesk.rules.classes import cut
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.facts import Value
from pmdesk.rules.rule import HitPolicy
from pmdesk.rules.table import DecisionTable
from pmdesk.services.review.examples import flags_of

CASES = 10_000
_COMPARED = 200  # of them, also decided by the evaluator that decides about people
_KEPT = 64

Answer = tuple[Mapping[str, Value], int]  # values of an input's facts, and the rows they fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Somebody gets less: because of this row, or for having left this input blank."""

    row: int
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the made-up people showed."""

    cases: int
    taken: Loss | None = None  # a row takes away what another gives
    blanked: Loss | None = None  # a blank costs something
    agrees: bool = True  # with the evaluator


_known: dict[str, Trial] = {}


def known(table: DecisionTable) -> Trial | None:
    """What the trial of exactly this table showed; None before it was run."""
    return _known.get(table.digest())


def tried(table: DecisionTable) -> Trial:
    """What 10,000 people drawn at random show; run once for each table."""
    digest = table.digest()
    if digest not in _known:
        while len(_known) >= _KEPT:
            _known.pop(next(iter(_known)))
        _known[digest] = _tried(table, random.Random(digest))  # noqa: S311  # repeatable, no secret
    return _known[digest]


def _tried(table: DecisionTable, dice: random.Random) -> Trial:
    desk = _Desk.of(table)
    taken = blanked = None
    agrees = True
    for number in range(CASES):
        drawn = [one.draw(dice) for one in desk.inputs]
        masks = [mask for _values, mask in drawn]
        taken = taken or desk.taken(functools.reduce(operator.and_, masks, desk.everyone))
        blanked = blanked or desk.blanked(masks)
        if number < _COMPARED:
            agrees = agrees and desk.agrees(drawn)
    return Trial(cases=CASES, taken=taken, blanked=blanked, agrees=agrees)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    """Columns that are answered together; what can be answered, the last being a blank."""

    fact: str
    answers: tuple[Answer, ...]

    @property
    def blank(self) -> int:
        """The rows that a blank fits."""
        return self.answers[-1][1]

    def draw(self, dice: random.Random) -> Answer:
        """A known answer four times in five."""
        if len(self.answers) == 1 or dice.random() < 0.2:  # noqa: PLR2004  # share of blanks
            return self.answers[-1]
        return self.answers[dice.randrange(len(self.answers) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A table as bits: which rows an answer fits, and how strong the deciding row is."""

    table: DecisionTable
    inputs: tuple[_Input, ...]
    by_tier: tuple[tuple[int, int], ...]  # rank and its rows, strongest first

    @classmethod
    def of(cls, table: DecisionTable) -> "_Desk":
        ranks = [table.scheme.rank(rule.tier) for rule in table.rules]
        by_tier = {rank: _bits(r == rank for r in ranks) for rank in set(ranks)}
        return cls(
            table=table,
            inputs=tuple(_inputs(table)),
            by_tier=tuple(sorted(by_tier.items(), reverse=True)),
        )

    @property
    def everyone(self) -> int:
        return (1 << len(self.table.rules)) - 1

    def deciding(self, rows: int) -> int:
        """The row that gives the tier; -1 where none fits."""
        if self.table.policy is HitPolicy.PRIORITY:
            rows = next((rows & mask for _rank, mask in self.by_tier if rows & mask), 0)
        return (rows & -rows).bit_length() - 1

    def rank(self, rows: int) -> int:
        """How strong the tier is that these rows give."""
        if self.table.policy is HitPolicy.PRIORITY:
            return next((rank for rank, mask in self.by_tier if rows & mask), -1)
        row = self.deciding(rows)
        return -1 if row < 0 else self.table.scheme.rank(self.table.rules[row].tier)

    def taken(self, rows: int) -> Loss | None:
        """The deciding row, where without it the person would get more."""
        row = self.deciding(rows)
        less = row >= 0 and self.rank(rows & ~(1 << row)) > self.rank(rows)
        return Loss(row=row) if less else None

    def blanked(self, masks: Sequence[int]) -> Loss | None:
        """The row that somebody gets for a blank, and that gives less than those he had already."""
        gained = [one.blank & ~mask for one, mask in zip(self.inputs, masks, strict=True)]
        if not any(gained):
            return None  # whatever fits a blank fits the answer too, so it is not lost
        before = list(itertools.accumulate(masks, operator.and_, initial=self.everyone))
        after = self.everyone
        for place in reversed(range(len(masks))):
            had = before[place] & masks[place] & after
            now = before[place] & self.inputs[place].blank & after
            if gained[place] and self.rank(now) < self.rank(had & now):
                return Loss(row=self.deciding(now), fact=self.inputs[place].fact)
            after &= masks[place]
        return None

    def agrees(self, drawn: Iterable[Answer]) -> bool:
        """Whether the evaluator decides the same about this person."""
        values: dict[str, Value] = {}
        rows = self.everyone
        for own, mask in drawn:
            values |= own
            rows &= mask
        outcome = evaluate(self.table, values)
        row = self.deciding(rows)
        return outcome.rule == ("" if row < 0 else self.table.rules[row].id)


def _inputs(table: DecisionTable) -> Iterator[_Input]:
    """The columns one by one, those about the same list together."""
    for fact in table.facts:
        if not fact.list:
            cells = [rule.cells[table.column_of(fact.key)] for rule in table.rules]
            column = cut(cells, fact)
            answers = [
                ({fact.key: column.sample(place)}, _bits(held >> place & 1 for held in column.held))
                for place in range(len(column.classes))
            ]
            yield _Input(fact=fact.key, answers=tuple(answers))
    for name in dict.fromkeys(fact.list for fact in table.facts if fact.list):
        yield _Input(fact=name, answers=tuple(_of_list(table, name)))


def _of_list(table: DecisionTable, name: str) -> Iterator[Answer]:
    """Nothing chosen, one, two or all of the options; and the list left blank."""
    codes = dict.fromkeys(c for fact in table.facts if fact.list == name for c in fact.any_of)
    sets = [set(codes), set[str]()]
    sets += [set(some) for size in (1, 2) for some in itertools.combinations(codes, size)]
    for chosen in (*sets, None):
        flags = flags_of(table, name, chosen)
        yield flags, _rows(table, flags)


def _rows(table: DecisionTable, flags: Mapping[str, Value]) -> int:
    """The rows that nothing of these flags keeps from fitting."""
    rows = (1 << len(table.rules)) - 1
    for key, value in flags.items():
        place = table.column_of(key)
        column = cut([rule.cells[place] for rule in table.rules], table.facts[place])
        at = column.classes.index(value)
        rows &= _bits(held >> at & 1 for held in column.held)
    return rows


def _bits(flags: Iterable[int | bool]) -> int:
    return sum(1 << place for place, flag in enumerate(flags) if flag)
