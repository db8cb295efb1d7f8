"""A restore: what it would bring, the new office, and its recovery key on paper."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pmdesk.domain.backups import Owner, Restored
from pmdesk.errors import OfficeClosedError, PmdeskError, WrongKeyError
from pmdesk.i18n import _, joined, ngettext, told
from pmdesk.services import backups
from pmdesk.services.backups import Preview
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.backups import words
from pmdesk.ui.backups.replace_dialog import ReplaceDialog
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.forms.line import named_line
from pmdesk.ui.forms.passphrase import PassphraseFields
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.restore.words import COUNTED, unknown
from pmdesk.ui.tasks import Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.unsaved import keep_all
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.stack import fit_to_screen
from pmdesk.ui.widgets.visibility import set_shown
from pmdesk.ui.wizard.keys import RecoveryStep
from pmdesk.ui.wizard.paper import print_recovery

_WIDTH, _HEIGHT = 720, 720


class RestoreDialog(QDialog):
    """Preview and form; then the work, which can be stopped; then the key, typed back."""

    finished_with = Signal(object)  # Restored
    replaced = Signal()  # this office is another now and closed: sign in anew

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        opened: tuple[Path, str, Preview],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Restore"))
        self.setModal(True)
        fit_to_screen(self, QSize(theme.length(_WIDTH), theme.length(_HEIGHT)))
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._path, self._secret, self.preview = opened
        self._work: Progress | None = None
        self._restored: Restored | None = None
        self.folder = QLineEdit(str(backups.suggested_folder(session)))
        self.folder.setAccessibleName(_("Folder of the restored office"))
        self.login = named_line(_("User name of the administrator"))
        self.login.setText(session.staff.login)
        self.password = PassphraseFields(
            lambda text: session.accounts.password_problems(text, self.login.text()),
            _("Passphrase of the administrator"),
        )
        self.message = Banner()
        self.working = WorkingBar(lambda done: f"{done} %")
        self.working.cancelled.connect(self._stop)
        self.go = button(_("Restore as a new office"), self._go, look="primary")
        self.instead = button(_("Replace this office…"), lambda: self._replace(), look="danger")
        set_shown(self.instead, not self.preview.foreign)
        self.back = button(_("Cancel"), self.reject)
        self.form = QWidget()
        self._arrange()

    @property
    def key(self) -> RecoveryStep | None:
        """The step with the recovery key, once the office is there."""
        return self.findChild(RecoveryStep)

    def reject(self) -> None:
        """Closing stops what runs; a key that is not on paper yet is asked about."""
        if self._work is not None:
            self._stop()
        elif self._restored is None or self._may_leave():
            super().reject()

    def _may_leave(self) -> bool:
        step = self.key
        return (step is not None and step.ready) or self._prompts.confirm(
            _("The recovery key of the restored office is not confirmed yet. Close all the same?"),
            yes=_("Close"),
            detail=_("It is not shown again. Without it nobody can help later."),
        )

    def _go(self) -> None:
        problem = self._problem()
        self.message.show_sentence(problem, Tone.WARN)
        if problem:
            return
        owner = Owner(
            folder=Path(self.folder.text().strip()),
            login=self.login.text().strip(),
            name="",
            password=self.password.passphrase,
        )
        self._start(partial(backups.restore, self._session, self._path, self._secret, owner))

    def _replace(self, problem: str = "") -> None:
        """Asks for the own passphrase; a wrong one is asked for again and nothing is lost."""
        dialog = ReplaceDialog(self._session.staff.name, self, problem=problem)
        dialog.typed.connect(self._replace_with)
        dialog.open()

    def _replace_with(self, own: str) -> None:
        parent = self.parentWidget()
        if parent is not None:
            keep_all(parent.window())  # a closed office keeps nothing any more
        work = partial(backups.replace, self._session, self._path, self._secret, own)
        self._start(work, self._not_replaced)

    def _not_replaced(self, error: PmdeskError) -> None:
        if isinstance(error, WrongKeyError):
            self._set_free()
            self._replace(told(error))
        else:
            self._failed(error)

    def _start(
        self,
        work: Callable[[Progress], object],
        failed: Callable[[PmdeskError], None] | None = None,
    ) -> None:
        self._set_busy(busy=True)
        self.working.start(_("Restoring"))
        self._work = self._tasks.long(
            work,
            owner=self,
            reported=self._report,
            done=self._done,
            failed=failed or self._failed,
        )

    def _report(self, done: int, total: int) -> None:
        self.working.show_progress(100 * done // max(total, 1), 100)

    def _problem(self) -> str:
        if not Path(self.folder.text().strip()).is_absolute():
            return _("Please name a folder with its full path.")
        if not self.login.text().strip():
            return _("Please fill in the user name.")
        return self.password.problem

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.form, self.go, self.instead):
            part.setEnabled(not busy)

    def _failed(self, error: PmdeskError) -> None:
        if isinstance(error, OfficeClosedError):
            self._prompts.explain(error)
            self._leave()
            return
        self._set_free()
        self.message.show_sentence(told(error), Tone.PROBLEM)

    def _set_free(self) -> None:
        self._work = None
        self.working.stop()
        self._set_busy(busy=False)

    def _done(self, result: object) -> None:
        if isinstance(result, int):
            self._leave()
        elif isinstance(result, tuple):
            self._work = None
            self._show_key(result[1])

    def _leave(self) -> None:
        """This office is closed; the window locks."""
        self._work = None
        self.accept()
        self.replaced.emit()

    def _show_key(self, made: Restored) -> None:
        self._restored = made
        self.working.stop()
        set_shown(self._area, shown=False)
        set_shown(self.go, shown=False)
        set_shown(self.instead, shown=False)
        step = RecoveryStep(made.recovery_key, made.fingerprint, made.confirm)
        set_shown(step.to_file, shown=False)
        step.print_requested.connect(lambda: print_recovery(self, str(made.folder), made))
        self._column.insertWidget(2, step, 1)
        self.back.setText(_("Close"))
        self.message.show_sentence(_done_words(made), Tone.GOOD)
        self.finished_with.emit(made)

    def _choose(self) -> None:
        chosen = self._prompts.folder(_("Folder of the restored office"))
        if chosen is not None:
            self.folder.setText(str(chosen))

    def _arrange(self) -> None:
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(label(_loss(self.preview), wrap=True))
        inner.addLayout(_figures(self.preview))
        inner.addWidget(label(_explanation(), "muted", wrap=True))
        for head, part in (
            (_("Folder of the restored office"), self._folder_row()),
            (_("User name of the administrator"), self.login),
        ):
            title = label(head, "label")
            title.setBuddy(part)
            inner.addWidget(title)
            inner.addWidget(part)
        inner.addWidget(self.password)
        inner.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(self.instead)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.go)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        made_at = words.moment(self.preview.facts.made_at, self._session.clock)
        column.addWidget(label(_("Backup of {at}").format(at=made_at), "title", wrap=True))
        self._area = scrolled(self.form)
        column.addWidget(self._area, 1)
        column.addWidget(self.working)
        column.addWidget(self.message)
        column.addLayout(row)

    def _folder_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(button(_("Choose…"), self._choose, picture="folder-open"))
        holder.setFocusProxy(self.folder)
        return holder


def _figures(preview: Preview) -> QGridLayout:
    """What the backup holds, beside what is here now."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(4)
    heads = ("", _("In the backup"), "" if preview.foreign else _("In this office now"))
    for column, head in enumerate(heads):
        grid.addWidget(label(head, "label"), 0, column)
    for row, (table, name) in enumerate(COUNTED.items(), 1):
        grid.addWidget(label(_(name)), row, 0)
        grid.addWidget(label(f"{preview.facts.counts.get(table, 0):,}"), row, 1)
        if not preview.foreign:
            grid.addWidget(label(f"{preview.now.get(table, 0):,}"), row, 2)
    version = preview.facts.rules
    grid.addWidget(label(_("Rules version in the backup")), len(COUNTED) + 1, 0)
    grid.addWidget(label(str(version) if version else "—"), len(COUNTED) + 1, 1)
    grid.setColumnStretch(3, 1)
    return grid


def _loss(preview: Preview) -> str:
    if preview.foreign:
        foreign = _("This is a backup of another office.")
        days = preview.unknown_days
        return f"{foreign} {unknown(days)}" if days else foreign
    if not preview.lost:
        return _("Nothing was done in this office since the backup.")
    return ngettext(
        "{count} log entry of this office is newer and not in the restored one.",
        "{count} log entries of this office are newer and not in the restored one.",
        preview.lost,
    ).format(count=f"{preview.lost:,}")


def _explanation() -> str:
    return _(
        "The present office stays as it is. What was erased or withdrawn here since the backup is"
        " erased there too, before anybody can read it. Colleagues get new passphrases there."
    )


def _done_words(made: Restored) -> str:
    again = ngettext(
        "{count} erasure was done again.", "{count} erasures were done again.", made.replayed
    ).format(count=made.replayed)
    where = _("The office lies in {folder}.").format(folder=made.folder)
    return joined(where, again if made.replayed else "")
