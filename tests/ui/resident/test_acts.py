"""更多…: acts on the person's data are said beforehand, done with one button, and show."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from pmdesk.domain.consents import ConsentState
from pmdesk.services import acts, residents
from pmdesk.ui.pages.resident import ResidentPage
from pmdesk.ui.resident.deeds import Deed
from tests.offices import P1, P2, SPECIAL, consenting


@pytest.fixture
def open_page(office, tasks, prompts, shown):
    """The page of a person, as somebody of that role sees it."""

    def _open(person, login="manager"):
        return shown(ResidentPage(office.session(login), tasks, prompts, person), 1280, 900)

    return _open


@pytest.fixture
def person(office):
    return consenting(office.session("clerk"), values=SPECIAL)


def entries(page):
    return [action.text() for action in page.more.menu().actions()]


def words(widget):
    return " ".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def prepare(page, deed, settled):
    page._prepare(deed)
    settled()
    assert page.acts.isVisible()


def do(page, settled):
    page.acts.confirm.click()
    settled()


def test_the_menu_has_what_can_be_done_now(open_page, person):
    page = open_page(person, "clerk")
    assert entries(page) == [
        "搬离…",
        "合同终止…",
        "已去世…",
        "停止使用所填内容…",
        "对内容有异议…",
        "不接受自动等级…",
    ]


def test_who_moves_out_is_archived_and_the_page_leaves(open_page, person, prompts, settled, qtbot):
    page = open_page(person, "clerk")
    prepare(page, Deed.MOVED_OUT, settled)
    said = words(page.acts)
    assert "服务需求分类" in said
    assert "2029-03-02" in said
    assert "第188条" in said
    with qtbot.waitSignal(page.back_requested):
        page.acts.confirm.click()
    settled()
    assert "E20260302" in prompts.told[0] or prompts.told
    with pytest.raises(Exception, match="register"):
        residents.detail(page._session, person)


def test_a_purpose_is_stopped_and_used_again(open_page, person, settled):
    page = open_page(person)
    assert page.standing.isHidden()
    prepare(page, Deed.RESTRICT, settled)
    assert not page.acts.choice.isHidden()
    page.acts.choice.setCurrentIndex(page.acts.choice.findData(P2))
    do(page, settled)
    assert page.acts.isHidden()
    assert page.groups[P2].group.state is ConsentState.RESTRICTED
    assert "服务需求分类" in words(page.standing)
    button = next(b for b in page.standing.findChildren(type(page.more)) if b.text())
    button.click()
    settled()
    assert page.standing.isHidden()
    assert page.groups[P2].group.state is ConsentState.LIVE


def test_a_disputed_value_is_marked_and_settled(open_page, person, settled):
    page = open_page(person)
    prepare(page, Deed.DISPUTE, settled)
    page.acts.choice.setCurrentIndex(0)
    do(page, settled)
    assert "异议" in words(page.standing)
    next(b for b in page.standing.findChildren(type(page.more)) if b.text()).click()
    settled()
    assert page.standing.isHidden()


def test_a_disputed_value_can_stay_with_the_persons_own_words(open_page, person, prompts, settled):
    page = open_page(person)
    prepare(page, Deed.DISPUTE, settled)
    page.acts.choice.setCurrentIndex(0)
    do(page, settled)
    prompts.text = "这一项不是我说的。"
    pressed(page.standing, "保留原值，附本人说明…")
    settled()
    assert "附有本人的说明" in words(page.standing)
    with page._session.store.reading() as work:
        (dispute,) = work.acts.disputes(person).values()
    assert not dispute.is_open


def pressed(widget, text):
    next(b for b in widget.findChildren(QPushButton) if b.text() == text).click()


def test_a_single_tag_goes_at_the_persons_wish(open_page, person, prompts, settled):
    page = open_page(person, "clerk")
    menu = page.tier.untag.menu()
    names = [action.text() for action in menu.actions()]
    assert len(names) == len(page.detail.tags) > 0
    gone = page.detail.tags[0].code
    menu.actions()[0].trigger()
    settled()
    assert gone not in [tag.code for tag in page.detail.tags]


def test_after_an_objection_the_panel_says_that_a_person_looks_at_it(open_page, person, settled):
    page = open_page(person)
    assert not page.tier.objection.isHidden()
    assert page.tier.pending.isHidden()
    prepare(page, Deed.OBJECT, settled)
    do(page, settled)
    assert page.tier.objection.isHidden()
    assert page.tier.pending.text() == "人工复核中"
    assert not page.tier.pending.isHidden()


def test_an_objection_waits_for_a_named_person_who_gives_a_reason(open_page, person, settled):
    page = open_page(person)
    prepare(page, Deed.OBJECT, settled)
    assert page.acts.choice.isHidden()
    do(page, settled)
    assert page.detail.tier.code == "standard"
    assert not page.standing.isHidden()
    prepare(page, Deed.DECIDE, settled)
    assert not page.acts.confirm.isEnabled()
    page.acts.choice.setCurrentIndex(page.acts.choice.findData("enhanced"))
    page.acts.tags.show_value(["need"])
    page.acts.reason.setText("上门看过，按需要安排人工处理。")
    assert page.acts.confirm.isEnabled()
    do(page, settled)
    assert page.detail.tier.code == "enhanced"
    assert "李静" in page.tier.reason.text()
    assert page.standing.isHidden()
    assert "决定等级…" in entries(page)
    prepare(page, Deed.DECIDE, settled)
    page.acts.choice.setCurrentIndex(page.acts.choice.findData(""))
    assert page.acts.tags.isHidden()
    page.acts.reason.setText("本人同意恢复按规则处理。")
    do(page, settled)
    assert page.detail.route is None


def test_going_back_does_nothing(open_page, person, settled):
    page = open_page(person)
    prepare(page, Deed.DECEASED, settled)
    assert "第49条" in words(page.acts)
    page.acts.leave()
    assert page.acts.isHidden()
    assert residents.detail(page._session, person, again=True) == page.detail


def test_what_a_colleague_did_meanwhile_is_told(open_page, office, person, settled):
    page = open_page(person)
    prepare(page, Deed.OBJECT, settled)
    session = office.session("reviewer")
    with session.store.writing() as work:
        acts.erase(session, work, person, acts_scope(), reason())
        work.commit()
    do(page, settled)
    assert page.acts.note.sentence
    assert page.acts.confirm.isEnabled()


def acts_scope():
    from pmdesk.domain.acts import Scope

    return Scope(purpose=P2)


def reason():
    from pmdesk.domain.acts import EraseReason

    return EraseReason.WITHDRAWN


def test_a_reviewer_may_freeze_the_contract_too(open_page, person, settled):
    page = open_page(person, "reviewer")
    prepare(page, Deed.RESTRICT, settled)
    page.acts.choice.setCurrentIndex(page.acts.choice.findData(P1))
    do(page, settled)
    assert page.groups[P1].why_locked()
