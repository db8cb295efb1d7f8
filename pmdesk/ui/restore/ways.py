"""What the restore pages need done by others."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from pmdesk.domain.backups import Inside, Owner, Restored, Tell
from pmdesk.ui.wizard.setup import Place


class Restoring(Protocol):
    """Looking into a backup and making an office of it; the composition root knows how."""

    def today(self) -> date:
        """The day, by the clock of this computer."""
        ...

    def suggested_folder(self) -> Path:
        """Where an office of this user usually lies."""
        ...

    def place(self, folder: Path) -> Place:
        """Whether an office may be made there."""
        ...

    def weak(self, passphrase: str, words: Sequence[str]) -> tuple[str, ...]:
        """Why the passphrase will not do, as message ids; `words` are known to others."""
        ...

    def inside(self, path: Path, secret: str, tell: Tell) -> Inside:
        """What the backup holds, once it was restored into a private folder and found whole."""
        ...

    def restore(self, path: Path, secret: str, owner: Owner, tell: Tell) -> Restored:
        """The office lies in its folder, closed; after an error or a cancel nothing is there."""
        ...
