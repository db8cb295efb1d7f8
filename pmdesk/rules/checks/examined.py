"""A table as the proofs see it: its rows in the order in which they decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pmdesk.i18n import _
from pmdesk.rules.classes import runs
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.overlaps import overlapping
from pmdesk.rules.proofs.search import Search, search_in
from pmdesk.rules.proofs.space import Space, space_of
from pmdesk.rules.rule import Rule
from pmdesk.rules.table import DecisionTable

MOST_NAMED = 6  # spans of rows in one sentence
_SPAN = 3  # rows that are told as a span, from the first to the last
MOST_FOUND = 20  # findings of one kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """The rows above the last one, by turn; `others` are for each the turns that it meets.

    `alike` are the turns that give a tier, `tagged` those that give a tag, as bits. `search` bars
    rows while it goes through the table, `asking` bars none.
    """

    table: DecisionTable
    order: tuple[int, ...]
    space: Space
    others: tuple[int, ...]
    alike: Mapping[str, int]
    tagged: Mapping[str, int]
    search: Search
    asking: Search

    @property
    def last(self) -> Rule | None:
        """The row for everyone else; None where it is missing."""
        return self.table.rules[-1] if self.table.is_complete else None

    @property
    def given_to_all(self) -> frozenset[str]:
        """The tags that everybody has."""
        return self.last.tags if self.last else frozenset()

    def rule(self, turn: int) -> Rule:
        """The rule that has this turn."""
        return self.table.rules[self.order[turn]]

    def number(self, turn: int) -> int:
        """The row that has this turn, as the user counts."""
        return self.order[turn] + 1

    def ids(self, turns: Iterable[int]) -> tuple[str, ...]:
        """The rules that have these turns, in the order of the rows."""
        return tuple(self.table.rules[place].id for place in self._places(turns))

    def words(self, turns: Iterable[int]) -> str:
        """These rows as words, neighbours as a span, a long list cut short."""
        places = self._places(turns)
        spans = _spans(places)
        named = _(", ").join(_numbers(span) for span in spans[:MOST_NAMED])
        more = sum(end - start for start, end in spans[MOST_NAMED:])
        if more:
            return _("rows {rows} and {count} more").format(rows=named, count=more)
        return (_("row {rows}") if len(places) == 1 else _("rows {rows}")).format(rows=named)

    def _places(self, turns: Iterable[int]) -> list[int]:
        return sorted(self.order[turn] for turn in turns)


def examined(table: DecisionTable, budget: Budget) -> Examined:
    """The table, ready to be proved; all searches share the budget."""
    last = len(table.rules) - 1 if table.is_complete else None
    order = tuple(place for place in table.deciding_order if place != last)
    space = space_of(table.facts, [table.rules[place].cells for place in order])
    return Examined(
        table=table,
        order=order,
        space=space,
        others=overlapping(space),
        alike=_turns((table.rules[place].tier,) for place in order),
        tagged=_turns(table.rules[place].tags for place in order),
        search=search_in(space, budget),
        asking=search_in(space, budget),
    )


def _turns(given: Iterable[Iterable[str]]) -> Mapping[str, int]:
    turns: dict[str, int] = {}
    for turn, keys in enumerate(given):
        for key in keys:
            turns[key] = turns.get(key, 0) | 1 << turn
    return turns


def _spans(places: Iterable[int]) -> list[tuple[int, int]]:
    """Each from its first place to behind its last; two neighbours stay apart."""
    spans: list[tuple[int, int]] = []
    for start, end in runs(sum(1 << place for place in places)):
        short = end - start < _SPAN
        spans += [(place, place + 1) for place in range(start, end)] if short else [(start, end)]
    return spans


def _numbers(span: tuple[int, int]) -> str:
    start, end = span
    return str(end) if end - start == 1 else f"{start + 1}–{end}"
