"""A demo office: invented residents in every consent state, seeded so that it can be repeated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.consents import Act, Channel, Decision, Evidence
from pmdesk.domain.fields import Field, FieldKey, Kind, Value
from pmdesk.domain.notices import Notice
from pmdesk.domain.office import Clock
from pmdesk.domain.people import NewResident, PartyRole, PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import CLASSIFICATION, CONTRACT, Purpose, PurposeCode
from pmdesk.domain.staff import Permission, Role, Staff
from pmdesk.domain.training import ASKED, Attempt, Course
from pmdesk.services.courses import shipped
from pmdesk.services.session import Session

# Common, rare and polyphonic surnames; the people are invented.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万"
    "单仇解查翟覃区朴盖乐尉迟欧阳万俟"
)
_COMPOUND = ("欧阳", "尉迟", "万俟", "司徒", "上官")
_RARE = tuple("曾单仇解查翟覃区朴盖乐")
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英国建文华玉志红玲海燕宇晨欣怡子涵梓轩雨泽浩然"
)
_WITH_DOT = ("买买提·艾合买提", "阿依古丽·吐尔逊", "扎西·多吉", "古丽娜尔·阿不都", "斯琴·巴特尔")
_STATES = (
    ("live", 62),
    ("expiring", 6),
    ("refused", 8),
    ("withdrawn", 6),
    ("stale", 4),
    ("expired", 4),
    ("never", 10),
)
# days since the first decision of each state; the others decided `SETTLED` days ago
_AGES = {"live": 120, "expiring": 710, "withdrawn": 200, "stale": 300, "expired": 760}
SETTLED = 70


@dataclass(frozen=True, slots=True)
class _Dice:
    """Seeded chance: the same seed makes the same people."""

    random: Random

    def name(self) -> str:
        """A plausible invented name; one in forty is written with ·."""
        chance = self.random.random()
        if chance < 0.025:  # noqa: PLR2004  # share of names with ·
            return self.random.choice(_WITH_DOT)
        if chance < 0.05:  # noqa: PLR2004  # share of compound surnames
            surname = self.random.choice(_COMPOUND)
        elif chance < 0.12:  # noqa: PLR2004  # share of polyphonic surnames
            surname = self.random.choice(_RARE)
        else:
            surname = self.random.choice(_SURNAMES[:96])
        return surname + "".join(self.random.choices(_GIVEN, k=self.random.choice((1, 2, 2))))

    def value(self, field: Field, today: date) -> Value:
        """A plausible value; early options of a list are the likelier ones."""
        codes = [option.code for option in field.options if option.code != "none"]
        weights = [1 / (1 + index) for index in range(len(codes))]
        if field.kind is Kind.CHOICE:
            return self.random.choices(codes, weights)[0]
        if field.kind is Kind.CHOICES:
            count = self.random.choice((1, 1, 1, 2, 2, 3))
            return tuple(dict.fromkeys(self.random.choices(codes, weights, k=count)))
        if field.kind is Kind.FLAG:
            return self.random.random() < 0.4  # noqa: PLR2004  # share of yes
        if field.kind is Kind.DATE:
            return today - timedelta(days=self.random.randint(100, 6000))
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counter:
    """Where people answer and decide: chance, the moment it is seen from, and what is asked."""

    work: UnitOfWork
    dice: _Dice
    now: datetime
    today: date
    catalogue: Catalogue
    notices: Mapping[PurposeCode, Notice]


def fill(session: Session, people: int, seed: int, seen: Clock | None = None) -> None:
    """The office holds `people` invented residents with consents and answers.

    Consents are live, expiring and so on as they will be at `seen`, or else as they are now.
    """
    dice = _Dice(Random(seed))  # noqa: S311  # repeatable by design, no secret
    shown = replace(session, clock=seen or session.clock)
    with session.writing(Permission.CONFIGURE) as work:
        _teach(shown, work)
        counter = _counter(shown, work, dice)
        ids = work.people.add_many(_residents(dice, people), at=session.clock.now())
        for person, state in zip(ids, _states(dice, len(ids)), strict=True):
            _answer(counter, person, state)
        work.consent_ends.expire(
            today=session.clock.today(), at=session.clock.now(), seal=session.accounts.bulk_seal()
        )
        session.log(work, "demo.fill", row={"people": people, "seed": seed})
        work.commit()


def _counter(session: Session, work: UnitOfWork, dice: _Dice) -> _Counter:
    catalogue = work.catalogue.live()
    codes = [purpose.code for purpose in catalogue.consenting]
    found = [(code, work.catalogue.notice(code, session.language)) for code in codes]
    return _Counter(
        work=work,
        dice=dice,
        now=session.clock.now(),
        today=session.clock.today(),
        catalogue=catalogue,
        notices={code: notice for code, notice in found if notice is not None},
    )


def _teach(session: Session, work: UnitOfWork) -> None:
    """Nobody in a demo is held up by training."""
    known = {(one.uid, one.course) for one in work.training.attempts()}
    for staff in work.staff.all():
        for number, course in enumerate(shipped()):
            if staff.role in course.roles and (staff.uid, course.code) not in known:
                work.training.record(_passed(session, staff, course, number))


def _passed(session: Session, staff: Staff, course: Course, number: int) -> Attempt:
    """Learnt weeks ago; one certificate of a manager's ends within the month."""
    ending = staff.role is Role.MANAGER and number == len(shipped()) - 1
    then = session.clock.now() - timedelta(days=345 if ending else 20 + 9 * number)
    return Attempt(
        uid=staff.uid,
        course=course.code,
        number=0,
        version=course.version,
        day=then.date(),
        at=then,
        asked=ASKED,
        wrong=(),
        passed=True,
        minutes=course.minutes,
    )


