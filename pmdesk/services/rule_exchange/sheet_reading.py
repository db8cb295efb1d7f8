"""Reads rules from a workbook: every cell that cannot be read is told with its place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from typing import TypeVar

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _
from pmdesk.rules.cells import ANY
from pmdesk.rules.facts import Fact
from pmdesk.rules.rule import HitPolicy, Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import MOST_RULES, DecisionTable
from pmdesk.rules.typed import read_tags
from pmdesk.services.exchange.sheet import Book, Row, text_of
from pmdesk.services.exchange.sheet import Cell as Held
from pmdesk.services.rule_exchange.columns import Columns, plain
from pmdesk.services.rule_exchange.incoming import Column, Fault, Incoming, Kind, listed
from pmdesk.services.rule_exchange.sheet_cells import (
    cell_of,
    column_name,
    prose,
    reason_of,
    text_at,
    tier_of,
)
from pmdesk.services.rule_exchange.sheet_finding import Head, found_sheet, given_by, policy_of
from pmdesk.services.rule_exchange.sheet_writing import MARK

T = TypeVar("T")
Why = Callable[[str], PmdeskError]  # why no rule may ask for a column of that title

_IGNORED = frozenset({"现有人数", "people now", "目前人数"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A column of the sheet: what stands above it, and what it is."""

    index: int
    title: str
    fact: Fact | None = None
    gives: str = ""


def read_sheet(book: Book, columns: Columns, scheme: Scheme, why: Why) -> Incoming:
    """What the workbook says, or everything that keeps it from being taken."""
    return _Reader(found_sheet(book, columns), columns, scheme, why).incoming(book)


