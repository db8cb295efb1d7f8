"""The log: who did what, in plain sentences; it can be read, checked and proved, never changed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from pmdesk.domain.office import Changes
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports.proof import AnchorMemory
from pmdesk.domain.progress import silent
from pmdesk.domain.proof import Report
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services import log_anchors, log_book, log_cover, log_proof, log_words
from pmdesk.services.log_anchors import Answer, Certificate, Verdict
from pmdesk.services.log_book import Line, Lines
from pmdesk.services.log_proof import Alarm, Standing
from pmdesk.services.session import Session
from pmdesk.ui import printing
from pmdesk.ui.log.chain import ChainCard
from pmdesk.ui.log.detail import EntryCard
from pmdesk.ui.log.filters import LogFilters, too_many
from pmdesk.ui.log.papers import certificate_text, write_certificate
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.page import Page

_CSV = "CSV (*.csv)"
_PDF = "PDF (*.pdf)"
_ANCHOR = "JSON (*.json)"


class LogPage(Page):
    """State of the chain, filters, the entries, and the chosen one in full."""

    resident_requested = Signal(object)  # PersonId

    def __init__(
        self, session: Session, tasks: Tasks, prompts: Prompts, memory: AnchorMemory
    ) -> None:
        self.more = button(_("More…"), picture="ellipsis")
        super().__init__(_("Log"), _subtitle(), (self.more,))
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._memory = memory
        self._running: Progress | None = None
        self._before: int | None = None
        self._wanted = 0  # counts the searches: answers of an older one are dropped
        self._build()
        self._listen()
        self._look()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The newest entries that are wanted."""
        del changes  # whatever was done, it is in the log
        self._wanted += 1
        self._fetch((), None)

    def show_person(self, person: PersonId, words: str = "") -> None:
        """Who looked at this household: the person, and whoever shares a room with the person."""
        self._tasks.query(
            partial(log_book.household_of, self._session, person),
            owner=self,
            done=partial(self.filters.show_looks, words or log_book.about_person(person)),
        )

    def ask_household(self) -> None:
        """Who looked at the household of a room that is typed."""
        room = self._prompts.ask_text(_("Room of the household, such as 3-1-503:"))
        if room:
            self._tasks.query(
                partial(log_book.household, self._session, room),
                owner=self,
                done=partial(self._show_household, room),
            )

    def cancel(self) -> None:
        """A check that runs stops."""
        if self._running is not None:
            self._running.cancel()

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.chain = ChainCard()
        self.filters = LogFilters(self._session.clock)
        self.note = Banner()
        self.model = RowsModel[Line](_columns())
        self.table = Table(self.model, EmptyState(_("No entry fits.")))
        self.older = button(_("Older entries"), self._go_on, picture="chevron-down")
        self.entry = EntryCard()
        self.more.setMenu(self._menu())
        card = Card()
        card.add(self.filters)
        card.add(self.note)
        card.add(self.table, 1)
        card.add(self.older)
        self.table.setMinimumHeight(260)
        self.add(self.chain)
        self.add(card, 1)
        self.add(self.entry)
        self.setFocusProxy(self.table.view)

    def _menu(self) -> QMenu:
        menu = QMenu(self.more)
        entries: tuple[tuple[str, Callable[[], None]], ...] = (
            (_("Export what is listed…"), self.export),
            (_("Print the certificate…"), self.print_certificate),
            (_("Save the certificate as PDF…"), self.save_certificate),
            (_("Export an anchor…"), self.export_anchor),
            (_("Check a code from paper…"), self.check_code),
            (_("Check an anchor file…"), self.check_file),
        )
        for words, act in entries:
            menu.addAction(words).triggered.connect(lambda _checked=False, act=act: act())
        return menu

    def _listen(self) -> None:
        self.filters.edited.connect(self.reload)
        self.filters.object_asked.connect(self._find)
        self.filters.household_asked.connect(self.ask_household)
        self.table.view.picked.connect(self.entry.show_line)
        self.entry.left.connect(self.table.view.selectionModel().clear)
        self.entry.values_requested.connect(self._show_values)
        self.entry.about_requested.connect(self.filters.show_target)
        self.entry.resident_requested.connect(self.resident_requested)
        self.chain.check_requested.connect(self.check_everything)
        self.chain.cancelled.connect(self.cancel)
        self.chain.explain_requested.connect(self._explain)

    def _look(self) -> None:
        """What is known without walking the whole chain."""
        self._tasks.query(
            partial(log_book.colleagues, self._session),
            owner=self,
            done=self.filters.show_people,
        )
        self._tasks.query(
            partial(log_proof.at_sign_in, self._session, self._memory),
            owner=self,
            done=self._show_standing,
        )
        self._tasks.query(
            partial(log_cover.uncovered, self._session),
            owner=self,
            done=self.chain.show_uncovered,
        )
        self._show_outside()

    def _show_outside(self) -> None:
        now = self._session.clock.now()
        self._tasks.query(
            partial(log_anchors.outside, self._session),
            owner=self,
            done=lambda found: self.chain.show_outside(found, now),
        )

    # ---- entries ---------------------------------------------------------------------------

    def _fetch(self, known: tuple[Line, ...], before: int | None, least: int = 1) -> None:
        self._tasks.query(
            partial(log_book.page, self._session, self.filters.query, before=before),
            owner=self,
            done=partial(self._show, self._wanted, known, least),
        )

    def _show(self, wanted: int, known: tuple[Line, ...], least: int, found: Lines) -> None:
        if wanted != self._wanted:
            return
        lines = (*known, *found.lines)
        self._before = found.before
        if len(lines) < least and found.before is not None:
            self._fetch(lines, found.before, least)  # a rare act: the search goes further back
        self.model.set_rows(lines)
        self.older.setVisible(found.before is not None)
        self.entry.show_line(None)

    def _go_on(self) -> None:
        if self._before is not None:
            known = tuple(self.model.rows)
            self._fetch(known, self._before, len(known) + 1)

    def _find(self, text: str) -> None:
        self._tasks.query(
            partial(log_book.targets, self._session, text), owner=self, done=self._found
        )

    def _found(self, targets: tuple[tuple[str, str], ...]) -> None:
        if len(targets) == 1:
            self.note.show_sentence("")
            self.filters.narrow((targets[0][1],))
        else:
            too_many(self.note, len(targets))

    def _show_household(self, room: str, targets: tuple[str, ...]) -> None:
        if targets:
            self.note.show_sentence("")
            self.filters.show_looks(room, targets)
        else:
            words = _("Nobody is on record with the room “{room}”.")
            self.note.show_sentence(words.format(room=room), Tone.WARN)

    def _show_values(self, seq: int) -> None:
        self._tasks.query(
            partial(log_book.values, self._session, seq),
            owner=self,
            done=self.entry.show_values,
        )

    # ---- checking --------------------------------------------------------------------------

    def check_everything(self) -> None:
        """Every entry, the anchors this computer remembers, and the rows are looked at."""
        self.chain.show_busy(busy=True)
        self._running = self._tasks.long(
            lambda progress: log_proof.full(self._session, self._memory, progress),
            owner=self,
            reported=self.chain.working.show_progress,
            done=self._checked,
            failed=self._not_checked,
        )

    def _checked(self, report: Report) -> None:
        self._running = None
        self.chain.show_busy(busy=False)
        if report.holds:
            now = self._session.clock.local()
            self.chain.show_checked(report.checked.count, now, whole=True)
        else:
            self.chain.show_findings(log_words.sentences(report), log_words.what_to_do(report))
            self.reload()

    def _not_checked(self, error: PmdeskError) -> None:
        self._running = None
        self.chain.show_busy(busy=False)
        if not isinstance(error, CancelledError):
            self._prompts.explain(error)

    def _show_standing(self, found: Standing) -> None:
        if found.holds:
            now, whole = self._session.clock.local(), found.checked.since == 0
            self.chain.show_checked(found.checked.count, now, whole=whole)
        else:
            report = found.report
            self.chain.show_findings(log_words.sentences(report), log_words.what_to_do(report))
        self._tasks.query(
            partial(log_proof.alarm, self._session), owner=self, done=self._show_alarm
        )

    def _show_alarm(self, found: Alarm | None) -> None:
        if found is not None:
            what_to_do = log_words.what_to_do_about(found)
            self.chain.show_alarm(log_words.alarm_words(found), found.at, what_to_do)

    def _explain(self) -> None:
        words = self._prompts.ask_text(_("What happened? For instance: restored from a backup."))
        if words:
            self._tasks.query(
                partial(log_proof.accept, self._session, self._memory, words),
                owner=self,
                done=lambda _anchor: self._explained(),
            )

    def _explained(self) -> None:
        self._look()
        self.reload()

    # ---- files and paper -------------------------------------------------------------------

    def export(self) -> None:
        """What is listed, whole, as CSV with its proof beside it."""
        write = partial(log_book.export, self._session, self.filters.query)
        self._save(_("Export the log"), _("Log") + ".csv", _CSV, write)

    def export_anchor(self) -> None:
        """An anchor as a file, to be carried away."""
        write = partial(log_anchors.to_file, self._session)
        self._save(_("Export an anchor"), "pmdesk-anchor.json", _ANCHOR, write)

    def print_certificate(self) -> None:
        """The certificate goes to a printer, after a look at it."""
        self._tasks.query(
            partial(log_anchors.certificate, self._session), owner=self, done=self._print
        )

    def _print(self, made: Certificate) -> None:
        if printing.preview(certificate_text(made), _("Certificate of the log"), self):
            done = _("Printed. Sign the sheet and keep it away from this computer.")
            work = partial(log_anchors.printed, self._session)
            self._tasks.query(work, owner=self, done=lambda _none: self._tell(done))
        else:
            words = _("Not printed: there is no new certificate outside of this computer.")
            self._tell(words, Tone.INFO)

    def _tell(self, sentence: str, tone: Tone = Tone.GOOD) -> None:
        self.note.show_sentence(sentence, tone)
        self._show_outside()
        self.reload()

    def save_certificate(self) -> None:
        """The certificate as a file of one page."""
        write = partial(write_certificate, self._session)
        title = _("Save the certificate as PDF")
        self._save(title, _("Certificate of the log") + ".pdf", _PDF, write)

    def _save(self, title: str, name: str, kind: str, write: Callable[[Path], object]) -> None:
        path = self._prompts.save_file(title, name, kind)
        if path is not None:
            self._tasks.query(partial(write, path), owner=self, done=partial(self._saved, path))

    def _saved(self, path: Path, _made: object) -> None:
        words = _("Saved: {path}. Keep it away from this computer.")
        self._tell(words.format(path=path.name))

    def check_code(self) -> None:
        """Whether this log has the state whose code is typed."""
        typed = self._prompts.ask_text(_("The 20 characters of the code on the certificate:"))
        if typed:
            self._tasks.long(
                lambda progress: log_anchors.check_code(self._session, typed, progress),
                owner=self,
                reported=silent,
                done=self._answered,
            )

    def check_file(self) -> None:
        """Whether this log goes through the anchor in a file."""
        path = self._prompts.open_file(_("Check an anchor file"), _ANCHOR)
        if path is not None:
            self._tasks.query(
                partial(log_anchors.check_file, self._session, path),
                owner=self,
                done=self._answered,
                failed=lambda error: self.note.show_sentence(told(error), Tone.WARN),
            )

    def _answered(self, answer: Answer) -> None:
        tone, words = _ANSWERS[answer.verdict]
        at = answer.at.astimezone().strftime("%Y-%m-%d %H:%M") if answer.at else ""
        sentence = words().format(count=f"{answer.count:,}", at=at)
        if answer.verdict is Verdict.NOT_CONTAINED:
            sentence += " " + _(log_words.WHAT_TO_DO)
        self.note.show_sentence(sentence, tone)


