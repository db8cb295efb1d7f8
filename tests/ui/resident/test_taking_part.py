"""The fairness check on a person's page: answered once, seen by nobody afterwards."""

import pytest

from pmdesk.ui.pages.resident import ResidentPage
from tests.offices import P6, consenting
from tests.ui.residents import words


@pytest.fixture
def person(office_session):
    return consenting(office_session, P6, name="曾国强")


@pytest.fixture
def page(office_session, tasks, prompts, shown, person):
    return shown(ResidentPage(office_session, tasks, prompts, person), height=2600)


def part(page):
    return page.groups[P6].sealed.sample


def answer(page, settled, key="fa_gender", value="female"):
    """The clerk chooses one answer and seals it."""
    part(page).write.click()
    part(page).form.changed.emit(key, value)
    part(page).seal.click()
    settled()


def test_the_questions_are_asked_and_sealed_together(office, page, settled):
    assert part(page).pill.badge.words == "未填写"
    assert "（审计用）性别" not in words(page)
    answer(page, settled)

    assert part(page).pill.badge.words == "已参加公平性检查 · 2026-03-02"
    assert office.sql("SELECT count(*) FROM fairness_sample") == [(1,)]
    assert not part(page).editing.isVisible()


def test_nothing_opens_what_was_answered(office, page, tasks, prompts, shown, person, settled):
    answer(page, settled)
    led = shown(ResidentPage(office.session("manager"), tasks, prompts, person), height=2600)

    assert led.groups[P6].sealed.fields == ()
    assert not hasattr(part(led), "open")
    assert "女" not in words(part(led))


def test_an_empty_form_cannot_be_sealed(page, settled):
    part(page).write.click()

    assert not part(page).seal.isEnabled()
    part(page).form.changed.emit("fa_gender", "male")
    assert part(page).seal.isEnabled()
    part(page).form.changed.emit("fa_gender", None)
    assert not part(page).seal.isEnabled()


def test_what_was_chosen_and_left_is_gone(office, page, settled):
    part(page).write.click()
    part(page).form.changed.emit("fa_gender", "male")
    part(page)._leave()

    assert not part(page).editing.isVisible()
    assert part(page)._values == {}
    assert office.sql("SELECT * FROM fairness_sample") == []


def test_a_reviewer_sees_that_and_writes_nothing(
    office, page, tasks, prompts, shown, person, settled
):
    answer(page, settled)
    seen = shown(ResidentPage(office.session("reviewer"), tasks, prompts, person), height=2600)

    assert "已参加" in part(seen).pill.badge.words
    assert part(seen).write.isHidden()


def test_withdrawing_says_that_the_answers_go(office, page, settled):
    answer(page, settled)
    card = page.groups[P6]
    card.show_withdrawal()

    assert "（审计用）性别" in words(card.withdrawal)
    card.withdrawal.confirm.click()
    settled()
    assert office.sql("SELECT * FROM fairness_sample") == []
