"""Signing in: one page that says everything on itself."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.theme import Scheme
from tests.ui.clipping import clipped


@pytest.fixture
def page(qtbot, wear):
    wear()
    made = SignInPage(office="阳光花园", accounts=["wang.fang", "li.na"], login="li.na")
    qtbot.addWidget(made)
    made.resize(860, 560)
    with qtbot.waitActive(made):
        made.show()
    made.focus()
    return made


def _said(page):
    return {made.text() for made in page.findChildren(QLabel) if made.isVisible()}


def test_the_last_account_is_there_and_the_cursor_in_the_passphrase(page):
    assert page.login.currentText() == "li.na"
    assert page.password.hasFocus()


def test_without_an_account_the_cursor_is_in_its_field(qtbot, wear):
    made = SignInPage(office="")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()

    made.focus()

    assert made.focusWidget() in {made.login, made.login.lineEdit()}


def test_enter_sends_login_and_passphrase(page, qtbot):
    with qtbot.waitSignal(page.submitted) as heard:
        qtbot.keyClicks(page.password, "correct horse")
        qtbot.keyClick(page.password, Qt.Key.Key_Return)

    assert heard.args == ["li.na", "correct horse"]


def test_an_empty_passphrase_is_asked_for_and_not_sent(page, qtbot):
    with qtbot.assertNotEmitted(page.submitted, wait=0):
        qtbot.mouseClick(page.enter, Qt.MouseButton.LeftButton)

    assert "请填写用户名和口令。" in _said(page)


def test_while_the_passphrase_is_checked_nothing_can_be_sent_twice(page, qtbot):
    page.password.setText("secret")
    page.show_busy()

    with qtbot.assertNotEmitted(page.submitted, wait=0):
        page._submit()

    assert not page.enter.isEnabled()
    assert page.enter.text() == "正在登录"


def test_a_failure_stays_on_the_page_and_the_passphrase_is_gone(page):
    page.password.setText("wrong")
    page.show_busy()

    page.show_failure("用户名或口令不对。")

    assert "用户名或口令不对。" in _said(page)
    assert page.password.text() == ""
    assert page.password.hasFocus()
    assert page.enter.isEnabled()
    page.show_note("有 1 份未保存草稿，登录后恢复。")
    assert "有 1 份未保存草稿，登录后恢复。" in _said(page)


def test_after_failures_the_button_counts_down(page, qtbot):
    page.show_failure("用户名或口令不对。")
    page.wait(2)
    page.password.setText("again")
    with qtbot.assertNotEmitted(page.submitted, wait=0):
        page._submit()
    assert page.enter.text() == "2 秒后可再试"

    page._tick()
    assert page.enter.text() == "1 秒后可再试"
    page._tick()

    assert page.enter.isEnabled()
    assert page.enter.text() == "登录"


def test_no_wait_means_no_wait(page):
    page.wait(0)

    assert page.enter.isEnabled()


def test_the_passphrase_can_be_looked_at(page, qtbot):
    qtbot.mouseClick(page.shown, Qt.MouseButton.LeftButton)
    assert page.password.echoMode() is QLineEdit.EchoMode.Normal

    qtbot.mouseClick(page.shown, Qt.MouseButton.LeftButton)
    assert page.password.echoMode() is QLineEdit.EchoMode.Password


def test_capitals_without_shift_are_pointed_out(page, qtbot):
    qtbot.keyClicks(page.password, "a")
    assert "大写锁定已打开" not in _said(page)

    page.password.setText("aB")
    page._hint_capitals()

    assert "大写锁定已打开" in _said(page)


@pytest.mark.parametrize(
    ("words", "signal"),
    [("新建服务中心…", "new_office_requested"), ("换一个文件夹…", "other_folder_requested")],
)
def test_there_is_a_way_out(page, qtbot, words, signal):
    made = next(one for one in page.findChildren(QPushButton) if one.text() == words)

    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("scale", [0.9, 1.0, 1.5, 2.0])
def test_nothing_is_clipped(page, wear, qapp, scheme, scale):
    wear(scheme, scale)
    page.show_failure("用户名或口令不对，或者这个账号已停用。请再试一次，或请管理员帮忙。")
    page.wait(60)
    for _round in range(3):
        qapp.processEvents()

    assert not clipped(page)


def test_a_click_anywhere_on_the_account_opens_the_list(page, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(page.login, "showPopup", lambda: opened.append(True))
    qtbot.mouseClick(page.login.line, Qt.MouseButton.LeftButton)

    assert opened


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("wf", "王芳"), ("wangf", "王芳"), ("LI", "li.na"), ("zs", "zs"), ("", "")],
)
def test_an_account_is_chosen_by_its_beginning_or_its_pinyin(page, qtbot, typed, meant):
    page.login.show_accounts(["王芳", "李静", "li.na"], "")
    page.login.setFocus()
    qtbot.keyClicks(page.login.line, typed)
    qtbot.keyClick(page.login.line, Qt.Key.Key_Return)

    assert page.login.currentText() == meant
    assert page.password.hasFocus()


def test_the_button_stays_where_it_is_whatever_the_page_has_to_say(page, qtbot):
    def place():
        page.layout().activate()
        qtbot.wait(1)
        return page.enter.mapTo(page, page.enter.rect().topLeft())

    before = place()
    page.show_busy()
    assert place() == before
    page.show_failure("用户名或口令不对。")
    assert place() == before
    qtbot.keyClicks(page.password, "A")
    assert "大写锁定已打开" in _said(page)
    assert place() == before
