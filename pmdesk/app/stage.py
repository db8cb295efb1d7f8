"""What the scenes of the tour play on, and what a scene is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from pmdesk.app import demo
from pmdesk.app.navigator import Navigator
from pmdesk.app.setup import OfficeSetup
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.people import PersonId
from pmdesk.i18n import _
from pmdesk.services import residents
from pmdesk.services.session import Session
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.main_window import MainWindow, WindowFacts
from pmdesk.ui.preferences import Preferences
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks

Steps = Iterator[None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What scenes play on: the real window over a demo office."""

    session: Session
    tasks: Tasks
    prompts: Prompts
    options: Preferences
    navigator: Navigator
    window: MainWindow
    setup: OfficeSetup

    def somebody(self, state: ConsentState) -> PersonId:
        """A resident whose consent to classification is in that state, or else anybody."""
        fitting = residents.found(self.session, ResidentQuery(consent=state))
        return PersonId((fitting or residents.found(self.session, ResidentQuery()))[0])

    def changed(self) -> PersonId:
        """A resident who had another tier before, or else anybody."""
        live = residents.found(self.session, ResidentQuery(consent=ConsentState.LIVE))
        with self.session.store.reading() as work:
            history = work.classifications.history
            found = (PersonId(one) for one in live if len(history(PersonId(one))) > 1)
            return next(found, self.somebody(ConsentState.LIVE))


def opened(
    session: Session, tasks: Tasks, prompts: Prompts, options: Preferences
) -> tuple[Navigator, MainWindow]:
    """The window as this member of staff has it after signing in, and who leads through it."""
    navigator = Navigator(session, tasks, prompts, options)
    facts = WindowFacts(
        office=demo.PROFILE.name,
        user=session.staff.name,
        role=_(STAFF_ROLES[session.staff.role]),
        demo=True,
    )
    window = MainWindow(navigator.specs(), facts, session.staff.may)
    navigator.attach(window)
    return navigator, window


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: the widget to show, and steps to take, each when the one before is done."""

    name: str
    play: Callable[[Stage], Steps]
    widget: Callable[[Stage], QWidget] = lambda stage: stage.window

    def steps(self, stage: Stage, widget: QWidget) -> Steps:
        """The steps, played one by one."""
        del widget
        return self.play(stage)


def bring(widget: QWidget) -> None:
    """The widget stands at the top of what scrolls around it, as far as that can be."""
    around: QObject | None = widget.parent()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parent()
    inner = around.widget() if isinstance(around, QScrollArea) else None
    if isinstance(around, QScrollArea) and inner is not None:
        around.verticalScrollBar().setValue(widget.mapTo(inner, QPoint(0, -20)).y())
