"""What the use-cases ask of the keys of the office."""

from collections.abc import Callable, Sequence
from typing import Protocol

from pmdesk.domain.ports.backups import Backups
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


class Accounts(Sealing, Protocol):
    """The key pairs of the office: who may open it, and what copies of it they open."""

    @property
    def backups(self) -> Backups: ...

    def enrol(self, login: str, password: str, role: Role) -> str:
        """The uid of a new account that can sign in from now on."""
        ...

    def change_password(self, old: str, new: str) -> None: ...
    def reset_password(self, uid: str, password: str) -> None:
        """The account, whose person forgot the old passphrase, has new keys under this one."""
        ...

    def disable(self, uid: str) -> None: ...
    def password_problems(self, password: str, login: str) -> tuple[str, ...]:
        """Why the passphrase is too weak, as message ids; none when it is good."""
        ...
