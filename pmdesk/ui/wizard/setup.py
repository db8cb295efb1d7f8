"""What the wizard asks for, and what it needs done by others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.staff import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """The first administrator."""

    name: str
    login: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The office that is to be made."""

    profile: OfficeProfile
    administrator: Administrator
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is to be said about a folder, in the user's language."""

    refused: str = ""  # why no office can be made there
    warning: str = ""  # why another one would be better


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """Somebody who can sign in to the demo office."""

    name: str
    login: str
    role: Role


class Keyed(Protocol):
    """Something with a recovery key, to be printed."""

    @property
    def recovery_key(self) -> str:
        """8 groups of 4 characters, joined by hyphens."""
        ...

    @property
    def fingerprint(self) -> str:
        """Of the recovery key."""
        ...


class Recoverable(Keyed, Protocol):
    """An office with a new recovery key, to be printed and typed back."""

    def confirm(self, typed: str) -> bool:
        """Whether this is the recovery key, read back from paper."""
        ...

    def close(self) -> None:
        """The office is closed, with its files in order."""
        ...


class Founded(Recoverable, Protocol):
    """An office that was just made and is open, but empty."""

    def discard(self) -> None:
        """The office is closed and no file of it is left."""
        ...


class Demo(Protocol):
    """A demo office, open."""

    @property
    def accounts(self) -> Sequence[DemoAccount]:
        """Who can sign in."""
        ...

    @property
    def passphrase(self) -> str:
        """The one passphrase of all of them."""
        ...

    def close(self) -> None:
        """The office is closed, with its files in order."""
        ...


class Setup(Protocol):
    """Making an office; the composition root knows how."""

    def suggested_folder(self) -> Path:
        """Where an office of this user usually lies."""
        ...

    def place(self, folder: Path) -> Place:
        """Whether an office may be made there."""
        ...

    def weak(self, passphrase: str, words: Sequence[str]) -> tuple[str, ...]:
        """Why the passphrase will not do, as message ids; `words` are known to others."""
        ...

    def found(self, wish: Wish) -> Founded:
        """The office, made and open; after an error no file of it is left. Takes seconds."""
        ...

    def sheet(self, founded: Founded, wish: Wish) -> bytes:
        """The recovery sheet as PDF."""
        ...

    def demo(self) -> Demo:
        """A demo office of invented residents in a folder of its own, open. Takes seconds."""
        ...
