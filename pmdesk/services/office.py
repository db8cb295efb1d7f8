"""The office: set up once with its catalogue, notices and starter rules; opened by signing in."""

from dataclasses import replace

from pmdesk.analytics.facts import facts
from pmdesk.domain import office
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.export_guard import is_back
from pmdesk.domain.keys import TARGET
from pmdesk.domain.office import Changes, Clock, OfficeProfile
from pmdesk.domain.ports import Accounts, Store
from pmdesk.domain.proof import RENEWED, RENEWED_TARGET
from pmdesk.domain.staff import Permission, Staff
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services import retention, rule_life, starters, training, undertakings
from pmdesk.services.notices import integrity, notice_changes, publishing
from pmdesk.services.session import Session

CLOCK_BACK = "clock.back"  # the order of the log is that of its numbers, whatever the clock says
STARTER = "pmdesk"  # the author of the rule set that every office starts with


def found(
    store: Store, accounts: Accounts, clock: Clock, profile: OfficeProfile, first: Staff
) -> Session:
    """The office has its profile, first admin, catalogue, notices and rules to decide on."""
    first = replace(first, since=clock.today())
    session = Session(staff=first, store=store, accounts=accounts, clock=clock)
    _refuse_nameless(profile)
    with store.writing() as work:
        catalogue = starters.catalogue()
        work.catalogue.install(catalogue)
        work.office.put(profile)
        work.staff.put(first)
        training.welcome(work, first, clock.today())
        publishing.found_notices(session, work)
        table = starters.starter_table(facts(catalogue))
        starter = work.rulesets.add(
            table.to_json(),
            table.digest(),
            author=STARTER,
            at=clock.now(),
            examples=starters.starter_examples(table),
        )
        work.rulesets.move(starter, RulesetStatus.SUBMITTED, by=STARTER, words="", at=clock.now())
        work.sweeps.advance(clock.today(), at=clock.now())
        session.log(work, "office.found")
        work.commit()
    return session


def sign_in(store: Store, accounts: Accounts, clock: Clock, uid: str) -> Session:
    """A session of the account; consents that ran out meanwhile have ended.

    The role is the one that an administrator signed, whatever the register says.
    """
    with store.writing() as work:
        staff = next((one for one in work.staff.all() if one.uid == uid), None)
        if staff is None or not staff.enabled:
            raise RefusedError(
                N_("This account cannot sign in any more."), N_("Ask an administrator.")
            )
        session = Session(
            staff=training.welcome(work, replace(staff, role=accounts.role_of(uid)), clock.today()),
            store=store,
            accounts=accounts,
            clock=clock,
            undertaken=undertakings.held_until(work, uid, clock.today()),
        )
        last = next((entry.at for entry in work.audit.recent(1)), None)
        if last is not None and is_back(clock.now(), last):
            session.log(work, CLOCK_BACK, fields=[last.isoformat()])
        if accounts.failures:
            session.log(work, "sign_in.failed", fields=[str(accounts.failures)])
        session.log(work, "sign_in")
        retention.sweep(session, work)
        rule_life.come_due(session, work)
        publishing.attest(session, work)
        integrity.guard(session, work)
        work.commit()
    return session


def renewed(session: Session, former: str) -> None:
    """The log says which recovery key stood behind the signatures of before."""
    with session.store.writing() as work:
        session.log(work, RENEWED, RENEWED_TARGET, fields=[former])
        work.commit()


def upgraded(session: Session) -> None:
    """The log says that a newer pmdesk brought the office up; a copy of before is kept."""
    with session.store.writing() as work:
        session.log(work, "office.upgrade", TARGET)
        work.commit()


def profile(session: Session) -> OfficeProfile:
    """The office's particulars."""
    with session.store.reading() as work:
        return work.office.get()


def smallest_count(session: Session) -> int:
    """k: groups of fewer people are not shown; never below 5."""
    return profile(session).fewest_shown


def save_profile(session: Session, changed: OfficeProfile) -> Changes:
    """The particulars stand, every notice says them in a new minor version, and all are told."""
    session.require(Permission.CONFIGURE)
    _refuse_nameless(changed)
    with session.writing(Permission.CONFIGURE) as work:
        before = work.office.get()
        work.office.put(changed)
        if before.places() != changed.places():
            publishing.republish(session, work)
            notice_changes.announce_office(session, work, before, changed)
        session.log(work, "office.profile")
        work.commit()
    return Changes.of(office.OFFICE, office.PURPOSES)


def _refuse_nameless(profile: OfficeProfile) -> None:
    if not (profile.name.strip() and profile.responsible.strip() and profile.contact_phone.strip()):
        raise RefusedError(
            N_("An office needs its name, a responsible person and a phone number."),
            N_("Fill in the three: every notice has to say them."),
        )
