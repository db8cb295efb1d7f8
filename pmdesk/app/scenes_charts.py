"""The scenes of the charts page: each state that a card can be in, and what the bar says."""

from collections.abc import Callable

from pmdesk.app.stage import Scene, Stage, Steps, bring
from pmdesk.domain.dashboard import CardKey, Period
from pmdesk.domain.dashboard_views import USUAL, Choice
from pmdesk.domain.orders.kinds import Service
from pmdesk.errors import StorageError
from pmdesk.i18n import told
from pmdesk.services.dashboard import views
from pmdesk.ui.pages.charts import ChartsPage

OnCharts = Callable[[ChartsPage, Stage], object]
_NAME = "维修，近一年"


def _charts(name: str, *acts: OnCharts) -> Scene:
    """The page after each of `acts`, one when the other has come."""

    def play(stage: Stage) -> Steps:
        stage.window.open_page("charts")
        page = stage.window.page_of("charts")
        if not isinstance(page, ChartsPage):
            return
        if page.filters.choice != USUAL:
            page.show_choice(USUAL)
        for card in page.cards.values():
            card.toggle.setChecked(False)
            card.trouble.show_sentence("")
        page.area.verticalScrollBar().setValue(0)
        yield
        for act in acts:
            act(page, stage)
            yield

    return Scene(name, play)


def _at(key: CardKey) -> OnCharts:
    return lambda page, _stage: bring(page.cards[key])


def _below(page: ChartsPage, _stage: Stage) -> None:
    bring(page.needs)


def _filtered(page: ChartsPage, stage: Stage) -> None:
    """A view that was kept is chosen."""
    choice = Choice(period=Period.YEAR, services=(Service.REPAIR,))
    views.keep(stage.session, _NAME, choice)
    page.views.reload()
    page.show_choice(choice)


def _table(key: CardKey) -> OnCharts:
    return lambda page, _stage: page.cards[key].toggle.setChecked(True)


def _counting(page: ChartsPage, _stage: Stage) -> None:
    for card in page.cards.values():
        card.show_working(working=True)


def _counted(page: ChartsPage, _stage: Stage) -> None:
    for card in page.cards.values():
        card.show_working(working=False)


def _trouble(page: ChartsPage, _stage: Stage) -> None:
    error = StorageError("The disk is full; what was saved before is still there.")
    page.cards[CardKey.WHEN].show_trouble(told(error))


CHARTS: tuple[Scene, ...] = (
    _charts("charts"),
    *(_charts(f"charts-{key.value}", _at(key)) for key in list(CardKey)[1::2]),
    _charts("charts-needs", _below, _below),
    _charts("charts-table", _table(CardKey.WHEN)),
    _charts("charts-filtered", _filtered),
    _charts("charts-counting", _counting),
    _charts("charts-trouble", _counted, _trouble),
)
