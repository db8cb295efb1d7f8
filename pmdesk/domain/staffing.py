"""Shifts, who works them and what they can do; rosters and rounds for one week each.

The hands are colleagues of the office; no resident is named in any of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pmdesk.domain.fields import Problem
from pmdesk.domain.orders.kinds import Service
from pmdesk.i18n import N_

HOURS = 24
WEEK = 7
MOST_DAYS = 6  # of work in a week: labour law art. 38
MOST_HOURS = 44  # of work in a week: labour law art. 36
CAREFUL = range(50, 96)  # per cent: how sure the office wants to be that the work gets done
MOST_SHIFTS, MOST_HANDS, MOST_ROUNDS, MOST_LEAST = 6, 200, 24, 20
LONGEST, LONGEST_WHY = 30, 60  # characters of a name, and of why a round is walked
_MINUTES = range(5, 481)
_SHARE = range(10, 101)
_DAY = timedelta(days=1)
# Who or whose home a round would be about, or a group of people: law 4.2 knows places and times.
# 家 is no home after these (酒家, 多家, 回家) and before those (家园, 家具, 家政).
_HOME = r"(?<![大商厂搬人酒店管国专回到在之行买卖一二两三四五六七八九十百千万几多数宜安])家"
_ON = (
    r"(?![具电庭用长政属园乐家庄村湾桥汇坝店铺商饭餐诊便]|居[城店馆广]|沟(?!通)|口[路街市]"
    r"|广场|灯火|超市|银行|公司|企业)"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦尤许何吕施张孔曹严金魏陶姜谢邹苏潘葛范彭"
    "鲁韦马方任袁柳史唐费薛雷贺倪汤罗毕郝安常傅齐康伍余顾孟黄穆萧尹姚邵汪毛米戴宋"
    "庞熊纪舒项祝董梁杜阮蓝季贾江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫丁邓洪"
    "包左石崔龚程陆翁段侯全秋仲宫宁甘武刘龙叶黎白蒲赖卓蒙乔谭翟申冉桑欧阳聂曾关肖"
)
_HOMES = (
    rf"(?:[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}|[小阿老][\u4e00-\u9fff]|[她谁某那]|(?<!其)他|[他她]们"
    rf"|业主|住户|邻居|[姨叔伯婶嫂爷奶妈姐哥]|老师|先生|女士){_HOME}{_ON}"
    rf"|(?:张三|李四|王五|赵六)家{_ON}|老人家门|(?<![大商厂酒店])家里"
    rf"|{_HOME}(?:中(?![心央途])|门(?![店诊面市])|的|$)"
)
_SOMEBODY = re.compile(
    rf"\d+-\d+-\d{{3,4}}|\d{{3,4}} *(?:室|房|号房|户|家{_ON})|{_HOMES}"
    r"|租户|租客|承租|租房|出租(?!车)|群租|房东(?![侧边门面南北])|外地(?![砖垫坪]|面(?!孔)|下[车库室通停])"
    r"|外来人|外来户|民工|上访|信访|老赖|欠费户|投诉户|投诉人|[盯瞄]|看住|监视|跟踪|蹲守"
    r"|重点(?:布防|防范|人|对象|户(?!外)|关注)"
    r"|tenant|renter|landlord|keep an eye|watch (?:him|her|them|for)",
    re.IGNORECASE,
)

Cell = tuple[date, str]  # a day and the code of a shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A part of the day that is worked as one; it may pass midnight."""

    code: str
    name: str
    start: int  # hours of the clock, 0 to 23
    end: int  # 1 to 24; not after the start: on the next day
    services: frozenset[Service] = frozenset(Service)  # others wait for the next shift with them

    @property
    def length(self) -> int:
        """Its hours."""
        return (self.end - self.start - 1) % HOURS + 1

    @property
    def hours(self) -> tuple[int, ...]:
        """The hours of the clock that lie in it."""
        return tuple((self.start + step) % HOURS for step in range(self.length))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Somebody who can be put on a shift, and what they know how to do."""

    code: str
    name: str
    skills: frozenset[Service]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """What the office plans with."""

    shifts: tuple[Shift, ...]
    hands: tuple[Hand, ...]
    minutes: Mapping[Service, int]  # what an order takes; a service not named takes nobody's time
    share: int  # per cent of a shift that is spent on orders
    careful: int  # see CAREFUL
    least: Mapping[Service, int] = field(
        default_factory=dict
    )  # people on each shift, whatever comes
    patrolled: frozenset[Service] = frozenset({Service.SECURITY})  # whose peaks call for rounds
    rounds: int = 6  # a day

    @property
    def services(self) -> tuple[Service, ...]:
        """Those that take time, in their usual order."""
        return tuple(one for one in Service if self.minutes.get(one))

    def productive(self, shift: Shift) -> float:
        """Minutes that one person spends on orders in that shift."""
        return shift.length * 60 * self.share / 100

    def hand(self, code: str) -> Hand | None:
        """The hand of that code; None for one who is gone."""
        return next((one for one in self.hands if one.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who works when in the week from that Monday on."""

    week: date
    cells: Mapping[Cell, tuple[str, ...]] = field(default_factory=dict)  # codes of hands

    def of(self, day: date, shift: str) -> tuple[str, ...]:
        """Who is on that shift."""
        return self.cells.get((day, shift), ())

    def with_cell(self, day: date, shift: str, hands: tuple[str, ...]) -> "Roster":
        """The same, but for that shift."""
        cells = {key: who for key, who in self.cells.items() if key != (day, shift)}
        return replace(self, cells={**cells, (day, shift): hands} if hands else cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A walk past a place at a time of day."""

    day: date
    start: int  # hours of the clock
    end: int
    place: str  # a building or a part that all share; never a room
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patrol:
    """The rounds of the week from that Monday on, in order of time."""

    week: date
    rounds: tuple[Round, ...] = ()


def monday(day: date) -> date:
    """The Monday of that day's week."""
    return day - _DAY * day.weekday()


def days_of(week: date) -> tuple[date, ...]:
    """Monday to Sunday."""
    return tuple(week + _DAY * step for step in range(WEEK))


def crew_problems(crew: Crew) -> tuple[Problem, ...]:
    """What must be mended before one can plan with it."""
    return tuple(
        Problem(key=key, sentence=sentence)
        for key, sentence in (*_shift_problems(crew), *_hand_problems(crew), *_numbers(crew))
    )


def _shift_problems(crew: Crew) -> Iterator[tuple[str, str]]:
    if not 1 <= len(crew.shifts) <= MOST_SHIFTS:
        yield "shifts", N_("A day has between one and six shifts")
    names = [one.name.strip() for one in crew.shifts]
    for one in crew.shifts:
        key = f"shift.{one.code}"
        if not 0 < len(one.name.strip()) <= LONGEST:
            yield key, N_("Give each shift a short name")
        elif names.count(one.name.strip()) > 1:
            yield key, N_("Two shifts have the same name")
        if not (0 <= one.start < HOURS and 1 <= one.end <= HOURS):
            yield key, N_("The hours of a shift lie between 0 and 24")
        if not one.services:
            yield key, N_("Choose at least one thing that is done in this shift")


def _hand_problems(crew: Crew) -> Iterator[tuple[str, str]]:
    if len(crew.hands) > MOST_HANDS:
        yield "hands", N_("That many people are not planned here")
    names = [one.name.strip() for one in crew.hands]
    for one in crew.hands:
        key = f"hand.{one.code}"
        if not one.name.strip():
            yield key, N_("Give each colleague a name")
        elif len(one.name.strip()) > LONGEST:
            yield key, N_("Say it in fewer words")
        elif names.count(one.name.strip()) > 1:
            yield key, N_("Two colleagues have the same name: add something that tells them apart")
        if not one.skills:
            yield key, N_("Choose at least one thing that this colleague does")


def _numbers(crew: Crew) -> Iterator[tuple[str, str]]:
    if any(minutes and minutes not in _MINUTES for minutes in crew.minutes.values()):
        yield "minutes", N_("An order takes between 5 minutes and 8 hours")
    if crew.share not in _SHARE:
        yield "share", N_("Between 10 and 100 per cent of a shift are spent on orders")
    if crew.careful not in CAREFUL:
        yield "careful", N_("Choose between 50 and 95 per cent")
    if any(not 0 <= people <= MOST_LEAST for people in crew.least.values()):
        yield "least", N_("At least 0 and at most 20 people on each shift")
    if not 0 <= crew.rounds <= MOST_ROUNDS:
        yield "rounds", N_("At most 24 rounds a day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """Somebody whose week has too much in it."""

    hand: str
    sentence: str  # N_-marked, with {name} and {count}
    count: int


def strains(crew: Crew, roster: Roster) -> tuple[Strain, ...]:
    """Whose week breaks the working time of the labour law, or has two shifts at once."""
    return tuple(_strains(crew, roster))


def _strains(crew: Crew, roster: Roster) -> Iterator[Strain]:
    lengths = {shift.code: shift.length for shift in crew.shifts}
    for hand in crew.hands:
        worked = [cell for cell, who in roster.cells.items() if hand.code in who]
        days = [day for day, _shift in worked]
        twice = sum(days.count(day) > 1 for day in set(days))
        if twice:
            yield Strain(
                hand=hand.code, sentence=N_("{name} has two shifts on {count} days"), count=twice
            )
        if len(set(days)) > MOST_DAYS:
            yield Strain(
                hand=hand.code, sentence=N_("{name} has no day off in this week"), count=WEEK
            )
        hours = sum(lengths.get(shift, 0) for _day, shift in worked)
        if hours > MOST_HOURS:
            yield Strain(
                hand=hand.code,
                sentence=N_("{name} works {count} hours; the labour law has at most 44"),
                count=hours,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """So many people in all, of whom so many can do each thing; who can do several counts for each.

    Posts are held by one person each, whatever else comes.
    """

    people: int = 0
    able: Mapping[Service, int] = field(default_factory=dict)
    posts: Mapping[Service, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.people or any(self.able.values()))


def lacking(need: Need, hands: Sequence[Hand]) -> Need:
    """What of the need these hands leave open; hands that can do nothing of it do not count."""
    free = uncovered(need.posts, hands)
    able = {
        service: max(people - sum(service in hand.skills for hand in hands), free.get(service, 0))
        for service, people in need.able.items()
    }
    useful = sum(bool(hand.skills & set(need.able)) for hand in hands)
    return Need(
        people=max(0, need.people - useful),
        able={service: people for service, people in able.items() if people > 0},
    )


def uncovered(needs: Mapping[Service, int], hands: Iterable[Hand]) -> Mapping[Service, int]:
    """How many people each service lacks when everybody does one of the things they can do.

    As few as possible are lacking: who can do several things is put where others cannot help.
    """
    seats = [service for service, people in needs.items() for _seat in range(people)]
    taken: dict[int, Hand] = {}
    for hand in hands:
        _seated(hand, seats, taken, set())
    free = [seats[place] for place in range(len(seats)) if place not in taken]
    return {service: free.count(service) for service in needs if service in free}


def _seated(hand: Hand, seats: list[Service], taken: dict[int, Hand], tried: set[int]) -> bool:
    """Whether a seat was found for the hand, others moving up where they can."""
    for place, service in enumerate(seats):
        if service in hand.skills and place not in tried:
            tried.add(place)
            if place not in taken or _seated(taken[place], seats, taken, tried):
                taken[place] = hand
                return True
    return False


def names_somebody(text: str) -> bool:
    """Whether the text tells of a home, of somebody or of a group of people."""
    return bool(_SOMEBODY.search(text))


def round_problem(one: Round, places: frozenset[str]) -> str:
    """Why the round cannot stand, as a message id; empty when it can."""
    if one.place not in places:
        return N_("A round leads past a building or a part that all share")
    if not (0 <= one.start < HOURS and one.start < one.end <= HOURS):
        return N_("A round begins before it ends, between 0 and 24 o'clock")
    return why_problem(one.why)


def why_problem(why: str) -> str:
    """Why a round cannot be walked for that reason, as a message id; empty when it can."""
    if names_somebody(why):
        return N_("A round is for a place and a time: name no person, no home and no group")
    return N_("Say it in fewer words") if len(why) > LONGEST_WHY else ""
