"""When a colleague has left: what of the exit list is settled, and the letter of reminder."""

from collections.abc import Collection

from pmdesk.domain import office
from pmdesk.domain.leaving import ExitStep
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission, Staff
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_, _, said
from pmdesk.services import undertakings
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.session import Session


def settle(session: Session, uid: str, done: Collection[ExitStep]) -> Changes:
    """These points of the exit list are settled; the log says by whom and when."""
    with session.writing(Permission.MANAGE_STAFF) as work:
        if _of(work, uid).enabled:
            raise RefusedError(
                N_("This account is still in use."), N_("Disable it first, on the last day.")
            )
        session.log(work, "staff.exit", f"staff:{uid}", fields=sorted(done))
        work.commit()
    return Changes.of(office.STAFF)


def letter(session: Session, uid: str) -> Letter:
    """What the colleague takes along: which duties of the undertaking go on."""
    with session.reading(Permission.MANAGE_STAFF) as work:
        gone = _of(work, uid)
        signed = work.undertakings.latest(uid)
        profile = work.office.get()
    day = session.clock.today().isoformat()
    since = signed.signed_at.astimezone(session.clock.local().tzinfo).date() if signed else None
    return Letter(
        title=_("Reminder: secrecy goes on after leaving"),
        number=_("{office} · {date}").format(office=profile.name, date=day),
        opening=_opening(gone.name, since.isoformat() if since else ""),
        rows=((_("What you signed"),), *((said(point),) for point in undertakings.text().points)),
        closing=(
            _(
                "The account is closed. Lists, copies, photographs and chat records of residents'"
                " data are to be returned or deleted; none may be kept, used or passed on."
            ),
            _(
                "Handing over, selling or taking along personal information of residents can be a"
                " crime (Criminal Law, article 253-1)."
            ),
            _("Received: ______________   Date: ______________"),
        ),
        footer=_("{office} · handed over by {operator}").format(
            office=profile.name, operator=session.staff.name
        ),
    )


def _of(work: UnitOfWork, uid: str) -> Staff:
    found = next((one for one in work.staff.all() if one.uid == uid), None)
    if found is None:
        raise NotFoundError(N_("This account does not exist."), N_("Reload the list."))
    return found


def _opening(name: str, since: str) -> str:
    if since:
        return _(
            "{name}: with the undertaking of {date} you promised secrecy. It goes on after leaving."
        ).format(name=name, date=since)
    return _(
        "{name}: what you learnt here about residents is to be kept secret, also after leaving."
    ).format(name=name)
