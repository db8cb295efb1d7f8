"""Plain help when the files of an office are damaged: what is lost, what is not, what to do."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain.damage import Damage
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.label import label


def is_damage(error: PmdeskError) -> bool:
    """Whether there is more to say than the sentence of the error."""
    return error.code in set(Damage)


class DamageHelp(QWidget):
    """Three sentences and the ways out of it."""

    check_requested = Signal()
    restore_requested = Signal()

    def __init__(self, error: PmdeskError, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        damage = Damage(error.code)
        self.check = button(_("Check again"), self.check_requested.emit, picture="search")
        self.restore = button(
            _("Restore from a backup…"), self.restore_requested.emit, look="primary"
        )
        self.restore.setVisible(damage is not Damage.NEWER)
        self.show_folder = button(_("Open the folder"), self.open_folder, picture="folder-open")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        tone = Tone.WARN if damage is Damage.NEWER else Tone.PROBLEM
        column.addWidget(Banner(told(error), tone))
        for head, words in zip(_heads(), _words(damage), strict=True):
            column.addLayout(paragraph(head, words))
        column.addWidget(label(str(folder), "muted", wrap=True, select=True))
        row = FlowLayout()
        for made in (self.restore, self.check, self.show_folder):
            row.addWidget(made)
        column.addLayout(row)

    def open_folder(self) -> None:
        """The file manager shows the folder of the office."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def paragraph(head: str, words: str) -> QVBoxLayout:
    """A head, and close to it its words."""
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(label(head, "label"))
    column.addWidget(label(words, wrap=True, select=True))
    return column


def _heads() -> tuple[str, str, str]:
    return _("What is lost"), _("What is not lost"), _("What to do")


def _words(damage: Damage) -> tuple[str, str, str]:
    return {
        Damage.HEADER: _no_key_file,
        Damage.MISSING: _no_data_file,
        Damage.DATA: _damaged_data_file,
        Damage.NEWER: _newer,
    }[damage]()


def _no_key_file() -> tuple[str, str, str]:
    return (
        _(
            "Both key files, vault.json and vault.copy.json, are damaged or missing. Without"
            " them nobody can sign in."
        ),
        _(
            "The data file is still in the folder, encrypted. Backups are files of their own:"
            " they are not touched."
        ),
        _(
            "Put one of the two files back from a copy of this folder, or restore from a"
            " backup. Do not make a new office in this folder."
        ),
    )


def _no_data_file() -> tuple[str, str, str]:
    return (
        _("The data file is gone. What was entered since the last backup was only there."),
        _("The key files and your backups are not touched."),
        _(
            "If somebody moved or renamed it, put it back; look into the virus scanner and the"
            " synchronised folders too. Otherwise restore from a backup."
        ),
    )


def _damaged_data_file() -> tuple[str, str, str]:
    return (
        _("A part of the data file cannot be read: records may be missing or incomplete."),
        _(
            "Backups are files of their own: this damage is not in them. A damaged part is"
            " refused, never guessed."
        ),
        _(
            "Stop entering. First copy the whole folder to another disk, then restore the last"
            " proved backup. The disk may be failing: have it looked at."
        ),
    )


def _newer() -> tuple[str, str, str]:
    return (
        _("Nothing is lost."),
        _("All data are there; this version of pmdesk cannot read them yet."),
        _("Install the newest pmdesk on this computer, then sign in again."),
    )
