"""New keys for the office: what it gives and what it cannot give, then the work itself."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.errors import OfficeClosedError, PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import keys
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.keys.damage_help import paragraph
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.unsaved import keep_all
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.stack import fit_to_screen

_WIDTH, _HEIGHT = 620, 560


class RotationDialog(QDialog):
    """`why` is the occasion in one sentence, `sealed` whether it is about sealed fields too.

    After `rotated` the office is closed: sign in anew.
    """

    rotated = Signal()

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        parent: QWidget | None = None,
        *,
        why: str = "",
        sealed: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Change the keys of the office"))
        self.setModal(True)
        fit_to_screen(self, QSize(theme.length(_WIDTH), theme.length(_HEIGHT)))
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._work: Progress | None = None
        self.why = Banner(why, Tone.INFO)
        self.sealed = QCheckBox(_("Also change the key of sealed fields (takes a little longer)"))
        self.sealed.setChecked(sealed)
        self.message = Banner()
        self.working = WorkingBar(lambda done: f"{done} %")
        self.working.cancelled.connect(self._stop)
        self.go = button(_("Change the keys"), self._go, look="primary", picture="key")
        self.later = button(_("Not now"), self.reject)
        self._arrange()
        self.go.setFocus()

    @property
    def is_working(self) -> bool:
        """Whether the keys are being changed right now."""
        return self._work is not None

    @override
    def reject(self) -> None:
        """Closing stops what runs; nothing has changed then."""
        if self._work is not None:
            self._stop()
        else:
            super().reject()

    def _go(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            keep_all(parent.window())  # what is typed elsewhere would not fit into a closed office
        self.message.show_sentence("")
        self._set_busy(busy=True)
        self.working.start(_("Changing the keys"))
        self._work = self._tasks.long(
            partial(keys.rotate, self._session, sealed=self.sealed.isChecked()),
            owner=self,
            reported=lambda done, total: self.working.show_progress(
                100 * done // max(total, 1), 100
            ),
            done=lambda _none: self._done(),
            failed=self._failed,
        )

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _done(self) -> None:
        self._work = None
        self.accept()
        self.rotated.emit()

    def _failed(self, error: PmdeskError) -> None:
        if isinstance(error, OfficeClosedError):
            self._prompts.explain(error)
            self._done()
            return
        self._work = None
        self.working.stop()
        self._set_busy(busy=False)
        tone = Tone.INFO if isinstance(error, CancelledError) else Tone.PROBLEM
        self.message.show_sentence(told(error), tone)

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.sealed, self.go, self.later):
            part.setEnabled(not busy)

    def _arrange(self) -> None:
        text = QVBoxLayout()
        text.setContentsMargins(0, 0, 0, 0)
        text.setSpacing(12)
        text.addWidget(self.why)
        for head, words in _sentences():
            text.addLayout(paragraph(head, words))
        text.addSpacing(4)
        text.addWidget(self.sealed)
        text.addWidget(label(_sealed_words(), "muted", wrap=True))
        text.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.later)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(label(_("Change the keys of the office"), "title", wrap=True))
        column.addWidget(scrolled(text), 1)
        column.addWidget(self.working)
        column.addWidget(self.message)
        column.addLayout(row)


def _sentences() -> tuple[tuple[str, str], ...]:
    return (
        (
            _("What happens"),
            _(
                "The whole office is encrypted anew with a new key; a small office takes seconds, a"
                " large one some minutes. Then pmdesk locks, and everybody signs in as before: no"
                " passphrase changes. Until the last step you can stop, and nothing has changed."
            ),
        ),
        (
            _("What it gives"),
            _(
                "Whoever left cannot read anything that is entered from now on, not even with the"
                " old passphrase and a new copy of the folder."
            ),
        ),
        (
            _("What it cannot give"),
            _(
                "Copies that somebody took before stay readable to them. Look after backups and"
                " exported files as well."
            ),
        ),
    )


def _sealed_words() -> str:
    return _(
        "Choose it when a manager, reviewer or administrator left. Backups made before can then"
        " only be restored as a new office."
    )
