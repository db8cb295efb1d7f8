"""The import page as a manager uses it, over a real office."""

import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel
from python_calamine import CalamineWorkbook

from pmdesk.domain.classification import ResidentQuery
from pmdesk.services import residents
from pmdesk.services.exchange import importing
from pmdesk.ui.exchange.columns import SHOWN
from pmdesk.ui.pages.importing import CHECK, CHOOSE, COLUMNS, DONE, ImportPage
from tests.services.exchange.files import HC, INVENTED_ID, written

HEAD = ("楼栋", "单元", "房号", "姓名", "手机", "性别", "身份证号")
GOOD = ("3栋", "1单元", "502", "曾国强", "13800000042", "男", INVENTED_ID)


@pytest.fixture
def session(office):
    return office.session("manager")


@pytest.fixture
def page(session, tasks, prompts, shown):
    return shown(ImportPage(session, tasks, prompts))


@pytest.fixture
def sheet(tmp_path):
    return lambda *rows: written(tmp_path / "名单.xlsx", (HEAD, *rows))


@pytest.fixture
def walk(page, settled):
    """Opens a file and goes on as long as the page lets."""

    def _walk(path, upto=DONE):
        page.open_file(path)
        settled()
        while page.step < upto and page.forth.isVisible() and page.forth.isEnabled():
            page.forth.click()
            settled()
        return page

    return _walk


def names(session):
    return [row.name for row in residents.rows(session, residents.found(session, ResidentQuery()))]


def test_a_list_is_entered_in_four_steps(walk, sheet, session, qtbot):
    page = walk(sheet(GOOD, ("3栋", "1单元", "503", "王小明", "13900001234", "女", "")))

    assert page.step == DONE
    assert "已登记 2 人" in page.done.words
    assert "性别、身份证号" in page.done.words
    assert names(session) == ["曾*强", "王*明"]
    with qtbot.waitSignal(page.list_requested):
        page.done.onward.click()


def test_what_is_never_collected_cannot_be_chosen_and_does_not_reach_the_database(
    walk, sheet, office
):
    page = walk(sheet(GOOD), COLUMNS)
    assert set(page.columns.boxes) == {0, 1, 2, 3, 4}

    walk(sheet(GOOD))

    assert page.step == DONE
    whole = [text for _table, text in office.cells()]
    assert any("曾国强" in text for text in whole)
    assert not any(INVENTED_ID in text or text == "男" for text in whole)


def test_the_columns_show_masked_values_only(walk, sheet):
    page = walk(sheet(GOOD), COLUMNS)

    words = " ".join(_texts(page.columns))
    assert "曾*强" in words
    assert "138****0042" in words
    assert "曾国强" not in words
    assert INVENTED_ID not in words
    assert "当面看过就够了" in words


def test_a_column_led_elsewhere_is_read_there(walk, tmp_path, session, settled):
    path = written(
        tmp_path / "a.xlsx", (("房号", "姓名", "备用"), ("3-1-502", "曾国强", "13800000042"))
    )
    page = walk(path, COLUMNS)
    box = page.columns.boxes[2]
    box.setCurrentIndex(box.findData("mobile"))

    while page.step < DONE:
        page.forth.click()
        settled()

    [row] = residents.rows(session, residents.found(session, ResidentQuery()))
    assert row.mobile == "138****0042"


def test_without_a_name_column_the_check_cannot_begin(walk, sheet):
    page = walk(sheet(GOOD), COLUMNS)
    box = page.columns.boxes[3]
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert not page.forth.isEnabled()
    page.back.click()
    assert page.step == CHOOSE


def test_bad_rows_are_named_saved_mended_and_imported(
    walk, sheet, session, prompts, settled, tmp_path
):
    page = walk(sheet(GOOD, ("3栋", "1单元", "503", "", "13900001234", "", "")), CHECK)
    assert [(f.row_number, f.column) for f in page.check.model.rows] == [(3, "姓名")]
    assert page.check.model.index(0, 2).data() == "没有填姓名"
    prompts.path = tmp_path / "改正.xlsx"
    page.check.save.click()
    settled()
    assert "导入后请删除" in page.banner.sentence
    page.forth.click()
    settled()
    assert "还有 1 行" in page.done.words

    rows = CalamineWorkbook.from_path(str(prompts.path)).get_sheet_by_index(0).to_python()
    rows[1][rows[0].index("姓名")] = "李晓"
    page.done.again.click()
    walk(written(tmp_path / "改好.xlsx", rows))

    assert "已登记 1 人" in page.done.words
    assert names(session) == ["曾*强", "李*"]


def test_an_unwritable_place_for_the_bad_rows_is_one_sentence(
    walk, sheet, prompts, settled, tmp_path
):
    page = walk(sheet(("3栋", "1单元", "503", "", "13900001234", "", "")), CHECK)
    assert not page.forth.isEnabled()
    prompts.path = tmp_path / "no" / "x.xlsx"
    page.check.save.click()
    settled()
    assert "写不进去" in page.banner.sentence
    prompts.path = None
    page.check.save.click()
    page.back.click()
    assert (page.step, page.banner.sentence) == (COLUMNS, "")


def test_who_is_known_is_left_alone(walk, sheet, session):
    walk(sheet(GOOD))
    page = walk(sheet(GOOD, GOOD), CHECK)
    assert not page.forth.isEnabled()
    assert "2" in page.check.again.accessibleName()


def test_several_phones_are_a_warning(walk, sheet):
    page = walk(sheet((*GOOD[:4], "13800000042/13900001234", "", "")), CHECK)
    assert "第 2 个电话未登记" in " ".join(_texts(page.check.odd))


