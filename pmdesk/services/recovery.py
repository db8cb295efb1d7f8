"""A new recovery key at will, for instance when somebody may have seen the sheet."""

from pmdesk.domain.ports.vault import Renewal
from pmdesk.domain.proof import RENEWED_TARGET
from pmdesk.domain.staff import Permission
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.services import office
from pmdesk.services.session import Session


def begin(session: Session, passphrase: str) -> Renewal:
    """The new key, to be put on paper; WrongKeyError unless this is one's own passphrase."""
    session.require(Permission.MANAGE_STAFF)
    return session.accounts.renewal(passphrase)


def finish(session: Session, renewal: Renewal, typed: str) -> None:
    """The new key counts; the one of before opens this office no more."""
    session.require(Permission.MANAGE_STAFF)
    if not renewal.confirm(typed):
        raise RefusedError(
            N_("That is not the key: compare each group of four with the paper."),
            N_("The key of before counts until the new one is typed right."),
        )
    # on record first: a key that the log names too early is harmless, one too late is not
    office.renewed(session, renewal.former)
    renewal.adopt()
    # the first entry under the new key: the roster that leads to it stands beside what is signed
    with session.writing(Permission.MANAGE_STAFF) as work:
        session.log(work, "recovery.key", RENEWED_TARGET)
        work.commit()
