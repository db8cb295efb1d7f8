"""The watch: places that ask for attention, the rules in use, the service that came to whom."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from typing_extensions import override

from pmdesk.domain import office
from pmdesk.domain.office import Changes
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, _
from pmdesk.services.session import Session
from pmdesk.ui.commands import Command, build_actions
from pmdesk.ui.places import Part
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.watch.in_use import InUsePanel
from pmdesk.ui.watch.measures import MeasuresPanel
from pmdesk.ui.watch.served import ServedPanel
from pmdesk.ui.watch.spots import SpotsPanel
from pmdesk.ui.widgets.choice import Segmented
from pmdesk.ui.widgets.page import Page

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


class WatchPage(Page):
    """Three parts, one at a time; a part is counted when it is first looked at."""

    page_requested = Signal(str)
    case_requested = Signal(object)  # RequestId

    def __init__(self, session: Session, tasks: Tasks, prompts: Prompts) -> None:
        super().__init__(_("Attention"), _subtitle())
        del prompts
        may_plan = session.staff.may(Permission.PLAN_SERVICE)
        self.choice = Segmented([(part, _(title)) for part, title, _words in _PARTS])
        self.choice.chosen.connect(lambda part: self.show_part(str(part)))
        self.spots = SpotsPanel(session, tasks, may_plan=may_plan)
        self.measures = MeasuresPanel(session, tasks)
        self.in_use = InUsePanel(session, tasks)
        self.served = ServedPanel(session, tasks)
        self._stale = set(_KINDS)
        self._connect()
        self.add(self.choice)
        for panel in (self.spots, self.measures, self.in_use, self.served):
            self.add(panel)
        self.body.addStretch(1)
        self.show_part(PLACES)

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

    def show_part(self, part: str) -> None:
        """This part is shown, as things stand."""
        self.choice.show_value(part)
        for name, panels in self._panels().items():
            for panel in panels:
                panel.setVisible(name == part)
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
            for panel in self._panels()[self.part]:
                panel.reload()

    def _panels(
        self,
    ) -> dict[str, tuple["SpotsPanel | MeasuresPanel | InUsePanel | ServedPanel", ...]]:
        return {
            PLACES: (self.spots, self.measures),
            RULES: (self.in_use,),
            SERVED: (self.served,),
        }

    def _connect(self) -> None:
        self.spots.measure_requested.connect(self.measures.plan)
        self.in_use.rules_requested.connect(lambda: self.page_requested.emit("rules"))
        self.in_use.case_requested.connect(self.case_requested)
        build_actions(
            self, {Command.NEW: self.measures.plan, Command.REFRESH: lambda: self.reload()}
        )


def _subtitle() -> str:
    return _(
        "Counts of places and groups, never of single people. The program asks; people decide."
    )
