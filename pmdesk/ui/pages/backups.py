"""Backups: how they stand, one now, the list of all, when and where, and the passphrase."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmdesk.domain import office
from pmdesk.domain.backups import Facts, Made, Plan
from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError, WrongKeyError
from pmdesk.i18n import N_, _, joined, told
from pmdesk.services import backups
from pmdesk.services.backup_sheet import Sheet, sheet
from pmdesk.services.backups import Listed, Preview, State
from pmdesk.services.session import Session
from pmdesk.ui.backups import words
from pmdesk.ui.backups.files_card import FilesCard
from pmdesk.ui.backups.guide import print_guide
from pmdesk.ui.backups.key_card import KeyCard
from pmdesk.ui.backups.plan_card import PlanCard
from pmdesk.ui.backups.restore_dialog import RestoreDialog
from pmdesk.ui.backups.secret_dialog import SecretDialog
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.columns import Columns
from pmdesk.ui.widgets.page import Page, bring_into_sight

_KINDS = "pmdesk (*.pmbak)"
_LEAST = 380  # pixels of a card beside another


class BackupsPage(Page):
    """A backup counts as good once it was restored and found whole."""

    lock_requested = Signal()

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self.sheet = button(_("Print how to restore…"), self._print, picture="printer")
        self.now = button(_("Back up now"), self.back_up, look="primary", picture="save")
        super().__init__(_("Backups"), _subtitle(), (self.sheet, self.now))
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._work: Progress | None = None
        self.state = Banner(_("Looking for backups…"))
        self.warnings = Banner()
        self.working = WorkingBar(lambda done: f"{done} %")
        self.working.cancelled.connect(self._stop)
        self.message = Banner()
        self.files = FilesCard(session.clock)
        self.plan = PlanCard(prompts, session.clock)
        login = session.staff.login
        self.key = KeyCard(
            lambda text: session.accounts.password_problems(text, login), session.clock
        )
        self._listen()
        for part in (self.state, self.warnings, self.working, self.message):
            self.add(part)
        self._cards = Columns((self.key, self.plan), least=_LEAST)
        for later in (self.files, self._cards):
            self.add(later)
            later.hide()  # until it is known which comes first
        self.body.addStretch(0)
        self.reload()

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        restore = _("Restore from a file…")
        return (
            Part(key="key", title=_("Backup passphrase")),
            Part(key="plan", title=_("When and where"), words=N_("backup stick, every day")),
            Part(key="files", title=restore, words=N_("restore, bring back")),
        )

    def open_part(self, key: str) -> None:
        """That card is in sight, with the cursor in it."""
        card = {"key": self.key, "plan": self.plan, "files": self.files}[key]
        bring_into_sight(card)
        (self.files.other if card is self.files else card).setFocus()

    def reload(self, changes: Changes | None = None) -> None:
        """State and list as they are now; a stick may have come or gone."""
        if changes is None or office.BACKUPS in changes.kinds:
            self._tasks.query(
                partial(_stand, self._session),
                owner=self,
                done=self._show_stand,
                failed=self._unreadable,
                newest="stand",
            )

    def show_state(self, found: State) -> None:
        """The page says this."""
        clock = self._session.clock
        sentence, tone = words.standing(found, clock)
        self.state.show_sentence(joined(sentence, words.following(found, clock)), tone)
        self.warnings.show_sentence(joined(*words.warnings(found, clock)), Tone.WARN)
        self.now.setEnabled(found.ready and self._work is None)
        self.plan.show_state(found)
        self.key.show_state(found)
        self._put_first(self.files if found.ready else self._cards)

    def back_up(self) -> None:
        """A proved backup lies in every place; the page says how far it is."""
        self._start(_("Backing up"), partial(backups.make, self._session), self._made)

    def prove(self, path: Path, problem: str = "") -> None:
        """Asks what opens the file, and restores it into a private folder to prove it."""
        follows = _(
            "Next, the backup is restored as a trial into a private folder, checked and wiped"
            " again. This office stays as it is."
        )
        self._ask(path, follows, problem, lambda secret: self._prove(path, secret))

    def restore(self, path: Path | None, problem: str = "") -> None:
        """Asks what opens the file, shows what a restore would bring, and does it."""
        path = path or self._prompts.open_file(_("Restore from a file…"), _KINDS)
        if path is not None:
            follows = _(
                "Next, you see what this backup holds beside what is here now, and choose where to"
                " restore it. Nothing is changed before that."
            )
            self._ask(path, follows, problem, lambda secret: self._preview(path, secret))

    def _listen(self) -> None:
        self.files.prove_requested.connect(self.prove)
        self.files.restore_requested.connect(self.restore)
        self.files.pin_requested.connect(self._pin)
        self.plan.changed.connect(self._save_plan)
        self.key.submitted.connect(self._set_passphrase)
        self.key.tried.connect(self._rehearse)

    def _show_stand(self, found: tuple[State, tuple[Listed, ...]]) -> None:
        state, files = found
        self.show_state(state)
        self.files.show_files(files)

    def _put_first(self, first: QWidget) -> None:
        """What is needed first stands first: the passphrase while there is none, then the list."""
        second = self._cards if first is self.files else self.files
        place = self.body.indexOf(self.message) + 1
        if self.body.indexOf(first) != place:
            self.body.insertWidget(place, first)
        self.body.setStretchFactor(self.files, 1)
        for part in (first, second):
            part.show()

    def _unreadable(self, error: PmdeskError) -> None:
        self.state.show_sentence(told(error), Tone.PROBLEM)
        self.files.show_failure(told(error))
        self._put_first(self.files)

    def _ask(self, path: Path, follows: str, problem: str, typed: Callable[[str], None]) -> None:
        dialog = SecretDialog(str(path), follows, self, problem=problem)
        dialog.typed.connect(typed)
        dialog.open()

    def _prove(self, path: Path, secret: str) -> None:
        self._start(
            _("Proving by a restore"),
            lambda tell: backups.prove(self._session, path, secret, tell),
            self._proved,
            lambda sentence: self.prove(path, sentence),
        )

    def _preview(self, path: Path, secret: str) -> None:
        self._start(
            _("Proving by a restore"),
            lambda tell: backups.preview(self._session, path, secret, tell),
            lambda done: self._show_preview(path, secret, done[1]),
            lambda sentence: self.restore(path, sentence),
        )

    def _show_preview(self, path: Path, secret: str, found: Preview) -> None:
        self.message.show_sentence("")
        opened = (path, secret, found)
        dialog = RestoreDialog(self._session, self._tasks, self._prompts, opened, self)
        dialog.replaced.connect(self.lock_requested)
        dialog.open()

    def _start(
        self,
        what: str,
        work: Callable[[Progress], tuple[Changes, object]],
        done: Callable[..., None],
        wrong: Callable[[str], None] | None = None,
    ) -> None:
        """One at a time; a wrong passphrase is asked for again by `wrong`."""
        if self._work is not None:
            return
        self.message.show_sentence("")
        self._set_free(free=False)
        self.working.start(what)
        self._work = self._tasks.long(
            work,
            owner=self,
            reported=self.working.show_progress,
            done=lambda result: self._ended(partial(done, result)),
            failed=lambda error: self._ended(partial(self._failed, error, wrong)),
        )

    def _ended(self, then: Callable[[], None]) -> None:
        self._work = None
        self.working.stop()
        self._set_free(free=True)
        then()
        self.reload()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _set_free(self, *, free: bool) -> None:
        for part in (self.now, self.files, self.plan, self.key):
            part.setEnabled(free)

    def _made(self, result: tuple[Changes, Made]) -> None:
        self.message.show_sentence(*_made_words(result[1]))

    def _proved(self, result: tuple[Changes, Facts]) -> None:
        facts = result[1]
        sentence = _("Whole: restored and checked. People: {people}, log entries: {entries}.")
        people = facts.counts.get("person", 0)
        self.message.show_sentence(
            sentence.format(people=f"{people:,}", entries=f"{facts.entries:,}"), Tone.GOOD
        )

    def _failed(self, error: PmdeskError, wrong: Callable[[str], None] | None) -> None:
        if isinstance(error, WrongKeyError) and wrong is not None:
            wrong(told(error))
            return
        tone = Tone.INFO if isinstance(error, CancelledError) else Tone.PROBLEM
        self.message.show_sentence(told(error), tone)

    def _pin(self, path: Path, pinned: bool) -> None:
        self._tasks.command(
            partial(backups.pin if pinned else backups.unpin, self._session, path),
            owner=self,
            failed=lambda error: self.message.show_sentence(told(error), Tone.PROBLEM),
        )

    def _print(self) -> None:
        """Where the backups lie and how one is restored; nothing secret is on the paper."""
        self._tasks.query(
            partial(sheet, self._session),
            owner=self,
            done=self._show_sheet,
        )

    def _show_sheet(self, facts: Sheet) -> None:
        print_guide(self, facts)

    def _save_plan(self, plan: Plan) -> None:
        self._tasks.command(
            partial(backups.save_plan, self._session, plan),
            owner=self,
            failed=lambda error: self.message.show_sentence(told(error), Tone.PROBLEM),
        )

    def _set_passphrase(self, passphrase: str) -> None:
        self.key.setEnabled(False)
        self._tasks.command(
            partial(backups.set_passphrase, self._session, passphrase),
            owner=self,
            done=lambda _changes: self._answer_key(self.key.show_set),
            failed=lambda error: self._answer_key(lambda: self.key.show_failure(told(error))),
        )

    def _rehearse(self, typed: str) -> None:
        self.key.setEnabled(False)
        self._tasks.command(
            partial(backups.rehearse, self._session, typed),
            owner=self,
            done=lambda done: self._answer_key(lambda: self.key.show_tried(right=done[1])),
            failed=lambda error: self._answer_key(lambda: self.key.show_failure(told(error))),
        )

    def _answer_key(self, answer: Callable[[], None]) -> None:
        self.key.setEnabled(True)
        answer()


def _stand(session: Session) -> tuple[State, tuple[Listed, ...]]:
    """Both at once: no answer of the one wipes out the failure of the other."""
    return backups.state(session), backups.listed(session)


def _made_words(made: Made) -> tuple[str, Tone]:
    people = made.facts.counts.get("person", 0)
    sentence = _("Backed up and proved: {size}, {people} people, in {count} places.").format(
        size=words.size(made.size), people=f"{people:,}", count=1 + len(made.copies)
    )
    if not made.absent:
        return sentence, Tone.GOOD
    missing = _(", ").join(str(place) for place in made.absent)
    without = _("No copy in {places}.").format(places=missing)
    return joined(sentence, without), Tone.WARN


def _subtitle() -> str:
    return _("A backup counts once it was restored as a trial and found whole.")
