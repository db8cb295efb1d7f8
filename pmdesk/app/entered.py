"""An open office as the window knows it; light to import, unlike the ways into it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pmdesk.domain.office import OfficeProfile
from pmdesk.ui.wizard.setup import DemoAccount

if TYPE_CHECKING:  # the sign-in window does not wait for what a session needs
    from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """An office somebody has signed in to, with what the window's frame shows of it."""

    session: "Session"
    profile: OfficeProfile
    folder: Path
    root: str  # the public half of the recovery key, to be compared at the next sign-in
    failed_before: int  # wrong passphrases since the last good sign-in
    is_demo: bool
    close: Callable[[], None] = field(repr=False)
    settle: Callable[[], None] = field(repr=False)  # nothing erased lies beside the data file
    check: Callable[[Callable[[], object]], None] = field(repr=False)  # raises if damaged
    mended: bool = False  # the key file was damaged and its copy used


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What waits for the next sign-in after an office was closed."""

    drafts: int = 0
    stopped: int = 0  # long pieces of work that did not come through


class Workplace(Protocol):
    """The window of an open office."""

    def close(self) -> Left:
        """What was typed is kept, the office is closed, its window gone."""
        ...

    def deleteLater(self) -> None:  # noqa: N802  # Qt's own name
        """Qt forgets it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekeyed:
    """An office with a new recovery key that is not known to be on paper yet."""

    entered: Entered
    recovery_key: str = field(repr=False)
    fingerprint: str
    confirm: Callable[[str], bool] = field(repr=False)

    def close(self) -> None:
        """The office is closed."""
        self.entered.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshOffice(Rekeyed):
    """An office that was just made: it can still be taken back."""

    discard: Callable[[], None] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOffice:
    """A demo office, open for its administrator."""

    entered: Entered
    accounts: tuple[DemoAccount, ...]
    passphrase: str

    def close(self) -> None:
        """The office is closed."""
        self.entered.close()
