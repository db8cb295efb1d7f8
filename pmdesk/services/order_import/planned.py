"""What was read in a list of past orders, what somebody chose for it, and what comes of both."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports.orders import OrderLine
from pmdesk.i18n import N_
from pmdesk.services.exchange.headers import Header
from pmdesk.services.exchange.planned import BadRow, Duplicate, Judged
from pmdesk.services.order_import.meanings import Outcome
from pmdesk.services.order_import.moments import Moment


class Note(StrEnum):
    """What is worth knowing of rows that can be entered."""

    OLD_OPEN = "old_open"
    NO_CLOSING = "no_closing"
    STATE_UNKNOWN = "state_unknown"
    NO_TYPE = "no_type"
    RARE_KIND = "rare_kind"
    NO_BUILDING = "no_building"
    NO_ROOM = "no_room"
    ROOM_ODD = "room_odd"
    STRANGER = "stranger"
    WORDS_REFUSED = "words_refused"
    WORDS_CUT = "words_cut"
    PHONE_TAKEN_OUT = "phone_taken_out"
    SETTLED = "settled"
    NUMBER_ROUNDED = "number_rounded"
    NO_NUMBER = "no_number"
    TIME_ODD = "time_odd"
    HAND_REFUSED = "hand_refused"
    NO_HAND = "no_hand"


NOTES: Mapping[Note, str] = {
    Note.OLD_OPEN: N_("Open for more than a year, so overdue: look whether it still is open"),
    Note.NO_CLOSING: N_("Done, but nobody knows when: entered without a time for the work"),
    Note.STATE_UNKNOWN: N_("The state is not understood: the closing date decides"),
    Note.NO_TYPE: N_("No type: taken from the words where they tell it, else “Other”"),
    Note.RARE_KIND: N_("The kind is rare or too long for a list: only the service is kept"),
    Note.NO_BUILDING: N_("Without a building: counted for the estate as a whole"),
    Note.NO_ROOM: N_("The room is not in the register: only the building is kept"),
    Note.ROOM_ODD: N_("The room cannot be read: only the building is kept"),
    Note.STRANGER: N_("Who asked is not in the register of this home: the name is not taken over"),
    Note.WORDS_REFUSED: N_("The words hold something that is not collected here: left out"),
    Note.WORDS_CUT: N_("The words are too long: the end is left out"),
    Note.PHONE_TAKEN_OUT: N_("A phone number or the name of who asked was taken out of the words"),
    Note.SETTLED: N_("Past the time for which words and rooms are kept: only numbers are"),
    Note.NUMBER_ROUNDED: N_("The spreadsheet rounded the order number: it is not taken over"),
    Note.NO_NUMBER: N_("Without a number: time, type and building tell whether it is known"),
    Note.TIME_ODD: N_("A time between opening and closing makes no sense: left out"),
    Note.HAND_REFUSED: N_("Who did it is no short name, or holds what is not collected: left out"),
    Note.NO_HAND: N_("In hand, but the list names nobody who does it: entered as new"),
}


class ReadOrder(NamedTuple):
    """One row as it was read, before anybody said what its words mean here."""

    row_number: int
    source: str
    received: Moment
    started: Moment | None
    finished: Moment | None
    closed: Moment | None
    outcome: Outcome | None
    type: str  # as written; empty for a placeholder
    subtype: str
    words: str
    building: str  # as a register has it
    entrance: str
    room: str
    area: str
    name: str
    assignee: str
    rating: int | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """All rows of a file; nothing has been written."""

    sheet: str
    header: Header
    orders: tuple[ReadOrder, ...] = field(repr=False)
    bad: tuple[BadRow, ...] = field(repr=False)
    duplicates: tuple[Duplicate, ...] = field(repr=False)
    types: Mapping[str, int]  # how many rows have each; the most frequent first
    buildings: Mapping[str, int]
    strange: tuple[str, ...]  # buildings that are in no register, the most frequent first
    known: frozenset[str] = field(repr=False)  # buildings that are
    tells_closing: bool  # whether any column says that an order was done


ESTATE = ""  # of no building


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What somebody decided on the words of the list; what is not said is as guessed."""

    services: Mapping[str, Service] = field(default_factory=dict)  # by type
    buildings: Mapping[str, str | None] = field(default_factory=dict)  # None: leave the rows out
    keeps_old_open: bool = True  # else what is open for a year is entered as cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPlan(Judged):
    """What an import would do; nothing has been written yet."""

    lines: tuple[OrderLine, ...] = field(repr=False)
    duplicates: tuple[Duplicate, ...] = field(repr=False)
    known: int  # orders that were imported before
    left_out: int  # of buildings that somebody left out
    open: int
    first: date | None
    last: date | None
    notes: Counter[Note]
    new_buildings: tuple[str, ...]
