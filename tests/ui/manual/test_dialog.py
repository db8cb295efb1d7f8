"""The manual in the window: contents, search, keys, paper; from the help, the menu, the sign-in."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from pmdesk.i18n import _, said
from pmdesk.services import manual
from pmdesk.ui import printing
from pmdesk.ui.commands import COMMANDS, keys_of
from pmdesk.ui.help import HelpOverlay
from pmdesk.ui.manual.dialog import ManualDialog
from pmdesk.ui.pages.signin import SignInPage
from pmdesk.ui.theme import Scheme
from pmdesk.ui.top_bar import TopBar
from tests.ui.clipping import clipped


@pytest.fixture
def book(qtbot, look, tasks, prompts):
    """The manual, open at its first chapter."""
    made = ManualDialog(tasks, prompts)
    qtbot.addWidget(made)
    made.show()
    return made


def listed(book):
    """The titles that can be seen."""
    rows = range(book.contents.count())
    items = [book.contents.item(row) for row in rows]
    return [item.text() for item in items if not item.isHidden()]


def test_it_opens_with_its_contents_and_turns_to_a_chapter(book):
    assert listed(book) == [*(said(one.title) for one in manual.chapters()), _("Keys")]
    assert "先看这里" in book.page.toPlainText()

    book.open_chapter(manual.PROTECTION)

    assert "截掉最近一次存证以后的记录" in book.page.toPlainText()


def test_the_last_chapter_lists_every_key(book):
    book.open_chapter("keys")

    text = book.page.toPlainText()
    assert [spec.text for spec in COMMANDS if keys_of(spec) not in text] == []


def test_a_search_lists_chapters_marks_the_places_and_goes_on_with_enter(book, qtbot):
    book.search.setText("备份口令")
    qtbot.keyClick(book.search, Qt.Key.Key_Return)

    assert 0 < len(listed(book)) < len(book.chapters)
    shown = book.page.toPlainText().count("备份口令")
    assert len(book.page.extraSelections()) == shown > 0
    places = set()
    for _again in range(shown + 1):
        assert book.page.textCursor().selectedText() == "备份口令"
        places.add(book.page.textCursor().position())
        qtbot.keyClick(book.search, Qt.Key.Key_Return)
    assert len(places) == shown, "after the last place the first one again"


def test_a_chapter_that_is_named_like_the_search_is_shown_first(book):
    book.search.searched.emit("备份")

    assert book.contents.currentItem().text() == "备份与恢复"


def test_nothing_found_is_said_and_an_empty_search_lists_all(book):
    book.search.searched.emit("没有这样的词")
    assert listed(book) == []
    assert book.nothing.isVisible()

    book.search.searched.emit("")
    assert len(listed(book)) == len(book.chapters)
    assert book.nothing.isHidden()
    assert not book.page.extraSelections()


def test_the_whole_manual_is_saved_as_pdf(book, prompts, settled, tmp_path):
    prompts.path = tmp_path / "说明.pdf"
    book.save_pdf()
    settled()

    assert prompts.path.read_bytes().startswith(b"%PDF")


def test_nothing_is_saved_where_nobody_chose_a_place(book, settled, tmp_path):
    book.save_pdf()
    settled()

    assert list(tmp_path.iterdir()) == []


def test_the_chapter_that_is_shown_goes_to_the_printer(book, monkeypatch):
    shown = []
    monkeypatch.setattr(printing, "preview", lambda made, *_rest: shown.append(made))
    book.open_chapter(manual.PROTECTION)
    book.print_it()

    assert "时钟往前拨" in shown[0].toPlainText()


def test_esc_closes_it(qtbot, look, tasks, prompts):
    book = ManualDialog(tasks, prompts)
    book.show()
    with qtbot.waitSignal(book.destroyed):
        qtbot.keyClick(book, Qt.Key.Key_Escape)


def test_the_help_leads_to_it(qtbot, look):
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    opened = []
    overlay = HelpOverlay(window, lambda: opened.append(1))
    window.show()
    overlay.show()
    (press,) = [one for one in overlay.findChildren(QPushButton) if one.text() == _("Manual…")]

    with qtbot.waitSignal(overlay.destroyed):
        qtbot.mouseClick(press, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert opened == [1]


def test_the_menu_of_the_user_leads_to_it(qtbot, look):
    bar = TopBar("周敏", demo=False)
    qtbot.addWidget(bar)
    (act,) = [one for one in bar.findChildren(QAction) if one.text() == _("Manual…")]

    with qtbot.waitSignal(bar.manual_requested):
        act.trigger()


def test_the_sign_in_window_leads_to_it_without_a_passphrase(qtbot, look):
    page = SignInPage(office="")
    qtbot.addWidget(page)
    wanted = _("What pmdesk protects, and what it cannot")
    (link,) = [one for one in page.findChildren(QPushButton) if one.text() == wanted]

    with qtbot.waitSignal(page.manual_requested):
        link.click()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("scheme", Scheme)
def test_no_word_is_cut_off(book, wear, scheme, scale):
    wear(scheme, scale)
    book.resize(1280, 800)
    assert not clipped(book)


@pytest.mark.parametrize("words", ["250 人", "25 人", "250", "第二个人", "等 1 小时"])
def test_whoever_meets_the_export_guard_finds_it_explained(book, words):
    book.search.searched.emit(words)

    assert words in book.page.toPlainText()
    assert "导出和打印名单" in book.page.toPlainText()
