"""The watch: places that ask for attention, the rules in use, the service that came to whom."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, _
from pmdesk.services.session import Session
from pmdesk.ui.building import built
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.watch.in_use import InUsePanel
from pmdesk.ui.watch.measures import MeasuresPanel
from pmdesk.ui.watch.panel import Panel
from pmdesk.ui.watch.served import ServedPanel
from pmdesk.ui.watch.spots import SpotsPanel
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.page import Page

P = TypeVar("P", bound=Panel)
PLACES, RULES, SERVED = "places", "rules", "served"
_PARTS = (
    (PLACES, N_("Places and measures"), N_("hot spots, measures, disputes")),
    (RULES, N_("Rules in use"), N_("drift, suspend rules")),
    (SERVED, N_("Service delivered"), N_("fairness of service")),
)
_KINDS = {
    PLACES: frozenset({office.ORDERS, office.WATCH, office.STAFF}),
    RULES: frozenset({office.RULES, office.WATCH, office.REQUESTS, office.CLASSIFICATION}),
    SERVED: frozenset({office.ORDERS, office.CLASSIFICATION}),
}
_PANELS = {PLACES: ("spots", "measures"), RULES: ("in_use",), SERVED: ("served",)}


class WatchPage(Page):
    """Three parts, one at a time; a part is built and counted when it is first looked at."""

    page_requested = Signal(str)
    case_requested = Signal(object)  # RequestId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(_("Attention"), _subtitle())
        del prompts
        self._session, self._tasks = session, tasks
        may_plan = session.staff.may(Permission.PLAN_SERVICE)
        self.choice = Segmented([(part, _(title)) for part, title, _words in _PARTS])
        self.choice.chosen.connect(lambda part: self.show_part(str(part)))
        self.add(self.choice)
        self.body.addStretch(1)
        self.spots = self._put_in(partial(SpotsPanel, session, tasks, may_plan=may_plan))
        self.measures = self._put_in(partial(MeasuresPanel, session, tasks))
        self._stale = set(_KINDS)
        self._connect()
        self.show_part(PLACES)

    @cached_property
    def in_use(self) -> InUsePanel:
        """The rules in use."""
        made = self._put_in(partial(InUsePanel, self._session, self._tasks))
        made.rules_requested.connect(lambda: self.page_requested.emit("rules"))
        made.case_requested.connect(self.case_requested)
        return made

    @cached_property
    def served(self) -> ServedPanel:
        """The service that came to whom."""
        return self._put_in(partial(ServedPanel, self._session, self._tasks))

    @property
    def part(self) -> str:
        """Which part is shown."""
        return str(self.choice.value)

    @staticmethod
    def parts() -> tuple[Part, ...]:
        """What the search finds here."""
        return tuple(Part(key=key, title=_(title), words=words) for key, title, words in _PARTS)

    def open_part(self, key: str) -> None:
        """As `show_part`."""
        self.show_part(key)

    def go_on_with(self, subject: str) -> None:
        """The form of a measure is open in which the draft of this subject is offered."""
        self.show_part(PLACES)
        self.measures.go_on_with(subject)

    def show_part(self, part: str) -> None:
        """This part is shown, as things stand."""
        self.choice.show_value(part)
        hidden = (name for other, names in _PANELS.items() if other != part for name in names)
        for name in hidden:
            if name in vars(self):
                vars(self)[name].hide()
        for panel in self._panels(part):
            panel.show()
        self._freshen()

    def reload(self, changes: Changes | None = None) -> None:
        """What is shown is counted anew where something changed; the rest when it is looked at."""
        for part, kinds in _KINDS.items():
            if changes is None or changes.kinds & kinds:
                self._stale.add(part)
        self._freshen()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._freshen()

    def _freshen(self) -> None:
        if self.isVisible() and self.part in self._stale:
            self._stale.discard(self.part)
            for panel in self._panels(self.part):
                panel.reload()

    def _panels(self, part: str) -> tuple[Panel, ...]:
        return tuple(getattr(self, name) for name in _PANELS[part])

    def _put_in(self, make: Callable[[], P]) -> P:
        """Built below what there is."""
        made = built(make)
        self.body.insertWidget(self.body.count() - 1, made)
        return made

    def _connect(self) -> None:
        self.spots.measure_requested.connect(self.measures.plan)
        build_actions(
            self, {Command.NEW: self.measures.plan, Command.REFRESH: lambda: self.reload()}
        )


def _subtitle() -> str:
    return _(
        "Counts of places and groups, never of single people. The program asks; people decide."
    )
