"""`pmdesk demo`: a seeded office with fixed accounts, in a window or as files."""

from dataclasses import dataclass
from pathlib import Path

from pmdesk.app import offices
from pmdesk.app.offices import Founder, OpenOffice
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.office import Clock, OfficeProfile
from pmdesk.domain.staff import Role
from pmdesk.services import demo, rules, staff

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


def make(folder: Path, people: int, seed: int, clock: Clock) -> OpenOffice:
    """A demo office in `folder`, with residents, results and an active rule set; open as admin."""
    first, *others = ACCOUNTS
    founder = Founder(login=first.login, name=first.name, password=PASSPHRASE)
    opened, recovery = offices.found(folder, PROFILE, founder, clock)
    opened.vault.confirm_recovery(recovery)
    session = opened.session
    for account in others:
        staff.enrol(session, account.login, account.name, PASSPHRASE, account.role)
    demo.fill(session, people, seed)
    waiting = next(v for v in rules.versions(session) if v.status is RulesetStatus.SUBMITTED)
    rules.approve(session, waiting.id, "演示：起始规则已逐条核对。")
    rules.activate(session, waiting.id)
    return opened
