"""Nothing is cut off at any step of the import of past orders."""

import pytest
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

from pmdesk.assets import asset
from pmdesk.i18n import _, install
from pmdesk.ui.exchange.order_words import TARGETS
from pmdesk.ui.exchange.still_box import StillBox
from pmdesk.ui.pages.importing_orders import CHECK, CHOOSE, COLUMNS, DONE, MEANINGS, OrderImportPage
from tests.services.order_import.lists import HEAD, csv, row
from tests.ui.clipping import clipped


@pytest.fixture(params=[1.0, 2.0])
def scale(request, wear):
    wear(scale=request.param)
    return request.param


@pytest.mark.parametrize("step", [CHOOSE, COLUMNS, MEANINGS, CHECK, DONE])
def test_every_step_is_whole(office, tasks, prompts, shown, settled, scale, qtbot, tmp_path, step):
    page = OrderImportPage(office.session("manager"), tasks, prompts)
    shown(page, int(900 * scale), int(700 * scale))
    rows = (
        row(),
        row(单号="2", 办结时间="2026-02-19"),
        row(单号="3", 类型="小区绿化养护与景观维护"),
    )
    path = csv(tmp_path / "a.csv", *((*one, "") for one in rows), head=(*HEAD, "身份证号"))
    if step:
        page.open_file(path)
        settled()
    while page.step < step:
        page.meanings.lead_buildings(None)
        page.forth.click()
        settled()

    qtbot.waitUntil(lambda: not clipped(page))


def test_earlier_imports_are_whole(office, tasks, prompts, shown, settled, scale, qtbot, tmp_path):
    page = OrderImportPage(office.session("manager"), tasks, prompts)
    shown(page, int(900 * scale), int(700 * scale))
    page.open_file(csv(tmp_path / "a.csv", row()))
    settled()
    while page.step < DONE:
        page.meanings.lead_buildings(None)
        page.forth.click()
        settled()
    page.restart()
    settled()

    qtbot.waitUntil(lambda: not clipped(page))
    assert page.earlier.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_where_a_column_goes_is_not_cut_off(qtbot, wear, scale, language):
    install(language, asset("locale"))
    offered = [(_(words), str(target)) for target, words in TARGETS.items()]
    try:
        for words, target in offered:
            box = StillBox("", offered, target)
            qtbot.addWidget(box)
            box.resize(box.sizeHint())
            whole = QStyleOptionComboBox()
            box.initStyleOption(whole)
            part = QStyle.SubControl.SC_ComboBoxEditField
            kind = QStyle.ComplexControl.CC_ComboBox
            room = box.style().subControlRect(kind, whole, part, box).width()
            cut = box.fontMetrics().horizontalAdvance(words) > room
            assert not cut or len(words) > 26, words
            assert box.toolTip() == words
    finally:
        install("zh_CN", asset("locale"))
