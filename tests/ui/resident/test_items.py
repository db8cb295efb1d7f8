"""Items agreed to one by one on a person's page: sealed, opened for a minute, withdrawn singly."""

import pytest

from pmdesk.domain.consents import ConsentState
from pmdesk.services import residents
from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P5, decide, resident
from tests.ui.consenting import state
from tests.ui.residents import words


@pytest.fixture
def person(office_session):
    made = resident(office_session, "曾国强")
    decide(office_session, made, {(P5, "ramp"): True, (P5, "carrying"): True})
    return made


@pytest.fixture
def page(office_session, tasks, prompts, shown, person):
    return shown(ResidentPage(office_session, tasks, prompts, person))


def _items(page):
    return page.groups[P5].sealed.items


def _reasons(page):
    return page.groups[P5].sealed.reasons


def test_a_clerk_sees_places_and_receipts_but_never_which_items(page, office_session, person):
    said = words(page.groups[P5].sealed)
    live = residents.detail(office_session, person, again=True).groups
    items = next(group.items for group in live if group.purpose.code == P5)

    assert [item.slot for item in items] == [1, 2]
    assert all(item.receipt in said for item in items)
    assert "坡道" not in words(page)
    assert all(line.open.isHidden() for line in _items(page))


def test_a_leader_opens_an_item_for_a_reason_and_it_goes_by_itself(
    office, tasks, prompts, shown, person, settled
):
    page = shown(ResidentPage(office.session("manager"), tasks, prompts, person))
    with office.logged() as acts:
        _items(page)[0].open.click()
        _reasons(page).choices[0].click()
        settled()

    assert _items(page)[0].clear_text.text() == "坡道"
    assert acts == [("sealed.open", f"person:{person}", ("assist_need",))]
    assert _items(page)[0]._timer.isActive()
    _items(page)[0]._timer.timeout.emit()
    assert _items(page)[0].clear_text.text() == ""


def test_leaving_the_page_hides_what_was_opened(office, tasks, prompts, shown, person, settled):
    page = shown(ResidentPage(office.session("manager"), tasks, prompts, person))
    _items(page)[1].open.click()
    _reasons(page).choices[0].click()
    settled()
    assert _items(page)[1].clear_text.text() == "搬运协助"
    page.hide()

    assert _items(page)[1].clear_text.text() == ""


def test_without_a_reason_no_item_is_opened(office, tasks, prompts, shown, person, settled):
    page = shown(ResidentPage(office.session("manager"), tasks, prompts, person))
    _items(page)[0].open.click()
    _reasons(page)._leave()
    settled()

    assert _items(page)[0].clear_text.text() == ""
    assert prompts.told == []


def test_words_that_are_not_written_down_open_no_item(
    office, tasks, prompts, shown, person, settled
):
    page = shown(ResidentPage(office.session("manager"), tasks, prompts, person))
    _items(page)[0].open.click()
    _reasons(page).choices[-1].click()
    _reasons(page).own.setText("他是少数民族")
    _reasons(page).fine.click()
    settled()

    assert _items(page)[0].clear_text.text() == ""
    assert len(prompts.told) == 1


def test_one_item_is_withdrawn_in_two_presses_and_the_last_ends_the_consent(
    page, office_session, person, settled
):
    for left in (1, 0):
        _items(page)[0].withdraw.click()
        assert "不能恢复" in words(page.groups[P5].withdrawal)
        page.groups[P5].withdrawal.confirm.click()
        settled()
        assert len(_items(page)) == left

    assert state(office_session, person, P5) is ConsentState.WITHDRAWN
    assert "撤回" in page.receipt.sentence


def test_the_button_that_confirms_is_on_the_screen(
    office_session, tasks, prompts, shown, person, qapp
):
    page = shown(ResidentPage(office_session, tasks, prompts, person), 900, 420)
    page.groups[P5].withdraw.click()
    qapp.processEvents()
    qapp.processEvents()
    confirm = page.groups[P5].withdrawal.confirm

    assert not confirm.visibleRegion().isEmpty()
    assert confirm.visibleRegion().boundingRect().height() == confirm.height()
