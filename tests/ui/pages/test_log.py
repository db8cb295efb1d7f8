"""操作记录: sentences, filters, the state of the chain, values on request, files and codes."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument

from pmdesk.app.last_anchors import LastAnchors
from pmdesk.domain.anchors import read_code
from pmdesk.domain.reveals import Reason, Why
from pmdesk.services import log_anchors, log_proof, residents, revealing
from pmdesk.ui import printing
from pmdesk.ui.pages.log import LogPage
from pmdesk.ui.theme import Tone
from tests.offices import P2, answers, consenting, resident


@pytest.fixture
def memory(tmp_path):
    return LastAnchors(tmp_path)


@pytest.fixture
def person(office):
    clerk = office.session("clerk")
    made = consenting(clerk, values=answers(clean_need="in_home"), room="3-1-502")
    residents.save_answers(clerk, made, P2, answers(clean_need="common_only"))
    revealing.reveal_mobile(office.session("manager"), made, Why(reason=Reason.SERVICE))
    return made


@pytest.fixture
def page(office, person, tasks, prompts, memory, shown):
    return shown(LogPage(office.session("reviewer"), tasks, prompts, memory))


def done(page):
    return [line.what for line in page.model.rows]


def test_it_says_in_plain_words_who_did_what_to_which_room(page):
    line = page.model.rows[0]

    assert (line.what, line.about) == ("显示了完整手机号", "3-1-502")
    assert "保存了需求信息" in done(page)
    assert "曾国强" not in str([one.about for one in page.model.rows])
    assert page.chain.state.badge.tone is Tone.GOOD


def test_filters_narrow_it(page, settled, office):
    page.filters.kind.show_value("consents")
    page.filters.kind.activated.emit(1)
    settled()
    assert set(done(page)) == {"取得了同意"}

    page.filters.reset()
    settled()
    assert len(done(page)) > 20
    page.filters.show_people([("王", office.session("manager").staff.uid)])
    page.filters.who.setCurrentIndex(1)
    page.filters.who.activated.emit(1)
    settled()
    assert done(page)[0] == "显示了完整手机号"


def test_who_looked_at_this_household_is_one_search(page, settled):
    page.filters.object_asked.emit("3-1-502")
    settled()
    assert {line.about for line in page.model.rows} == {"3-1-502"}

    page.filters.object_asked.emit("9-9-999")
    settled()
    assert page.note.sentence == "没有符合的住户。"
    page.filters.about.searched.emit("")
    settled()
    assert len({line.about for line in page.model.rows}) > 1


def test_the_page_of_a_resident_leads_here(page, person, settled):
    page.show_person(person, "3-1-502")
    settled()

    assert page.filters.about.text() == "3-1-502"
    assert "显示了完整手机号" in done(page)


def test_values_before_and_after_are_shown_on_request_and_that_is_logged(page, settled, office):
    saved = next(line for line in page.model.rows if line.what == "保存了需求信息")
    page.entry.show_line(saved)
    with office.logged() as added:
        page.entry.values.click()
        settled()

    texts = [page.entry._grid.itemAt(i).widget().text() for i in range(page.entry._grid.count())]
    assert len(texts) == 6
    assert texts[4] != texts[5]
    assert [action for action, *_ in added] == ["log.values"]


def test_an_act_without_values_says_so(page, settled):
    page.entry.show_line(page.model.rows[0])
    page.entry.values.click()
    settled()

    assert "没有留存内容" in page.entry.note.sentence
    page.entry.same.click()
    settled()
    assert {line.about for line in page.model.rows} == {"3-1-502"}


def test_an_entry_leads_to_its_resident(page, qtbot, person):
    page.entry.show_line(page.model.rows[0])
    with qtbot.waitSignal(page.resident_requested) as asked:
        page.entry.person.click()

    assert asked.args == [person]
    page.entry.show_line(None)
    assert page.entry.hint.isVisible()


def test_the_list_stays_where_it_is_when_an_entry_is_chosen(page, qtbot, settled):
    view = page.table.view
    place = view.visualRect(page.model.index(3, 1)).center()

    def where():
        return view.viewport().mapTo(page, place), view.viewport().size()

    before = where()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settled()

    assert not page.entry.hint.isVisible()
    assert where() == before
    assert view.rowAt(place.y()) == 3
    page.entry._close.click()
    settled()
    assert where() == before
    assert page.entry.hint.isVisible()
    assert not view.currentIndex().isValid()


def test_an_entry_is_chosen_by_the_user_only(page, settled):
    page.table.view.setFocus(Qt.FocusReason.TabFocusReason)
    settled()

    assert page.entry.hint.isVisible()


def test_everything_is_checked_and_a_changed_row_is_told(page, settled, office):
    page.check_everything()
    settled()
    assert "已全部校验" in page.chain.words.text()

    with office.session("admin").store.writing() as work:
        work._connection.exec_driver_sql("UPDATE answers_p2 SET clean_need = 'in_home'")
        work.commit()
    page.check_everything()
    settled()
    assert page.chain.state.badge.tone is Tone.PROBLEM
    assert "系统外被改动" in page.chain.found.sentence
    assert "请先停止使用" in page.chain.found.sentence


def test_a_check_can_be_cancelled(page, settled, prompts):
    page.check_everything()
    page.cancel()
    settled()

    assert page.chain.check.isEnabled()
    assert prompts.told == []


def test_a_loss_is_told_until_somebody_explains_it(
    office, person, tasks, prompts, memory, shown, settled
):
    reviewer = office.session("reviewer")
    point = log_proof.at_sign_in(reviewer, memory).point
    assert point is not None
    memory.keep(replace(point, count=point.count + 9))
    page = shown(LogPage(reviewer, tasks, prompts, memory))
    assert "后面的记录不见了" in page.chain.found.sentence

    prompts.text = "刚从备份恢复。"
    page.chain.found.action.click()
    settled()
    assert page.chain.found.sentence == ""
    assert page.chain.state.badge.tone is Tone.GOOD


def test_the_list_is_exported_with_its_proof(page, settled, prompts, tmp_path):
    prompts.path = tmp_path / "log.csv"
    page.export()
    settled()
    text = prompts.path.read_text("utf-8-sig")
    proof = json.loads((tmp_path / "log.csv.proof.json").read_text("utf-8"))

    assert "显示了完整手机号" in text
    assert proof["lines"] == len(text.splitlines()) - 1
    assert "log.csv" in page.note.sentence


def test_an_anchor_leaves_as_a_file_and_is_compared_later(page, settled, prompts, tmp_path):
    prompts.path = tmp_path / "anchor.json"
    page.export_anchor()
    settled()
    assert "今天" in page.chain.words.text()
    page.check_file()
    settled()
    assert "相符" in page.note.sentence

    doc = json.loads(prompts.path.read_text("utf-8"))
    doc["anchor"]["head"] = "ab" * 32
    prompts.path.write_text(json.dumps(doc), "utf-8")
    page.check_file()
    settled()
    assert "不相符" in page.note.sentence
    prompts.path.write_text("{}", "utf-8")
    page.check_file()
    settled()
    assert "没有操作记录的存证" in page.note.sentence


def test_the_certificate_is_one_page_and_its_code_is_found(
    page, settled, prompts, tmp_path, office
):
    prompts.path = tmp_path / "certificate.pdf"
    page.save_certificate()
    settled()
    assert prompts.path.read_bytes().startswith(b"%PDF")

    prompts.text = log_anchors.certificate(office.session("reviewer")).anchor.code.lower()
    page.check_code()
    settled()
    assert "相符" in page.note.sentence
    for typed, says in (("12345-12345-12345-12345", "输入有误"), ("00000" * 4, "不相符")):
        prompts.text = typed
        page.check_code()
        settled()
        assert says in page.note.sentence


def test_the_certificate_goes_to_the_printer_with_its_code_for_a_camera(
    page, settled, monkeypatch, office
):
    shown = []

    def preview(made, *_rest):
        shown.append(made)
        return True

    monkeypatch.setattr(printing, "preview", preview)
    with office.logged() as added:
        page.print_certificate()
        settled()
        settled()

    words = shown[0].toPlainText()
    code = next(line for line in words.splitlines() if line.count("-") == 3)
    assert read_code(code) == code
    picture = shown[0].resource(QTextDocument.ResourceType.ImageResource, QUrl("certificate-code"))
    assert picture.width() > 100
    assert [action for action, *_ in added] == ["anchor.made", "anchor.printed"]
    assert log_anchors.outside(office.session("reviewer")).at is not None


def test_a_certificate_that_is_only_looked_at_is_no_anchor_outside(
    page, settled, monkeypatch, office
):
    monkeypatch.setattr(printing, "preview", lambda *_rest: False)
    page.print_certificate()
    settled()

    assert "没有打印" in page.note.sentence
    assert log_anchors.outside(office.session("reviewer")).at is None


def test_who_looked_at_a_household_is_asked_by_room(page, settled, prompts, office, person):
    other = resident(office.session("clerk"), "何晓", "13800009999", room="3-1-502")
    residents.detail(office.session("clerk"), other)
    prompts.text = "3栋1单元502"
    page.filters.looked.click()
    settled()

    targets = {line.entry.target for line in page.model.rows}
    assert targets == {f"person:{person}", f"person:{other}"}
    assert "保存了需求信息" not in done(page)

    prompts.text = "9-9-999"
    page.ask_household()
    settled()
    assert "9-9-999" in page.note.sentence


def test_a_finding_stays_on_the_page_until_somebody_explains_it(
    office, person, tasks, prompts, memory, shown, settled
):
    reviewer = office.session("reviewer")
    office.tampered("UPDATE person SET name = '李四'")
    log_proof.full(reviewer, memory)
    page = shown(LogPage(reviewer, tasks, prompts, memory))
    assert "姓名、电话" in page.chain.found.sentence
    assert "请先停止使用" in page.chain.found.sentence

    prompts.text = "测试时改动，已改回。"
    page.chain.found.action.click()
    settled()
    assert page.chain.found.sentence == ""


def test_going_back_from_a_dialog_does_nothing(page, prompts, settled):
    prompts.text = prompts.path = None
    for act in (page.check_code, page.check_file, page.export, page._explain):
        act()
    settled()

    assert page.note.sentence == ""


def test_older_entries_come_on_request(page, settled, monkeypatch):
    page.filters.reset()
    settled()
    everything = len(page.model.rows)
    page._before = page.model.rows[-5].entry.seq
    page.model.set_rows(page.model.rows[:-4])
    page.older.click()
    settled()

    assert len(page.model.rows) == everything
    assert not page.older.isVisible()
