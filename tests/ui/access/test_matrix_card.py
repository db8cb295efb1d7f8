"""谁能做什么: seen, heard, copied and printed alike."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from pmdesk.domain.access import Guard
from pmdesk.services import access
from pmdesk.ui import printing
from pmdesk.ui.access.matrix_card import AccessCard, AccessPanel
from pmdesk.ui.widgets.pill import Pill

_ROLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def card(shown):
    return shown(AccessCard())


def test_each_act_says_in_words_who_may_and_what_keeps_the_others_off(card):
    heard = [card.acts.table.data(card.acts.table.index(row, 0), _ROLE) for row in range(26)]

    sealed = next(one for one in heard if "打开密封字段" in one)
    assert "前台 —" in sealed
    assert "主管 可以" in sealed
    assert "靠加密保证" in sealed


def test_the_second_table_says_what_is_seen_of_a_person(card):
    card.which.buttons()[1].click()
    rows = card.values.table.rows

    assert card.values.isVisible()
    assert next(row for row in rows if row.name == "本人手机号").cells == (
        *("凭理由", "凭理由"),
        *("遮盖", "凭理由"),
    )


def test_the_three_labels_are_explained_below(card):
    pills = {one.badge.words for one in card.findChildren(Pill)}
    words = " ".join(one.text() for one in card.findChildren(QLabel))

    assert pills == {"靠加密保证", "留痕可查", "靠本系统限制"}
    for _guard, _name, meaning in access.legend():
        assert meaning in words


def test_the_table_that_is_seen_is_copied_whole(card):
    card.copier.click()
    acts = QApplication.clipboard().text().splitlines()
    card.which.buttons()[1].click()
    card.copier.click()
    values = QApplication.clipboard().text().splitlines()

    assert (len(acts), len(values)) == (31, 21)
    assert acts[0].split("\t")[0] == "操作"
    assert {len(line.split("\t")) for line in values} == {8}


def test_both_tables_and_the_meanings_are_printed(card, monkeypatch):
    seen = []
    monkeypatch.setattr(printing, "preview", lambda made, *_rest: seen.append(made.toPlainText()))
    card.printer.click()

    (paper,) = seen
    for words in ("打开密封字段", "本人手机号", "留痕可查"):
        assert words in paper


def test_the_keyboard_reaches_the_table(card, qtbot):
    card.setFocus()
    qtbot.keyClick(card.acts, Qt.Key.Key_Down)

    assert card.acts.currentIndex().isValid()


def test_whoever_reviews_has_it_as_a_tab(shown, office, tasks, prompts):
    panel = shown(AccessPanel(office.session("reviewer"), tasks, prompts))

    assert panel.card.acts.table.rowCount() == len(access.acts())
    assert Guard.APP in {row.guard for row in panel.card.acts.table.rows}


def test_tab_comes_to_the_second_table_where_the_first_one_stood(shown, qtbot):
    page = QWidget()
    column = QVBoxLayout(page)
    card, below = AccessCard(), QPushButton("…")
    for part in (card, below):
        column.addWidget(part)
    shown(page)
    card.which.buttons()[1].click()
    card.which.buttons()[1].setFocus()

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is card.values
