"""The scenes of what goes to paper from the service desk, each as it is seen before printing."""

from collections.abc import Callable

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from pmdesk.app.stage import Scene, Stage, Steps
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports.staffing import PlanKind
from pmdesk.services import demo_staffing
from pmdesk.services.orders import places, registering, sheet
from pmdesk.services.orders.intake import Intake
from pmdesk.services.orders.sheet_text import sheet_letter
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.plans import papers as promises
from pmdesk.services.staffing import patrols, rosters
from pmdesk.ui import printing, theme
from pmdesk.ui.staffing.papers import patrol_rows, plan_document, roster_rows, title_of

_WIDE, _HIGH = 900, 860
_LEAK = "厨房漏水"


def _nothing(_stage: Stage) -> Steps:
    yield


def _seen(made: QTextDocument, title: str, stage: Stage) -> QWidget:
    shown = printing.seen_first(made, title, stage.window)
    shown.resize(theme.length(_WIDE), theme.length(_HIGH))
    return shown


def _letter(make: Callable[[Stage], Letter]) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        made = make(stage)
        return _seen(printing.letter_document(made), made.title, stage)

    return show


def _prices(stage: Stage) -> Letter:
    return promises.prices(stage.session)


def _promises(stage: Stage) -> Letter:
    return promises.promises(stage.session)


def _person(stage: Stage) -> Letter:
    return promises.person_sheet(stage.session, stage.somebody(ConsentState.LIVE))


def _order(stage: Stage) -> Letter:
    place = places.of_person(stage.session, stage.somebody(ConsentState.LIVE))[0]
    asked = Intake(
        service=Service.REPAIR, kind="plumbing", words=_LEAK, room=place.room, person=place.person
    )
    made = registering.register(stage.session, asked)
    return sheet_letter(stage.session, sheet.contractor_sheet(stage.session, made.order))


def _roster(stage: Stage) -> QWidget:
    demo_staffing.plan(stage.session)
    board = rosters.board(stage.session, stage.session.clock.today())
    title = title_of(PlanKind.ROSTER, board.week)
    return _seen(plan_document(title, roster_rows(board)), title, stage)


def _rounds(stage: Stage) -> QWidget:
    demo_staffing.plan(stage.session)
    board = patrols.board(stage.session, stage.session.clock.today())
    title = title_of(PlanKind.PATROL, board.week)
    return _seen(plan_document(title, patrol_rows(board)), title, stage)


PAPERS: tuple[Scene, ...] = (
    Scene("paper-prices", _nothing, _letter(_prices)),
    Scene("paper-promises", _nothing, _letter(_promises)),
    Scene("paper-person", _nothing, _letter(_person)),
    Scene("paper-order", _nothing, _letter(_order)),
    Scene("paper-roster", _nothing, _roster),
    Scene("paper-rounds", _nothing, _rounds),
)
