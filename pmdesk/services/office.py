"""The office: set up once with its catalogue, notices and starter rules; opened by signing in."""

from pmdesk.analytics.facts import facts
from pmdesk.domain import office
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.notices import Notice
from pmdesk.domain.office import Changes, Clock, OfficeProfile
from pmdesk.domain.ports import Accounts, Store, UnitOfWork
from pmdesk.domain.staff import Permission, Staff
from pmdesk.errors import RefusedError
from pmdesk.i18n import LANGUAGES, N_
from pmdesk.services import drafts, starters
from pmdesk.services.session import Session

STARTER = "pmdesk"  # the author of the rule set that every office starts with


def found(
    store: Store, accounts: Accounts, clock: Clock, profile: OfficeProfile, first: Staff
) -> Session:
    """The office has its profile, first admin, catalogue, notices and rules to decide on."""
    session = Session(staff=first, store=store, accounts=accounts, clock=clock)
    _refuse_nameless(profile)
    with store.writing() as work:
        catalogue = starters.catalogue()
        work.catalogue.install(catalogue)
        work.office.put(profile)
        work.staff.put(first)
        _publish(session, work, profile)
        table = starters.starter_table(facts(catalogue))
        starter = work.rulesets.add(table.to_json(), table.digest(), author=STARTER, at=clock.now())
        work.rulesets.move(starter, RulesetStatus.SUBMITTED, by=STARTER, words="", at=clock.now())
        session.log(work, "office.found")
        work.commit()
    return session


def sign_in(store: Store, accounts: Accounts, clock: Clock, uid: str) -> Session:
    """A session of the account; consents that ran out meanwhile have ended."""
    with store.writing() as work:
        staff = next((one for one in work.staff.all() if one.uid == uid), None)
        if staff is None or not staff.enabled:
            raise RefusedError(
                N_("This account cannot sign in any more."), N_("Ask an administrator.")
            )
        session = Session(staff=staff, store=store, accounts=accounts, clock=clock)
        session.log(work, "sign_in")
        ended = work.consents.expire(today=clock.today(), at=clock.now())
        if ended:
            session.log(work, "consent.expired", row={"count": ended})
        drafts.drop_old(work, clock)
        work.commit()
    return session


def profile(session: Session) -> OfficeProfile:
    """The office's particulars."""
    with session.store.reading() as work:
        return work.office.get()


def smallest_count(session: Session) -> int:
    """k: groups of fewer people are not shown; never below 5."""
    return max(5, profile(session).smallest_count)


def save_profile(session: Session, changed: OfficeProfile) -> Changes:
    """The particulars stand, and every notice says them in a new minor version."""
    _refuse_nameless(changed)
    with session.writing(Permission.CONFIGURE) as work:
        work.office.put(changed)
        _publish(session, work, changed)
        session.log(work, "office.profile")
        work.commit()
    return Changes.of(office.OFFICE)


def _publish(session: Session, work: UnitOfWork, profile: OfficeProfile) -> None:
    for language in LANGUAGES:
        for template in starters.notices(language):
            live = work.catalogue.notice(template.purpose, language)
            version = _next(live.version) if live else template.version
            dated = profile.places() | {
                "version": version,
                "date": session.clock.today().isoformat(),
            }
            filled = Notice(
                purpose=template.purpose,
                version=version,
                language=language,
                text=template.filled(dated).text,
                fields=template.fields,
            )
            work.catalogue.add_notice(filled, at=session.clock.now())


def _next(version: str) -> str:
    major, minor = version.split(".", 1)
    return f"{major}.{int(minor) + 1}"


def _refuse_nameless(profile: OfficeProfile) -> None:
    if not (profile.name.strip() and profile.responsible.strip() and profile.contact_phone.strip()):
        raise RefusedError(
            N_("An office needs its name, a responsible person and a phone number."),
            N_("Fill in the three: every notice has to say them."),
        )
