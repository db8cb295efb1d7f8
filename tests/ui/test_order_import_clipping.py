"""Nothing is cut off at any step of the import of past orders."""

import pytest

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
        page.forth.click()
        settled()

    qtbot.waitUntil(lambda: not clipped(page))


def test_earlier_imports_are_whole(office, tasks, prompts, shown, settled, scale, qtbot, tmp_path):
    page = OrderImportPage(office.session("manager"), tasks, prompts)
    shown(page, int(900 * scale), int(700 * scale))
    page.open_file(csv(tmp_path / "a.csv", row()))
    settled()
    while page.step < DONE:
        page.forth.click()
        settled()
    page.restart()
    settled()

    qtbot.waitUntil(lambda: not clipped(page))
    assert page.earlier.isVisible()