class _Reader:
    """Reads one worksheet, collecting every fault."""

    def __init__(self, head: Head, columns: Columns, scheme: Scheme, why: Why) -> None:
        self.head = head
        self.columns = columns
        self.scheme = scheme
        self.why = why
        self.faults: list[Fault] = []
        self.remarks: list[str] = []
        self.rules: list[Rule] = []
        self.written: set[str] = set()  # the numbers of all rows
        self.taken: set[str] = set()  # those of the rows above

    def incoming(self, book: Book) -> Incoming:
        """The whole sheet."""
        policy = self._policy(book)
        places = self._places()
        self._refuse_spans(places)
        self.written = self._numbers(places)
        for row in self._rows():
            self._read(row, places)
        return Incoming(
            kind=Kind.SHEET,
            table=None if self.faults else self._table(places, policy),
            columns=tuple(
                Column(title=place.title, fact=place.fact, gives=place.gives) for place in places
            ),
            rows=len(self.rules),
            faults=listed(self.faults),
            remarks=tuple(self.remarks),
        )

    def _table(self, places: Sequence[_Place], policy: HitPolicy) -> DecisionTable:
        facts = tuple(place.fact for place in places if place.fact)
        rules = tuple(self.rules)
        return DecisionTable(facts=facts, rules=rules, scheme=self.scheme, policy=policy)

    def _policy(self, book: Book) -> HitPolicy:
        try:
            found = policy_of(book)
        except PmdeskError as error:
            self.faults.append(Fault(error=error))
            return HitPolicy.PRIORITY
        if found is None:
            self.remarks.append(
                _("The file does not say what applies when several rows fit: the strongest tier.")
            )
        return found or HitPolicy.PRIORITY

    def _numbers(self, places: Sequence[_Place]) -> set[str]:
        """What stands in the column of the rows' own numbers."""
        return {
            text_of(_held(row, place))
            for row in islice(self._below(), MOST_RULES)
            for place in places
            if place.gives == "id"
        }

    # ---- columns ---------------------------------------------------------------------------

    def _places(self) -> tuple[_Place, ...]:
        keys = self.head.keys.cells if self.head.keys else ()
        width = max(len(self.head.titles.cells), len(keys))
        filled = self._filled_columns()
        places: list[_Place] = []
        for index in range(width):
            title, key = text_at(self.head.titles.cells, index), text_at(keys, index)
            if not title and not key and index not in filled:
                continue
            place = self._place(index, title, key)
            if place is not None:
                places.append(place)
        self._refuse_twice(places)
        if not any(place.gives == "tier" for place in places):
            self._fault(PmdeskError(N_("There is no column for the tier."), N_("Add it.")))
        return tuple(places)

    def _place(self, index: int, title: str, key: str) -> _Place | None:
        fact = self.columns.of_key(key) if key else None
        gives = "" if fact else given_by(title, key)
        if gives:
            return _Place(index=index, title=title or key, gives=gives)
        if plain(title) in _IGNORED:
            return None
        fact = fact or self.columns.found(title)
        if fact is not None:
            return _Place(index=index, title=title or key, fact=fact)
        named = title or key
        error = (
            self.why(named)
            if named
            else PmdeskError(
                N_("Something stands in a column without a title."), N_("Name it, or empty it.")
            )
        )
        self._fault(error, column=column_name(index, named))
        return None

    def _filled_columns(self) -> set[int]:
        """The columns in which anything stands below the titles."""
        return {
            index
            for row in islice(self._below(), MOST_RULES + 1)
            for index, cell in enumerate(row.cells)
            if text_of(cell)
        }

    def _refuse_twice(self, places: Sequence[_Place]) -> None:
        seen: set[str] = set()
        for place in places:
            name = place.fact.key if place.fact else MARK + place.gives
            if name in seen:
                error = PmdeskError(N_("Two columns mean the same."), N_("Leave one of them."))
                self._fault(error, column=column_name(place.index, place.title))
            seen.add(name)

    def _refuse_spans(self, places: Sequence[_Place]) -> None:
        """A cell merged over several columns could mean either of them."""
        used = {place.index for place in places}
        for (top, left), (bottom, right) in self.head.sheet.spans:
            if right > left and bottom >= self.head.last and used & set(range(left, right + 1)):
                error = PmdeskError(
                    N_("Cells are merged here over several columns."),
                    N_("Undo the merging, and write into each cell what it asks."),
                )
                self._fault(error, row=str(top + 1), column=column_name(left, ""))

    # ---- rows ------------------------------------------------------------------------------

    def _below(self) -> Iterator[Row]:
        return (row for row in self.head.sheet.rows() if row.number > self.head.last)

    def _rows(self) -> Iterator[Row]:
        for number, row in enumerate(self._below(), start=1):
            if number > MOST_RULES:
                error = PmdeskError(
                    N_("A table has at most {most} rows; the sheet has more."),
                    N_("Join rows that give the same, or remove some."),
                    most=MOST_RULES,
                )
                self._fault(error, row=str(row.number))
                return
            yield row

    def _read(self, row: Row, places: Sequence[_Place]) -> None:
        held = {place: _held(row, place) for place in places}
        cells = [
            self._try(partial(cell_of, held[place], place.fact), ANY, row, place)
            for place in places
            if place.fact is not None
        ]
        given = {place.gives: held[place] for place in places if place.gives}
        outputs = {place.gives: place for place in places if place.gives}
        tier = partial(tier_of, text_of(given.get("tier", "")), self.scheme)
        tags = partial(read_tags, text_of(given.get("tags", "")), self.scheme)
        reason = partial(reason_of, given.get("reason", ""))
        rule = Rule(
            id=self._id(text_of(given.get("id", "")), row),
            cells=tuple(cells),
            tier=self._try(tier, self.scheme.weakest, row, outputs.get("tier")),
            tags=self._try(tags, frozenset[str](), row, outputs.get("tags")),
            reason=self._try(reason, "", row, outputs.get("reason")),
            legal=prose(given.get("legal", "")),
        )
        self.rules.append(rule)

    def _id(self, written: str, row: Row) -> str:
        """The row's own number, or a new one where it has none or another row has it already."""
        if written and written not in self.taken:
            self.taken.add(written)
            return written
        used = self.taken | self.written
        fresh = next(name for n in count(1) if (name := f"r{n}") not in used)
        self.taken.add(fresh)
        if written:
            remark = _("Row {row}: the number “{name}” stands above already; it became “{fresh}”.")
            self.remarks.append(remark.format(row=row.number, name=written, fresh=fresh))
        return fresh

    def _try(self, read: Callable[[], T], instead: T, row: Row, place: _Place | None) -> T:
        """What `read` gives, or `instead` with a fault at that place."""
        try:
            return read()
        except PmdeskError as error:
            column = column_name(place.index, place.title) if place else ""
            self._fault(error, row=str(row.number), column=column)
            return instead

    def _fault(self, error: PmdeskError, row: str = "", column: str = "") -> None:
        self.faults.append(Fault(error=error, sheet=self.head.sheet.name, row=row, column=column))


def _held(row: Row, place: _Place) -> Held:
    return row.cells[place.index] if place.index < len(row.cells) else ""
