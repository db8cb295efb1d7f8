"""Staff: enrol, list, disable, change one's own passphrase."""

from dataclasses import replace

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission, Role, Staff
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.session import Session


def everyone(session: Session) -> tuple[Staff, ...]:
    """All accounts, disabled ones included: they are never deleted."""
    with session.reading(Permission.MANAGE_STAFF) as work:
        return work.staff.all()


def names(session: Session) -> dict[str, str]:
    """Names by uid, for lists that say who did something."""
    with session.reading(Permission.SEE_RESIDENTS) as work:
        return {staff.uid: staff.name for staff in work.staff.all()}


def enrol(session: Session, login: str, name: str, password: str, role: Role) -> Changes:
    """The colleague can sign in from now on, with exactly this role's keys."""
    session.require(Permission.MANAGE_STAFF)
    login, name = login.strip(), name.strip()
    if not login or not name:
        raise RefusedError(N_("Name and user name are needed."), N_("Fill in both."))
    with session.reading(Permission.MANAGE_STAFF) as work:
        if any(staff.login == login for staff in work.staff.all()):
            raise ConflictError(N_("This user name is taken."), N_("Choose another one."))
    weak = session.accounts.password_problems(password, login)
    if weak:
        raise RefusedError(weak[0], N_("Choose a longer passphrase, four words for example."))
    uid = session.accounts.enrol(login, password, role)
    try:
        with session.writing(Permission.MANAGE_STAFF) as work:
            since = session.clock.today()
            work.staff.put(Staff(uid=uid, login=login, name=name, role=role, since=since))
            session.log(work, "staff.enrol", f"staff:{uid}", fields=[role.value])
            work.commit()
    except BaseException:
        session.accounts.disable(uid)  # keys without a name in the register open nothing
        raise
    return Changes.of(office.STAFF)


def disable(session: Session, uid: str) -> Changes:
    """The account cannot sign in any more; its entries in the log stay its own."""
    if uid == session.staff.uid:
        raise RefusedError(
            N_("You cannot disable your own account."), N_("Ask another administrator.")
        )
    session.require(Permission.MANAGE_STAFF)
    session.accounts.disable(uid)
    with session.writing(Permission.MANAGE_STAFF) as work:
        gone = next(staff for staff in work.staff.all() if staff.uid == uid)
        work.staff.put(replace(gone, enabled=False))
        session.log(work, "staff.disable", f"staff:{uid}")
        work.commit()
    return Changes.of(office.STAFF)


def reset_password(session: Session, uid: str, new: str) -> Changes:
    """A colleague who forgot the passphrase signs in with this one; their log entries stay."""
    session.require(Permission.MANAGE_STAFF)
    with session.reading(Permission.MANAGE_STAFF) as work:
        login = next((staff.login for staff in work.staff.all() if staff.uid == uid), "")
    weak = session.accounts.password_problems(new, login)
    if weak:
        raise RefusedError(weak[0], N_("Choose a longer passphrase, four words for example."))
    session.accounts.reset_password(uid, new)
    with session.writing(Permission.MANAGE_STAFF) as work:
        session.log(work, "staff.reset", f"staff:{uid}")
        work.commit()
    return Changes.of(office.STAFF)


def change_password(session: Session, old: str, new: str) -> None:
    """The next sign-in needs the new passphrase."""
    weak = session.accounts.password_problems(new, session.staff.login)
    if weak:
        raise RefusedError(weak[0], N_("Choose a longer passphrase, four words for example."))
    session.accounts.change_password(old, new)
    with session.store.writing() as work:
        session.log(work, "staff.password", f"staff:{session.staff.uid}")
        work.commit()
