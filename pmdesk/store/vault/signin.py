"""From a login and a password to the keys of an account, with one answer for every failure."""

from pmdesk.errors import WrongKeyError
from pmdesk.i18n import N_
from pmdesk.store.vault import recovery, trust
from pmdesk.store.vault.header import Header, User
from pmdesk.store.vault.kdf import Kdf
from pmdesk.store.vault.keys import KeyPair, UnfitKeyError


def authenticated(header: Header, login: str, password: str) -> tuple[User, KeyPair]:
    """The account and its keys; WrongKeyError after the same work when there is no such account."""
    user = header.login(login)
    if user is None:
        slot = header.users[0].slot
        (slot.cost or Kdf()).derive(password, bytes.fromhex(slot.salt))
        raise wrong_key()
    pair = unwrapped(header, user, password)
    if not user.active:
        pair.wipe()
        raise wrong_key()
    return user, pair


def unwrapped(header: Header, user: User, password: str) -> KeyPair:
    """The keys in the slot of `user`; WrongKeyError for another password."""
    cost = user.slot.cost or Kdf()
    kek = cost.derive(password, bytes.fromhex(user.slot.salt))
    try:
        return trust.slot_keys(header.vault, user, kek)
    except UnfitKeyError as error:
        raise wrong_key() from error


def by_recovery_key(header: Header, text: str) -> KeyPair:
    """The root's keys; WrongKeyError for a mistyped or foreign recovery key."""
    secret = recovery.read(text)
    if secret is None:
        raise _wrong_recovery_key()
    kek = recovery.kek(secret, bytes.fromhex(header.recovery.slot.salt))
    try:
        return trust.slot_keys(header.vault, header.recovery, kek)
    except UnfitKeyError as error:
        raise _wrong_recovery_key() from error


def wrong_key() -> WrongKeyError:
    """The one answer for every cause."""
    return WrongKeyError(
        N_("The login or the password is not right."),
        N_("Check Caps Lock and the input method, then try again; or ask an administrator."),
    )


def _wrong_recovery_key() -> WrongKeyError:
    return WrongKeyError(
        N_("This is not the recovery key of this office."),
        N_("Compare each group of four characters with the printed sheet."),
    )