BAD = {
    "not-xlsx": b"plain words",
    "empty": b"",
    "web-page": b"<html><table><tr><td>x</td></tr></table></html>",
    "cut": b"PK\x03\x04" + b"\x00" * 40,
    "protected": bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_one_sentence_and_the_next_can_be_chosen(kind, page, walk, sheet, tmp_path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(BAD[kind])
    walk(path)
    assert page.step == CHOOSE
    assert page.banner.isVisible()
    assert len(page.banner.sentence) > 8
    assert page.choose.browse.isEnabled()
    walk(sheet(GOOD))
    assert page.step == DONE


def test_a_file_without_headers_or_gone_is_one_sentence(page, walk, tmp_path):
    walk(written(tmp_path / "无表头.xlsx", [("甲", "乙"), ("1", "2")]))
    assert "姓名" in page.banner.sentence
    walk(tmp_path / "gone.xlsx")
    assert page.step == CHOOSE
    assert page.banner.sentence


def test_a_sheet_of_hundreds_of_columns_says_so(walk, tmp_path):
    wide = (*HEAD, *(f"列{n}" for n in range(250)))
    page = walk(written(tmp_path / "宽.xlsx", (wide, GOOD)), COLUMNS)
    assert "列数很多" in page.columns.notice.sentence
    assert len(page.columns.boxes) < SHOWN


def test_cancelling_the_check_or_the_import_changes_nothing(
    walk, sheet, session, settled, monkeypatch, qtbot
):
    begun, go_on = threading.Event(), threading.Event()
    entering = importing.enter

    def slow(session, plan, *, progress):
        def told(done, total):
            begun.set()
            go_on.wait(5)
            progress(done, total)

        return entering(session, plan, progress=told)

    monkeypatch.setattr(importing, "enter", slow)
    page = walk(sheet(GOOD), CHECK)
    page.forth.click()
    qtbot.waitUntil(begun.is_set)
    assert page.working.isVisible()
    assert not page.forth.isEnabled()
    page.working.cancel.click()
    go_on.set()
    settled()

    assert page.step == CHECK
    assert page.banner.sentence == "已取消，未作任何更改。"
    assert not page.working.isVisible()
    assert names(session) == []
    page.forth.click()
    settled()
    assert page.step == DONE


def test_progress_is_told_in_rows(page):
    page.working.start("正在检查")
    page.working.show_progress(1500, 0)
    assert "1,500 行" in page.working.bar.accessibleName()


def test_a_block_from_the_clipboard_is_a_table(page, settled, qtbot, session):
    data = QMimeData()
    data.setText("房号\t姓名\t手机号\n3-1-502\t曾国强\t13800000042\n")
    QGuiApplication.clipboard().setMimeData(data)
    qtbot.keyClick(page.choose, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled()
    while page.step < DONE:
        page.forth.click()
        settled()
    assert names(session) == ["曾*强"]


def test_an_empty_clipboard_says_what_to_copy(page):
    QGuiApplication.clipboard().clear()
    page.choose.paste.click()
    assert "剪贴板" in page.banner.sentence


def test_a_copied_or_dropped_file_is_opened(page, sheet, settled):
    path = sheet(GOOD)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(data)
    page.choose.paste.click()
    settled()
    assert page.step == COLUMNS
    page.restart()

    args = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPointF(9, 9).toPoint(), *args)
    page.choose.zone.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.choose.zone.dragLeaveEvent(QDragLeaveEvent())
    page.choose.zone.dropEvent(QDropEvent(QPointF(9, 9), *args))
    settled()
    assert page.step == COLUMNS


def test_the_template_has_plain_headers_and_can_be_filled_in(page, prompts, settled, tmp_path):
    prompts.path = tmp_path / "模板.xlsx"
    page.choose.template.click()
    settled()
    assert "模板已保存" in page.banner.sentence
    rows = CalamineWorkbook.from_path(str(prompts.path)).get_sheet_by_index(0).to_python()
    assert rows == [["楼栋", "单元", "房号", "姓名", "手机", "身份"]]
    prompts.path = tmp_path / "no" / "x.xlsx"
    page.choose.template.click()
    settled()
    assert "模板没有写成" in page.banner.sentence


def test_the_file_dialog_offers_tables(page, prompts, sheet, settled):
    page.choose.browse.click()
    assert page.step == CHOOSE
    prompts.path = sheet(GOOD)
    page.choose.browse.click()
    settled()
    assert page.step == COLUMNS


def test_the_public_template_of_21_columns_arrives(walk, tmp_path, session):
    row: dict[str, object] = dict.fromkeys(HC, "")
    row |= {"楼号": "3栋", "单元": "1单元", "房屋": "502", "业主名称": "曾国强"}
    row |= {"手机号": "13800000042", "身份证": INVENTED_ID, "建筑面积": 89.5, "性别": "男"}
    page = walk(written(tmp_path / "hc.xlsx", (HC, tuple(row[h] for h in HC))))
    assert page.step == DONE
    assert names(session) == ["曾*强"]


def test_large_text_puts_the_tiles_in_several_lines(walk, sheet):
    page = walk(sheet(GOOD), CHECK)
    tiles = (page.check.good, page.check.refused)
    page.check.numbers.layout().activate()
    assert len({tile.geometry().top() for tile in tiles}) == 1
    page.check.numbers.arrange(400)
    page.check.numbers.layout().activate()
    assert len({tile.geometry().top() for tile in tiles}) == 2


def _texts(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def test_on_a_small_screen_the_first_step_scrolls_instead_of_overlapping(page, qtbot):
    page.resize(500, 300)
    page.show()
    qtbot.waitExposed(page)
    step = page.choose

    def place(widget):
        return QRect(widget.mapTo(step, QPoint(0, 0)), widget.size())

    assert not place(step.browse).intersects(place(step.template))
    assert step.height() >= step.minimumSizeHint().height()
