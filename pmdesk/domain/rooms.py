"""Room labels: 3-2-501 in all the ways in which people and spreadsheets write it."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from pmdesk.domain.fields import Problem
from pmdesk.i18n import N_

KEY = "unit_ref"
LONGEST = 20  # characters of one part


class RoomLabel(NamedTuple):
    """Where a unit is: building, entrance (单元, empty where there is none) and room."""

    building: str
    entrance: str
    room: str

    @property
    def text(self) -> str:
        """As shown everywhere: 3-2-501, or A-1202 where a building has no entrances."""
        return "-".join(part for part in self if part)


_DASHES = re.compile(r"[-‐‑‒–—―−ー~～_/\\\\]+")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:-[0-9]{1,2}-[0-9]{1,2}|年[0-9]{1,2}月.*)")
_MONTH_DAY = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日")
_SERIAL = re.compile(r"([34][0-9]{4}|5[0-4][0-9]{3})")  # days since 1900: the years 1982 to 2050
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}(?=号楼|栋|幢|座|单元|号门)")
_FLOAT = re.compile(r"([0-9]+)\.0+")

_WORD = (
    "(?:(?![栋幢座楼号单元室])[\u4e00-\u9fff·])"  # part of a building's own name: 桂园, 一期, 东区
)
_BUILDING = (
    f"(?P<building>{_WORD}{{0,8}}[A-Z]?[0-9]{{1,4}}[A-Z]?|{_WORD}{{0,8}}[A-Z]|{_WORD}{{1,8}})"
)
_BUILDING_END = "(?:(?P<title>号楼|号|栋|幢|座|#楼|楼|#)-?|-)"
_ENTRANCE = "(?P<entrance>[0-9A-Z]{1,2}|[东西南北中甲乙丙丁])(?:(?:单元|号门|门|梯|#)-?|-)"
_FLOOR = "(?:[0-9]{1,2}(?:层|楼)-?)?"
_ROOM = f"(?P<room>[0-9A-Z]{{1,6}}(?:-[0-9A-Z]{{1,2}})?{_WORD}{{0,3}}?)(?:室|号房|号|房|户)?"
_COMBINED = re.compile(f"{_BUILDING}{_BUILDING_END}(?:{_ENTRANCE})?{_FLOOR}{_ROOM}")

_BUILDING_TAIL = re.compile(r"(?:号楼|#楼|号|栋|幢|座|楼|#)$")
_ENTRANCE_TAIL = re.compile(r"(?:单元|号门|门|梯|#|号)$")
_ROOM_TAIL = re.compile(r"(?:室|号房|号|房|户)$")
_PLAIN = re.compile(r"[0-9A-Z]{1,6}")
_NUMBERED = re.compile("[0-9A-Z]")
_PART = re.compile(r"[\w·.]+(?:-[0-9A-Z]{1,2})?")


def parsed_room(text: str) -> RoomLabel | Problem:
    """The unit that a combined label names: 3-2-501, 3栋2单元501室, A座1202, 3#2-501."""
    label = tidied(text)
    if not label:
        return _MISSING
    if is_date(label):
        return _DATED
    match = _COMBINED.fullmatch(label)
    if match is None:
        return _UNREADABLE
    return RoomLabel(_own_name(match), _unpadded(match["entrance"] or ""), match["room"])


def joined_room(building: str, entrance: str, room: str) -> RoomLabel | Problem:
    """The unit that three cells name; a room cell may hold the whole label as well."""
    block, block_dated = _part(building, _BUILDING_TAIL)
    door, door_dated = _part(entrance, _ENTRANCE_TAIL)
    if block_dated or door_dated:
        return _DATED
    if _PLAIN.fullmatch(room) and block and max(len(block), len(door)) <= LONGEST:
        label = RoomLabel(block, door, room)
        return label if _PART.fullmatch(block) and _PART.fullmatch(door or "0") else _UNREADABLE
    return _spelt_out(block, door, tidied(room))


def is_date(label: str) -> bool:
    """Excel made a date of it: 2026-03-02 or 46083 was once typed as 3-2."""
    return any(shape.fullmatch(label) for shape in (_DATE, _MONTH_DAY, _SERIAL))


def _spelt_out(block: str, door: str, room: str) -> RoomLabel | Problem:
    """The unit whose room cell is more than a plain number: 501室, 3-2-501, A12-1."""
    if not room.isdigit() and is_date(room):  # room 40101 is a room, not a day
        return _DATED
    whole = _COMBINED.fullmatch(room)
    label = RoomLabel(block, door, _ROOM_TAIL.sub("", room))
    if whole and _own_name(whole) == block:
        door = door or _unpadded(whole["entrance"] or "")
        label = RoomLabel(block, door, whole["room"])
    return _wrong(label) or label


@lru_cache(maxsize=4096)
def _part(text: str, tail: re.Pattern[str]) -> tuple[str, bool]:
    """A building's or entrance's own name, and whether Excel made a date of it."""
    tidy = tidied(text)
    name = tail.sub("", tidy)
    is_plain = tail is _ENTRANCE_TAIL or not name or _NUMBERED.search(name)
    return _unpadded(name if is_plain else tidy), is_date(tidy)


def _own_name(whole: re.Match[str]) -> str:
    """3栋 is building 3; what has no number is called as it is written: 老楼."""
    name = whole["building"]
    return _unpadded(name if _NUMBERED.search(name) else name + (whole["title"] or ""))


def _wrong(label: RoomLabel) -> Problem | None:
    if not label.building:
        return _NO_BUILDING
    if not label.room:
        return _MISSING
    if any(len(part) > LONGEST for part in label):
        return _TOO_LONG
    return None if all(_PART.fullmatch(part) for part in label if part) else _UNREADABLE


def tidied(text: str) -> str:
    """In one width and case, without spaces, with one kind of dash, and 三栋 as 3栋."""
    label = "".join(unicodedata.normalize("NFKC", text).upper().split()).strip("'")
    if plain := _FLOAT.fullmatch(label):
        return plain.group(1)
    label = _DASHES.sub("-", label).strip("-")
    if label.count(".") == 2:  # noqa: PLR2004  # 3.2.501
        label = label.replace(".", "-")
    return _NUMERAL.sub(lambda match: str(_counted(match.group())), label)


def _counted(numeral: str) -> int:
    """十二 is 12; only as many as a compound has buildings."""
    tens, ten, ones = numeral.rpartition("十")
    unit = "一二三四五六七八九".find(ones) + 1 if ones else 0
    if not ten:
        return int("".join(str("一二三四五六七八九".find(c) + 1) for c in numeral))
    return 10 * ("一二三四五六七八九".find(tens) + 1 if tens else 1) + unit


def _unpadded(part: str) -> str:
    """03 and 3 are one building."""
    return (part.lstrip("0") or "0") if part.isdigit() else part


def _problem(sentence: str) -> Problem:
    return Problem(key=KEY, sentence=sentence, places={"count": LONGEST})


_MISSING = _problem(N_("The room number is missing"))
_NO_BUILDING = _problem(N_("The building is missing"))
_TOO_LONG = _problem(N_("A part of the room number has more than {count} characters"))
_DATED = _problem(
    N_(
        "The spreadsheet turned the room number into a date: "
        "format the column as text and type it again"
    )
)
_UNREADABLE = _problem(
    N_("The room number cannot be read: write it like 3-2-501 (building, entrance, room)")
)
