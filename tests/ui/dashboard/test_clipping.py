"""Nothing of the charts page is cut off, in both languages, at each text size, in each state."""

import pytest

from pmdesk.assets import asset
from pmdesk.domain.dashboard import CARDS, CardKey, CardState
from pmdesk.domain.dashboard_views import Choice
from pmdesk.domain.orders.kinds import Service
from pmdesk.i18n import install
from pmdesk.services.dashboard import desk
from pmdesk.ui.pages.charts import ChartsPage
from pmdesk.ui.theme import Scheme
from tests.ui.clipping import clipped
from tests.ui.dashboard import answers

STATES = {
    CardKey.WHEN: CardState.EMPTY,
    CardKey.MOVES: CardState.TOO_SMALL,
    CardKey.STAFF: CardState.REFUSED,
}


class _Blank:
    pixels, width, height, marks = bytes(400 * 100 * 4), 400, 100, ()


@pytest.fixture(autouse=True)
def _made_up(monkeypatch):
    monkeypatch.setattr(
        desk,
        "card",
        lambda _session, key, scope: answers.answer(key, STATES.get(key, CardState.SHOWN), scope),
    )
    monkeypatch.setattr("pmdesk.ui.charts.view._picture", lambda *_: _Blank())


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(("scheme", "scale"), [(Scheme.LIGHT, 1.0), (Scheme.DARK, 2.0)])
def test_everything_on_the_page_can_be_read(
    wear, shown, office, tasks, prompts, qtbot, settled, language, scheme, scale
):
    wear(scheme, scale)
    install(language, asset("locale"))
    page = shown(
        ChartsPage(office.session("manager"), tasks, prompts), int(1100 * scale), int(760 * scale)
    )
    page.show_choice(
        Choice(period=None, buildings=("1栋", "12栋"), services=(Service.REPAIR, Service.CLEANING))
    )
    settled()
    page.cards[CARDS[1]].show_trouble("这里写不下。请先腾出空间，再试一次。")
    page.cards[CardKey.LOAD].toggle.click()
    settled()
    qtbot.waitUntil(lambda: not clipped(page), timeout=3000)
    assert page.area.horizontalScrollBar().maximum() == 0
