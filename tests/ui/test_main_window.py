"""The frame: who sees which page, what the keys do, and that everything fits."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from shiboken6 import invalidate

from pmdesk.domain.staff import Permission
from pmdesk.ui.main_window import MainWindow, WindowFacts
from pmdesk.ui.sidebar import PageSpec
from pmdesk.ui.theme import Scheme
from pmdesk.ui.widgets.label import label
from pmdesk.ui.widgets.page import Page
from tests.ui.clipping import clipped

CTRL = Qt.KeyboardModifier.ControlModifier
FACTS = WindowFacts(office="阳光花园", user="张三", role="前台", demo=True)


@pytest.fixture
def built():
    return []


@pytest.fixture
def window(qtbot, wear, built):
    wear()

    def page(key):
        def build():
            built.append(key)
            made = Page(key)
            made.add(label(key))
            return made

        return build

    specs = (
        PageSpec(key="home", title="Home", icon="house", build=page("home")),
        PageSpec(key="rules", title="Rules", icon="table", build=page("rules"),
                 permission=Permission.SEE_RULES),
        PageSpec(key="staff", title="Staff", icon="users", build=page("staff"),
                 permission=Permission.MANAGE_STAFF),
        PageSpec(key="settings", title="Settings", icon="settings", build=page("settings"),
                 below=True),
    )  # fmt: skip
    made = MainWindow(specs, FACTS, lambda wanted: wanted is not Permission.MANAGE_STAFF)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_a_page_that_the_role_may_not_open_is_not_there(window, qtbot):
    names = {one.accessibleName() for one in window.sidebar.findChildren(QPushButton)}
    assert names == {"首页", "规则", "设置"}

    with qtbot.assertNotEmitted(window.page_opened, wait=0):
        window.open_page("staff")


def test_a_page_is_built_when_it_is_first_opened_and_then_kept(window, built):
    assert not built

    window.open_page("home")
    window.open_page("rules")
    window.open_page("home")

    assert built == ["home", "rules"]
    assert window.page.objectName() == "page.home"


def test_pages_open_by_click_and_by_number(window, qtbot):
    opened: list[object] = []
    window.page_opened.connect(opened.append)

    qtbot.mouseClick(window.findChild(QPushButton, "nav.rules"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_3, CTRL)

    assert opened == ["rules", "home", "settings"]
    assert window.findChild(QPushButton, "nav.settings").isChecked()


def test_a_detail_page_comes_and_goes(window, qtbot):
    window.open_page("home")
    detail = QWidget()

    window.open_detail(detail)
    assert window.page is detail
    with qtbot.waitSignal(detail.destroyed):
        window.close_detail(detail, "home")

    assert window.page.objectName() == "page.home"


def test_ctrl_k_searches_from_anywhere(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.search.hasFocus()

    with qtbot.waitSignal(window.search_requested) as heard:
        qtbot.keyClicks(window.search, "wxm")
        qtbot.keyClick(window.search, Qt.Key.Key_Return)

    assert heard.args == ["wxm"]


def test_locking_is_one_key_or_one_click(window, qtbot):
    with qtbot.waitSignal(window.lock_requested):
        qtbot.keyClick(window, Qt.Key.Key_L, CTRL)
    with qtbot.waitSignal(window.lock_requested):
        qtbot.mouseClick(window.findChild(QPushButton, "lock"), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("key", "scale"), [(Qt.Key.Key_Plus, 1.1), (Qt.Key.Key_Minus, 0.9), (Qt.Key.Key_0, 1.0)]
)
def test_keys_change_the_text_size(window, qtbot, key, scale):
    with qtbot.waitSignal(window.text_scale_requested) as heard:
        qtbot.keyClick(window, key, CTRL)

    assert heard.args == [scale]


def test_buttons_change_the_text_size(window, qtbot):
    heard: list[object] = []
    window.text_scale_requested.connect(heard.append)

    for words in ("A+", "A-"):
        made = next(one for one in window.findChildren(QPushButton) if one.text() == words)
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)

    assert heard == [1.1, 0.9]


def test_smaller_text_stays_at_hand_in_a_narrow_window(window):
    window.resize(700, 600)
    shown = {one.text(): one.isVisible() for one in window.top_bar.findChildren(QPushButton)}

    assert shown["A-"]
    assert not shown["A+"]


def test_in_a_narrow_window_the_search_has_all_free_room(window, qtbot):
    window.resize(900, 700)
    bar = window.top_bar
    spare = 2 * bar.layout().spacing() + 1

    def gap():
        beside = [one for one in bar.children() if isinstance(one, QWidget) and one.isVisible()]
        return min(one.x() for one in beside if one != bar.search) - bar.search.geometry().right()

    qtbot.waitUntil(lambda: gap() <= spare, timeout=2000)


def test_a_narrow_window_keeps_the_role_in_a_tip(window):
    who = window.top_bar.findChild(QPushButton, "user")
    window.resize(1600, 600)
    wide = who.text()

    window.resize(700, 600)

    assert who.toolTip() == wide
    assert who.text() != wide
    assert wide.startswith(who.text())


def test_the_user_menu_offers_look_language_passphrase_and_lock(window):
    heard: list[object] = []
    for signal in (window.scheme_requested, window.language_requested):
        signal.connect(heard.append)
    window.password_requested.connect(lambda: heard.append("passphrase"))
    window.lock_requested.connect(lambda: heard.append("lock"))

    menu = window.findChild(QPushButton, "user").menu()
    by_words = {action.text(): action for action in menu.actions()}
    for words in ("深色", "English", "修改口令…", "立即锁定"):
        by_words[words].trigger()

    assert heard == ["dark", "en", "passphrase", "lock"]


def test_the_menu_ticks_what_is_chosen_though_python_has_lost_sight_of_its_entries(window):
    menu = window.findChild(QPushButton, "user").menu()
    for entry in menu.actions():
        invalidate(entry)  # as Qt may give another object the address that Python remembers
    window.top_bar.mark("dark", "en")

    assert [one.text() for one in menu.actions() if one.isChecked()] == ["深色", "English"]


def test_f1_lists_the_keys(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)

    assert "Ctrl+K" in {made.text() for made in window.findChildren(QLabel)}


def test_the_status_bar_tells_the_state_and_what_can_be_undone(window):
    def said():
        return {made.text() for made in window.findChildren(QLabel)}

    assert "就绪" in said()
    window.show_note("草稿 · 12 秒前")
    window.show_undo("修改电话")
    assert {"草稿 · 12 秒前", "撤销：修改电话"} <= said()
    window.show_note("")
    window.show_undo("")
    assert "就绪" in said()
    assert "撤销：修改电话" not in said()


def test_closing_is_told_before_the_window_is_gone(window, qtbot):
    with qtbot.waitSignal(window.closing):
        window.close()


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(
    ("scale", "size"), [(1.0, (1024, 640)), (1.0, (1280, 800)), (2.0, (1280, 800))]
)
def test_the_frame_fits_and_clips_nothing(window, wear, qapp, scheme, scale, size):
    wear(scheme, scale)
    window.open_page("home")

    window.resize(*size)
    for _round in range(3):
        qapp.processEvents()

    assert window.size().toTuple() == size
    assert not clipped(window)
