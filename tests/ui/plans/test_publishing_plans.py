"""Versions of the plans: published after a look, kept over a lock, told in words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.plan_draft import CONTRACT, drafted
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.errors import StorageError
from pmdesk.services import addons, drafts
from pmdesk.services.orders import floor
from pmdesk.services.plans import desk
from pmdesk.services.rights import desk_settings
from pmdesk.ui import printing
from pmdesk.ui.pages.plans import PlansPage, Tab
from pmdesk.ui.plans import kept
from tests.ui.clipping import clipped
from tests.ui.plans.planned import (
    ANSWER,
    BASE,
    NORMAL,
    OWNERS,
    VISITS,
    WAYS,
    cell,
    choose,
    published,
    write,
)


@pytest.fixture
def page(office, tasks, prompts, shown):
    return shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)


# ---- publishing ------------------------------------------------------------------------------


def test_publishing_shows_the_difference_first_and_then_holds(
    page, qtbot, prompts, settled, office
):
    write(qtbot, page, ANSWER, "4")
    page.publisher.click()
    settled()
    session = office.session("manager")

    assert "要发布第 1 版吗" in prompts.asked[0]
    assert floor.current(session).plans.tiers["care"][Service.REPAIR].respond == 4
    assert "第 1 版已发布" in page.message.sentence
    assert not page.publisher.isEnabled()
    assert not page.is_edited
    assert drafts.kept(session, "plans", "plans") is None


def test_what_is_asked_before_names_each_change_and_warns_of_less(page, qtbot):
    page.bench.opener.click()
    write(qtbot, page, NORMAL, "96")
    write(qtbot, page, ANSWER, "4")
    detail = page._detail()

    assert "合同 · 工单办结时限 · 一般：3 天 → 4 天，比原来少" in detail
    assert "同合同（24 小时） → 4 小时" in detail
    assert "须先经业主同意" in detail


def test_less_is_published_with_the_owners_decision_only(office, tasks, prompts, shown, settled):
    published(office, [(ANSWER, "4")])
    page = shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)
    assert page.bench.why_less.isHidden()
    page.bench.put(page.bench.model.draft.entered(ANSWER, "12"), "…")
    assert not page.bench.why_less.isHidden()
    page.publish()
    settled()
    assert "业主的决定" in page.message.sentence
    assert prompts.asked == []

    page.bench.reason.setText(OWNERS)
    page.publish()
    settled()
    newest = floor.versions(office.session("manager"))[0]
    assert (newest.version, newest.reason) == (2, OWNERS)
    assert page.bench.why_less.isHidden()
    assert page.bench.reason.text() == ""


def test_what_falls_below_the_contract_is_barred_and_no_reason_is_asked_for(
    office, tasks, prompts, shown, settled
):
    published(office, [(ANSWER, "4")])
    page = shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)
    page.bench.put(page.bench.model.draft.entered(ANSWER, "48"), "…")

    assert page.bench.why_less.isHidden()
    assert "比合同对所有人的承诺慢：最多 24 小时" in page.bench.faults.sentence
    page.publish()
    settled()
    assert prompts.asked == []
    page.bench.put(page.bench.model.draft.entered(cell(CONTRACT, Aspect.RESPOND), "30"), "…")
    assert not page.bench.why_less.isHidden(), "beside it the contract promises less"


def test_a_higher_tier_that_is_promised_less_is_pointed_out_before_it_is_published(
    page, prompts, settled, office
):
    special = cell("special", Aspect.RESPOND)
    page.bench.put(page.bench.model.draft.entered(ANSWER, "4").entered(special, "8"), "…")
    page.bench.grid.go(special)

    assert "较低的“关怀”反而承诺得更多：4 小时" in page.bench.card.problem.sentence
    assert "加强 · 多久有人答复 · 维修" in page.bench.faults.sentence
    assert page.bench.model.behind[0].cell == cell("enhanced", Aspect.RESPOND)
    index = page.bench.model.index_of(special)
    assert "4 小时" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert "4 小时" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "如确属本意，可以发布" in page._detail()
    page.publish()
    settled()
    assert floor.current(office.session("manager")).plans.tiers["special"]


def test_the_owners_decision_survives_a_lock(office, tasks, prompts, shown, settled):
    published(office, [(ANSWER, "4")])
    page = shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)
    page.bench.put(page.bench.model.draft.entered(ANSWER, "12"), "…")
    page.bench.reason.setText(OWNERS)
    page.bench.reason.query.emit(OWNERS)
    page.keep_now()
    again = shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)
    again.drafts.restore.click()
    assert again.bench.reason.text() == OWNERS
    again.giver.click()
    assert again.bench.reason.text() == ""


def test_many_changes_are_counted(page):
    page.bench.grid.go(cell("care", Aspect.RESPOND))
    choose(page, ANSWER, cell("special", Aspect.RESPOND, "other"))
    QApplication.clipboard().setText("1")
    page.bench.grid.paste()
    assert "另有" in page._detail()


def test_publishing_can_be_tried_again_after_a_fault_of_the_program(
    page, qtbot, settled, office, monkeypatch
):
    def planted(*_args):
        raise ZeroDivisionError

    write(qtbot, page, ANSWER, "4")
    with monkeypatch.context() as broken, qtbot.capture_exceptions() as faults:
        broken.setattr(desk, "publish", planted)
        page.publisher.click()
        settled()
    assert len(faults) == 1

    page.publisher.click()
    settled()
    assert floor.current(office.session("manager")).version == 1


def test_a_no_publishes_nothing(page, prompts, settled, office):
    prompts.confirms = False
    page.publisher.click()
    settled()
    assert len(floor.versions(office.session("manager"))) == 1


def test_a_colleagues_version_is_never_overwritten(page, qtbot, office, settled):
    write(qtbot, page, ANSWER, "4")
    published(office, [(VISITS, "12")])
    page.publish()
    settled()

    assert "期间已发布第 1 版" in page.message.sentence
    page.reload()
    settled()
    assert page.bench.model.draft.value(ANSWER) == 4  # what was edited is still there
    page.versions.start_requested.emit(floor.versions(office.session("manager"))[0])
    assert page.bench.model.draft.value(VISITS) == 12


def test_what_is_typed_while_it_is_published_stays_and_can_be_published_next(
    page, qtbot, office, settled
):
    write(qtbot, page, ANSWER, "4")
    page.publisher.click()
    page.bench.put(page.bench.model.draft.entered(VISITS, "12"), "…")
    settled()

    assert page.bench.model.draft.value(VISITS) == 12
    assert [change.cell for change in page.changes] == [VISITS]
    page.publish()
    settled()
    promised = floor.current(office.session("manager")).plans.tiers["care"][Service.REPAIR]
    assert (promised.visits, promised.respond) == (12, 4)


def test_giving_up_against_a_colleagues_version_shows_that_version(page, qtbot, office, settled):
    write(qtbot, page, ANSWER, "4")
    published(office, [(VISITS, "12")])
    page.reload()
    settled()
    page.giver.click()

    assert page.bench.model.draft.value(VISITS) == 12
    write(qtbot, page, ANSWER, "8")
    page.publish()
    settled()
    promised = floor.current(office.session("manager")).plans.tiers["care"][Service.REPAIR]
    assert (promised.visits, promised.respond) == (12, 8)


def test_who_may_not_plan_is_not_even_asked(office, tasks, prompts, shown, settled):
    page = shown(PlansPage(office.session("clerk"), tasks, prompts), 1300, 900)
    page.publish()
    settled()
    assert prompts.asked == []


def test_what_is_in_force_is_published_once_only(page, prompts, settled, office):
    page.publish()
    settled()
    page.publish()
    settled()
    assert len(prompts.asked) == 1
    assert len(floor.versions(office.session("manager"))) == 2


def test_the_shorter_time_of_the_city_is_told(office, tasks, prompts, shown):
    published(office, [(cell(CONTRACT, Aspect.DONE, "complaints"), "20 天")])
    desk_settings.configure(office.session("admin"), "hangzhou", 10)
    page = shown(PlansPage(office.session("clerk"), tasks, prompts), 1300, 900)

    assert "只能查看" in page.note.sentence
    assert "本市要求投诉在 240 小时内答复" in page.note.sentence


def test_giving_up_can_be_undone(page, qtbot, settled):
    write(qtbot, page, ANSWER, "4")
    page.giver.click()
    assert not page.is_edited
    page.bench.undoer.click()
    assert page.bench.model.draft.value(ANSWER) == 4


def test_trouble_is_said_and_the_edit_stays(page, qtbot):
    write(qtbot, page, ANSWER, "4")
    page.show_trouble(StorageError("The disk is full; what was saved before is still there."))

    assert "磁盘已满" in page.message.sentence
    assert page.publisher.isEnabled()
    assert page.bench.model.draft.value(ANSWER) == 4


# ---- what is not published survives a lock ---------------------------------------------------


def test_an_edit_survives_a_lock_with_what_cannot_be_read(
    page, qtbot, office, tasks, prompts, shown, settled
):
    write(qtbot, page, ANSWER, "4")
    write(qtbot, page, VISITS, "often")
    page.keep_now()
    again = shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)
    assert not again.drafts.isHidden()
    again.drafts.restore.click()

    assert again.bench.model.draft == page.bench.model.draft
    assert again.bench.model.draft.unread == {VISITS: "often"}


def test_a_draft_of_an_older_version_is_told(page, office, settled):
    text = kept.document(drafted(BASE).entered(ANSWER, "4"), BASE)
    published(office, [(VISITS, "12")])
    page.reload()
    settled()
    page.drafts.restored.emit(text)

    assert "又发布了新版" in page.message.sentence
    assert page.bench.model.draft.value(ANSWER) == 4


# ---- the other parts -------------------------------------------------------------------------


def test_versions_tell_what_they_changed_in_words(office, tasks, prompts, shown):
    published(office, [])
    published(office, [(ANSWER, "4"), (NORMAL, "96")])
    page = shown(PlansPage(office.session("manager"), tasks, prompts), 1300, 900)
    page.show_tab(Tab.VERSIONS)
    versions = page.versions

    texts = [[one.cell(row) for one in versions.model.columns] for row in versions.model.rows]
    assert [line[0] for line in texts] == ["第 2 版", "第 1 版", "自带版"]
    assert [line[3] for line in texts] == ["新合同", "自带版", "自带版"]
    assert [line[4] for line in texts] == ["2 格", "0 格", ""]
    assert versions.lines == (
        f"降低承诺的依据：{OWNERS}",
        "合同 · 工单办结时限 · 一般：3 天 → 4 天，比原来少",
        "关怀 · 多久有人答复 · 维修：同合同（24 小时） → 4 小时",
    )
    versions.table.view.selectRow(1)
    assert versions.lines == ("没有改动：确认了前一版。",)
    versions.table.view.selectRow(2)
    assert "起步用" in versions.lines[0]
    versions.starter.click()
    assert page.bench.model.draft == drafted(BASE)
    assert not page.bench.isHidden()


def test_a_tier_is_told_in_words_and_can_be_handed_out(
    office, tasks, prompts, shown, settled, monkeypatch, tmp_path
):
    published(office, [(ANSWER, "4")])
    page = shown(PlansPage(office.session("clerk"), tasks, prompts), 1300, 900)
    page.show_tab(Tab.TIERS)
    texts = [one.text() for one in page.tiers.findChildren(type(page.header._subtitle))]
    assert "另加：维修：4 小时内有人答复（合同：24 小时）" in texts
    assert "时间和方式与合同相同。" in texts

    seen = []
    monkeypatch.setattr(printing, "preview_letter", lambda made, _parent: seen.append(made.title))
    look, save = page.paper.menu().actions()
    look.trigger()
    settled()
    assert seen == ["服务内容与服务承诺公示"]
    prompts.path = tmp_path / "promises.pdf"
    save.trigger()
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert page.message.sentence == "已存为 promises.pdf。"
    prompts.path = tmp_path / "prices.pdf"
    page.prices.paper.menu().actions()[1].trigger()
    settled()
    assert page.message.sentence == "已存为 prices.pdf。"
    prompts.path = None
    save.trigger()


def test_prices_are_read_here_and_changed_in_the_settings(
    office, tasks, prompts, shown, settled, qtbot
):
    page = shown(PlansPage(office.session("admin"), tasks, prompts), 1300, 900)
    page.show_tab(Tab.PRICES)
    assert page.prices.model.rows == ()
    addons.publish(office.session("admin"), "入户保洁", "擦净地面和台面", "次", 8000)
    page.reload()
    settled()

    (row,) = page.prices.model.rows
    shown_cells = [one.cell(row) for one in page.prices.model.columns]
    assert shown_cells == ["入户保洁", "擦净地面和台面", "次", "80.00", "2026-03-02"]
    with qtbot.waitSignal(page.page_requested) as asked:
        page.prices.changer.click()
    assert asked.args == ["settings"]


def test_who_may_not_configure_is_not_led_to_the_settings(page):
    page.show_tab(Tab.PRICES)
    assert page.prices.changer.isHidden()


# ---- nothing is cut off ----------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("tab", list(Tab))
def test_nothing_is_clipped(office, tasks, prompts, shown, wear, qtbot, scale, tab):
    published(office, [(ANSWER, "4")])
    wear(scale=scale)
    page = shown(PlansPage(office.session("manager"), tasks, prompts), 1000, 800)
    page.show_tab(tab)
    page.bench.put(page.bench.model.draft.entered(VISITS, "often").entered(ANSWER, "99"), "…")
    page.bench.grid.go(WAYS)
    qtbot.waitUntil(lambda: not clipped(page))
