"""The classification table: who has which tier and why, masked, printed and exported."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton
from python_calamine import load_workbook

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.office import OFFICE, RESIDENTS, Changes
from pmdesk.i18n import _
from pmdesk.rules.evaluate import evaluate
from pmdesk.services import classification, residents, rules
from pmdesk.ui.classification import export_bar
from pmdesk.ui.classification.explanation import cell_line, no_consent_words, stronger
from pmdesk.ui.pages.classification import ClassificationPage
from tests.offices import ERRAND, P2, consenting, decide, resident, table_of
from tests.ui.peopled import PEOPLE


@pytest.fixture
def opened():
    return []


@pytest.fixture
def open_page(office, tasks, prompts, shown, opened):
    def _open(login="manager"):
        page = ClassificationPage(office.session(login), tasks, prompts, opener=opened.append)
        page._pause.setInterval(0)
        tasks.changed.connect(page.reload)
        return shown(page, 1200)

    return _open


def rows(page):
    return [page.model.row(number) for number in range(page.model.rowCount())]


def choose(page, settled, qtbot, fits):
    number = next(n for n, row in enumerate(rows(page)) if fits(row))
    page.view.selectRow(number)
    person = rows(page)[number]
    qtbot.waitUntil(lambda: page.panel._person == person.id)
    return person


def reasons_of(session, person):
    return classification.reasons(session, person)


def sheet_of(path):
    return load_workbook(str(path)).get_sheet_by_index(0).to_python()


def words(page):
    return "\n".join(label.text() for label in page.panel.widget().findChildren(QLabel))


def test_everybody_is_listed_masked_and_strongest_first(open_page):
    page = open_page()
    found = rows(page)
    ranks = ["special", "enhanced", "care", "standard", None]

    assert len(found) == PEOPLE
    assert all("*" in row.name for row in found)
    assert [ranks.index(row.tier) for row in found] == sorted(ranks.index(r.tier) for r in found)
    assert "v1" in page.header._subtitle.text()


def test_filters_narrow_the_list_and_can_be_reset(open_page, settled):
    page = open_page()
    for box, code, fits in (
        (page.tier, "care", lambda row: row.tier == "care"),
        (page.tag, "need", lambda row: "need" in row.tags),
        (page.consent, "live", lambda row: row.consent is ConsentState.LIVE),
        (page.building, "2", lambda row: row.room.startswith("2-")),
    ):
        box.setCurrentIndex(box.findData(code))
        box.activated.emit(box.currentIndex())
        settled()
        assert rows(page)
        assert all(fits(row) for row in rows(page))
        page.resetter.click()
        settled()
        assert len(rows(page)) == PEOPLE


def test_a_search_that_finds_nobody_offers_the_way_back(open_page, settled):
    page = open_page()
    page._narrow(text="没有这个人")
    settled()
    assert page.nobody.isVisible()
    assert not page.view.isVisible()

    page.reset()
    settled()

    assert page.view.isVisible()


def test_the_order_follows_the_heading(open_page, settled):
    page = open_page()
    page.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    settled()
    first = [row.id for row in rows(page)]
    page.view.sortByColumn(4, Qt.SortOrder.AscendingOrder)  # reasons have no order
    settled()
    assert [row.id for row in rows(page)] == first

    page.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    settled()

    assert [row.id for row in rows(page)] == first[::-1]


@pytest.mark.parametrize("tier", ["enhanced", "care", "standard"])
def test_the_explanation_agrees_with_the_evaluator(open_page, settled, qtbot, office, tier):
    page = open_page()
    person = choose(page, settled, qtbot, lambda row: row.tier == tier)
    session = office.session("manager")
    reasons = reasons_of(session, person.id)
    with session.store.reading() as work:
        values = work.classifications.facts(person.id, today=session.clock.today())
    outcome = evaluate(reasons.table, values)
    text = words(page)

    assert (outcome.tier, outcome.rule) == (tier, reasons.explanation.winner.rule.id)
    assert reasons.explanation.winner.rule.reason in text
    for cell in reasons.explanation.winner.asking:
        assert cell_line(cell, frozenset()) in text
    assert all(giver.rule.reason in text for giver in reasons.explanation.tag_givers)
    assert "规则第 1 版" in text


def test_the_nearest_stronger_rules_come_first_and_more_on_demand(
    open_page, settled, qtbot, office
):
    page = open_page()
    person = choose(page, settled, qtbot, lambda row: row.tier == "standard")
    reasons = reasons_of(office.session("manager"), person.id)
    missing = [len(row.failing) for row in stronger(reasons)]
    assert missing == sorted(missing)
    assert words(page).count("还差") == 3

    more = next(b for b in page.panel.findChildren(type(page.resetter)) if "再看" in b.text())
    more.click()

    assert words(page).count("还差") == len(missing)


def test_without_consent_the_standard_is_explained_as_no_loss(open_page, settled, qtbot):
    page = open_page()

    choose(page, settled, qtbot, lambda row: row.tier is None)

    assert no_consent_words() in words(page)


def test_a_person_who_withdraws_stays_chosen_and_is_explained_anew(
    open_page, settled, qtbot, office, tasks
):
    page = open_page()
    person = choose(page, settled, qtbot, lambda row: row.tier == "care")

    decide(office.session("clerk"), person.id, {P2: False})
    tasks.changed.emit(Changes.of(RESIDENTS))
    settled()
    page._explain()
    settled()

    assert no_consent_words() in words(page)


def test_a_clerk_does_not_see_what_is_for_the_duty_leader(open_page, settled, qtbot, office):
    vacant: Any = {"occupancy": "vacant"}
    session = office.session("clerk")
    with session.store.reading() as work:
        catalogue = work.catalogue.live()
    restricted = catalogue.field("occupancy").restricted
    person = consenting(session, name="石小川", room="9-1-101")
    residents.save_answers(session, person, catalogue.field("occupancy").purpose, vacant)
    reasons = reasons_of(session, person)
    told = reasons_of(office.session("manager"), person)

    assert restricted
    assert reasons.withheld >= {"occupancy"}
    assert not told.withheld
    assert all(
        cell.value is None
        for rule in reasons.explanation.rules
        for cell in rule.cells
        if cell.fact.key in reasons.withheld
    )
    page = open_page("clerk")
    page.show_person(person)
    settled()
    qtbot.waitUntil(lambda: page.panel._person == person)
    assert "只有当班负责人能看" in words(page)
    assert "空置" not in words(page)
    assert not page.exporter.isVisible()


def test_opening_a_row_asks_for_the_person(open_page, qtbot):
    page = open_page()

    with qtbot.waitSignal(page.resident_requested) as asked:
        page.view.opened.emit(rows(page)[0])

    assert asked.args == [rows(page)[0].id]


def test_the_workbook_is_masked_and_says_its_number(open_page, settled, prompts, tmp_path, office):
    page = open_page()
    prompts.path = tmp_path / "客户分类表.xlsx"
    page.exporter.click()
    page.export.errand.show_errand(ERRAND)

    page.export.xlsx.click()
    settled()

    sheet = sheet_of(prompts.path)
    assert len([row for row in sheet[2:] if row[2]]) == PEOPLE
    assert all("*" in row[1] and "****" in row[2] for row in sheet[2 : PEOPLE + 2])
    said = page.export.outcome.sentence
    assert str(prompts.path) in said
    assert str(PEOPLE) in said
    assert sheet[-1][0].split(" ")[0] in said  # the number in the footer
    action, number, _fields = office.acts()[-1]
    assert action == "export.classification"
    assert number in said


def test_whoever_asks_gets_full_names_and_it_is_logged(
    open_page, settled, prompts, tmp_path, office
):
    page = open_page()
    prompts.path = tmp_path / "全部"
    page.export.open()
    page.export.errand.show_errand(ERRAND)
    page.export.unmasked.setChecked(True)

    page.export.xlsx.click()
    settled()

    sheet = sheet_of(tmp_path / "全部.xlsx")
    assert not any("*" in row[1] for row in sheet[2 : PEOPLE + 2])
    assert _("not masked") in sheet[-1][0]
    assert office.acts()[-1][0] == "export.classification"
    page.export.open()
    assert not page.export.unmasked.isChecked()  # never remembered


def test_the_paper_holds_the_filtered_list_and_is_opened(
    open_page, settled, prompts, tmp_path, opened
):
    page = open_page()
    page.show_query(ResidentQuery(tier="care"))
    settled()
    prompts.path = tmp_path / "表.pdf"
    page.export.open()
    page.export.errand.show_errand(ERRAND)

    page.export.pdf.click()
    settled()

    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert opened == [prompts.path]
    assert f"{page.model.rowCount()} 人" in page.export.outcome.sentence


@pytest.mark.parametrize("button", ["pdf", "xlsx"])
def test_a_file_that_cannot_be_written_is_explained(
    open_page, settled, prompts, tmp_path, button, opened
):
    page = open_page()
    prompts.path = tmp_path / "gone" / "表.xlsx"
    page.export.open()
    page.export.errand.show_errand(ERRAND)

    getattr(page.export, button).click()
    settled()

    assert page.export.outcome.sentence.startswith("文件没有写成。")
    assert page.export.progress.isHidden()
    assert not opened


def test_no_path_no_export(open_page, settled, prompts, office):
    page = open_page()
    page.export.open()
    page.export.errand.show_errand(ERRAND)
    entries = len(office.bodies())

    page.export.pdf.click()
    settled()

    assert len(office.bodies()) == entries
    page.export.findChildren(type(page.resetter))[0].click()
    assert not page.export.isVisible()


def test_only_what_concerns_the_table_reloads_it(open_page, settled, office):
    page = open_page()
    resident(office.session("clerk"), "新来的", room="8-1-101")

    page.reload(Changes.of(OFFICE))
    settled()
    assert len(rows(page)) == PEOPLE
    page.reload(Changes.of(RESIDENTS))
    settled()

    assert len(rows(page)) == PEOPLE + 1


def test_in_a_narrow_window_the_explanation_takes_the_place_of_the_list(open_page, settled, qtbot):
    page = open_page()
    page.resize(700, 700)
    settled()
    assert page.view.isVisible()

    choose(page, settled, qtbot, lambda row: row.tier)
    settled()
    assert page.panel.width() > 500
    assert not page.view.isVisible()

    page.findChild(QPushButton, "explanation.back").click()
    settled()
    assert page.view.isVisible()
    assert not page.panel.isVisible()


def test_a_wide_window_leaves_the_explanation_readable_beside_the_list(open_page, settled, qtbot):
    page = open_page()
    choose(page, settled, qtbot, lambda row: row.tier)
    settled()

    assert page.view.isVisible()
    assert page.panel.width() >= 32 * page.fontMetrics().horizontalAdvance("0")


def test_who_came_from_a_person_goes_back_there_by_escape(open_page, settled, qtbot):
    page = open_page()
    person = next(row.id for row in rows(page) if row.tier)
    page.show_person(person)
    qtbot.waitUntil(lambda: page.panel._person == person)

    with qtbot.waitSignal(page.resident_requested) as asked:
        qtbot.keyClick(page.view, Qt.Key.Key_Escape)

    assert asked.args == [person]


def test_a_stored_table_is_explained_by_its_own_version(office):
    session = office.session("manager")
    overview = classification.overview(session)
    active = rules.versions(session)[0].id

    assert overview.reasons.keys() == {rule.id for rule in table_of(session, active).rules}
    assert overview.people == PEOPLE


def test_whoever_objected_is_told_that_the_standard_applies(open_page, settled, qtbot, office):
    page = open_page()
    person = choose(page, settled, qtbot, lambda row: row.tier == "care")
    reasons = reasons_of(office.session("manager"), person.id)
    objected = replace(
        reasons, classification=replace(reasons.classification, tier="standard", objected=True)
    )

    page._show_reasons(person, objected)

    assert "本人要求不做自动分类" in words(page)


def test_a_result_older_than_its_dates_says_so(open_page, settled, qtbot, office):
    page = open_page()
    person = choose(page, settled, qtbot, lambda row: row.tier == "care")
    reasons = reasons_of(office.session("manager"), person.id)
    aged = replace(reasons, classification=replace(reasons.classification, tier="enhanced"))

    page._show_reasons(person, aged)

    assert "分类之后日期有变化" in words(page)


def test_the_paper_is_opened_by_the_systems_own_program(monkeypatch, tmp_path):
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)

    export_bar.open_file(tmp_path / "表.pdf")

    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "表.pdf")]
