"""迎检: one button makes the whole pack, or the form what an authority asked for; and the log."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.inspections import Inspection, Pack, Part
from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services.inspection import package, request
from pmdesk.services.inspection.package import Logged
from pmdesk.services.session import Session
from pmdesk.ui.classification.export_bar import open_file
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.forms.form import Form
from pmdesk.ui.prompts import Prompts, documents
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import CancelledError, Progress, Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import scrolled
from pmdesk.ui.widgets.visibility import set_shown

_ZIP = "ZIP (*.zip)"
_TABLE = 150  # pixels: room for a few lines


class InspectionPanel(QWidget):
    """The pack at one press, the request behind “More options”, and the packs that were made."""

    def __init__(  # what a page gets, and two places outside of it
        self,
        session: Session,
        tasks: Tasks,
        prompts: Prompts,
        place: Callable[[], Path] = documents,
        opener: Callable[[Path], None] = open_file,
    ) -> None:
        super().__init__()
        self._place, self._opener = place, opener
        self._saved = Path()  # the pack made last
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._may = package.may_make(session)
        self._running: Progress | None = None
        self.form = Form(request.form())
        self.now = button(_("Make the pack"), self.begin, look="primary", picture="download")
        self.more = button(_("More options"), self._unfold, picture="chevron-down")
        self.more.setCheckable(True)
        self.folder = button(_("Open the folder"), self._open_folder, picture="folder-open")
        self.make = button(_("Make the pack for this request…"), self.begin_asked)
        self.all = button(_("Tick everything"), self.tick_all, picture="check")
        self.working = WorkingBar(lambda _done: _("parts are being put together"))
        self.working.cancelled.connect(self.cancel)
        self.message = Banner()
        self.model = RowsModel[Logged](_columns())
        empty = _("No pack has been made yet.")
        self.table = Table(self.model, EmptyState(empty))
        self.table.setMinimumHeight(_TABLE)
        self.options = QWidget()
        self.asked = self._form_card()
        self._arrange()
        self.reload()

    def reload(self, changes: Changes | None = None) -> None:
        """The log of the packs as it stands now."""
        if changes is None or office.RECORDS in changes.kinds:
            self._tasks.query(
                partial(package.packs, self._session),
                owner=self,
                done=self.model.set_rows,
                newest="packs",
            )

    def tick_all(self) -> None:
        """Every part is ticked, for a request that names no single ones."""
        self.form.show_values(self.form.values() | {"parts": tuple(one.value for one in Part)})

    def begin(self) -> None:
        """The whole pack is made at once, among the documents of this user."""
        name = f"{_('Inspection pack')} {self._session.clock.today():%Y-%m-%d}"
        asked = request.prepared()
        self.message.show_sentence("")
        self._run(asked, _free(self._place(), name), _("Inspection pack"))

    def begin_asked(self) -> None:
        """The pack is made where the user says, if the request is entered completely."""
        asked = request.inspection(self.form.values())
        self.message.show_sentence("")
        self.form.show_problems(asked.problems())
        if asked.problems():
            self.form.focus_first_problem()
            return
        name = f"{_('Inspection pack')} {self._session.clock.today():%Y-%m-%d}.zip"
        path = self._prompts.save_file(_("Save the inspection pack"), name, _ZIP)
        if path is not None:
            what = _("Inspection pack for {authority}").format(authority=asked.authority)
            self._run(asked, path.with_suffix(".zip"), what)

    def cancel(self) -> None:
        """A pack that is being made is not made."""
        if self._running is not None:
            self._running.cancel()

    def _run(self, asked: Inspection, path: Path, what: str) -> None:
        self._saved = path
        self._set_free(free=False)
        set_shown(self.folder, shown=False)
        self.working.start(what)
        self._running = self._tasks.long(
            partial(package.make, self._session, asked, path),
            owner=self,
            reported=self.working.show_progress,
            done=self._done,
            failed=self._failed,
        )

    def _done(self, made: tuple[Pack, Changes]) -> None:
        self._stop()
        pack, _changes = made
        words = _(
            "{number} is saved: {count} files in one ZIP. Read it through before you hand it over;"
            " names of people who already left cannot be recognised in free text."
        )
        said = words.format(number=pack.number, count=pack.files)
        where = _("It is here: {path}").format(path=self._saved)
        self.message.show_sentence(f"{said}\n{where}", Tone.GOOD)
        set_shown(self.folder, shown=True)
        if not pack.asked.is_prepared:
            self.form.show_values({})

    def _failed(self, error: PmdeskError) -> None:
        self._stop()
        if isinstance(error, CancelledError):
            self.message.show_sentence(_("Stopped. No pack was made."), Tone.INFO)
        else:
            self.message.show_sentence(told(error), Tone.PROBLEM)

    def _stop(self) -> None:
        self._running = None
        self.working.stop()
        self._set_free(free=True)

    def _set_free(self, *, free: bool) -> None:
        for part in (self.now, self.make):
            part.setEnabled(free)

    def _unfold(self) -> None:
        """The form is there, or hidden again; what was typed stays."""
        set_shown(self.options, shown=self.more.isChecked())
        if self.more.isChecked():
            self.form.setFocus()

    def _open_folder(self) -> None:
        self._opener(self._saved.parent)

    def _form_card(self) -> Card:
        card = Card(_("Inspection by an authority"))
        card.add(label(_explanation(), "muted", wrap=True))
        acts = FlowLayout(12)
        for part in (self.now, self.more):
            acts.addWidget(part)
        card.body.addLayout(acts)
        card.add(self.working)
        card.add(self.message)
        card.body.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        set_shown(self.folder, shown=False)
        card.add(self.options)
        self._arrange_options()
        set_shown(card, self._may)
        return card

    def _arrange_options(self) -> None:
        column = QVBoxLayout(self.options)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        why = _(
            "An authority came with a written request: enter it here, and the pack holds only what"
            " it asks for."
        )
        column.addWidget(label(why, wrap=True))
        column.addWidget(self.form)
        row = FlowLayout(12)
        for part in (self.make, self.all):
            row.addWidget(part)
        column.addLayout(row)
        set_shown(self.options, shown=False)

    def _arrange(self) -> None:
        listed = Card(_("Packs that were made"))
        if not self._may:
            words = _("A pack is made by a compliance reviewer or an administrator.")
            listed.add(label(words, "muted", wrap=True))
        listed.add(self.table, 1)
        content = QVBoxLayout()
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(16)
        content.addWidget(self.asked)
        content.addWidget(listed, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(content))
        self.setFocusProxy(self.now if self._may else self.table.view)


def _columns() -> tuple[Column[Logged], ...]:
    return (
        Column(key="number", title=_("Number"), cell=lambda one: one.pack.number, width=14),
        Column(key="to", title=_("Inspecting authority"), cell=lambda one: _authority(one.pack)),
        Column(
            key="paper",
            title=_("Written request"),
            cell=lambda one: one.pack.asked.document,
            width=18,
        ),
        Column(
            key="parts",
            title=_("Parts"),
            cell=lambda one: str(len(one.pack.asked.parts)),
            width=8,
        ),
        Column(key="by", title=_("Made by"), cell=lambda one: one.by, width=10),
        Column(
            key="at",
            title=_("Day"),
            cell=lambda one: f"{one.pack.at.astimezone():%Y-%m-%d}",
            width=12,
        ),
    )


def _authority(pack: Pack) -> str:
    return _("(prepared in advance)") if pack.asked.is_prepared else pack.asked.authority


def _free(folder: Path, name: str) -> Path:
    """A file of that name that is not there yet: a pack of today is never written over."""
    found, number = folder / f"{name}.zip", 1
    while found.exists():
        number += 1
        found = folder / f"{name} ({number}).zip"
    return found


def _explanation() -> str:
    return _(
        "One press puts everything together: the index first, then rules, notices, assessments,"
        " training, log and backups. Nothing about residents is inside. Each pack is numbered and"
        " stays in the list below; hand it over only for a written request."
    )
