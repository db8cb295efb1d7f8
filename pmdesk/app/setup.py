"""What the wizard needs done: judging folders and making offices; slow parts load when needed."""

import os
from collections.abc import Sequence
from pathlib import Path

from pmdesk.app.config import data_folder
from pmdesk.domain.office import Clock
from pmdesk.i18n import _
from pmdesk.store.vault.network import conflict_copies, existing, on_network_drive, synced_by
from pmdesk.ui.wizard.setup import Demo, Founded, Place, Wish

_MOST_OFFICES = 100


class OfficeSetup:
    """Makes offices below `data`, unless the user chooses another place."""

    def __init__(self, clock: Clock, data: Path | None = None) -> None:
        self._clock = clock
        self._data = data or data_folder()

    def suggested_folder(self) -> Path:
        """A folder of this user that is not there yet."""
        names = ("office", *(f"office-{number}" for number in range(2, _MOST_OFFICES)))
        return next(
            (self._data / name for name in names if not (self._data / name).exists()),
            self._data / "office",
        )

    def place(self, folder: Path) -> Place:
        """Whether an office may be made there."""
        if not folder.is_absolute():
            return Place(refused=_("Please name a folder with its full path."))
        if on_network_drive(folder):
            return Place(
                refused=_(
                    "This folder lies on a network drive, where an office can lose data."
                    " Choose a folder on a disk of this computer."
                )
            )
        return Place(refused=_unusable(folder), warning=_copied(folder))

    def weak(self, passphrase: str, words: Sequence[str]) -> tuple[str, ...]:
        """Why the passphrase will not do, as message ids."""
        from pmdesk.app import entrance  # noqa: PLC0415  # slow to import

        return entrance.weak(passphrase, words)

    def found(self, wish: Wish) -> Founded:
        """The office, made and open; after an error no file of it is left."""
        from pmdesk.app import entrance  # noqa: PLC0415  # slow to import

        return entrance.found(wish, self._clock)

    def sheet(self, founded: Founded, wish: Wish) -> bytes:
        """The recovery sheet as PDF."""
        from pmdesk.services.paper import recovery  # noqa: PLC0415  # reportlab is slow to import

        return recovery.recovery_pdf(
            recovery.RecoverySheet(
                office=wish.profile.name,
                key=founded.recovery_key,
                fingerprint=founded.fingerprint,
                made_on=self._clock.today(),
                folder=str(wish.folder),
            )
        )

    def demo(self) -> Demo:
        """The demo office, in a folder of its own."""
        from pmdesk.app import entrance  # noqa: PLC0415  # slow to import

        return entrance.demo_office(self._data / "demo", self._clock)


def _unusable(folder: Path) -> str:
    if folder.exists() and not folder.is_dir():
        return _("This is a file, not a folder.")
    if not os.access(existing(folder), os.W_OK):
        return _("You may not write there. Choose another folder.")
    if folder.is_dir() and any(folder.iterdir()):
        return _("This folder is not empty. Choose an empty or a new one.")
    return ""


def _copied(folder: Path) -> str:
    """What a service that copies folders does to this one, or has done already."""
    service, copies = synced_by(folder), conflict_copies(folder)
    synced = _(
        "{service} seems to copy this folder to the internet. The data stay encrypted, but copying"
        " while you work can damage them. A folder outside is better."
    )
    found = _(
        "Beside the files of the office lies a copy that pmdesk did not make: {name}. Perhaps two"
        " computers had the office open at the same time. pmdesk works with its own file and leaves"
        " the copy alone. Check whether what was entered last is all there."
    )
    sentences = (
        synced.format(service=service) if service else "",
        found.format(name=copies[0]) if copies else "",
    )
    return "\n".join(filter(None, sentences))
