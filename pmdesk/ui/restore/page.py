"""From a backup to an office on this computer, one question at a time; nobody is signed in yet."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from typing_extensions import override

from pmdesk.domain.backups import Inside, Owner, Restored
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, joined, told
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.restore import words
from pmdesk.ui.restore.steps import FileStep, OwnerStep, PreviewStep
from pmdesk.ui.restore.ways import Restoring
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.wizard.frame import StepsFrame
from pmdesk.ui.wizard.keys import RecoveryStep
from pmdesk.ui.wizard.paper import print_recovery
from pmdesk.ui.wizard.steps import FolderStep, Step

_FILE, _PREVIEW, _FOLDER, _OWNER, _KEY = range(5)


class RestorePage(StepsFrame):
    """Emits `finished` with the folder of the office and who signs in to it first."""

    finished = Signal(object, str)  # Path, login
    abandoned = Signal()

    def __init__(
        self, ways: Restoring, tasks: Tasks, prompts: Prompts, *, start: Path | None = None
    ) -> None:
        self.working = WorkingBar(lambda done: f"{done} %")
        super().__init__(_titles(), self.working)
        self._ways, self._tasks, self._prompts = ways, tasks, prompts
        self._work: Progress | None = None
        self._inside: Inside | None = None
        self.made: Restored | None = None
        self.file = FileStep(prompts, start)
        self.place = FolderStep(ways.suggested_folder(), ways.place, prompts)
        self.owner = OwnerStep(ways.weak)
        self.steps = [self.file, Step(), self.place, self.owner, Step()]
        self.working.cancelled.connect(self._stop)
        for step in self.steps:
            self.add_step(step)
        self.show_step(_FILE)

    @property
    def preview(self) -> PreviewStep | None:
        """What is inside, once the file was opened."""
        return self.findChild(PreviewStep)

    @property
    def key(self) -> RecoveryStep | None:
        """The new recovery key, once the office is there."""
        return self.findChild(RecoveryStep)

    def may_close(self) -> bool:
        """Whether the window may close; work is stopped first, and an unwritten key asked about."""
        if self._work is not None:
            self._stop()
            return False
        if self.made is None or (self.key is not None and self.key.ready):
            return True
        return self._prompts.confirm(
            _("The recovery key of the restored office is not confirmed yet. Close all the same?"),
            yes=_("Close"),
            detail=_("It is not shown again. Without it nobody can help later."),
        )

    @override
    def abandon(self) -> None:
        """Leaves, if that may be."""
        if self.may_close():
            self.abandoned.emit()

    @override
    def go_on(self) -> None:
        """Opens the file, restores, signs in; or just the next question."""
        if self._work is not None or not self.steps[self.at].check():
            return
        if self.at == _FILE:
            self._look()
        elif self.at == _OWNER:
            self._restore()
        elif self.at == _KEY:
            if self.made is not None:
                self.finished.emit(self.made.folder, self.owner.login.text().strip())
        else:
            self.show_step(self.at + 1)

    def _look(self) -> None:
        self.working.start(_("Proving by a restore"))
        self._work = self._tasks.long(
            partial(self._ways.inside, self.file.path, self.file.secret.text),
            owner=self,
            reported=self.working.show_progress,
            done=self._opened,
            failed=lambda error: self._failed(error, self.file),
        )
        self.follow()

    def _opened(self, inside: Inside) -> None:
        self._settle()
        self._inside = inside
        self.put_step(
            _PREVIEW, PreviewStep(inside, lambda one: words.loss(one, self._ways.today()))
        )
        self.owner.show_staff(inside)
        self.show_step(_PREVIEW)

    def _restore(self) -> None:
        owner = Owner(
            folder=self.place.folder,
            login=self.owner.login.text().strip(),
            name=self.owner.name.text().strip(),
            password=self.owner.passphrase.passphrase,
        )
        self.working.start(_("Restoring"))
        self._work = self._tasks.long(
            lambda tell: self._ways.restore(self.file.path, self.file.secret.text, owner, tell),
            owner=self,
            reported=self.working.show_progress,
            done=self._restored,
            failed=lambda error: self._failed(error, self.owner),
        )
        self.follow()

    def _restored(self, made: Restored) -> None:
        self._settle()
        self.made = made
        self.file.secret.show_text("", openly=False)
        self.owner.passphrase.clear()
        key = RecoveryStep(made.recovery_key, made.fingerprint, made.confirm)
        key.to_file.hide()
        key.print_requested.connect(self._print)
        self.put_step(_KEY, key)
        self.note.setText(joined(_done_words(made), words.done(made.replayed)))
        self.show_step(_KEY)

    def _print(self) -> None:
        if self.made is not None and self._inside is not None:
            print_recovery(self, self._inside.office, self.made)

    def _failed(self, error: PmdeskError, where: FileStep | OwnerStep) -> None:
        self._settle()
        if isinstance(error, CancelledError):
            self.note.setText(told(error))
        elif isinstance(where, FileStep):
            where.show_failure(told(error))
        else:
            where.problem.show_sentence(told(error), Tone.PROBLEM)

    def _settle(self) -> None:
        self._work = None
        self.working.stop()
        self.follow()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    @override
    def words(self, at: int) -> str:
        """What the button does at that step."""
        return {_OWNER: _("Restore"), _KEY: _("Sign in")}.get(at, _("Next"))

    @override
    def show_step(self, at: int) -> None:
        """The step is shown; what was said of another one is gone."""
        if at != _KEY:
            self.note.setText("")
        super().show_step(at)

    @override
    def follow(self) -> None:
        """Nothing but the stop button can be pressed while work runs."""
        free = self._work is None
        self.leave.setVisible(self.at < _KEY)
        self.back.setVisible(_FILE < self.at < _KEY)
        for part in (self.leave, self.back, self.stack):
            part.setEnabled(free)
        self.go.setEnabled(free and self.steps[self.at].ready)


def _titles() -> tuple[str, ...]:
    return (
        _("Backup file"),
        _("What is in it"),
        _("Where the data lie"),
        _("Administrator"),
        _("Recovery key"),
    )


def _done_words(made: Restored) -> str:
    return _("The office lies in {folder}.").format(folder=made.folder)
