"""Restoring before anybody has signed in; slow parts load when they are needed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pmdesk.app.setup import OfficeSetup
from pmdesk.domain.backups import Inside, Owner, Restored, Tell
from pmdesk.domain.office import Clock
from pmdesk.ui.wizard.setup import Place


class OfficeRestoring:
    """Makes an office of a backup; where it may lie is judged like for a new one."""

    def __init__(self, setup: OfficeSetup, clock: Clock) -> None:
        self._setup = setup
        self._clock = clock

    def today(self) -> date:
        """The day, by the clock of this computer."""
        return self._clock.today()

    def suggested_folder(self) -> Path:
        """A folder of this user that is not there yet."""
        return self._setup.suggested_folder()

    def place(self, folder: Path) -> Place:
        """Whether an office may be made there."""
        return self._setup.place(folder)

    def weak(self, passphrase: str, words: Sequence[str]) -> tuple[str, ...]:
        """Why the passphrase will not do, as message ids."""
        return self._setup.weak(passphrase, [word for word in words if word])

    def inside(self, path: Path, secret: str, tell: Tell) -> Inside:
        """What the backup holds, proved."""
        from pmdesk.store.backup import files  # noqa: PLC0415  # slow to import

        return files.inside(path, secret, tell)

    def restore(self, path: Path, secret: str, owner: Owner, tell: Tell) -> Restored:
        """The office lies in its folder, closed."""
        from pmdesk.store.backup import files  # noqa: PLC0415  # slow to import
        from pmdesk.store.backup.restoring import Into  # noqa: PLC0415  # slow to import

        return files.restore(path, secret, Into(owner=owner, clock=self._clock), tell)