def _residents(dice: _Dice, people: int) -> Iterator[NewResident]:
    blocks = max(6, people // 400)
    rooms = [
        (str(block), str(entrance), f"{floor}{door:02}")
        for block in range(1, blocks + 1)
        for entrance in (1, 2)
        for floor in range(1, 19)
        for door in range(1, 5)
    ]
    dice.random.shuffle(rooms)
    roles = (PartyRole.OWNER,) * 7 + (PartyRole.TENANT,) * 2 + (PartyRole.OCCUPANT,)
    for number in range(people):
        building, entrance, room = rooms[number % len(rooms)]
        yield NewResident(
            name=dice.name(),
            mobile=f"13{number // 10000 % 10}0000{number * 7919 % 10000:04}",
            building=building,
            entrance=entrance,
            room=room,
            role=dice.random.choice(roles),
        )


def _states(dice: _Dice, people: int) -> Sequence[str]:
    """Every state at least once where there are seven people or more, then by weight."""
    names = [name for name, _ in _STATES]
    drawn = dice.random.choices(names, [weight for _, weight in _STATES], k=people)
    drawn[: min(len(names), people)] = names[:people]
    dice.random.shuffle(drawn)
    return drawn


def _answer(at: _Counter, person: PersonId, state: str) -> None:
    contract = _values(at, at.catalogue.answers(CONTRACT))
    at.work.answers.put(person, CONTRACT, contract, source="counter", at=at.now)
    if state == "never":
        return
    for purpose in at.catalogue.consenting:
        agrees = purpose.code == CLASSIFICATION or at.dice.random.random() < 0.4  # noqa: PLR2004
        if purpose.oral_allowed or purpose.code == CLASSIFICATION:
            _decide(at, person, purpose, state if agrees else "refused")
    if state in {"live", "expiring"}:
        values = _values(at, at.catalogue.answers(CLASSIFICATION))
        at.work.answers.put(person, CLASSIFICATION, values, source="visit", at=at.now)


def _values(at: _Counter, fields: Sequence[Field]) -> dict[FieldKey, Value]:
    dice = at.dice
    asked = dice.random.uniform(0.1, 0.6)  # some answer much, some little
    return {f.key: dice.value(f, at.today) for f in fields if dice.random.random() < asked}


def _decide(at: _Counter, person: PersonId, purpose: Purpose, state: str) -> None:
    if purpose.code not in at.notices:
        return
    then = at.now - timedelta(days=_AGES.get(state, SETTLED))
    until = then.date() + timedelta(days=730)
    paper = Evidence(
        channel=Channel.PAPER, act=Act.PAPER, paper_ref=f"A-{person:06}", adult_confirmed=True
    )
    first = Decision.REFUSED if state == "refused" else Decision.GIVEN
    steps = [(first, then)]
    if state in {"withdrawn", "stale"}:
        steps.append((Decision(state), then + timedelta(days=40)))
    for decision, day in steps:
        at.work.consents.record(
            person,
            purpose.code,
            decision,
            notice=at.notices[purpose.code],
            evidence=paper,
            at=day,
            today=day.date(),
            valid_until=until if decision is Decision.GIVEN else None,
        )
