"""The purposes page: planned by the administrator, decided by the reviewer, told to residents."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pmdesk.domain.purpose_plans import ProposalStatus
from pmdesk.services import office as office_service
from pmdesk.services.notices import handling_rules, notice_changes, purpose_desk, purpose_shelf
from pmdesk.ui.notices.desk_bar import Step
from pmdesk.ui.notices.home_card import NoticeCard
from pmdesk.ui.notices.plan_tabs import Tab
from pmdesk.ui.pages.handling_rules import HandlingRulesPage
from pmdesk.ui.pages.notice_change import NoticeChangePage
from pmdesk.ui.pages.purposes import PurposesPage
from tests.offices import P2, P3, P5, PROFILE, consenting
from tests.pdf import text_of
from tests.services.plans import plan_of
from tests.ui.clipping import clipped


@pytest.fixture
def page(office, tasks, prompts, shown):
    return shown(PurposesPage(office.session("admin"), tasks, prompts))


@pytest.fixture
def opened(page, settled):
    """The administrator plans a new version of P3."""

    def _opened(code=P3, *, plan=True):
        page.show_purpose(code)
        settled()
        if plan:
            page.tabs.bar.buttons[Step.PLAN].click()
            settled()
        return page.tabs

    return _opened


def typed(tabs, key, text):
    """The user types into a line of the facts."""
    line = tabs.facts.form.editor(key).line
    line.setText(text)
    line.textEdited.emit(text)


def looked(page, settled):
    """What was typed is looked at and saved without waiting for the timers."""
    page._look_timer.stop()
    page._look_now()
    settled()
    page.save()
    settled()


def shorter(tabs):
    """Half the term, in the facts and in both texts."""
    typed(tabs, "months", "6")
    tabs.show_tab(Tab.TEXT)
    tabs.text.view.show_value(False)
    for tongue in ("zh_CN", "en"):
        tabs.text.language.show_value(tongue)
        tabs.text.language.chosen.emit(tongue)
        text = tabs.text.editor.toPlainText()
        tabs.text.editor.setPlainText(text.replace("12", "6"))
    tabs.bar.what_zh.setText("保存时间缩短。")
    tabs.bar.what_zh.textEdited.emit("保存时间缩短。")


def test_the_list_shows_every_purpose_with_its_version_and_state(page):
    rows = page.shelf.model.rows

    assert [row.purpose.code for row in rows][:4] == ["P0", "P1", "P1-plate", "P2"]
    assert [row.version for row in rows][3] == "1.0"
    assert not clipped(page)


def test_enter_opens_a_purpose_and_back_leads_to_the_list(page, qtbot, settled):
    page.shelf.table.view.selectRow(3)
    qtbot.keyClick(page.shelf.table.view, Qt.Key.Key_Return)
    settled()
    assert page.tabs.plan.purpose.code == P2

    page.tabs.bar.back_requested.emit()
    settled()

    assert page.shelf.isVisible()


def test_a_plan_is_written_checked_submitted_and_put_into_force(
    office, page, opened, settled, tasks, prompts, shown
):
    person = consenting(office.session("clerk"), P3)
    tabs = opened()
    assert tabs.editable
    shorter(tabs)
    looked(page, settled)
    assert "小版本" in tabs.bar.effect.sentence
    assert tabs.bar.buttons[Step.SUBMIT].isEnabled()

    tabs.bar.buttons[Step.SUBMIT].click()
    settled()
    assert "已提交" in page.tabs.bar.banner.sentence
    other = shown(PurposesPage(office.session("reviewer"), tasks, prompts))
    other.show_purpose(P3)
    settled()
    other.tabs.bar.words.setText("看过了。")
    other.tabs.bar.buttons[Step.APPROVE].click()
    settled()

    row = next(r for r in purpose_shelf.shelf(office.session("admin")) if r.purpose.code == P3)
    assert (row.version, row.purpose.months, row.live) == ("1.1", 6, 1)
    (change,) = notice_changes.changes(office.session("clerk"))
    assert (change.people, change.told) == (1, 0)
    assert person


def test_the_list_beside_the_text_names_what_is_missing_as_one_types(page, opened, settled):
    tabs = opened()
    tabs.show_tab(Tab.TEXT)
    tabs.text.editor.setPlainText(tabs.text.editor.toPlainText().replace("□ 不同意", ""))

    looked(page, settled)

    assert "两种回答" in tabs.text.list.item(0).text()
    assert "1" in tabs.text.count.text()
    assert not tabs.bar.buttons[Step.SUBMIT].isEnabled()
    assert "□" not in tabs.text.preview.toPlainText().split("□ 同意")[1][:3]


def test_a_new_recipient_says_beforehand_whose_consent_ends(office, page, opened, settled):
    consenting(office.session("clerk"), P3)
    tabs = opened()
    typed(tabs, "processors_zh", "通达快修")
    looked(page, settled)

    assert tabs.bar.major.isChecked()
    assert not tabs.bar.major.isEnabled()
    assert "1份同意" in tabs.bar.effect.sentence


def test_fewer_fields_are_ticked_off(page, opened, settled):
    tabs = opened()
    tabs.show_tab(Tab.FIELDS)
    tabs.named.boxes["activity_signup"].click()
    looked(page, settled)

    assert "不再记录" in tabs.bar.effect.sentence
    assert "activity_signup" not in plan_of(page._session, P3).fields


def test_a_purpose_of_ones_own_gets_its_fields(page, settled):
    page.shelf.add_requested.emit()
    settled()
    tabs = page.tabs
    typed(tabs, "name_zh", "楼顶晾衣")
    typed(tabs, "summary_zh", "排出楼顶晾衣的次序。")
    tabs.show_tab(Tab.FIELDS)
    tabs.own.add.click()
    for key, text in (
        ("label_zh", "晾衣需要"),
        ("options_zh", "想用、不用"),
        ("necessity_zh", "楼顶晾衣场位置有限，要知道多少户想用才能排开。"),
        ("alternative", "只贴公告。"),
    ):
        line = tabs.own.form.editor(key).line
        line.setText(text)
        line.textEdited.emit(text)
    looked(page, settled)

    tabs.bar.buttons[Step.SUBMIT].click()
    settled()

    proposal = purpose_shelf.shelf(page._session)[-1].proposal
    assert proposal is not None
    assert proposal.status is ProposalStatus.SUBMITTED
    assert [o.label.zh for o in proposal.plan.local[0].field.options] == ["想用", "不用"]


def test_a_refused_field_says_so_above_its_form(page, settled):
    page.shelf.add_requested.emit()
    settled()
    tabs = page.tabs
    tabs.show_tab(Tab.FIELDS)
    tabs.own.add.click()
    line = tabs.own.form.editor("label_zh").line
    for text in ("民族",):
        line.setText(text)
        line.textEdited.emit(text)
    looked(page, settled)
    found = [one.problem.key for one in purpose_shelf.look(page._session, tabs.plan).problems]
    assert "local.0.label" in found
    assert tabs.own.message.sentence
    tabs.own.remove.click()
    assert tabs.plan.local == ()


def test_a_plan_can_be_discarded_and_a_new_purpose_leads_back_to_the_list(page, settled):
    page.shelf.add_requested.emit()
    settled()
    page.tabs.bar.buttons[Step.DISCARD].click()
    settled()

    assert page.shelf.isVisible()
    assert not [row for row in page.shelf.model.rows if row.is_local]


def test_leaving_keeps_what_was_typed(page, opened):
    tabs = opened()
    typed(tabs, "summary_zh", "只办活动。")

    page.keep_now()

    assert plan_of(page._session, P3).purpose.summary.zh == "只办活动。"


def test_two_versions_are_compared_line_by_line(office, page, opened, settled):
    office_service.save_profile(office.session("admin"), replace(PROFILE, responsible="李静"))
    tabs = opened(plan=False)
    tabs.show_tab(Tab.VERSIONS)
    rows = [row for row in tabs.versions.model.rows if row.language == "zh_CN"]

    tabs.versions.chosen.emit((rows[1], rows[0]))
    settled()

    text = tabs.versions.text.toPlainText()
    assert "− 谁在处理" in text
    assert "+ 谁在处理" in text
    tabs.versions.chosen.emit((rows[0],))
    settled()
    assert "李静" in tabs.versions.text.toPlainText()
    assert tabs.changes.model.rowCount() == 1


def test_a_problem_of_the_desk_stands_in_the_banner(page, opened, settled):
    tabs = opened()
    tabs.bar.step_chosen.emit(Step.SUBMIT, "")
    settled()

    assert "没有差别" in page.tabs.bar.banner.sentence


def test_the_record_purpose_shows_that_it_has_no_notice(opened, page):
    tabs = opened("P0", plan=False)

    assert tabs.plan is None
    assert Step.PLAN not in tabs.bar.buttons
    assert not clipped(page)


@pytest.mark.parametrize("tab", list(Tab))
def test_nothing_is_clipped_at_twice_the_size(office, tasks, prompts, shown, wear, settled, tab):
    wear(scale=2.0)
    page = shown(PurposesPage(office.session("admin"), tasks, prompts), 1280, 860)
    purpose_desk.draft(office.session("admin"), P3)
    page.show_purpose(P3)
    settled()
    page.tabs.show_tab(tab)
    settled()

    assert not clipped(page)


def test_the_notice_is_saved_with_its_version_on_each_page_and_counted(
    office, page, opened, settled, prompts, tmp_path
):
    prompts.path = tmp_path / "n.pdf"
    tabs = opened(plan=False)
    tabs.text.large.setChecked(True)
    with office.logged() as log:
        tabs.text.save_requested.emit(True)
        settled()

    pages = text_of(prompts.path.read_bytes())
    assert all("P3 1.0 2026-03-02" in one for one in pages)
    (entry,) = [one for one in log if one[0] == "notice.copied"]
    assert entry[2][0].startswith("P3 1.0 zh_CN")


def test_residents_are_ticked_off_one_by_one_and_by_the_poster(
    office, tasks, prompts, shown, settled, tmp_path
):
    clerk, admin = office.session("clerk"), office.session("admin")
    for number in range(3):
        consenting(clerk, P2, name=f"业主{number}")
    office_service.save_profile(admin, replace(PROFILE, contact_phone="0000-87654321"))
    (change,) = notice_changes.changes(clerk)
    page = shown(NoticeChangePage(clerk, tasks, prompts, change.id))
    assert page.model.rowCount() == 3
    assert "0000-87654321" in page.words.text()
    page.mark.click()
    assert page.message.sentence

    page.table.view.selectRow(0)
    page.mark.click()
    settled()
    assert page.model.rowCount() == 2
    page.post.click()
    settled()

    assert page.model.rowCount() == 0
    (change,) = notice_changes.changes(clerk)
    assert (change.told, change.posted_on) == (3, office.clock.today())
    prompts.path = tmp_path / "p.pdf"
    page._papers.save_change(page, change.id, poster=True)
    settled()
    assert "0000-87654321" in "".join(text_of(prompts.path.read_bytes()))
    assert not clipped(page)


def test_home_says_what_waits_for_whom(office, tasks, qtbot, look, settled):
    admin, clerk = office.session("admin"), office.session("clerk")
    consenting(clerk, P2)
    cards = {login: NoticeCard(office.session(login), tasks) for login in ("clerk", "reviewer")}
    for card in cards.values():
        qtbot.addWidget(card)
        card.reload()
    settled()
    assert all(card.isHidden() for card in cards.values())

    office_service.save_profile(admin, replace(PROFILE, responsible="李静"))
    purpose_desk.draft_local(admin)
    heard: list[object] = []
    cards["clerk"].change_requested.connect(heard.append)
    for card in cards.values():
        card.reload()
    settled()

    assert not cards["clerk"].isHidden()
    assert cards["reviewer"].isHidden()
    cards["clerk"].findChildren(QPushButton)[0].click()
    assert heard == [notice_changes.changes(clerk)[0].id]


def test_the_public_rules_are_shown_and_saved_in_two_forms(
    office, tasks, prompts, shown, settled, tmp_path
):
    clerk = office.session("clerk")
    page = shown(HandlingRulesPage(clerk, tasks, prompts))
    assert "个人信息处理规则" in page.text.toPlainText()
    prompts.path = tmp_path / "r.html"
    page.save_page()
    settled()
    html = Path(prompts.path).read_text(encoding="utf-8")
    assert "http" not in html
    prompts.path = tmp_path / "r.pdf"
    page.save_pdf()
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert handling_rules.rules(clerk).fields
    assert not clipped(page)


def test_who_may_look_while_helping_is_asked_where_the_notice_says_it(page, opened, settled):
    tabs = opened(P5)
    typed(tabs, "assist_roles_zh", "客服主管")
    looked(page, settled)

    assert page.tabs.plan.particulars.assist_roles.zh == "客服主管"
    assert "assist_roles_zh" not in opened(P2, plan=False).facts.form.rows
