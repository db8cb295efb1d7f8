"""`pmdesk demo`: a seeded office with fixed accounts, in a window or as files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pmdesk.app import offices
from pmdesk.app.clock import EarlierClock
from pmdesk.app.offices import Founder, OpenOffice
from pmdesk.domain.classification import ResidentQuery, RulesetId
from pmdesk.domain.office import Clock, OfficeProfile
from pmdesk.domain.people import PersonId
from pmdesk.domain.records import RecordId
from pmdesk.domain.staff import Permission, Role
from pmdesk.services import (
    addon_desk,
    addons,
    demo,
    demo_life,
    demo_orders,
    demo_plans,
    demo_records,
    demo_rules,
    demo_staffing,
    rule_life,
    rules,
    staff,
    undertakings,
)
from pmdesk.services.session import Session
from pmdesk.store.vault.kdf import MEMORY, Kdf

PASSPHRASE = "liushu xiaohe denglong 78"  # noqa: S105  # the demo's, printed on the screen
PROFILE = OfficeProfile(
    name="阳光花园物业服务中心（演示）",
    address="演示市演示区阳光路 1 号",
    responsible="周敏",
    contact_phone="0000-12345678",
    contact_email="demo@example.cn",
    place="服务中心",
    regulator_phone="0000-12345",
    housing_phone="0000-12329",
)

PRICES = (  # service, content, unit, 分
    ("入户保洁", "两小时，擦净地面、台面和厨卫，自带工具和清洁剂", "次", 8000),
    ("空调清洗", "拆洗滤网和面板，清洗蒸发器，不含加氟和修理", "台", 12000),
    ("代收快递上门", "每天一次，把驿站代收的快递送到家门口，每件不超过 20 公斤", "月", 1500),
)
_ORDERING = 6  # residents who order something

# the passphrase stands on the screen: a slow key derivation would guard nothing
_QUICK = Kdf(memory=MEMORY[0], passes=1)


@dataclass(frozen=True, slots=True)
class Account:
    """One of the fixed demo accounts."""

    login: str
    name: str
    role: Role


ACCOUNTS = (
    Account("guanli", "周敏", Role.ADMIN),
    Account("zhuguan", "李静", Role.MANAGER),
    Account("shenhe", "陈磊", Role.REVIEWER),
    Account("qiantai", "王芳", Role.CLERK),
)


# days before today
_FOUNDED, _IMPROVED, _DECIDED, _DRAFTED, _REVIEWED, _ASKED = 60, 21, 20, 3, 2, 1
_AHEAD = timedelta(days=7)
_ANSWERED = 5  # items of the review that is under way


def make(folder: Path, people: int, seed: int, clock: Clock) -> OpenOffice:
    """A demo office in `folder`, with residents, results and a rules desk at work; open as admin.

    It was founded some weeks ago, so that versions of the rules and tiers have a history.
    """
    admin, manager, reviewer, clerk = ACCOUNTS
    starter, assessment = _found(folder, people, seed, clock)
    with _at_work(folder, reviewer, EarlierClock(clock, _FOUNDED)) as session:
        demo_records.approve_assessment(session, assessment)
        rules.activate(session, starter)
    with _at_work(folder, manager, EarlierClock(clock, _IMPROVED)) as session:
        _order_addons(session, (1, 2))
        better = demo_rules.improve(session)
        assessment = demo_records.assess_rules(session, better)
    with _at_work(folder, reviewer, EarlierClock(clock, _DECIDED)) as session:
        demo_rules.report(session, better)
        _approve(session, better, assessment)
        rules.activate(session, better)
    with _at_work(folder, manager, EarlierClock(clock, _DRAFTED)) as session:
        _order_addons(session, (3,))
        planned = demo_rules.plan(session)
        assessment = demo_records.assess_rules(session, planned)
        waiting = demo_rules.put_up(session)
        demo_rules.begin_draft(session)
        demo_plans.enrich(session)
    with _at_work(folder, reviewer, EarlierClock(clock, _REVIEWED)) as session:
        _approve(session, planned, assessment)
        rule_life.schedule(session, planned, clock.today() + _AHEAD)
        started = demo_records.PEOPLE_ANSWER[:_ANSWERED]
        demo_records.review_rules(session, waiting, started)
    with _at_work(folder, clerk, EarlierClock(clock, _ASKED)) as session:
        _serve(session)
    opened = offices.sign_in(folder, admin.login, PASSPHRASE, clock)
    _live(opened.session, seed)
    return opened


def _serve(session: Session) -> None:
    """A day at the desk."""
    _order_addons(session, (4,))
    demo_rules.change_answers(session)
    demo_orders.ask(session)


def _live(session: Session, seed: int) -> None:
    """Residents have their requests, the desk its orders, everybody their shifts."""
    demo_life.liven(session)
    demo_orders.fill(session, seed)
    demo_staffing.plan(session)
    _order_addons(session, (5,))
    for one in addon_desk.book(session).lines[-1:]:  # the oldest
        addons.end(session, one.order.id)


def _order_addons(session: Session, numbers: Sequence[int]) -> None:
    """On that day these of the residents asked for something of the price list."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        found = work.people.ids(ResidentQuery(), today=session.clock.today())
    offered = addons.offered(session)
    for number in numbers if found else ():
        person = PersonId(found[number * len(found) // _ORDERING])
        addons.order(session, person, offered[number % len(offered)].id)


def _found(folder: Path, people: int, seed: int, clock: Clock) -> tuple[RulesetId, RecordId]:
    """The rules it starts with, which the admin approved, and their assessment, which waits."""
    first, *others = ACCOUNTS
    founder = Founder(login=first.login, name=first.name, password=PASSPHRASE)
    then = EarlierClock(clock, _FOUNDED)
    opened, recovery = offices.found(folder, PROFILE, founder, then, kdf=_QUICK)
    opened.vault.confirm_recovery(recovery)
    try:
        session = undertakings.sign(opened.session, first.name)
        for account in others:
            staff.enrol(session, account.login, account.name, PASSPHRASE, account.role)
        demo.fill(session, people, seed, seen=clock)
        for line in PRICES:
            addons.publish(session, *line)
        _order_addons(session, (0,))
        demo_plans.confirm(session)
        demo_rules.take_part(session, seed)
        starter = rules.versions(session)[0].id
        demo_records.review_rules(session, starter)
        rules.approve(session, starter, "演示：起始规则已逐条核对。")
        return starter, demo_records.assess_rules(session, starter)
    finally:
        opened.close()


def _approve(session: Session, ruleset: RulesetId, assessment: RecordId) -> None:
    """The reviewer answered every item and stands for the version and its assessment."""
    demo_records.review_rules(session, ruleset)
    rules.approve(session, ruleset, "逐行看过，样例和公平性都核对了，可以生效。")
    demo_records.approve_assessment(session, assessment)


@contextmanager
def _at_work(folder: Path, account: Account, clock: Clock) -> Iterator[Session]:
    """A colleague signed in at that time, whose undertaking is signed."""
    opened = offices.sign_in(folder, account.login, PASSPHRASE, clock)
    try:
        session = opened.session
        due = undertakings.is_due(session)
        yield undertakings.sign(session, account.name) if due else session
    finally:
        opened.close()
