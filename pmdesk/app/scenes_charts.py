"""The scenes of the charts page: all cards in each state that they can be in, and their tips."""

from collections.abc import Callable
from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pmdesk.app.stage import Scene, Stage, Steps, bring
from pmdesk.domain.dashboard import CARDS, CardKey, Period
from pmdesk.domain.dashboard_views import USUAL, Choice
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.ports import UnitOfWork
from pmdesk.errors import StorageError
from pmdesk.i18n import _, told
from pmdesk.services import residents
from pmdesk.services.dashboard import people, views
from pmdesk.services.dashboard.asking import Asking
from pmdesk.services.dashboard.card import Card
from pmdesk.ui import theme
from pmdesk.ui.dashboard.card import QuestionCard
from pmdesk.ui.pages.charts import ChartsPage

OnCharts = Callable[[ChartsPage, Stage], object]
_NAME = "维修，近一年"
_NOWHERE = "99"  # a building that the office has not
_WIDE = 960  # pixels
_BEFORE = Choice(period=None, first=date(2001, 1, 1), last=date(2001, 3, 31), buildings=(_NOWHERE,))


def _page(stage: Stage) -> ChartsPage:
    stage.window.open_page("charts")
    page = stage.window.page_of("charts")
    if not isinstance(page, ChartsPage):
        raise TypeError(page)
    return page


def _cards(stage: Stage) -> QWidget:
    """Everything that scrolls below the filters."""
    stage.window.show()
    return _inner(_page(stage))


def _inner(page: ChartsPage) -> QWidget:
    return page.area.widget() or page


def _charts(name: str, *acts: OnCharts, all_cards: bool = False) -> Scene:
    """The page after each of `acts`, one when the other has come."""

    def play(stage: Stage) -> Steps:
        page = _page(stage)
        page.show_choice(USUAL)
        page.reload()  # also what the scene before put there
        for card in page.cards.values():
            card.toggle.setChecked(False)
        page.area.verticalScrollBar().setValue(0)
        yield
        for act in acts:
            act(page, stage)
            yield
        if all_cards:
            _drawn(page, stage)
            yield

    return Scene(name, play, _cards) if all_cards else Scene(name, play)


def _drawn(page: ChartsPage, _stage: Stage) -> None:
    """Also the charts that nobody has scrolled to."""
    _inner(page).grab()


def _below(page: ChartsPage, _stage: Stage) -> None:
    bring(page.needs)


def _kept(page: ChartsPage, stage: Stage) -> None:
    """A view is kept that names a building which was taken down since."""
    places = (*sorted(residents.buildings(stage.session))[:2], _NOWHERE)
    choice = Choice(period=Period.YEAR, buildings=places, services=(Service.REPAIR,))
    views.keep(stage.session, _NAME, choice)
    page.views.reload()


def _opened(page: ChartsPage, stage: Stage) -> None:
    """The view that was kept is chosen."""
    kept = views.listed(stage.session).views
    page.views.open_view(next(one for one in kept if one.name == _NAME))


def _tables(page: ChartsPage, _stage: Stage) -> None:
    for card in page.cards.values():
        card.toggle.setChecked(True)


def _tips(page: ChartsPage, _stage: Stage) -> None:
    """Each chart tells of a mark in its middle."""
    for card in page.cards.values():
        for view in card.views:
            view.point_at(view.marks[len(view.marks) // 2] if view.marks else None)


def _counting(page: ChartsPage, _stage: Stage) -> None:
    for card in page.cards.values():
        card.show_working(working=True)


def _trouble(page: ChartsPage, _stage: Stage) -> None:
    error = StorageError("The disk is full; what was saved before is still there.")
    for card in page.cards.values():
        card.show_trouble(told(error))


def _empty(page: ChartsPage, _stage: Stage) -> None:
    """Days before the first order, in a building that is not there."""
    page.show_choice(_BEFORE)


def _without(page: ChartsPage, stage: Stage) -> None:
    """Those that tell of the whole office, as before the first rules and the first residents."""
    for key, answer in ((CardKey.MOVES, people.moves), (CardKey.FAIR, people.fairness)):
        page.cards[key].show_answer(_asked(page, stage, key, answer))
    nobody = _asked(page, stage, CardKey.CONSENT, people.consent, _emptied)
    page.cards[CardKey.CONSENT].show_answer(nobody)


class _Nobody:
    """The counts of an office without residents."""

    def consent_states(self, _purpose: object, *, today: date) -> dict[str, int]:
        del today
        return {}


def _emptied(work: UnitOfWork) -> Any:  # as much of it as the card reads
    return SimpleNamespace(counts=_Nobody(), catalogue=work.catalogue, rulesets=work.rulesets)


def _asked(
    page: ChartsPage,
    stage: Stage,
    key: CardKey,
    answer: Callable[[Asking], Card],
    seen: Callable[[UnitOfWork], UnitOfWork] = lambda work: work,
) -> Card:
    with stage.session.store.reading() as work:
        asking = Asking(
            session=stage.session,
            work=seen(work),
            key=key,
            scope=page.scope,
            smallest=5,
            active=None,
            memory=stage.session.staff.uid,
        )
        return answer(asking)


def _untold(answer: Callable[[Asking], Card], page: ChartsPage, stage: Stage) -> None:
    """No card may tell anything."""
    for key, card in page.cards.items():
        card.show_answer(_asked(page, stage, key, answer))


def _fresh(stage: Stage) -> QWidget:
    """All cards as they stand before their first answer."""
    made = QWidget()
    made.setProperty("look", "page")
    column = QVBoxLayout(made)
    column.setSpacing(theme.length(14))
    for key in CARDS:
        card = QuestionCard(key, stage.tasks, may_export=True, leads=lambda _target: False)
        card.show_working(working=True)
        column.addWidget(card)
    made.setFixedWidth(theme.length(_WIDE))
    return made


def _first_failed(stage: Stage) -> QWidget:
    """All cards when not even the first answer came."""
    made = _fresh(stage)
    for card in made.findChildren(QuestionCard):
        card.show_trouble(_("This card could not be counted. Please try again."))
    return made


def _nothing(_stage: Stage) -> Steps:
    yield


CHARTS: tuple[Scene, ...] = (
    _charts("charts"),
    _charts("charts-needs", _below, _below),
    _charts("charts-filtered", _kept, _opened),
    _charts("charts-all", all_cards=True),
    _charts("charts-tips", _drawn, _tips, all_cards=True),
    _charts("charts-tables", _tables, all_cards=True),
    _charts("charts-counting", _counting, all_cards=True),
    _charts("charts-trouble", _trouble, all_cards=True),
    Scene("charts-first-counting", _nothing, _fresh),
    Scene("charts-first-trouble", _nothing, _first_failed),
    _charts("charts-empty", _empty, _without, all_cards=True),
    _charts("charts-small", partial(_untold, Asking.too_small), all_cards=True),
    _charts("charts-refused", partial(_untold, Asking.refused), all_cards=True),
)
