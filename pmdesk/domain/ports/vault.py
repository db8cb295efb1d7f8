"""What the use-cases ask of the keys of the office."""

from collections.abc import Callable, Sequence
from typing import Protocol

from pmdesk.domain.office import Clock
from pmdesk.domain.ports.backups import Backups
from pmdesk.domain.ports.keys import Keys
from pmdesk.domain.staff import Role


class Sealing(Protocol):
    """The ring `sealed` of the vault: everybody may seal, few may open."""

    def seal(self, info: Sequence[str | int], data: bytes) -> bytes: ...
    def bulk_seal(self) -> Callable[[Sequence[str | int], bytes], bytes]:
        """What seals like `seal`, for the thousands of one act: far faster for each."""
        ...

    def open_sealed(self, info: Sequence[str | int], blob: bytes) -> bytes:
        """RefusedError for an account without the ring."""
        ...


class Renewal(Protocol):
    """A new recovery key that does not count yet."""

    @property
    def recovery_key(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def former(self) -> str:
        """The public half of the key of before."""
        ...

    @property
    def root(self) -> str:
        """The public half of the new key."""
        ...

    def confirm(self, typed: str) -> bool:
        """Whether this is the new key, read back from paper."""
        ...

    def adopt(self) -> None:
        """The new key counts and the one of before opens nothing any more."""
        ...


class Accounts(Sealing, Protocol):
    """The key pairs of the office: who may open it, and what copies of it they open."""

    @property
    def backups(self) -> Backups: ...
    @property
    def keys(self) -> Keys: ...

    @property
    def failures(self) -> int:
        """Wrong passphrases before this sign-in, since the last good one."""
        ...

    def role_of(self, uid: str) -> Role:
        """The role in which the signed roster has the account."""
        ...

    def enrol(self, login: str, password: str, role: Role) -> str:
        """The uid of a new account that can sign in from now on."""
        ...

    def change_password(self, old: str, new: str) -> None: ...
    def reset_password(self, uid: str, password: str) -> None:
        """The account, whose person forgot the old passphrase, has new keys under this one."""
        ...

    def set_role(self, uid: str, role: Role) -> None:
        """The account holds the keys of this role, from its next sign-in on."""
        ...

    def disable(self, uid: str) -> None: ...
    def enable(self, uid: str) -> None:
        """The account can sign in again, with the passphrase it had."""
        ...

    def require_own(self, password: str, clock: Clock) -> None:
        """WrongKeyError unless this is the passphrase of who acts; guesses wait as at sign-in."""
        ...

    def renewal(self, password: str) -> Renewal:
        """A new recovery key; WrongKeyError unless this is the passphrase of who acts."""
        ...

    def password_problems(self, password: str, *words: str) -> tuple[str, ...]:
        """Why the passphrase is too weak, as message ids; none when it is good.

        `words` are what others know of its owner: the account, the name.
        """
        ...
