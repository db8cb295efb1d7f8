"""Service plans: the contract as the floor for everybody, and what tiers add to it."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.orders.floor import ServicePlan
from pmdesk.domain.orders.plan_changes import PlanChange, plan_changes
from pmdesk.domain.orders.plan_draft import PlanDraft, drafted
from pmdesk.domain.staff import Permission
from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_, _, joined, ngettext, told
from pmdesk.services.orders import floor
from pmdesk.services.plans import desk, papers, wording
from pmdesk.services.plans.desk import Shelf
from pmdesk.services.session import Session
from pmdesk.ui.autosave import Autosave
from pmdesk.ui.building import built
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.draft_banner import DraftBanner
from pmdesk.ui.forms.form import sentence
from pmdesk.ui.places import Part
from pmdesk.ui.plans import kept
from pmdesk.ui.plans.bench import PlanBench
from pmdesk.ui.plans.papers import paper_button
from pmdesk.ui.plans.prices_tab import PricesTab
from pmdesk.ui.plans.tiers_tab import TiersTab
from pmdesk.ui.plans.versions_tab import VersionsTab
from pmdesk.ui.plans.visits_tab import VisitsTab
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.button import button
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.page import Page, bring_into_sight
from pmdesk.ui.widgets.visibility import set_shown

W = TypeVar("W", bound=QWidget)
_MOST = 12  # changes that the question before publishing names
_SUBJECT = "plans"
_OWED = {office.PLANS, office.ORDERS, office.CLASSIFICATION, office.CONSENTS, office.RESIDENTS}
_SHOWN = {office.PLANS, office.ADDONS, office.PURPOSES, office.STAFF, office.OFFICE}


class Tab(StrEnum):
    """A part of the page."""

    PLAN = "plan"
    TIERS = "tiers"
    VISITS = "visits"
    PRICES = "prices"
    VERSIONS = "versions"


_PARTS = (
    (Tab.PLAN, N_("Plans"), ""),
    (Tab.TIERS, N_("What a tier means"), ""),
    (Tab.VISITS, N_("Visits due"), N_("visits, of our own accord")),
    (Tab.PRICES, N_("Add-on services"), N_("price list, prices")),
    (Tab.VERSIONS, N_("Versions"), ""),
)


class PlansPage(Page):
    """A draft is edited here; publishing makes it the next version, which nobody can change.

    The parts beside the grid are built when they are first looked at.
    """

    page_requested = Signal(str)
    visit_requested = Signal(object, object)  # PersonId, Service
    resident_requested = Signal(object)  # PersonId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        self._session, self._tasks, self._prompts = session, tasks, prompts
        self._may_edit = session.staff.may(Permission.PLAN_SERVICE)
        self.shelf: Shelf | None = None
        self.base: ServicePlan = floor.shipped()
        self.publisher = button(_("Publish…"), self.publish, look="primary", picture="check")
        self.giver = button(_("Give the changes up"), self.give_up, look="quiet")
        make = partial(papers.promises, session)
        self.paper = paper_button(_("Public promises"), make, self, (tasks, prompts), self._say)
        super().__init__(_("Service plans"), "", (self.paper, self.giver, self.publisher))
        self.bench = PlanBench(self.base)
        self.note, self.message = Banner(), Banner()
        self.autosave = Autosave(session, tasks, "plans", self._document, self)
        self.drafts = DraftBanner(session, self.autosave)
        self._arrange()
        self._connect()
        self._show_state()
        self.reload()
        if self._may_edit:
            self.autosave.watch(_SUBJECT)

    @property
    def changes(self) -> tuple[PlanChange, ...]:
        """What the draft says otherwise than the version that it started from."""
        return plan_changes(drafted(self.base), self.bench.model.draft)

    @property
    def is_edited(self) -> bool:
        """Whether something here is not published."""
        return bool(self.changes or self.bench.model.draft.unread)

    @property
    def _needs_reason(self) -> bool:
        return self._may_edit and desk.needs_reason(self.bench.model.draft, self.base)

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        return tuple(Part(key=key, title=_(title), words=words) for key, title, words in _PARTS)

    def open_part(self, key: str) -> None:
        """That tab is shown."""
        self.show_tab(Tab(key))

    def show_tab(self, tab: object) -> None:
        """That part is shown."""
        self.tabs.show_value(tab)
        for one in filter(self._is_built, Tab):
            set_shown(self._part(one), shown=one == tab)
        set_shown(self._part(Tab(str(tab))), shown=True)

    def reload(self, changes: Changes | None = None) -> None:
        """The page shows what is published; what is being edited stays."""
        if self._is_built(Tab.PRICES):
            self.prices.reload(changes)
        if changes is None or changes.kinds & _SHOWN:
            work = partial(desk.shelf, self._session)
            self._tasks.query(work, owner=self, done=self.show_shelf, newest="shelf")
        if self._is_built(Tab.VISITS) and (changes is None or changes.kinds & _OWED):
            self.visits.reload()

    def publish(self) -> None:
        """After a look at what changes, the draft is the next version."""
        self.bench.grid.settle()
        if not (self._may_edit and self.publisher.isEnabled()):
            return
        draft = self.bench.model.draft
        fault = self.bench.first_fault()
        if fault is not None:
            self.show_tab(Tab.PLAN)
            self.bench.grid.go(fault)
            return
        reason = self.bench.reason.text().strip() if self._needs_reason else ""
        problem = floor.reason_problem(reason) if self._needs_reason else None
        if problem is not None:
            self.show_tab(Tab.PLAN)
            self.message.show_sentence(sentence(problem), Tone.WARN)
            self.bench.reason.setFocus()
            return
        if self._prompts.confirm(self._question(), yes=_("Publish"), detail=self._detail()):
            work = partial(desk.publish, self._session, draft, self.base, reason)
            self.publisher.setEnabled(False)
            self._tasks.command(
                work,
                owner=self,
                done=lambda _c: self._published(draft),
                failed=self.show_trouble,
                broken=self._show_state,
            )

    def give_up(self) -> None:
        """The grid shows what is published; that can be undone until the page is left."""
        if self.shelf is not None:
            self.base = self.shelf.newest  # a colleague's version, if one came meanwhile
        self.bench.put(drafted(self.base), _("give the changes up"))
        self.bench.reason.clear()
        self.autosave.discard()

    def show_trouble(self, error: PmdeskError) -> None:
        """The page says what went wrong and what to do; what was edited is still there."""
        self.message.show_sentence(told(error), Tone.PROBLEM)
        bring_into_sight(self.message)
        self._show_state()

    def keep_now(self) -> None:
        """What is not published survives a lock."""
        self.bench.grid.settle()
        self.autosave.keep_now()

    def _arrange(self) -> None:
        self.tabs = Segmented([(tab, _(title)) for tab, title, _words in _PARTS])
        for part in (self.drafts, self.note, self.message, self.tabs):
            self.add(part)
        self.add(self.bench, 1)
        self.show_tab(Tab.PLAN)

    @cached_property
    def tiers(self) -> TiersTab:
        """What a tier means."""
        made = self._put_in(partial(TiersTab, self._session, self._tasks, self._prompts))
        made.said.connect(self._say)
        if self.shelf is not None:
            made.show_shelf(self.shelf)
        return made

    @cached_property
    def visits(self) -> VisitsTab:
        """Visits that are due; they are read when they are looked at."""
        made = self._put_in(partial(VisitsTab, self._session, self._tasks))
        made.visit_requested.connect(self.visit_requested)
        made.resident_requested.connect(self.resident_requested)
        return made

    @cached_property
    def prices(self) -> PricesTab:
        """The price list, and what is ordered from it."""
        made = self._put_in(partial(PricesTab, self._session, self._tasks, self._prompts))
        made.said.connect(self._say)
        made.settings_requested.connect(lambda: self.page_requested.emit("settings"))
        made.resident_requested.connect(self.resident_requested)
        if self.shelf is not None:
            made.show_shelf(self.shelf)
        made.reload()
        return made

    @cached_property
    def versions(self) -> VersionsTab:
        """All versions."""
        made = self._put_in(VersionsTab)
        made.start_requested.connect(self._start_from)
        if self.shelf is not None:
            made.show_shelf(self.shelf, may_edit=self._may_edit)
        return made

    def _put_in(self, make: Callable[[], W]) -> W:
        made = built(make)
        made.hide()
        self.add(made, 1)
        return made

    def _is_built(self, tab: Tab) -> bool:
        return tab is Tab.PLAN or tab.value in vars(self)

    def _part(self, tab: Tab) -> QWidget:
        found: QWidget = self.bench if tab is Tab.PLAN else getattr(self, tab.value)
        return found

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.show_tab)
        self.bench.edited.connect(self._on_edited)
        self.bench.reasoned.connect(self.autosave.touch)
        self.drafts.restored.connect(self._restore)
        build_actions(self, {Command.SAVE: self.publish, Command.REFRESH: self.reload})

    def show_shelf(self, shelf: Shelf) -> None:
        """What is published is shown; what is being edited stays."""
        fresh = not self.is_edited
        same = self.shelf is not None and shelf.newest == self.base
        columns = self.shelf.columns if self.shelf else ()
        self.shelf = shelf
        if fresh:
            self.base = shelf.newest
        if columns != shelf.columns or (fresh and not same):
            draft = drafted(self.base) if fresh else self.bench.model.draft
            self.bench.show_shelf(shelf, draft, may_edit=self._may_edit)
        if self._is_built(Tab.VERSIONS):
            self.versions.show_shelf(shelf, may_edit=self._may_edit)
        if self._is_built(Tab.TIERS):
            self.tiers.show_shelf(shelf)
        if self._is_built(Tab.PRICES):
            self.prices.show_shelf(shelf)
        self._show_state()

    def _say(self, sentence: str) -> None:
        self.message.show_sentence(sentence, Tone.GOOD)

    def _show_state(self) -> None:
        shelf, edited = self.shelf, self.is_edited
        set_shown(self.publisher, self._may_edit)
        set_shown(self.giver, self._may_edit and edited)
        set_shown(self.bench.why_less, self._needs_reason)
        first = shelf is not None and shelf.newest.version == 0
        self.publisher.setEnabled(shelf is not None and (edited or first))
        if shelf is None:
            self.header.show_subtitle(_("Reading…"))
            return
        typed = {*(one.cell for one in self.changes), *self.bench.model.draft.unread}
        self.header.show_subtitle(_subtitle(shelf, len(typed)))
        self.note.show_sentence(*_note(shelf, may_edit=self._may_edit))

    def _on_edited(self, _draft: PlanDraft) -> None:
        self._show_state()
        if self.is_edited:
            self.message.show_sentence("")
        if self.is_edited and self._may_edit:
            self.autosave.touch()

    def _question(self) -> str:
        number = self.shelf.newest.version + 1 if self.shelf else 1
        return _("Publish version {version}? It holds from today.").format(version=number)

    def _detail(self) -> str:
        tiers = self.shelf.tiers if self.shelf else ()
        changes = self.changes
        lines = [wording.change_words(one, tiers) for one in changes[:_MOST]]
        if len(changes) > _MOST:
            lines.append(_("… and {count} more").format(count=len(changes) - _MOST))
        odd = wording.look_again(self.bench.model.behind, tiers)
        says = (*(lines or [_("These numbers are our contract.")]), odd, _afterwards(changes))
        return "\n".join(filter(None, says))

    def _published(self, draft: PlanDraft) -> None:
        self.autosave.discard()
        number = self.shelf.newest.version + 1 if self.shelf else 1
        self.base = ServicePlan(version=number, floor=draft.floors(), plans=draft.plans())
        self.bench.reason.clear()
        words = _("Version {version} is published and holds from today.").format(version=number)
        self.message.show_sentence(words, Tone.GOOD)
        bring_into_sight(self.message)
        if self.is_edited:  # somebody typed on while it was published
            self.autosave.touch()
        self._show_state()
        self.reload()

    def _start_from(self, plan: ServicePlan) -> None:
        self.show_tab(Tab.PLAN)
        words = _("start from version {version}").format(version=plan.version)
        self.bench.put(drafted(plan), words)

    def _restore(self, text: str) -> None:
        draft, base, reason = kept.read(text)
        self.bench.reason.setText(reason)
        self.bench.put(draft, _("restore the draft"))
        if base != self.base.version:
            self.message.show_sentence(_other_base(base), Tone.WARN)

    def _document(self) -> str:
        return kept.document(self.bench.model.draft, self.base, self.bench.reason.text())


def _subtitle(shelf: Shelf, changes: int) -> str:
    contract = shelf.contract_of(shelf.newest)
    parts = [papers.version_words(shelf.newest)]
    if contract.version:
        since = _("contract as of version {version}")
        parts.append(since.format(version=contract.version))
    if changes:
        words = ngettext("{count} change not published", "{count} changes not published", changes)
        parts.append(words.format(count=changes))
    return " · ".join(parts)


def _note(shelf: Shelf, *, may_edit: bool) -> tuple[str, Tone]:
    """What somebody should know before anything is read or typed here."""
    said = []
    if shelf.newest.version == 0:
        said.append(_("These numbers came with the program; nobody has agreed to them yet."))
        if may_edit:
            said.append(_("Enter what your contract says, then publish the first version."))
    elif not may_edit:
        said.append(_("To read only: service plans are made by managers and administrators."))
    if shelf.city_hours is not None:
        words = _("The city asks for complaints to be answered within {hours} hours: that holds.")
        said.append(words.format(hours=shelf.city_hours))
    return joined(*said), Tone.WARN if shelf.newest.version == 0 else Tone.INFO


def _afterwards(changes: Sequence[PlanChange]) -> str:
    words = _("Orders that are due already keep their time. A version cannot be changed later.")
    if any(change.less for change in changes):
        less = _("Something is less than before: the owners have to agree to that first.")
        return joined(less, words)
    return words


def _other_base(base: int) -> str:
    return _(
        "The draft was begun on version {version}; since then another one was published. Look at"
        " the changes before you publish."
    ).format(version=base)
