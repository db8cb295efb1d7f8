"""`pmdesk demo`: a seeded office with fixed accounts, in a window or as files."""

from dataclasses import dataclass
from pathlib import Path

from pmdesk.app import offices
from pmdesk.app.offices import Founder, OpenOffice
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.office import Clock, OfficeProfile
from pmdesk.domain.staff import Role
from pmdesk.services import addons, demo, demo_life, demo_records, rules, staff, undertakings
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

PRICES = (("入户保洁", "次", 8000), ("空调清洗", "台", 12000), ("代收快递上门", "月", 1500))

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


def make(folder: Path, people: int, seed: int, clock: Clock) -> OpenOffice:
    """A demo office in `folder`, with residents, results and an active rule set; open as admin."""
    first, *others = ACCOUNTS
    founder = Founder(login=first.login, name=first.name, password=PASSPHRASE)
    opened, recovery = offices.found(folder, PROFILE, founder, clock, kdf=_QUICK)
    opened.vault.confirm_recovery(recovery)
    try:
        session = undertakings.sign(opened.session, first.name)
        for account in others:
            staff.enrol(session, account.login, account.name, PASSPHRASE, account.role)
        demo.fill(session, people, seed)
        demo_life.liven(session)
        for name, unit, price in PRICES:
            addons.publish(session, name, unit, price)
        waiting = next(v for v in rules.versions(session) if v.status is RulesetStatus.SUBMITTED)
        rules.approve(session, waiting.id, "演示：起始规则已逐条核对。")
        assessment = demo_records.assess_rules(session, waiting.id)
    finally:
        opened.close()
    for account in others:
        colleague = offices.sign_in(folder, account.login, PASSPHRASE, clock)
        try:
            session = undertakings.sign(colleague.session, account.name)
            if account.role is Role.REVIEWER:
                demo_records.approve_assessment(session, assessment)
                rules.activate(session, waiting.id)
        finally:
            colleague.close()
    return offices.sign_in(folder, first.login, PASSPHRASE, clock)
