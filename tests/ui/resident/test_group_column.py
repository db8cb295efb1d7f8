"""The cards of a person come one after the other, and nobody has to wait for the last of them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pmdesk.services import residents
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.resident.group_column import GroupColumn
from tests.offices import P1, P2, P5, consenting
from tests.ui.residents import commit, editor, stored


@pytest.fixture
def person(office_session):
    return consenting(office_session, P2, P5, values={"clean_need": "in_home"}, name="曾国强")


@pytest.fixture
def detail(office_session, person):
    return residents.detail(office_session, person, again=True)


@pytest.fixture
def column(office_session, tasks, prompts, person, qtbot, look):
    made = GroupColumn(office_session, tasks, prompts, person)
    qtbot.addWidget(made)
    made.show()
    return made


def turns(tasks):
    """The event loop comes round, until nothing is left to do."""
    while not tasks.is_idle:
        QApplication.processEvents()
        yield


def test_no_turn_builds_more_than_one_card(column, detail, tasks):
    column.show_detail(detail)

    counts = [len(column.cards) for _turn in turns(tasks)]

    assert counts[-1] == len(detail.groups)
    assert all(after - before <= 1 for before, after in zip([0, *counts], counts, strict=False))


def test_at_the_end_all_of_them_stand_in_their_order(column, detail, settled):
    column.show_detail(detail)
    settled()

    assert list(column.cards) == [group.purpose.code for group in detail.groups]
    tops = [card.y() for card in column.cards.values()]
    assert tops == sorted(tops)
    assert all(card.isVisible() for card in column.cards.values())


def test_another_reading_in_between_makes_no_card_twice(column, detail, tasks, settled):
    column.show_detail(detail)
    for _turn in turns(tasks):
        if len(column.cards) == 3:
            break
    first = dict(column.cards)

    column.show_detail(detail)
    settled()

    assert len(column.cards) == len(detail.groups) == column._column.count() - 1
    assert first.items() <= column.cards.items()


def test_who_asks_why_it_is_locked_gets_the_answer_at_once(column, detail):
    column.show_detail(detail)

    assert column.locked().why_locked()
    assert len(column.cards) == len(detail.groups)


def test_with_a_page_that_is_left_no_more_cards_are_built(
    office_session, tasks, prompts, person, detail, settled
):
    column = GroupColumn(office_session, tasks, prompts, person)
    column.show_detail(detail)
    for _turn in turns(tasks):
        if column.cards:
            break

    cards = column.cards
    column.deleteLater()
    settled()

    assert 0 < len(cards) < len(detail.groups)


def test_what_is_typed_while_cards_still_come_is_stored(
    office_session, tasks, prompts, person, shown, settled, qtbot
):
    page = ResidentPage(office_session, tasks, prompts, person)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: P1 in page.groups)
    commit(editor(page, P1, "email").line, "name@example.cn")
    assert page.detail is not None
    assert len(page.groups) < len(page.detail.groups)

    settled()
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert stored(office_session, person, P1)["email"] == "name@example.cn"
    assert set(page.groups) == {group.purpose.code for group in page.detail.groups}
