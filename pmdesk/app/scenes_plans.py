"""The scenes of service plans: first numbers, edits, what cannot stand, versions, papers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from pmdesk.app.stage import Scene, Stage, Steps, bring
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.plan_draft import CONTRACT, Line, PlanCell
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.errors import StorageError
from pmdesk.services.demo_plans import richer
from pmdesk.services.orders import floor
from pmdesk.services.plans.keeping import VisitBoard
from pmdesk.ui.pages.plans import PlansPage, Tab
from pmdesk.ui.pages.resident import ResidentPage

OnPlans = Callable[[PlansPage], object]
_CARE, _ENHANCED, _SPECIAL = "care", "enhanced", "special"
_VISITS = {
    tier: PlanCell(tier, Line(Aspect.VISITS, Service.REPAIR))
    for tier in (_CARE, _ENHANCED, _SPECIAL)
}
_ANSWER = PlanCell(_CARE, Line(Aspect.RESPOND, Service.REPAIR))
_CLEANING = PlanCell(_SPECIAL, Line(Aspect.VISITS, Service.CLEANING))
_SOONER = PlanCell(_SPECIAL, Line(Aspect.RESPOND, Service.CLEANING))
_NORMAL = PlanCell(CONTRACT, Line(Aspect.DONE, "normal"))
_NOBODY, _BUILDING = "99-9-909", "1-1"
_LATE, _STEP = 12, 5  # days: the first visit of the picture is so late, the next later by so many
_WAYS = PlanCell(_SPECIAL, Line(Aspect.WAYS, Service.ENQUIRY))


def _plans(name: str, *acts: OnPlans) -> Scene:
    """The page after each of `acts`, one when the other has come."""

    def play(stage: Stage) -> Steps:
        stage.window.open_page("plans")
        yield
        page = stage.window.page_of("plans")
        if not isinstance(page, PlansPage):
            return
        _as_new(page)
        yield
        for act in acts:
            act(page)
            yield

    return Scene(name, play)


def _as_new(page: PlansPage) -> None:
    """As when it is first opened."""
    page.give_up()
    page.bench.opener.setChecked(False)
    page.message.show_sentence("")
    page.show_tab(Tab.PLAN)
    page.bench.grid.go(_VISITS[_CARE])
    page.reload()


def _first(page: PlansPage) -> None:
    """Nothing was ever published."""
    if page.shelf is not None:
        shipped = floor.shipped()
        page.show_shelf(replace(page.shelf, versions=(shipped,), in_force=shipped))


def _edit(page: PlansPage) -> None:
    draft = richer(page.bench.model.draft)
    page.bench.put(draft.entered(_VISITS[_CARE], "每季 1 次").entered(_SOONER, "12 小时"), "…")


def _to_ways(page: PlansPage) -> None:
    page.bench.grid.go(_WAYS)


def _below(page: PlansPage) -> None:
    """Slower than the contract, and something that nobody can read."""
    draft = page.bench.model.draft.entered(_ANSWER, "48").entered(_VISITS[_SPECIAL], "常来")
    page.bench.put(draft, "…")
    page.bench.grid.go(_ANSWER)


def _open_contract(page: PlansPage) -> None:
    page.bench.opener.setChecked(True)
    page.bench.grid.go(_NORMAL)


def _locked(page: PlansPage) -> None:
    cell = PlanCell(_CARE, Line(Aspect.DONE, "urgent"))
    page.bench.grid.go(cell)
    page.bench.grid.locked.emit(cell)  # somebody types there


def _trouble(page: PlansPage) -> None:
    page.show_trouble(StorageError("The disk is full; what was saved before is still there."))


def _tab(tab: Tab) -> OnPlans:
    return lambda page: page.show_tab(tab)


def _every(page: PlansPage) -> None:
    page.visits.search.setText(_BUILDING)
    page.visits.search.searched.emit(_BUILDING)


def _late(page: PlansPage) -> None:
    """As weeks later: some visits are late, some due this week."""
    found = page.visits.model.rows
    days = (at * _STEP - _LATE for at in range(len(found)))
    lines = tuple(
        replace(one, days=left, due=one.due + timedelta(days=left - one.days))
        for one, left in zip(found, days, strict=True)
    )
    late, week = (sum(one.days < day for one in lines) for day in (0, _STEP))
    board = VisitBoard(lines=lines, late=late, week=week - late, all=len(lines), is_promised=True)
    page.visits.search.show_search("")
    page.visits.show_board(board)


def _searched(page: PlansPage) -> None:
    page.visits.search.setText(_NOBODY)
    page.visits.search.searched.emit(_NOBODY)


def _less(page: PlansPage) -> None:
    """The contract of a published version becomes less: that asks for the owners' decision."""
    page.bench.put(page.bench.model.draft.entered(_NORMAL, "96"), "…")
    page.bench.grid.go(_NORMAL)


def _rounds(page: PlansPage) -> None:
    page.bench.grid.go(_CLEANING)
    page.bench.grid.locked.emit(_CLEANING)  # somebody types there


def _person(stage: Stage) -> Steps:
    """What the tier adds stands on the page of a resident."""
    stage.navigator.open_resident(stage.somebody(ConsentState.LIVE))
    yield
    for page in stage.window.findChildren(ResidentPage):
        bring(page.tier)
    yield


PLANS: tuple[Scene, ...] = (
    _plans("plans"),
    _plans("plans-first", _first),
    _plans("plans-edited", _edit, _to_ways),
    _plans("plans-below", _edit, _below, lambda page: page.publish()),
    _plans("plans-contract", _open_contract),
    _plans("plans-locked", _locked),
    _plans("plans-rounds", _rounds),
    _plans("plans-less", _open_contract, _less),
    _plans("plans-visits", _tab(Tab.VISITS), _every, _late),
    _plans("plans-visits-none", _tab(Tab.VISITS), _searched),
    _plans("plans-trouble", _edit, _trouble),
    _plans("plans-tiers", _tab(Tab.TIERS)),
    _plans("plans-prices", _tab(Tab.PRICES)),
    _plans("plans-versions", _tab(Tab.VERSIONS)),
    Scene("plans-person", _person),
)
