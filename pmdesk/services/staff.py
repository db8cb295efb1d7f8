"""Staff: enrol, list, change the role, disable and enable, change passphrases."""

from collections.abc import Collection
from dataclasses import replace

from pmdesk.domain import office
from pmdesk.domain.leaving import ExitStep, require_administrator
from pmdesk.domain.office import Changes
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission, Role, Staff
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import N_
from pmdesk.services.session import Session

CHANGED = Changes.of(office.STAFF)
BEGUN = "staff.begun"  # with no other entry behind it: a crash came between keys and register


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
    _refuse_weak(session, password, login, name)
    with session.watching():
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
    return CHANGED


def set_role(session: Session, uid: str, role: Role) -> Changes:
    """The colleague has this role and exactly its keys, from the next sign-in on."""
    before = _wanted(session, uid)
    after = replace(before, role=role)
    _refuse_own_or_last(session, after)
    _begin(session, uid, "staff.role")
    with session.watching():
        session.accounts.set_role(uid, role)
    with session.writing(Permission.MANAGE_STAFF) as work:
        work.staff.put(replace(_of(work, uid), role=role))
        session.log(work, "staff.role", f"staff:{uid}", fields=[before.role.value, role.value])
        work.commit()
    return CHANGED


def disable(session: Session, uid: str, done: Collection[ExitStep] = ()) -> Changes:
    """The account cannot sign in any more; its entries in the log stay its own.

    `done` are the points of the exit list that are settled already.
    """
    _refuse_own_or_last(session, replace(_wanted(session, uid), enabled=False))
    _begin(session, uid, "staff.disable")
    with session.watching():
        session.accounts.disable(uid)
    with session.writing(Permission.MANAGE_STAFF) as work:
        work.staff.put(replace(_of(work, uid), enabled=False))
        session.log(work, "staff.disable", f"staff:{uid}", fields=sorted(done))
        work.commit()
    return CHANGED


def enable(session: Session, uid: str) -> Changes:
    """The account can sign in again, with the passphrase it had."""
    _wanted(session, uid)
    _begin(session, uid, "staff.enable")
    with session.watching():
        session.accounts.enable(uid)
    with session.writing(Permission.MANAGE_STAFF) as work:
        work.staff.put(replace(_of(work, uid), enabled=True))
        session.log(work, "staff.enable", f"staff:{uid}")
        work.commit()
    return CHANGED


def reset_password(session: Session, uid: str, new: str) -> Changes:
    """A colleague who forgot the passphrase signs in with this one; their log entries stay.

    The colleague is told at the next sign-in who set it and when.
    """
    colleague = _wanted(session, uid)
    _refuse_weak(session, new, colleague.login, colleague.name)
    _begin(session, uid, "staff.reset")
    with session.watching():
        session.accounts.reset_password(uid, new)
    with session.writing(Permission.MANAGE_STAFF) as work:
        session.log(work, "staff.reset", f"staff:{uid}")
        work.commit()
    return CHANGED


def change_password(session: Session, old: str, new: str) -> None:
    """The next sign-in needs the new passphrase."""
    _refuse_weak(session, new, session.staff.login, session.staff.name)
    session.accounts.change_password(old, new)
    with session.store.writing() as work:
        session.log(work, "staff.password", f"staff:{session.staff.uid}")
        work.commit()


def _begin(session: Session, uid: str, act: str) -> None:
    """The log knows of the act before the keys change: no crash leaves a change without a trace."""
    with session.writing(Permission.MANAGE_STAFF) as work:
        session.log(work, BEGUN, f"staff:{uid}", fields=[act])
        work.commit()


def _wanted(session: Session, uid: str) -> Staff:
    with session.reading(Permission.MANAGE_STAFF) as work:
        return _of(work, uid)


def _of(work: UnitOfWork, uid: str) -> Staff:
    found = next((one for one in work.staff.all() if one.uid == uid), None)
    if found is None:
        raise NotFoundError(N_("This account does not exist."), N_("Reload the list."))
    return found


def _refuse_own_or_last(session: Session, after: Staff) -> None:
    """Somebody has to be left who can administer; and nobody changes what the own account may."""
    with session.reading(Permission.MANAGE_STAFF) as work:
        require_administrator(work.staff.all(), after)
    if after.uid == session.staff.uid:
        raise RefusedError(
            N_("You cannot change the role or the state of your own account."),
            N_("Ask another administrator."),
        )


def _refuse_weak(session: Session, password: str, *words: str) -> None:
    weak = session.accounts.password_problems(password, *words)
    if weak:
        raise RefusedError(weak[0], N_("Choose a longer passphrase, four words for example."))
