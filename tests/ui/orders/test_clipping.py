"""Nothing of the orders page is cut off, in both languages and at twice the text size."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from pmdesk.assets import asset
from pmdesk.domain.orders.order import Deed, Move
from pmdesk.i18n import install
from pmdesk.ui import theme
from pmdesk.ui.orders import cards
from pmdesk.ui.orders.home_banner import OrdersBanner
from pmdesk.ui.orders.words import clock_badge
from pmdesk.ui.pages.orders import OrdersPage
from pmdesk.ui.resident.orders_card import OrdersCard
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import pill_font
from tests.offices import resident
from tests.services.orders.asked import CLOSED, DONE, asked, complaint, moved, registered
from tests.ui.clipping import clipped

SIZES = [("zh_CN", 1.0), ("zh_CN", 2.0), ("en", 1.0), ("en", 2.0)]


@pytest.fixture(params=SIZES, ids=str)
def scale(request, wear):
    language, scale = request.param
    wear(scale=scale)
    install(language, asset("locale"))
    yield scale
    install("zh_CN", asset("locale"))


@pytest.fixture
def peopled(office):
    """Orders of one resident in several states, the number of one to call back."""
    clerk = office.session("clerk")
    person = resident(clerk)
    for way in ((), DONE[:1], DONE, CLOSED):
        order = registered(clerk, asked(person=person, callback="13900000042"))
        moved(clerk, order, *way)
    registered(clerk, complaint(person=person))
    return person


@pytest.fixture
def page(office, tasks, prompts, qtbot, peopled, settled, scale):
    made = OrdersPage(office.session("clerk"), tasks, prompts)
    qtbot.addWidget(made)
    made.resize(int(1072 * scale), int(772 * scale))
    made.show()
    settled()
    return made


def test_every_view_is_whole(page, settled):
    for view in ("board", "list", "week"):
        page.show_view(view)
        settled()
        assert clipped(page) == [], view


def test_the_form_is_whole_with_a_repeat_and_a_problem(page, settled, peopled):
    page.start_order(peopled)
    settled()
    page.intake.words.setText("水龙头滴水")
    page.intake.words.query.emit("")
    settled()
    assert page.intake.repeats.isVisible()
    page.intake.words.setText("张三 13800000042")
    page.intake.save()
    settled()

    assert clipped(page) == []


def test_one_order_is_whole_in_every_step(page, settled, office):
    order = page.board.columns[0].cards.table.rows[0].id
    page.show_order(order)
    settled()
    assert clipped(page) == []
    for task in (Move.ASSIGN, Move.CLOSE, Move.MERGE, Move.WAIT, Deed.URGED):
        page.panel.start(page.detail.detail.line, task)
        settled()
        assert clipped(page) == [], task
    page.panel.leave()
    page.detail._start_amending()
    settled()
    assert clipped(page) == []


def test_what_the_other_pages_show_of_orders_is_whole(
    office, tasks, qtbot, settled, peopled, scale
):
    for part, width in (
        (OrdersBanner(office.session("clerk"), tasks), 1000),
        (OrdersCard(office.session("clerk"), tasks, peopled), 300),
    ):
        qtbot.addWidget(part)
        part.resize(int(width * scale), 400)
        part.show()
        settled()
        part.adjustSize()
        part.resize(int(width * scale), part.heightForWidth(int(width * scale)) or part.height())
        settled()
        assert clipped(part) == []


def test_a_card_names_who_does_it_wherever_the_whole_name_fits(opened, office_session, monkeypatch):
    registered(office_session)
    page = opened()
    line = replace(page.board.columns[0].cards.table.rows[0], assignee="王芳")
    drawn = []
    monkeypatch.setattr(cards, "_words", lambda _p, _row, words, *_rest: drawn.append(words))
    paper = QPixmap(400, 40)
    with QPainter(paper) as painter:
        font = page.font()
        used = cards._pictured(painter, QRect(0, 0, 400, 30), "clock", Tone.NEUTRAL, "", font)
        painter.setFont(pill_font(font))
        badge = clock_badge(line)
        assert badge is not None
        clock = painter.fontMetrics().horizontalAdvance(badge.words)
        wide = used + clock + painter.fontMetrics().horizontalAdvance("王芳") + theme.length(8)
        cards._foot(painter, QRect(0, 0, wide, 30), line, font)
        assert "王芳" in drawn
        drawn.clear()
        cards._foot(painter, QRect(0, 0, used + clock + theme.length(8), 30), line, font)

    assert "王芳" not in drawn
