"""A version put into force: told when it is needed, and stopped while it takes long."""

from threading import Event

from PySide6.QtWidgets import QLabel

from pmdesk.services.notices import purpose_desk, purpose_shelf
from pmdesk.ui.notices.desk_bar import Step
from pmdesk.ui.notices.home_card import NoticeCard
from pmdesk.ui.pages.purposes import PurposesPage
from tests.offices import P3
from tests.services.bookkeeping import PROCESSOR, assessed, filed
from tests.services.plans import planned, shorter


def test_a_change_in_the_books_is_told_on_the_landing_page(office, tasks, shown, settled):
    manager, reviewer = office.session("manager"), office.session("reviewer")
    document = PROCESSOR | {"assessment": assessed(manager, reviewer)}
    filed(manager, "processor", document, by=reviewer)
    card = shown(NoticeCard(office.session("admin"), tasks))
    card.reload()
    settled()

    said = " ".join(one.text() for one in card.findChildren(QLabel))
    assert "要出新的大版本" in said


def test_it_can_be_stopped_and_says_that_nothing_changed(
    office, tasks, prompts, shown, settled, monkeypatch
):
    admin = office.session("admin")
    planned(admin, P3, **shorter(admin, 6))
    page = shown(PurposesPage(office.session("reviewer"), tasks, prompts))
    page.show_purpose(P3)
    settled()
    started, approve = Event(), purpose_desk.approve

    def slow(session, proposal, words, progress):
        assert started.wait(10)
        return approve(session, proposal, words, progress)

    monkeypatch.setattr(purpose_desk, "approve", slow)
    page.tabs.bar.words.setText("看过了。")
    page.tabs.bar.buttons[Step.APPROVE].click()
    assert page.working.isVisible()
    page.tabs.bar.buttons[Step.APPROVE].click()  # a second press starts nothing
    page.working.cancel.click()
    started.set()
    settled()

    assert page.working.isHidden()
    assert "未作任何更改" in page.tabs.bar.banner.sentence
    row = next(one for one in purpose_shelf.shelf(admin) if one.purpose.code == P3)
    assert row.version == "1.0"