_ANSWERS: dict[Verdict, tuple[Tone, Callable[[], str]]] = {
    Verdict.CONTAINED: (
        Tone.GOOD,
        lambda: _("The log contains it: {count} entries at {at}, none changed since."),
    ),
    Verdict.NOT_CONTAINED: (
        Tone.PROBLEM,
        lambda: _("The log does NOT contain it: entries of that time were changed or taken out."),
    ),
    Verdict.NOT_GENUINE: (
        Tone.WARN,
        lambda: _("The log contains it ({count} entries), but nobody of this office signed it."),
    ),
    Verdict.OTHER_OFFICE: (Tone.WARN, lambda: _("This anchor belongs to another office.")),
    Verdict.MISTYPED: (
        Tone.WARN,
        lambda: _("The code is mistyped. Compare it with the paper once more."),
    ),
}


def _subtitle() -> str:
    return _("Who did what, and when. It can be read and checked; nobody can change it here.")


def _columns() -> tuple[Column[Line], ...]:
    return (
        Column(
            key="at",
            title=_("Time"),
            cell=lambda line: line.at.strftime("%m-%d %H:%M:%S"),
            tip=lambda line: line.at.strftime("%Y-%m-%d %H:%M:%S"),
            width=17,
        ),
        Column(key="who", title=_("Who"), cell=lambda line: line.who, width=14),
        Column(key="what", title=_("Act"), cell=lambda line: line.what),
        Column(key="about", title=_("About"), cell=lambda line: line.about, width=24),
        Column(key="fields", title=_("Fields"), cell=lambda line: line.fields),
    )
