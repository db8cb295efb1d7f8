"""The first-run wizard: from nothing to an open office, one question at a time."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pmdesk.errors import PmdeskError, StorageError
from pmdesk.i18n import _, told
from pmdesk.services.files import write_whole
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.steps import StepBar
from pmdesk.ui.wizard.demo import DemoStep
from pmdesk.ui.wizard.keys import FinishStep, RecoveryStep
from pmdesk.ui.wizard.paper import print_recovery
from pmdesk.ui.wizard.setup import Demo, Founded, Setup, Wish
from pmdesk.ui.wizard.steps import AdministratorStep, FolderStep, OfficeStep, Step, WelcomeStep

_FOLDER, _RECOVERY, _FINISH = 3, 4, 5


class WizardPage(QWidget):
    """Emits `finished` with the office, made or demo, once the user is through."""

    finished = Signal(object)  # Founded or Demo
    abandoned = Signal()
    open_requested = Signal()
    restore_requested = Signal()
    language_requested = Signal(str)

    def __init__(
        self, setup: Setup, tasks: Tasks, prompts: Prompts, *, can_leave: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._setup = setup
        self._tasks = tasks
        self._prompts = prompts
        self._made: Founded | None = None
        self._demo: Demo | None = None
        self._wish: Wish | None = None
        self._can_leave = can_leave
        self.busy = False
        self.welcome = WelcomeStep()
        self.office = OfficeStep()
        self.administrator = AdministratorStep(self._weak)
        self.place = FolderStep(setup.suggested_folder(), setup.place, prompts)
        self.steps: list[Step] = [self.welcome, self.office, self.administrator, self.place]
        self._build()
        for step in self.steps:
            self._add(step)
        self._arrange()
        self._connect()
        self._show(0)

    def _build(self) -> None:
        self.bar = StepBar(_titles())
        self.title = label(_titles()[0], "title")
        self.stack = QStackedWidget()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.note = label("", "muted", wrap=True)
        self.back = button(_("Back"), self._back)
        self.go = button(_("Next"), self._next, look="primary")
        self.go.setObjectName("next")
        self.leave = button(_("Cancel"), self.abandoned.emit, look="quiet")

    @property
    def unconfirmed(self) -> bool:
        """Whether an office was made whose recovery key is not known to be on paper."""
        return self._made is not None and self.stack.currentIndex() == _RECOVERY

    def may_close(self) -> bool:
        """Whether the window may close; an office without its key on paper is then gone."""
        if self.busy:
            return False
        if self._made is None or not self.unconfirmed:
            self.release()
            return True
        agreed = self._prompts.confirm(
            _("The recovery key is not confirmed yet. Stop and remove the new office?"),
            yes=_("Remove the new office"),
            detail=_("Nothing was entered in it so far."),
        )
        if agreed:
            self.discard()
        return agreed

    def release(self) -> None:
        """An office that was made and not entered is closed, and stays."""
        for made in (self._made, self._demo):
            if made is not None:
                made.close()
        self._made = self._demo = None

    def discard(self) -> None:
        """An office that was made and not finished is gone with its files."""
        if self._made is not None:
            self._made.discard()
            self._made = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, or presses the button that has the cursor."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        pressed = focused if isinstance(focused, QPushButton) else self.go
        pressed.click()  # does nothing while it is disabled

    def _weak(self, passphrase: str) -> tuple[str, ...]:
        known = (self.administrator.login.text(), self.office.profile.name)
        return self._setup.weak(passphrase, [word for word in known if word])

    def _next(self) -> None:
        at = self.stack.currentIndex()
        if not self.steps[at].check():
            return
        if at == _FOLDER:
            self._create()
        elif at >= _FINISH:
            entered, self._demo, self._made = self._demo or self._made, None, None
            self.finished.emit(entered)
        else:
            self._show(at + 1)

    def _back(self) -> None:
        self._show(self.stack.currentIndex() - 1)

    def _create(self) -> None:
        self._wish = Wish(
            profile=self.office.profile,
            administrator=self.administrator.administrator,
            folder=self.place.folder,
        )
        self._wait(_("The office is being made and encrypted. This takes a few seconds."))
        self._tasks.command(
            partial(self._setup.found, self._wish),
            owner=self,
            done=self._created,
            failed=self._failed,
        )

    def _created(self, made: Founded) -> None:
        self._made = made
        self._settle()
        recovery = RecoveryStep(made.recovery_key, made.fingerprint, made.confirm)
        recovery.save_requested.connect(self._save_sheet)
        recovery.print_requested.connect(self._print_sheet)
        self.steps += [recovery, FinishStep()]
        for step in self.steps[_RECOVERY:]:
            self._add(step)
        self.administrator.passphrase.clear()
        self._show(_RECOVERY)

    def _failed(self, error: PmdeskError) -> None:
        self._settle()
        self._show(_FOLDER)
        self.place.show_failure(told(error))

    def _try_demo(self) -> None:
        self._wait(_("A demo office with invented residents is being made."))
        self._tasks.command(
            self._setup.demo, owner=self, done=self._demo_made, failed=self._demo_failed
        )

    def _demo_made(self, demo: Demo) -> None:
        self._demo = demo
        self._settle()
        step = DemoStep(demo.accounts, demo.passphrase)
        self.steps += [*(Step() for _at in range(_FINISH - len(self.steps))), step]
        for one in self.steps[_RECOVERY:]:
            self._add(one)
        self._show(_FINISH)

    def _demo_failed(self, error: PmdeskError) -> None:
        self._settle()
        self._prompts.explain(error)

    def _save_sheet(self) -> None:
        path = self._prompts.save_file(_("Recovery sheet"), "recovery.pdf", "PDF (*.pdf)")
        if path is None or self._made is None or self._wish is None:
            return
        recovery = self.steps[_RECOVERY]
        try:
            write_whole(path, self._setup.sheet(self._made, self._wish))
        except StorageError:
            sentence, tone = _("The file could not be written: choose another place."), Tone.PROBLEM
        else:
            sentence = _("Saved. Print it, then delete the file: whoever has it has the key.")
            tone = Tone.WARN
        if isinstance(recovery, RecoveryStep):
            recovery.show_note(sentence, tone)

    def _print_sheet(self) -> None:
        if self._made is not None and self._wish is not None:
            print_recovery(self, self._wish.profile.name, self._made)

    def _wait(self, sentence: str) -> None:
        self.busy = True
        self.progress.show()
        self.note.setText(sentence)
        self._enable()

    def _settle(self) -> None:
        self.busy = False
        self.progress.hide()
        self.note.setText("")
        self._enable()

    def _show(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.bar.show_step(at)
        self.title.setText(_titles()[at])
        self.go.setText({_FOLDER: _("Make the office"), _FINISH: _("Start")}.get(at, _("Next")))
        self._enable()
        if at == 0:
            self.go.setFocus()
        else:
            self.steps[at].setFocus()

    def _enable(self) -> None:
        at = self.stack.currentIndex()
        self.back.setVisible(0 < at < _RECOVERY)
        self.leave.setVisible(self._can_leave and at < _RECOVERY)
        self.back.setEnabled(not self.busy)
        self.go.setEnabled(not self.busy and self.steps[at].ready)
        self.leave.setEnabled(not self.busy)
        self.stack.setEnabled(not self.busy)

    def _add(self, step: Step) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        step.setProperty("look", "clear")
        area.setWidget(step)
        area.setFocusProxy(step)
        self.stack.addWidget(area)
        step.changed.connect(self._enable)
        step.changed.connect(lambda: _show_cursor(area))

    def _connect(self) -> None:
        self.welcome.demo_requested.connect(self._try_demo)
        self.welcome.open_requested.connect(self.open_requested)
        self.welcome.restore_requested.connect(self.restore_requested)
        self.welcome.language_requested.connect(self.language_requested)

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for part in (self.leave, self.back):
            foot.addWidget(part)
        foot.addWidget(self.note, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.go)
        card = Card(margin=28)
        card.add(self.bar)
        card.add(self.title)
        card.add(self.stack, 1)
        card.add(self.progress)
        card.body.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(36, 32, 36, 32)
        outer.addWidget(card)


def _show_cursor(area: QScrollArea) -> None:
    """Where the user types is in sight, also when the text is large and the window small."""
    typing = QApplication.focusWidget()
    if typing is not None and area.isAncestorOf(typing):
        area.ensureWidgetVisible(typing)


def _titles() -> tuple[str, ...]:
    return (
        _("Welcome"),
        _("The office"),
        _("First administrator"),
        _("Where the data lie"),
        _("Recovery key"),
        _("Done"),
    )
