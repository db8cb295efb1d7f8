"""The first words of a new record of the books: evidence, scenarios, and the texts of rules."""

from pmdesk.domain.fields import Value
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.i18n import _, said
from pmdesk.services.audits import self_audit
from pmdesk.services.audits.book_points import DRILL
from pmdesk.services.records import letters, policies
from pmdesk.services.records.incidents import scenarios
from pmdesk.services.session import Session

_MOMENT = "%Y-%m-%d %H:%M"


def audit(session: Session, subject: str) -> dict[str, Value]:
    """A self-audit with the evidence as it is now."""
    del subject  # an audit is about the whole office
    with session.reading(Permission.SEE_RECORDS) as work:
        return self_audit.collected(session, work)


def incident(session: Session, subject: str) -> dict[str, Value]:
    """An incident or drill discovered now, after the scenario that the subject names."""
    session.require(Permission.SEE_RECORDS)
    code = subject.removeprefix(DRILL)
    chosen = next((one for one in scenarios() if one.code == code), None)
    drill = subject.startswith(DRILL)
    with session.reading(Permission.SEE_RECORDS) as work:
        document = _discovered(session, work, drill=drill)
    if chosen is None:
        return document
    title = said(chosen.title)
    return document | {
        "what": _("Drill: {what}").format(what=title) if drill else title,
        "cause": said(chosen.cause),
        "measures": said(chosen.contain),
        "possible_harm": said(chosen.harm),
        "advice": said(chosen.advice),
    }


def policy(session: Session, subject: str) -> dict[str, Value]:
    """A rule as it comes with the program, to be adapted and adopted today."""
    chosen = next((one for one in policies.policies() if one.code == subject), None)
    with session.reading(Permission.SEE_RECORDS) as work:
        signatory = work.office.get().responsible
    return {
        "name": chosen.title if chosen else None,
        "text": chosen.text if chosen else None,
        "adopted_on": session.clock.today(),
        "signatory": signatory,
    }


def poster(session: Session, subject: str) -> dict[str, Value]:
    """A notice or letter as it comes with the program."""
    session.require(Permission.SEE_RECORDS)
    chosen = next((one for one in letters.letters() if one.code == subject), None)
    if chosen is None:
        return {}
    return {"name": chosen.name, "use": chosen.use.value, "text": chosen.text}


def leaving(session: Session, subject: str) -> dict[str, Value]:
    """The checklist of the colleague whose account the subject is; empty for anybody else."""
    with session.reading(Permission.SEE_RECORDS) as work:
        gone = next((one for one in work.staff.all() if one.uid == subject), None)
    if gone is None:
        return {}
    closed = not gone.enabled
    return {"name": gone.name, "left_on": session.clock.today(), "account_closed": closed}


def support(session: Session, subject: str) -> dict[str, Value]:
    """A session that begins now."""
    del subject  # each session stands for itself
    return {"starts_at": session.clock.local().strftime(_MOMENT)}


def _discovered(session: Session, work: UnitOfWork, *, drill: bool) -> dict[str, Value]:
    profile = work.office.get()
    return {
        "drill": drill,
        "discovered_at": session.clock.local().strftime(_MOMENT),
        "discoverer": session.staff.name,
        "contact": f"{profile.responsible} {profile.contact_phone}",
    }
