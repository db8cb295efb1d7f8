"""The scenes of the service desk: work orders and what is planned, counted and shown from them."""

from collections.abc import Callable

from pmdesk.app.scenes_charts import CHARTS
from pmdesk.app.scenes_papers import PAPERS
from pmdesk.app.scenes_plans import PLANS
from pmdesk.app.scenes_roles import ROLES
from pmdesk.app.scenes_staffing import STAFFING
from pmdesk.app.scenes_watch import WATCH
from pmdesk.app.stage import Scene, Stage, Steps
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.moving import Terms
from pmdesk.domain.orders.order import OPEN, Move, OrderId
from pmdesk.domain.ports.orders import OrderQuery
from pmdesk.errors import StorageError
from pmdesk.services.orders import book, moving, places, registering
from pmdesk.services.orders.intake import Intake
from pmdesk.services.orders.places import Place
from pmdesk.ui.orders.task import Task
from pmdesk.ui.pages.orders import OrdersPage

OnOrders = Callable[[OrdersPage, Stage], object]
_WORKER = "钱师傅"
_AWAY = "住户出差，周末才在家"
_SHORT = "1-1"
_LEAK, _NOISE = "厨房漏水", "楼上夜里装修，吵得孩子睡不着"
# what each of these has been through, so that the board shows every state
_TOLD: tuple[tuple[str, str, Service, tuple[Move, ...]], ...] = (
    (_LEAK, "plumbing", Service.REPAIR, ()),
    ("客厅插座没电", "electric", Service.REPAIR, (Move.ASSIGN,)),
    ("厨房水管渗水到楼下", "plumbing", Service.REPAIR, (Move.ASSIGN, Move.START)),
    ("窗户关不上", "doors", Service.REPAIR, (Move.ASSIGN, Move.START, Move.WAIT)),
    ("马桶堵了", "plumbing", Service.REPAIR, (Move.ASSIGN, Move.START, Move.FINISH)),
    (_NOISE, "noise", Service.COMPLAINT, (Move.ASSIGN,)),
)


def _page(key: str) -> Scene:
    def play(stage: Stage) -> Steps:
        stage.window.open_page(key)
        yield

    return Scene(key, play)


# ---- work orders -------------------------------------------------------------------------------


def _somewhere(stage: Stage) -> Place:
    """A room of a resident, the same in every picture."""
    return places.of_person(stage.session, stage.somebody(ConsentState.LIVE))[0]


def _with_orders(stage: Stage) -> None:
    """Orders of this day in every state; an earlier scene has made them, or this one does."""
    if _found(stage, _LEAK, OrderQuery(states=OPEN)) is not None:
        return
    place = _somewhere(stage)
    for words, kind, service, way in _TOLD:
        asked = Intake(
            service=service, kind=kind, words=words, room=place.room, person=place.person
        )
        order = registering.register(stage.session, asked).order
        for move in way:
            terms = Terms(reason=_AWAY if move is Move.WAIT else "", assignee=_WORKER)
            moving.move(stage.session, order, move, terms)
    hall = Intake(service=Service.REPAIR, kind="lift", words="电梯困人", area="2号电梯")
    registering.register(stage.session, hall)


def _found(stage: Stage, words: str, query: OrderQuery) -> OrderId | None:
    """The newest order with these words."""
    newest = book.found(stage.session, query)[-200:]
    told = (one for one in book.lines(stage.session, newest) if one.words == words)
    return next((one.id for one in told), None)


def _complaint(stage: Stage) -> OrderId:
    query = OrderQuery(services=frozenset({Service.COMPLAINT}), states=OPEN, order="newest")
    return OrderId(book.found(stage.session, query)[0])


def _orders(name: str, *acts: OnOrders) -> Scene:
    """The page after each of `acts`, one when the other has come."""

    def play(stage: Stage) -> Steps:
        _with_orders(stage)
        stage.window.open_page("orders")
        page = stage.window.page_of("orders")
        if not isinstance(page, OrdersPage):
            return
        _as_new(page)
        yield
        for act in acts:
            act(page, stage)
            yield

    return Scene(name, play)


def _as_new(page: OrdersPage) -> None:
    """As when it is first opened."""
    page.close_order()
    page.intake.hide()
    page.panel.hide()
    page.note.show_sentence("")
    page.filters.reset()
    page.show_view("board")
    page.reload()


def _view(view: str) -> OnOrders:
    return lambda page, _stage: page.show_view(view)


def _no_fit(page: OrdersPage, _stage: Stage) -> None:
    page.filters.put(text="99-99-9999")


def _registering(page: OrdersPage, stage: Stage) -> None:
    """Somebody calls about the same leak again."""
    page.start_order(_somewhere(stage).person)


def _told(page: OrdersPage, _stage: Stage) -> None:
    page.intake.words.setText("厨房水管还在漏水，柜子里都湿了")
    page.intake.words.query.emit("")


def _seeking(page: OrdersPage, stage: Stage) -> None:
    _sought(page, _somewhere(stage).room)


def _seeking_many(page: OrdersPage, _stage: Stage) -> None:
    """More residents fit than the list shows."""
    _sought(page, _SHORT)


def _sought(page: OrdersPage, text: str) -> None:
    page.start_order()
    page.intake.finder.box.setText(text)
    page.intake.finder.box.searched.emit(text)


def _stepped(page: OrdersPage, _stage: Stage) -> None:
    if page.chosen is not None:
        page.acts.step(page.chosen)


def _detail(words: str) -> OnOrders:
    def show(page: OrdersPage, stage: Stage) -> None:
        order = _found(stage, words, OrderQuery(states=OPEN))
        if order is not None:
            page.show_order(order)

    return show


def _task(task: Task) -> OnOrders:
    def prepare(page: OrdersPage, _stage: Stage) -> None:
        if page.chosen is not None:
            page.start_task(page.chosen, task)

    return prepare


def _amending(page: OrdersPage, _stage: Stage) -> None:
    if page.detail.detail is not None:
        page.detail.amend.start(page.detail.detail.order)


def _closed_complaint(page: OrdersPage, stage: Stage) -> None:
    page.show_order(_complaint(stage))


def _opened_complaint(page: OrdersPage, _stage: Stage) -> None:
    page.detail.facts.open_complaint()


def _trouble(page: OrdersPage, _stage: Stage) -> None:
    page.show_trouble(StorageError("The disk is full; what was saved before is still there."))


ORDERS: tuple[Scene, ...] = (
    _orders("orders"),
    _orders("orders-list", _view("list")),
    _orders("orders-calendar", _view("week")),
    _orders("orders-none", _no_fit),
    _orders("orders-where", _seeking),
    _orders("orders-where-many", _seeking_many),
    _orders("orders-register", _registering, _told),
    _orders("orders-order", _detail("厨房水管渗水到楼下")),
    _orders("orders-assign", _detail(_LEAK), _task(Move.ASSIGN)),
    _orders("orders-close", _detail("马桶堵了"), _task(Move.CLOSE)),
    _orders("orders-amend", _detail(_LEAK), _amending),
    _orders("orders-complaint", _closed_complaint),
    _orders("orders-complaint-read", _closed_complaint, _opened_complaint),
    _orders("orders-trouble", _trouble),
    _orders("orders-step", _closed_complaint, _stepped),
)

DESK: tuple[Scene, ...] = (*ORDERS, *WATCH, *PLANS, *STAFFING, *CHARTS, *PAPERS, *ROLES)
