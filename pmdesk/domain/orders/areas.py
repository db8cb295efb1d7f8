"""Places that all share, as people type them: 3栋2单元楼道, 12#大堂, 2号电梯, B1车库."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pmdesk.domain.orders.area_words import is_place, is_spot
from pmdesk.domain.rooms import RoomLabel, tidied

LONGEST_AREA = 20
_CHINESE = "\u2e7f"  # from here on characters of words
# what stands between a building and a part of it: 号楼, but not the 楼 of 楼道
_JOINT = re.compile("(?:[号#]楼(?![道梯顶])|[栋幢座#号]|楼(?![道梯顶]))?-?")
_NUMBERED = re.compile("电梯|扶梯|门|岗|车|口|道闸|路|充电|泵|配电|机房|水箱|井|桩")  # 2号电梯
_COUNTED = re.compile("单元|[层号期区]")  # what the number before it counts is no building
_ENTRANCE = re.compile("[0-9A-Z]{1,2}单元.*")
# such a beginning is no part; 1203号门 is one, so digits are taken whole and never given back
_ROOM = "[0-9]+(?:[室户](?!外)|号?房(?!顶))"
_FLAT = re.compile(f"[0-9]{{3,}}+(?!号.)|{_ROOM}|[0-9]+$")
_HOME = re.compile(
    "[A-Z]?[0-9]{0,4}[A-Z]?(?:号楼|#楼|[号栋幢座楼层#-])-?"
    "(?:[0-9A-Z]{1,2}(?:单元|-))?(?:[0-9]{1,2}[层楼])?"
    f"(?:[0-9]{{3,}}+(?!号[^室])|{_ROOM})"
)
_PLAIN_ROOM = re.compile("[0-9A-Z-]+[东南西北中甲乙丙丁上下左右前后内外铺]?")
_BLOCK = re.compile("([A-Z]?[0-9]{1,4}[A-Z]?|[A-Z])(?:号楼|#楼?|[栋幢座])")
_NEXT_BLOCK = re.compile("[A-Z]?[0-9]{1,4}[A-Z]?(?:号楼|#楼|[栋幢座])")  # 1/2栋之间
_BASEMENT = re.compile("(?:^|(?<=[栋幢座楼#元]))-(?=[0-9][层楼])")  # 3栋-1层
_APART = re.compile("(?<=[0-9]) +(?=[0-9])")  # 3 2单元


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A part of a building, a whole building without a part, or a place of the estate."""

    building: str = ""
    area: str = ""

    @property
    def is_understood(self) -> bool:
        """Whether all of it is a place that people share, and not perhaps somebody's name."""
        area = _joined(self.area)
        return is_spot(area) if self.building else is_place(area)


def shared(text: str, buildings: Sequence[str]) -> Iterator[Shared]:
    """What the words may mean, likeliest first; nothing for letters, digits and bare rooms."""
    words = _joined(text)
    if not any(one > _CHINESE for one in words) and "#" not in words:
        return
    if re.match(_ROOM, words):  # 5户 is no part of building 5
        return
    whole = Shared(area=_plain(text))
    found = _in_building(words, buildings)
    if found is None:
        if not is_home(words) and not lacks_building(text, buildings) and _fits(whole.area):
            yield whole
        return
    joint, part = found
    if joint == "号" and _NUMBERED.match(part.area):
        yield whole
        yield from (part,) if len(part.area) > 1 else ()
        return
    if joint == "-" and _NEXT_BLOCK.match(part.area):
        yield whole
        yield part
        return
    yield part
    if joint in {"号", "楼"} or (not joint and part.building.isascii() > part.building.isdigit()):
        yield whole


def lacks_building(text: str, buildings: Sequence[str]) -> bool:
    """Whether the words name an entrance without its building, and there are buildings."""
    return bool(buildings) and _ENTRANCE.fullmatch(_joined(text)) is not None


def unknown_building(text: str, buildings: Sequence[str]) -> str:
    """The building that the words name and nobody knows; empty when there is none."""
    named = _BLOCK.match(_joined(text))
    return named[1] if named and buildings and named[1] not in buildings else ""


def is_home(words: str) -> bool:
    """Whether they begin with the number of a home, with or without its building."""
    return bool(_FLAT.match(words) or _HOME.match(words))


def is_plain_room(label: RoomLabel) -> bool:
    """Whether it may be entered as a new home: 501 or 102东, but not 12层走廊."""
    return any(one.isdigit() for one in label.room) and bool(_PLAIN_ROOM.fullmatch(label.room))


def _in_building(words: str, buildings: Sequence[str]) -> tuple[str, Shared] | None:
    """What joins the building that the words begin with to the rest, and both of them."""
    for building in sorted(buildings, key=len, reverse=True):
        if not words.startswith(building):
            continue
        joint = _JOINT.findall(words, len(building))[0]
        rest = words[len(building) + len(joint) :]
        if _may_follow(building, joint, rest):
            return joint, Shared(building=building, area=rest)
    return None


def _may_follow(building: str, joint: str, rest: str) -> bool:
    if not rest:
        return joint != "-" and (joint != "" or not building.isascii())
    if not joint and (len(building) == 1) > building.isdigit():
        return False  # a building called 东 or A does not own 东门 and A区
    if not joint and (rest[0].isascii() or _COUNTED.match(rest)):
        return False
    return not _FLAT.match(rest) and not _HOME.match(f"1-{rest}") and _fits(rest)


def _fits(area: str) -> bool:
    return len(area) <= LONGEST_AREA


def _joined(text: str) -> str:
    """Tidied as a room is; a space between numbers keeps them apart."""
    return _BASEMENT.sub("负", tidied(_APART.sub("-", text)))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
