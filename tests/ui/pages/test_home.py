"""The landing page of each role."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.fairness import Verdict
from pmdesk.errors import RefusedError
from pmdesk.services import drafts, rule_life, rules
from pmdesk.services import home as services
from pmdesk.services.home import Disk
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.theme import Tone
from tests.offices import assessed, reviewed, tried
from tests.ui.clipping import clipped


@pytest.fixture
def home(office, tasks, prompts, shown):
    def _home(login="clerk"):
        return shown(HomePage(office.session(login), tasks, prompts))

    return _home


def buttons(widget):
    """The visible buttons by their words."""
    return {b.text(): b for b in widget.findChildren(QPushButton) if b.isVisible()}


def words(widget):
    """What the visible labels say."""
    return [w.text() for w in widget.findChildren(QLabel) if w.isVisible()]


def test_a_clerk_searches_and_registers(home, qtbot):
    page = home()
    with qtbot.waitSignal(page.searched) as heard:
        qtbot.keyClicks(page.search, "zgq")  # the pause after the last letter is enough
    assert heard.args == ["zgq"]
    assert not page.search.text()
    with qtbot.waitSignal(page.register_requested):
        page.register.click()
    assert not page.waiting.isVisible()
    assert not page.set_up.isVisible()
    assert not page.tiers


def test_a_reviewer_sees_what_waits_and_registers_nobody(home):
    page = home("reviewer")

    assert page.waiting.isVisible()
    assert not page.register.isVisible()
    assert page.waiting.y() < page.orders.y()
    assert not page.drafts.isVisible()
    assert len(page.tiers) == 4


def test_an_administrator_sees_the_open_steps_until_they_are_done(home, enter, settled, qtbot):
    page = home("admin")
    assert page.set_up.isVisible()
    with qtbot.waitSignal(page.page_requested) as heard:
        buttons(page.set_up)["去办理"].click()
    assert heard.args == ["import"]

    enter()
    page.reload()
    settled()
    assert not page.set_up.isVisible()


def test_a_clock_that_was_set_back_is_told_on_the_page(home, office):
    assert not [text for text in words(home()) if "这台电脑的日期" in text]
    with office.session("manager").store.writing() as work:
        work.sweeps.advance(office.clock.today(), at=office.clock.now())
        work.commit()
    office.clock.advance(days=-365)

    assert [text for text in words(home()) if "这台电脑的日期" in text]


def test_a_reviewer_finds_the_reason_that_was_not_saved(home, office):
    drafts.keep(office.session("reviewer"), "proposal", "1:reversals-1", "{}")
    page = home("reviewer")

    assert page.drafts.isVisible()
    assert "暂停规则的提议" in words(page.drafts)


def test_a_draft_can_be_opened_and_given_up(home, office, settled, qtbot, prompts, enter):
    person = enter()
    session = office.session("clerk")
    drafts.keep(session, "resident", "new", json.dumps({"person_name": "曾"}))
    drafts.keep(session, "resident", str(int(person)), "{}")
    page = home()
    assert any("曾*强" in text for text in words(page.drafts))
    with qtbot.waitSignal(page.draft_opened) as heard:
        buttons(page.drafts)["打开"].click()
    assert heard.args[0].draft.page == "resident"

    buttons(page.drafts)["放弃"].click()
    settled()
    assert len(drafts.mine(session)) == 1
    prompts.confirms = False
    buttons(page.drafts)["放弃"].click()
    settled()
    assert len(drafts.mine(session)) == 1


def test_whoever_comes_back_sees_the_drafts_of_meanwhile(home, office, settled):
    page = home()
    settled()
    assert "打开" not in buttons(page.drafts)
    page.hide()
    drafts.keep(office.session("clerk"), "resident", "new", "{}")
    page.show()
    settled()

    assert "打开" in buttons(page.drafts)


def test_a_draft_that_is_still_on_its_way_is_seen_too(home, office, settled, tasks, monkeypatch):
    page, session, read = home(), office.session("clerk"), Event()
    settled()
    page.hide()

    def slowly():
        read.wait(5)
        drafts.keep(session, "resident", "new", "{}")

    def first(asked, found=services.open_drafts):
        told = found(asked)
        read.set()
        return told

    monkeypatch.setattr(services, "open_drafts", first)
    tasks.command(slowly, owner=page)  # as the page that was left does
    page.show()
    settled()

    assert "打开" in buttons(page.drafts)


def test_the_tiles_lead_to_the_list_they_count(home, qtbot):
    page = home()
    with qtbot.waitSignal(page.list_requested) as heard:
        buttons(page.never_asked)["查看名单"].click()

    assert heard.args == [ResidentQuery(consent=ConsentState.NEVER_ASKED)]


def test_a_version_that_waits_leads_to_the_rules(office, home, qtbot, founded):
    manager = office.session("manager")
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    tried(manager, draft)
    rules.submit(manager, draft)
    page = home("reviewer")
    with qtbot.waitSignal(page.page_requested) as heard:
        buttons(page.waiting)["打开"].click()

    assert heard.args == ["rules"]
    reviewed(office.session("reviewer"), draft)
    rules.approve(office.session("reviewer"), draft, "核对过。")
    page.reload()
    qtbot.waitUntil(lambda: any("还没有生效" in text for text in words(page.waiting)))


def test_a_version_with_a_day_is_announced_and_one_that_missed_it_explained(
    office, home, settled, clock, monkeypatch
):
    manager, second = office.session("manager"), office.session("manager2")
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    tried(manager, draft)
    rules.submit(manager, draft)
    reviewed(second, draft)
    rules.approve(second, draft, "核对过。")
    assessed(manager, second, draft)
    day = clock.today() + timedelta(days=3)
    rule_life.schedule(second, draft, day)
    page = home("reviewer")
    assert f"规则第 2 版将于 {day} 生效" in words(page.waiting)

    def lapsed(*_args):
        raise RefusedError("影响评估已失效。")

    monkeypatch.setattr("pmdesk.services.records.assessments.require", lapsed)
    clock.advance(days=3)
    page.reload()
    settled()
    missed = f"规则第 2 版原定 {day} 生效，没有生效：影响评估已失效。"
    assert missed in words(page.waiting)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_clipped(home, wear, scale, qtbot):
    wear(scale=scale)
    page = home("admin")
    page.resize(int(1100 * scale), 900)
    qtbot.wait(1)

    assert not clipped(page)


def test_ctrl_n_registers_an_order_where_somebody_lands(home, qtbot):
    page = home()

    with qtbot.waitSignal(page.new_order_requested):
        qtbot.keyClick(page.search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_nothing_moves_once_it_can_be_pressed(office, tasks, prompts, qtbot, settled):
    page = HomePage(office.session("admin"), tasks, prompts)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    with qtbot.waitExposed(page):
        page.show()
    assert not page.residents.isVisible()  # nothing below the search while answers are awaited
    settled()
    assert page.residents.isVisible()
    assert page.backups.isVisible()


@pytest.mark.parametrize(
    ("login", "place"),
    [("clerk", "今日工作台"), ("manager", "概览"), ("reviewer", "待审"), ("admin", "系统状态")],
)
def test_each_role_lands_on_its_own_page(home, login, place):
    assert place in words(home(login))


def test_wrong_passphrases_of_the_last_days_are_told_to_who_sees_the_log(
    office, home, settled, qtbot
):
    admin = office.session("admin")
    with admin.store.writing() as work:
        for count in (3, 2):
            admin.log(work, "sign_in.failed", fields=[str(count)])
        work.commit()
    page = home("admin")
    settled()
    assert "5" in page.state.sign_ins.sentence
    with qtbot.waitSignal(page.page_requested) as asked:
        page.state.sign_ins.action.click()
    assert asked.args == ["log"]
    assert not home("clerk").state.sign_ins.sentence
    office.clock.advance(days=8)
    page = home("admin")
    settled()
    assert not page.state.sign_ins.sentence


# ---- what needs doing -------------------------------------------------------------------------


def test_what_needs_doing_has_a_title_and_the_gravest_above(office, home, monkeypatch, settled):
    seen = services.overview
    low = Disk(free=300, need=1024)
    monkeypatch.setattr(services, "overview", lambda session: replace(seen(session), disk=low))
    page = home("admin")

    assert page.todo.title.text() == "需要处理"
    tones = [one.tone for one in page.todo.shown]
    assert tones == sorted(tones, key=[Tone.PROBLEM, Tone.WARN, Tone.INFO, Tone.GOOD].index)
    assert page.todo.shown[0] is page.state.disk
    assert "还剩 300 MB，至少要留 1,024 MB" in page.state.disk.sentence


def test_where_nothing_presses_the_title_says_so(home, qtbot):
    page = home("clerk")
    for one in page.todo.shown:
        one.show_sentence("今天没有未结工单。", Tone.GOOD)

    qtbot.waitUntil(lambda: page.todo.title.text() == "没有要紧的事")


def test_fairness_figures_that_ask_for_somebody_lead_to_the_rules(
    office, home, monkeypatch, settled, qtbot
):
    seen = services.overview
    monkeypatch.setattr(
        services, "overview", lambda session: replace(seen(session), fairness=Verdict.REVIEW)
    )
    page = home("manager")

    assert page.state.fair in page.todo.shown
    assert page.state.fair.tone is Tone.WARN
    assert page.state.fair.sentence.startswith("现行规则的公平性。“需复核”")
    with qtbot.waitSignal(page.page_requested) as heard:
        page.state.fair.action.click()
    assert heard.args == ["rules"]


def landed(session, tasks, prompts, qtbot, settled):
    """The page as a window that has the keyboard, once everything is read."""
    page = HomePage(session, tasks, prompts)
    qtbot.addWidget(page)
    page.resize(1100, 800)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.setFocus()
    return page


@pytest.mark.parametrize("login", ["manager", "admin"])
def test_the_cursor_stands_on_the_gravest_of_what_needs_doing(
    office, tasks, prompts, qtbot, settled, login
):
    page = landed(office.session(login), tasks, prompts, qtbot, settled)
    settled()

    assert page.todo.gravest.action.hasFocus()


def test_the_cursor_of_a_clerk_stays_in_the_search(office, tasks, prompts, qtbot, settled):
    page = landed(office.session("clerk"), tasks, prompts, qtbot, settled)
    settled()

    assert page.search.hasFocus()


def test_whoever_types_already_keeps_the_cursor(office, tasks, prompts, qtbot, settled):
    page = landed(office.session("manager"), tasks, prompts, qtbot, settled)
    page.search.setFocus()
    page.search.setText("3-2")
    page._land()
    settled()

    assert page.search.hasFocus()


def test_whoever_composes_a_name_keeps_the_cursor(office, tasks, prompts, qtbot, settled):
    page = landed(office.session("manager"), tasks, prompts, qtbot, settled)
    page.search.setFocus()
    QApplication.sendEvent(page.search, QInputMethodEvent("zhang", []))
    page._land()
    settled()

    assert page.search.hasFocus()


def test_a_reviewer_begins_with_the_oldest_decision(
    office, tasks, prompts, qtbot, settled, monkeypatch
):
    seen = services.overview
    monkeypatch.setattr(
        services, "overview", lambda session: replace(seen(session), waiting=(2, 3))
    )
    page = landed(office.session("reviewer"), tasks, prompts, qtbot, settled)
    settled()

    (first, *_others) = page.waiting.findChildren(QPushButton)
    assert first.hasFocus()
