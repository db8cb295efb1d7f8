"""The first-run wizard: from nothing to an open office, one question at a time."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar
from typing_extensions import override

from pmdesk.errors import PmdeskError, StorageError
from pmdesk.i18n import _, told
from pmdesk.services.files import write_whole
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.wizard.demo import DemoStep
from pmdesk.ui.wizard.frame import StepsFrame
from pmdesk.ui.wizard.keys import FinishStep, RecoveryStep
from pmdesk.ui.wizard.paper import print_recovery
from pmdesk.ui.wizard.setup import Demo, Founded, Setup, Wish
from pmdesk.ui.wizard.steps import AdministratorStep, FolderStep, OfficeStep, Step, WelcomeStep

_FOLDER, _RECOVERY, _FINISH = 3, 4, 5


class WizardPage(StepsFrame):
    """Emits `finished` with the office, made or demo, once the user is through."""

    finished = Signal(object)  # Founded or Demo
    abandoned = Signal()
    open_requested = Signal()
    restore_requested = Signal()
    language_requested = Signal(str)

    def __init__(
        self, setup: Setup, tasks: Tasks, prompts: Prompts, *, can_leave: bool = False
    ) -> None:
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.hide()
        super().__init__(_titles(), self.progress)
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
        self.steps = [self.welcome, self.office, self.administrator, self.place]
        for step in self.steps:
            self.add_step(step)
        self._connect()
        self.show_step(0)

    @property
    def unconfirmed(self) -> bool:
        """Whether an office was made whose recovery key is not known to be on paper."""
        return self._made is not None and self.at == _RECOVERY

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

    def _weak(self, passphrase: str) -> tuple[str, ...]:
        known = (self.administrator.login.text(), self.office.profile.name)
        return self._setup.weak(passphrase, [word for word in known if word])

    @override
    def go_on(self) -> None:
        """Makes the office, or hands it over; or just the next question."""
        at = self.at
        if not self.steps[at].check():
            return
        if at == _FOLDER:
            self._create()
        elif at >= _FINISH:
            entered, self._demo, self._made = self._demo or self._made, None, None
            self.finished.emit(entered)
        else:
            self.show_step(at + 1)

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
            self.add_step(step)
        self.administrator.passphrase.clear()
        self.show_step(_RECOVERY)

    def _failed(self, error: PmdeskError) -> None:
        self._settle()
        self.show_step(_FOLDER)
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
            self.add_step(one)
        self.show_step(_FINISH)

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
        self.follow()

    def _settle(self) -> None:
        self.busy = False
        self.progress.hide()
        self.note.setText("")
        self.follow()

    @override
    def abandon(self) -> None:
        """The user goes back to the office there is."""
        self.abandoned.emit()

    @override
    def words(self, at: int) -> str:
        """What the button does at that step."""
        return {_FOLDER: _("Make the office"), _FINISH: _("Start")}.get(at, _("Next"))

    @override
    def show_step(self, at: int) -> None:
        """The step is shown; the first has nothing to type."""
        super().show_step(at)
        if at == 0:
            self.go.setFocus()

    @override
    def follow(self) -> None:
        """Nothing can be pressed while an office is being made."""
        at = self.at
        self.back.setVisible(0 < at < _RECOVERY)
        self.leave.setVisible(self._can_leave and at < _RECOVERY)
        self.back.setEnabled(not self.busy)
        self.go.setEnabled(not self.busy and self.steps[at].ready)
        self.leave.setEnabled(not self.busy)
        self.stack.setEnabled(not self.busy)

    def _connect(self) -> None:
        self.welcome.demo_requested.connect(self._try_demo)
        self.welcome.open_requested.connect(self.open_requested)
        self.welcome.restore_requested.connect(self.restore_requested)
        self.welcome.language_requested.connect(self.language_requested)


def _titles() -> tuple[str, ...]:
    return (
        _("Welcome"),
        _("The office"),
        _("First administrator"),
        _("Where the data lie"),
        _("Recovery key"),
        _("Done"),
    )
