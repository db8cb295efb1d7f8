"""A list that is too large: why it waits, the request, the decision, the hour, the one file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pmdesk.domain import export_guard as limits
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.export_guard import Errand, ExportPurpose, Recipient
from pmdesk.errors import StorageError
from pmdesk.i18n import _
from pmdesk.services import export, export_guard, staff
from pmdesk.services.export_guard import Sizing
from pmdesk.ui.classification import export_bar
from pmdesk.ui.classification.export_bar import ExportBar
from pmdesk.ui.exports import words
from pmdesk.ui.exports.errand_form import ErrandForm
from pmdesk.ui.keeping.exports import ExportsPanel
from pmdesk.ui.pages.home import HomePage
from pmdesk.ui.pages.residents import ResidentsPage
from tests.offices import CONTRACTOR, ERRAND, resident
from tests.pdf import text_of

REASON = "秋季检修要按楼栋排期。"
PEOPLE = 5


@pytest.fixture
def office(founded, tmp_path, clock, monkeypatch):
    """Five people live here, and three are many."""
    made = founded.copied(tmp_path / "office", clock)
    for number in range(PEOPLE):
        resident(made.session("clerk"), mobile="", room=f"1-1-{number + 101}")
    for place in (limits, words, export):
        monkeypatch.setattr(place, "MOST", 3)
    yield made
    made.close()


@pytest.fixture
def opened():
    return []


@pytest.fixture
def bar(office, tasks, prompts, shown, settled, opened):
    """The bar as the manager opens it for everybody."""
    made = shown(ExportBar(office.session("manager"), tasks, prompts, opened.append))
    made.show_query(ResidentQuery(), PEOPLE)
    made.open()
    settled()
    return made


@pytest.fixture
def desk(office, tasks, prompts, shown):
    """The tab of exported lists, as somebody sees it."""
    return lambda login: shown(ExportsPanel(office.session(login), tasks, prompts)).desk


def ask(bar, settled):
    bar.errand.show_errand(CONTRACTOR)
    bar.guard.reason.setText(REASON)
    bar.guard.ask.click()
    settled()


def fetch(bar, at=0):
    """The buttons of the newest request."""
    return [one for one in bar.guard.lines[0].findChildren(type(bar.pdf)) if one.isVisible()][at]


def test_a_large_list_says_in_a_sentence_why_it_waits(bar):
    assert bar.guard.held.sentence == "这份名单有 5 人，需要另一人同意，并等 1 小时。"
    assert not bar.pdf.isVisible()
    assert not bar.xlsx.isVisible()
    assert not bar.guard.ask.isEnabled()
    bar.guard.reason.setText("太短")
    assert not bar.guard.ask.isEnabled()
    bar.guard.reason.setText(REASON)
    assert bar.guard.ask.isEnabled()


def test_a_small_list_leaves_as_quickly_as_before(bar, settled, prompts, tmp_path, opened):
    bar.show_query(ResidentQuery(text="1-1-101"), 1)
    settled()
    assert not bar.guard.isVisible()
    prompts.path = tmp_path / "a.pdf"
    bar.pdf.click()
    assert "先选用途" in bar.outcome.sentence
    bar.errand.show_errand(ERRAND)
    bar.pdf.click()
    settled()
    assert opened == [tmp_path / "a.pdf"]


def test_the_last_choice_is_remembered(bar, office, tasks, prompts, shown, settled, tmp_path):
    export.listing(office.session("manager"), ResidentQuery(text="1-1-101"), CONTRACTOR)
    again = shown(ExportBar(office.session("manager"), tasks, prompts))
    again.show_query(ResidentQuery(text="1-1-101"), 1)
    again.open()
    settled()
    assert again.errand.errand == CONTRACTOR


def test_slices_of_a_day_say_that_they_count_together(bar, office, settled):
    for room in ("101", "102", "103"):
        export.listing(office.session("manager"), ResidentQuery(text=f"1-1-{room}"), ERRAND)
    bar.show_query(ResidentQuery(text="1-1-104"), 1)
    settled()
    assert "加上您 24 小时内已取出的 3 人" in bar.guard.held.sentence


def test_what_tells_of_money_is_said_as_such(bar):
    size = Sizing(people=3, economic=26, earlier=0, is_large=True)
    bar.guard.show_guard(size, ())
    assert bar.guard.held.sentence.startswith("这份名单涉及 26 人的预算或缴费信息，")


def test_request_decision_hour_and_one_file(bar, desk, office, settled, prompts, tmp_path, opened):
    ask(bar, settled)
    assert "首页" in bar.outcome.sentence
    assert "请同事" in bar.guard.lines[0].state
    assert not bar.guard.ask.isVisible()  # it is asked for
    reviewing = desk("reviewer")
    text = " ".join(label.text() for label in reviewing.findChildren(type(bar.what)))
    for part in ("客户分类表", "全部住户", "5 人", "保洁公司", REASON, "李静"):
        assert part in text
    (line,) = reviewing.decisions.values()
    line.setText("看过范围，同意。")
    reviewing.decide(next(iter(reviewing.decisions)), approve=True)
    settled()
    assert "1 小时后" in reviewing.outcome.sentence
    assert not reviewing.decisions

    bar.reload()
    settled()
    assert bar.guard.lines[0].state == "陈磊已同意，等到 10:00 可以取出。"
    office.clock.advance(hours=1)
    bar.guard.due.emit()
    settled()
    prompts.path = tmp_path / "全部.pdf"
    fetch(bar).click()
    settled()
    assert opened == [tmp_path / "全部.pdf"]
    assert "李静" in text_of(prompts.path.read_bytes())[0]
    assert bar.guard.lines[0].state.startswith("已取出，编号 E2026")


def test_a_request_is_taken_back_by_who_asked(bar, settled):
    ask(bar, settled)
    fetch(bar, -1).click()
    settled()
    assert "撤回" in bar.guard.lines[0].state


def test_a_refusal_says_by_whom_and_why(bar, desk, settled):
    ask(bar, settled)
    reviewing = desk("reviewer")
    key = next(iter(reviewing.decisions))
    reviewing.decide(key, approve=False)
    settled()
    assert "理由" in reviewing.outcome.sentence
    reviewing.decisions[key].setText("只要三号楼。")
    reviewing.reload()
    settled()
    assert reviewing.decisions[key].text() == "只要三号楼。"  # what was typed stays
    reviewing.decide(key, approve=False)
    settled()
    bar.reload()
    settled()
    assert bar.guard.lines[0].state == "陈磊没有同意：只要三号楼。"


def test_nobody_is_offered_a_decision_on_a_list_of_his_own(bar, desk, settled):
    ask(bar, settled)
    assert not desk("manager").decisions
    assert desk("manager2").decisions


def test_whoever_decides_is_led_there_from_the_landing_page(
    bar, office, tasks, prompts, shown, settled
):
    ask(bar, settled)
    page = shown(HomePage(office.session("reviewer"), tasks, prompts))
    points = [one for one in page.records.strip.points if one.tab == export_guard.TAB]
    assert [one.places["count"] for one in points] == [PEOPLE]
    assert page.records.isVisible()


def test_whoever_asked_hears_on_the_landing_page_that_the_hour_is_over(
    bar, desk, office, tasks, prompts, shown, settled
):
    ask(bar, settled)
    agreeing = desk("reviewer")
    (line,) = agreeing.decisions.values()
    line.setText("看过范围，同意。")
    agreeing.decide(next(iter(agreeing.decisions)), approve=True)
    settled()

    def told():
        page = shown(HomePage(office.session("manager"), tasks, prompts))
        points = [one for one in page.records.strip.points if one.tab == export_guard.TAB]
        return [_(one.sentence).format(**one.places) for one in points]

    assert told() == []
    office.clock.advance(hours=1)
    words = told()
    assert len(words) == 1
    assert f"{PEOPLE} 人的名单可以取出了" in words[0]
    fetched = office.session("reviewer")
    page = shown(HomePage(fetched, tasks, prompts))
    assert [one for one in page.records.strip.points if one.tab == export_guard.TAB] == []


def test_a_single_person_is_told_when_he_may_decide(bar, office, tasks, prompts, shown, settled):
    admin = office.session("admin")
    for login in ("manager", "manager2", "reviewer"):
        staff.disable(admin, office.session(login).staff.uid)
    alone = shown(ExportBar(admin, tasks, prompts))
    alone.show_query(ResidentQuery(), PEOPLE)
    alone.open()
    settled()
    ask(alone, settled)
    assert alone.guard.lines[0].state == "只有您一人能决定：2026-03-03 09:00 起可以决定。"
    office.clock.advance(hours=24)
    export_guard.approve(admin, export_guard.own(admin)[0].request.id, "看过。")
    alone.reload()
    settled()
    assert alone.guard.lines[0].state.endswith("（单人审批）")


def test_what_cannot_be_written_is_said_and_the_approval_stays(
    bar, office, settled, prompts, tmp_path, monkeypatch
):
    ask(bar, settled)
    request = export_guard.own(office.session("manager"))[0].request.id
    export_guard.approve(office.session("reviewer"), request, "看过。")
    office.clock.advance(hours=1)
    bar.reload()
    settled()

    def full(_made, _path):
        raise StorageError("磁盘满了。", "清理一下。")

    monkeypatch.setattr(export_bar, "write_pdf", full)
    bar.reload()
    settled()
    prompts.path = tmp_path / "a.pdf"
    fetch(bar).click()
    settled()
    assert "磁盘满了" in bar.outcome.sentence
    assert "可以取出一次" in bar.guard.lines[0].state
    prompts.path = None
    fetch(bar).click()
    settled()
    assert bar.progress.isHidden()


def test_a_search_text_is_no_way_to_ask(bar, settled):
    bar.show_query(ResidentQuery(text="王"), PEOPLE)
    settled()
    ask(bar, settled)
    assert "不能用搜索词" in bar.outcome.sentence


def test_asking_without_purpose_says_what_is_missing(bar, settled):
    bar.guard.reason.setText(REASON)
    bar.guard._ask()
    assert "先选用途" in bar.outcome.sentence
    bar.guard.reason.setText("")
    bar.guard._ask()
    assert not bar.guard.lines


def test_outside_the_office_a_name_is_needed(qtbot, look):
    form = ErrandForm()
    qtbot.addWidget(form)
    form.show()
    assert not form.errand
    form.purpose.setCurrentIndex(0)
    form.recipient.setCurrentIndex(form.recipient.findData("committee"))
    form.recipient.activated.emit(form.recipient.currentIndex())
    assert form.to.isVisible()
    assert not form.errand
    form.to.setText("业委会")
    committee = Recipient.COMMITTEE
    assert form.errand == Errand(purpose=ExportPurpose.SERVICE, recipient=committee, to="业委会")
    form.show_errand(None)
    assert form.errand is not None
    assert form.purpose.findData(ExportPurpose.PERSON.value) == -1


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_many_residents_do_not_leave_through_the_clipboard(office, tasks, shown, settled, qtbot):
    page = shown(ResidentsPage(office.session("clerk"), tasks))
    QApplication.clipboard().setText("before")
    page.view.selectAll()
    with office.logged() as log:
        qtbot.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        settled()
    assert QApplication.clipboard().text() == "before"
    assert log == [("export.held", "clipboard", ())]
    page.view.clearSelection()
    page.view.selectRow(0)
    page.view.copy()
    assert QApplication.clipboard().text().startswith("1-1-101\t王*明")
