"""Every row of a list of past orders, read and judged by itself."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from pmdesk.domain.fields import Problem
from pmdesk.domain.names import clean_name
from pmdesk.domain.patterns import credentials, found
from pmdesk.domain.rooms import RoomLabel, joined_room, parsed_room
from pmdesk.i18n import N_
from pmdesk.services.exchange.headers import SURE, Fate, Header
from pmdesk.services.exchange.plan import EVERY, formula_fault, hidden_fault
from pmdesk.services.exchange.planned import BadRow, Duplicate, Fault
from pmdesk.services.exchange.sheet import Cell, Row, Sheet, text_of
from pmdesk.services.order_import.columns import OrderTarget
from pmdesk.services.order_import.meanings import (
    is_placeholder,
    outcome,
    stars,
    tidied,
)
from pmdesk.services.order_import.moments import Moment, moment
from pmdesk.services.order_import.planned import Note, ReadOrder

FIRST_YEAR = 1990  # before that no office kept such a list on a computer
LONGEST_PLACE = 20
LONGEST_NUMBER = 40
_NO_DAY = N_("There is no day on which it came")
_ODD_DAY = N_("Not understood as a day: write 2026-03-02 or 2026-03-02 09:30")
_AHEAD = N_("This day lies ahead")
_LONG_AGO = N_("Before {year}: this is no day of an order")
_BEFORE = N_("Closed before it came: one of the two days is wrong")
_TIMES = (OrderTarget.STARTED, OrderTarget.FINISHED, OrderTarget.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """The clock on the wall of the office."""

    now: datetime  # without a zone
    zone: tzinfo | None


class OrderReader:
    """The rows taken so far."""

    def __init__(self, header: Header, wall: Wall) -> None:
        taken = header.of(Fate.TAKEN)
        self.orders: list[ReadOrder] = []
        self.bad: list[BadRow] = []
        self.duplicates: list[Duplicate] = []
        self.types: Counter[str] = Counter()
        self.buildings: Counter[str] = Counter()
        self.indices = tuple(column.index for column in taken)
        self._wall = wall
        self._headers = tuple(column.header for column in taken)
        self._at = {column.target: place for place, column in enumerate(taken)}
        self._moments: dict[Cell, Moment | None] = {}  # few days, many rows
        self._seen: dict[str, int] = {}
        self._nameless: Counter[str] = Counter()

    @property
    def tells_closing(self) -> bool:
        """Whether any column says that an order was done."""
        return bool(self._at.keys() & {OrderTarget.STATE, OrderTarget.FINISHED, OrderTarget.CLOSED})

    def take(self, row: Row) -> None:
        """`row` is now an order, a duplicate or a bad row; blank ones are nothing."""
        texts = [_shown(cell) for cell in row.cells]
        if not any(texts) or tuple(texts) == self._headers:
            return
        faults, texts = self._screened(row.number, texts)
        blamed = {fault.column for fault in faults}
        times, odd = self._times(row, texts)
        faults += [fault for fault in odd if fault.column not in blamed]
        received = times.get(OrderTarget.RECEIVED)
        if faults or received is None:
            self.bad.append(BadRow(row.number, tuple(faults), tuple(texts)))
            return
        self._enter(self._read(row.number, texts, received, times))

    # ---- one row ----------------------------------------------------------------------------

    def _screened(self, number: int, texts: list[str]) -> tuple[list[Fault], list[str]]:
        """Formula errors and hidden identity numbers; the latter are gone from the cells."""
        faults: list[Fault] = []
        words, source = self._at.get(OrderTarget.WORDS), self._at.get(OrderTarget.SOURCE)
        for place, text in enumerate(texts):
            if place == words:
                continue  # they are left out, the order itself counts
            if fault := formula_fault(text):
                faults.append(Fault(number, self._headers[place], fault))
                continue
            hidden = credentials(text)
            if place == source:
                hidden = tuple(one for one in hidden if one in SURE)
            if hidden:
                faults.append(Fault(number, self._headers[place], hidden_fault(hidden[0])))
                texts[place] = ""
        return faults, texts

    def _times(
        self, row: Row, texts: Sequence[str]
    ) -> tuple[Mapping[str, Moment | None], list[Fault]]:
        """The moments of the row by their target, and why it cannot be entered."""
        found_: dict[str, Moment | None] = {}
        faults: list[Fault] = []
        for target in (OrderTarget.RECEIVED, *_TIMES):
            place = self._at.get(target)
            if place is None:
                continue
            told = self._moment(row.cells[place]) if texts[place] else None
            found_[target] = told
            problem = self._wrong(target, texts[place], told, found_.get(OrderTarget.RECEIVED))
            if problem is not None:
                faults.append(Fault(row.number, self._headers[place], problem))
                if target is OrderTarget.RECEIVED:
                    break  # what is behind it cannot be compared
        return found_, faults

    def _moment(self, cell: Cell) -> Moment | None:
        if cell not in self._moments:
            self._moments[cell] = moment(cell, self._wall.zone)
        return self._moments[cell]

    def _wrong(
        self, target: OrderTarget, text: str, told: Moment | None, received: Moment | None
    ) -> Problem | None:
        if told is None:
            if target is OrderTarget.RECEIVED and is_placeholder(text):
                return Problem(key=target, sentence=_NO_DAY)
            return None if is_placeholder(text) else Problem(key=target, sentence=_ODD_DAY)
        if told.day > self._wall.now.date():
            return Problem(key=target, sentence=_AHEAD)
        if target is OrderTarget.RECEIVED and told.wall.year < FIRST_YEAR:
            return Problem(key=target, sentence=_LONG_AGO, places={"year": FIRST_YEAR})
        if received and target in {OrderTarget.CLOSED, OrderTarget.FINISHED}:
            return Problem(key=target, sentence=_BEFORE) if _is_before(told, received) else None
        return None

    def _read(
        self,
        number: int,
        texts: Sequence[str],
        received: Moment,
        times: Mapping[str, Moment | None],
    ) -> ReadOrder:
        notes: list[Note] = []
        building, entrance, room, area = self._place(texts, notes)
        state = self._text(texts, OrderTarget.STATE)
        ended = outcome(state) if state and not is_placeholder(state) else None
        if ended is None and state and not is_placeholder(state):
            notes.append(Note.STATE_UNKNOWN)
        type_ = _chosen(self._text(texts, OrderTarget.TYPE))
        started = times.get(OrderTarget.STARTED)
        if started and _is_before(started, received):
            started = None
            notes.append(Note.TIME_ODD)
        return ReadOrder(
            row_number=number,
            source=self._source(texts, received, type_, building, notes),
            received=received,
            started=started,
            finished=times.get(OrderTarget.FINISHED),
            closed=times.get(OrderTarget.CLOSED),
            outcome=ended,
            type=type_,
            subtype=_chosen(self._text(texts, OrderTarget.SUBTYPE)),
            words=self._text(texts, OrderTarget.WORDS),
            building=building,
            entrance=entrance,
            room=room,
            area=area,
            name=_name(self._text(texts, OrderTarget.NAME)),
            assignee=self._text(texts, OrderTarget.ASSIGNEE),
            rating=stars(self._text(texts, OrderTarget.RATING)),
            notes=tuple(notes),
        )

    def _text(self, texts: Sequence[str], target: str) -> str:
        place = self._at.get(target)
        return "" if place is None else texts[place]

    def _place(self, texts: Sequence[str], notes: list[Note]) -> tuple[str, str, str, str]:
        """Building, entrance, room, and the area of what all share."""
        named = building_name(self._text(texts, OrderTarget.BUILDING))
        room = self._text(texts, OrderTarget.ROOM)
        label = self._text(texts, OrderTarget.LABEL)
        area = _area(self._text(texts, OrderTarget.AREA))
        if room or label:
            entrance = self._text(texts, OrderTarget.ENTRANCE)
            where = _room(named, entrance, room) if named and room else _whole(room or label)
            if isinstance(where, RoomLabel):
                return (*where, "")
            if not area and not room:
                area = _area(label)  # a place that all share, not a room
            if room or not area:
                notes.append(Note.ROOM_ODD)
        if not named:
            notes.append(Note.NO_BUILDING)
        return named, "", "", area

    def _source(
        self,
        texts: Sequence[str],
        received: Moment,
        type_: str,
        building: str,
        notes: list[Note],
    ) -> str:
        """The order's number over there; one made of what is counted where there is none.

        Nothing of room, words or name is in it: it outlives them.
        """
        text = tidied(self._text(texts, OrderTarget.SOURCE))
        if "e+" in text.casefold():
            notes.append(Note.NUMBER_ROUNDED)
        elif text and not is_placeholder(text):
            return text[:LONGEST_NUMBER]
        else:
            notes.append(Note.NO_NUMBER)
        told = f"{received.wall.isoformat()}|{type_}|{building}"
        digest = hashlib.blake2b(told.encode(), digest_size=4).hexdigest()
        self._nameless[digest] += 1
        return f"{received.day:%Y%m%d}-{digest}-{self._nameless[digest]}"

    def _enter(self, order: ReadOrder) -> None:
        first = self._seen.setdefault(order.source, order.row_number)
        if first != order.row_number:
            self.duplicates.append(Duplicate(order.row_number, first, has_other_phones=False))
            return
        self.orders.append(order)
        self.types[order.type] += 1
        self.buildings[order.building] += 1


def read_rows(
    sheet: Sheet, header: Header, wall: Wall, progress: Callable[[int], None]
) -> OrderReader:
    """All rows below the header; what `progress` raises ends the run."""
    reader = OrderReader(header, wall)
    for row in sheet.rows(reader.indices):
        if row.number > header.row:
            reader.take(row)
            if row.number % EVERY == 0:
                progress(row.number)
    return reader


def _shown(cell: Cell) -> str:
    """The cell as text, a time included."""
    if isinstance(cell, datetime) and (cell.hour or cell.minute or cell.second):
        return cell.isoformat(sep=" ", timespec="seconds")
    return text_of(cell)


def _is_before(told: Moment, received: Moment) -> bool:
    """Days are compared as days where one of the two has no time."""
    if told.has_time and received.has_time:
        return told.wall < received.wall
    return told.day < received.day


def _chosen(text: str) -> str:
    plain = tidied(text)
    return "" if is_placeholder(plain) else plain


@lru_cache(maxsize=4096)
def building_name(text: str) -> str:
    """A building's own name: 3栋 is 3."""
    if not text or is_placeholder(text):
        return ""
    where = joined_room(text, "", "1")
    return where.building if isinstance(where, RoomLabel) else tidied(text)[:LONGEST_PLACE]


@lru_cache(maxsize=65_536)
def _room(building: str, entrance: str, room: str) -> RoomLabel | Problem:
    return joined_room(building, entrance, room)


@lru_cache(maxsize=65_536)
def _whole(label: str) -> RoomLabel | Problem:
    return parsed_room(label)


@lru_cache(maxsize=4096)
def _area(text: str) -> str:
    """A place that all share; nothing that tells of a person."""
    plain = tidied(text)
    if not plain or is_placeholder(plain) or len(plain) > LONGEST_PLACE or found(plain):
        return ""
    return plain


def _name(text: str) -> str:
    return clean_name(text)[0] if text and not is_placeholder(text) else ""
