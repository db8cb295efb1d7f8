"""Out of the charts page: files, paper, the clipboard, the lists behind it, and kept views."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.dashboard import CARDS, OF_THE_WHOLE, CardKey, Period
from pmdesk.domain.dashboard_views import Choice, SavedView, ViewId
from pmdesk.domain.orders.kinds import Service
from pmdesk.ui.dashboard import way_out
from pmdesk.ui.pages.charts import ChartsPage
from tests.ui.dashboard import answers

ASKED_AGAIN = [key for key in CARDS if key not in OF_THE_WHOLE]


# ---- ways out ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "csv"])
def test_a_card_is_saved_in_each_form_and_the_log_knows(
    form, page, prompts, settled, peopled, tmp_path
):
    prompts.path = tmp_path / "图"
    with peopled.logged() as acts:
        page.cards[CardKey.DISPUTES].export_requested.emit(CardKey.DISPUTES, form)
        settled()
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "csv": b"\xef\xbb\xbf", "pdf": b"%PDF"}
    assert (tmp_path / f"图.{form}").read_bytes().startswith(starts[form])
    assert [(act, target) for act, target, _fields in acts] == [("export.chart", "disputes")]
    assert f"图.{form}" in page.banner.sentence
    page.hide()
    page.show()
    assert not page.banner.sentence


def test_going_back_from_the_file_dialog_exports_nothing(page, prompts, peopled):
    with peopled.logged() as acts:
        page._export(CardKey.WHEN, "png")
    assert not acts


def test_a_place_that_cannot_be_written_is_one_sentence(page, prompts, settled, tmp_path):
    prompts.path = tmp_path / "no" / "a.csv"
    page._export(CardKey.WHEN, "csv")
    settled()
    assert "没有写成" in page.banner.sentence


def test_a_copied_card_is_in_the_clipboard_and_in_the_log(page, settled, peopled):
    with peopled.logged() as acts:
        page.cards[CardKey.WHEN]._menu().actions()[-2].trigger()
        settled()
    assert not QGuiApplication.clipboard().image().isNull()
    assert [act for act, _target, _fields in acts] == ["export.chart"]


def test_a_printed_card_is_seen_first_and_in_the_log(page, settled, peopled, monkeypatch):
    seen = []
    monkeypatch.setattr(way_out, "preview", lambda picture, title, _parent: seen.append(title))
    with peopled.logged() as acts:
        page.cards[CardKey.WHEN]._menu().actions()[-1].trigger()
        settled()
    assert seen == [page.cards[CardKey.WHEN].shown.question]
    assert [act for act, _target, _fields in acts] == ["export.chart"]


def test_the_picture_is_gone_with_the_window_it_was_looked_at_in(page, qapp, monkeypatch):
    shown = []

    def looked(dialog):
        dialog.show()
        qapp.processEvents()
        shown.append(dialog.findChild(QPrintPreviewWidget).pageCount())
        return QPrintPreviewDialog.DialogCode.Rejected

    monkeypatch.setattr(QPrintPreviewDialog, "exec", looked)
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    assert not way_out.preview(picture, "W", page)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert shown == [1]
    assert not page.findChildren(QPrintPreviewDialog)


def test_who_may_not_export_has_no_menu(said, peopled, tasks, prompts, shown):
    page = shown(ChartsPage(peopled.session("reviewer"), tasks, prompts))
    assert not any(card.menu.isVisible() for card in page.cards.values())
    assert all(card.toggle.isVisible() for card in page.cards.values())


# ---- ways further ------------------------------------------------------------------------------


def test_a_card_leads_to_the_list_that_was_counted(page, qtbot):
    target = answers.TARGETS[CardKey.WHEN][0]
    with qtbot.waitSignal(page.orders_requested) as asked:
        page.cards[CardKey.WHEN].links.itemAt(0).widget().click()
    assert asked.args == [target.query]
    with qtbot.waitSignal(page.list_requested) as asked:
        page.cards[CardKey.CONSENT].links.itemAt(0).widget().click()
    assert asked.args == [ResidentQuery()]


def test_looking_behind_fairness_is_in_the_log(page, peopled, settled, qtbot):
    with peopled.logged() as acts, qtbot.waitSignal(page.page_requested) as asked:
        page.cards[CardKey.FAIR].links.itemAt(0).widget().click()
        settled()
    assert asked.args == ["rules"]
    assert [act for act, _target, _fields in acts] == ["chart.opened"]


def test_a_place_that_is_not_there_has_no_link(page):
    links = page.cards[CardKey.DISPUTES].links
    assert [links.itemAt(at).widget().text() for at in range(links.count())] == ["关注"]


# ---- views -------------------------------------------------------------------------------------


def test_a_view_is_kept_chosen_published_and_deleted(office, said, tasks, prompts, shown, settled):
    page = shown(ChartsPage(office.session("manager"), tasks, prompts))
    menu = page.views
    page.filters.services.buttons()[0].click()
    settled()
    prompts.text = "维修"
    menu.keep()
    settled()
    assert menu.text() == "视图：维修"
    assert "维修" in page.banner.sentence
    page.filters.reset()
    settled()
    assert menu.text() == "视图"
    words = filled(menu)
    assert "维修" in words
    next(act for act in menu.list.actions() if act.text() == "维修").trigger()
    settled()
    assert page.filters.choice.services == (Service.REPAIR,)
    assert said.asked[-1][1].services == (Service.REPAIR,)
    pressed(menu, "公开“维修”")
    settled()
    assert any("已公开" in one for one in filled(menu))
    pressed(menu, "取消公开“维修”")
    settled()
    pressed(menu, "删除“维修”")
    settled()
    assert filled(menu)[0] == "还没有保存的视图。"


@pytest.mark.parametrize("left", [(), ("3栋",)])
def test_a_view_says_which_of_its_buildings_are_gone(page, settled, left):
    menu = page.views
    menu.found = replace(menu.found, buildings=frozenset({"3栋"}))
    choice = Choice(buildings=("99", *left), services=(Service.REPAIR,))
    view = SavedView(
        id=ViewId(1), name="旧楼", owner=page._session.staff.uid, choice=choice, is_published=False
    )
    menu.open_view(view)
    settled()
    assert page.filters.choice == replace(choice, buildings=left)
    assert "99" in page.banner.sentence
    assert ("全部楼栋" in page.banner.sentence) is not bool(left)
    page.filters.reset()
    settled()
    assert not page.banner.sentence


def test_a_published_view_shows_whose_it_is(office, said, tasks, prompts, shown, settled):
    from pmdesk.services.dashboard import views

    owner = office.session("manager")
    views.keep(owner, "年报", Choice(period=Period.YEAR))
    views.publish(owner, views.listed(owner).views[0].id, published=True)
    page = shown(ChartsPage(office.session("reviewer"), tasks, prompts))
    assert any("年报" in one and owner.staff.name in one for one in filled(page.views))


def test_a_name_that_is_refused_is_one_sentence(page, prompts, settled):
    prompts.text = "一"
    page.views.keep()
    settled()
    assert "2 到 30" in page.banner.sentence


def filled(menu):
    menu.fill()
    return [act.text() for act in menu.list.actions() if not act.isSeparator()]


def pressed(menu, words):
    menu.fill()
    next(act for act in menu.list.actions() if act.text() == words).trigger()


def test_a_view_of_the_same_name_is_replaced_only_when_asked(page, prompts, settled):
    menu = page.views

    def kept(name, confirms):
        prompts.text, prompts.confirms = name, confirms
        menu.keep()
        settled()
        return [one.choice for one in menu.found.views]

    (first,) = kept("A&B", confirms=False)
    assert menu.text().endswith("A&&B")
    page.filters.services.buttons()[0].click()
    settled()
    assert kept(" A&B ", confirms=False) == [first]
    assert kept("A&B", confirms=True) == [page.filters.choice] != [first]
    menu.fill()
    assert sum("A&&B" in act.text() for act in menu.list.actions()) == 3  # choose, publish, delete
