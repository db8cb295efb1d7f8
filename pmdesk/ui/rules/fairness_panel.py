"""The fairness tab: who takes part as a number, and what a version brings to which groups."""

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.fairness import SMALLEST
from pmdesk.domain.office import Changes
from pmdesk.errors import PmdeskError
from pmdesk.i18n import _, ngettext, told
from pmdesk.services import fairness
from pmdesk.services.fairness import FairnessPage, chart
from pmdesk.services.fairness import words as figures
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.rules.fairness_tables import FairnessTables
from pmdesk.ui.rules.shown import Shown
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.flow import FlowLayout
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.visibility import set_shown
from pmdesk.ui.widgets.working import working_bar

_KINDS = frozenset({office.RULES, office.CONSENTS, office.RESIDENTS})


class FairnessPanel(QWidget):
    """Asks for the report of the shown version, and shows what it found."""

    shown = Signal()  # the panel shows what was read last

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__()
        self._session = session
        self._tasks = tasks
        self._prompts = prompts
        self._version: Shown | None = None
        self._theme = theme.applied()
        self.page: FairnessPage | None = None
        self._is_awaited = False  # the figures were just asked for
        self._build()
        self._arrange()

    def show_version(self, shown: Shown) -> None:
        """The panel is about this version."""
        self._version = shown
        self._read()

    def reload(self, changes: Changes) -> None:
        """What the office holds now is shown."""
        if changes.kinds & _KINDS:
            self._read()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and theme.applied() is not self._theme:
            self._theme = theme.applied()
            self.tables.redraw()

    # ---- building --------------------------------------------------------------------------

    def _build(self) -> None:
        self.banner = Banner()
        self.working = working_bar(_("Counting"))
        self.people = label("", "heading")
        self.source = label("", "muted", wrap=True)
        self.start = button(_("Make the fairness check"), self._report, picture="scale")
        self.erase = QCheckBox(_("Erase everybody's answers right afterwards"))
        self.wipe = button(
            _("Erase everybody's answers…"), self._wipe, look="link", picture="trash-2"
        )
        self.empty = EmptyState(_invitation(), picture="users")
        self.empty.setMinimumHeight(theme.length(240))
        self.tables = FairnessTables(self._tasks)
        self.head = Card()
        self.head.add(self.people)
        self.head.add(self.source)
        acts = QWidget()
        flow = FlowLayout(14)
        for widget in (self.start, self.wipe):
            flow.addWidget(widget)
        acts.setLayout(flow)
        self.head.add(self.erase)
        self.head.add(acts)

    def _arrange(self) -> None:
        inner = QWidget()
        inner.setProperty("look", "clear")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, theme.length(10), 0)
        inside.setSpacing(14)
        for widget in (self.head, self.empty, self.tables):
            inside.addWidget(widget)
        inside.addStretch(1)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.banner)
        column.addWidget(self.working)
        column.addWidget(area, 1)
        for widget in (self.head, self.empty, self.tables):
            widget.hide()

    # ---- reading ---------------------------------------------------------------------------

    def _read(self) -> None:
        if self._version is None:
            return
        self.working.show()
        self._tasks.query(
            partial(_page, self._session, self._version),
            owner=self,
            done=self._show,
            failed=self._explain,
            newest="fairness",
        )

    def _show(self, page: FairnessPage) -> None:
        self.page = page
        self.working.hide()
        self.banner.show_sentence("")
        self.people.setText(_counted(page.people))
        self.source.setText(_source(page))
        self._offer(page)
        nobody = not page.people and page.report is None
        set_shown(self.head, not nobody)
        set_shown(self.empty, nobody)
        set_shown(self.tables, page.report is not None)
        if page.report is not None:
            self.tables.show_page(page, chart.figure(page))
        if page.report is not None and not page.is_current:
            self.banner.show_sentence(_(fairness.OLD_REPORT), Tone.WARN)
        if self._is_awaited and page.report is not None:
            self._is_awaited = False
            self.tables.lines.setFocus()
        self.shown.emit()

    def _offer(self, page: FairnessPage) -> None:
        enough = page.people >= SMALLEST
        for widget in (self.start, self.erase):
            set_shown(widget, page.may_report and bool(page.people))
            widget.setEnabled(enough)
        set_shown(self.wipe, page.may_report and bool(page.people))

    def _explain(self, error: PmdeskError) -> None:
        self.working.hide()
        if self.page is not None:
            self._offer(self.page)
        self.banner.show_sentence(told(error), Tone.PROBLEM)
        if self._is_awaited:
            self._is_awaited = False
            self.start.setFocus()

    # ---- acting ----------------------------------------------------------------------------

    def _report(self) -> None:
        if self._version is None:
            return
        self.working.show()
        self._area.setFocus()  # a disabled button would hand the focus on to what erases
        self.start.setEnabled(False)
        work = partial(
            fairness.report,
            self._session,
            self._version.ruleset.id,
            erase=self.erase.isChecked(),
        )
        self._is_awaited = True
        self._tasks.command(work, owner=self, done=self._on_counted, failed=self._explain)

    def _on_counted(self, _changes: Changes) -> None:
        self._read()

    def _wipe(self) -> None:
        sure = self._prompts.confirm(
            _("Erase the answers of everybody who takes part? Figures and consents stay."),
            yes=_("Erase"),
        )
        if sure:
            work = partial(fairness.erase_samples, self._session)
            self._tasks.command(work, owner=self, failed=self._explain)


def _page(session: Session, shown: Shown) -> FairnessPage:
    """The page; matplotlib is at hand afterwards, so that the window does not wait for it."""
    page = fairness.page(session, shown.ruleset.id)
    if page.report is not None:
        from pmdesk.ui.charts import draw  # noqa: PLC0415  # only a chart needs it

        del draw
    return page


def _counted(people: int) -> str:
    words = ngettext("{count} person takes part", "{count} people take part", people)
    return words.format(count=people)


def _source(page: FairnessPage) -> str:
    """When and by whom the figures were made, or what is missing for them."""
    if page.report is None:
        few = page.people < SMALLEST
        return _too_few() if few else _("No figures of this version yet.")
    words = _("Figures of {day} by {name}, from {count} people.")
    day = page.report.at.astimezone().date().isoformat()
    told = words.format(day=day, name=page.made_by, count=page.report.people)
    return figures.joined(told, _goes(page.samples_go))


def _goes(day: date | None) -> str:
    if day is None:
        return _("The answers they were made of are erased.")
    return _("The answers they were made of are erased on {day}.").format(day=day.isoformat())


def _too_few() -> str:
    words = _("No figure is made of fewer than {smallest} people, and none of groups below 30.")
    return words.format(smallest=SMALLEST)


def _invitation() -> str:
    return _(
        "Nobody takes part in the fairness check yet. It is voluntary: on a resident's page open"
        " “Fairness audit”, read the notice out, and enter sex and age band with the consent. The"
        " answers are kept apart from the name and are seen by nobody one by one. Until then a"
        " reviewer has to check the rules without figures."
    )
