"""From a backup to an office on this computer, one question at a time; nobody is signed in yet."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

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
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.steps import StepBar
from pmdesk.ui.wizard.keys import RecoveryStep
from pmdesk.ui.wizard.paper import print_recovery
from pmdesk.ui.wizard.steps import FolderStep, Step

_FILE, _PREVIEW, _FOLDER, _OWNER, _KEY = range(5)


class RestorePage(QWidget):
    """Emits `finished` with the folder of the office and who signs in to it first."""

    finished = Signal(object, str)  # Path, login
    abandoned = Signal()

    def __init__(
        self, ways: Restoring, tasks: Tasks, prompts: Prompts, *, start: Path | None = None
    ) -> None:
        super().__init__()
        self.setProperty("look", "page")
        self._ways, self._tasks, self._prompts = ways, tasks, prompts
        self._work: Progress | None = None
        self._inside: Inside | None = None
        self.made: Restored | None = None
        self.file = FileStep(prompts, start)
        self.place = FolderStep(ways.suggested_folder(), ways.place, prompts)
        self.owner = OwnerStep(ways.weak)
        self.steps: list[Step] = [self.file, Step(), self.place, self.owner, Step()]
        self.bar = StepBar(_titles())
        self.title = label(_titles()[0], "title")
        self.stack = QStackedWidget()
        self.working = WorkingBar(lambda done: f"{done} %")
        self.working.cancelled.connect(self._stop)
        self.note = label("", "muted", wrap=True)
        self.leave = button(_("Cancel"), self._abandon, look="quiet")
        self.back = button(_("Back"), lambda: self._show(self.at - 1))
        self.go = button(_("Next"), self._next, look="primary")
        self.go.setObjectName("next")
        for step in self.steps:
            self._add(step)
        self._arrange()
        self._show(_FILE)

    @property
    def at(self) -> int:
        """Which step is shown."""
        return self.stack.currentIndex()

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

    def _abandon(self) -> None:
        if self.may_close():
            self.abandoned.emit()

    def _next(self) -> None:
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
            self._show(self.at + 1)

    def _look(self) -> None:
        self.working.start(_("Proving by a restore"))
        self._work = self._tasks.long(
            partial(self._ways.inside, self.file.path, self.file.secret.text),
            owner=self,
            reported=self.working.show_progress,
            done=self._opened,
            failed=lambda error: self._failed(error, self.file),
        )
        self._enable()

    def _opened(self, inside: Inside) -> None:
        self._settle()
        self._inside = inside
        self._put(_PREVIEW, PreviewStep(inside, lambda one: words.loss(one, self._ways.today())))
        self.owner.show_staff(inside)
        self._show(_PREVIEW)

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
        self._enable()

    def _restored(self, made: Restored) -> None:
        self._settle()
        self.made = made
        self.file.secret.show_text("", openly=False)
        self.owner.passphrase.clear()
        key = RecoveryStep(made.recovery_key, made.fingerprint, made.confirm)
        key.to_file.hide()
        key.print_requested.connect(self._print)
        self._put(_KEY, key)
        self.note.setText(joined(_done_words(made), words.done(made.replayed)))
        self._show(_KEY)

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
        self._enable()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _show(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.bar.show_step(at)
        self.title.setText(_titles()[at])
        self.go.setText({_OWNER: _("Restore"), _KEY: _("Sign in")}.get(at, _("Next")))
        if at != _KEY:
            self.note.setText("")
        self._enable()
        self.steps[at].setFocus()

    def _enable(self) -> None:
        free = self._work is None
        self.leave.setVisible(self.at < _KEY)
        self.back.setVisible(_FILE < self.at < _KEY)
        for part in (self.leave, self.back, self.stack):
            part.setEnabled(free)
        self.go.setEnabled(free and self.steps[self.at].ready)

    def _add(self, step: Step, at: int = -1) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        step.setProperty("look", "clear")
        area.setWidget(step)
        area.setFocusProxy(step)
        self.stack.insertWidget(at, area)
        step.changed.connect(self._enable)

    def _put(self, at: int, step: Step) -> None:
        """The step takes the place of the one that stood there."""
        before = self.stack.widget(at)
        if before is not None:
            self.stack.removeWidget(before)
            before.setParent(None)
            before.deleteLater()
        self.steps[at] = step
        self._add(step, at)

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
        card.add(self.working)
        card.body.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(36, 32, 36, 32)
        outer.addWidget(card)


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
