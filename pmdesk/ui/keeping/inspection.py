"""迎检: what an authority asked for becomes one file, and the log of the packs that were made."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.domain import office
from pmdesk.domain.inspections import Inspection, Pack, Part
from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, told
from pmdesk.services.inspection import package, request
from pmdesk.services.inspection.package import Logged
from pmdesk.services.session import Session
from pmdesk.ui.exchange.working import WorkingBar
from pmdesk.ui.forms.form import Form
from pmdesk.ui.prompts import Prompts
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
    """The request as it was shown at the counter, above the packs that were handed over."""

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._may = package.may_make(session)
        self._running: Progress | None = None
        self.form = Form(request.form())
        self.make = button(_("Make the pack…"), self.begin, look="primary", picture="download")
        self.all = button(_("Tick everything"), self.tick_all, picture="check")
        self.working = WorkingBar(lambda _done: _("parts are being put together"))
        self.working.cancelled.connect(self.cancel)
        self.message = Banner()
        self.model = RowsModel[Logged](_columns())
        empty = _("No authority has been given a pack yet.")
        self.table = Table(self.model, EmptyState(empty))
        self.table.setMinimumHeight(_TABLE)
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
            self._run(partial(package.make, self._session, asked, path.with_suffix(".zip")), asked)

    def cancel(self) -> None:
        """A pack that is being made is not made."""
        if self._running is not None:
            self._running.cancel()

    def _run(self, work: "partial[tuple[Pack, Changes]]", asked: Inspection) -> None:
        self.make.setEnabled(False)
        self.working.start(_("Inspection pack for {authority}").format(authority=asked.authority))
        self._running = self._tasks.long(
            lambda progress: work(progress),
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
        self.message.show_sentence(words.format(number=pack.number, count=pack.files), Tone.GOOD)
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
        self.make.setEnabled(True)

    def _form_card(self) -> Card:
        card = Card(_("Inspection by an authority"))
        why = _(
            "Only for a written request, and only what it asks for. The index comes first; nothing"
            " about residents is inside. The pack is numbered and stays in the log below."
        )
        card.add(label(why, "muted", wrap=True))
        card.add(self.form)
        card.add(self.message)
        card.add(self.working)
        acts = FlowLayout(12)
        acts.addWidget(self.make)
        acts.addWidget(self.all)
        card.body.addLayout(acts)
        set_shown(card, self._may)
        return card

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
        self.setFocusProxy(self.form if self._may else self.table.view)


def _columns() -> tuple[Column[Logged], ...]:
    return (
        Column(key="number", title=_("Number"), cell=lambda one: one.pack.number, width=14),
        Column(
            key="to", title=_("Inspecting authority"), cell=lambda one: one.pack.asked.authority
        ),
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
