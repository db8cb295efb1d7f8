"""The page of attention: places and measures, the rules in use, the service delivered."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from pmdesk.analytics.drift import drift
from pmdesk.assets import asset
from pmdesk.domain.fairness import Verdict
from pmdesk.domain.watch import EVERY_TOPIC, MeasureState, Plan
from pmdesk.i18n import Words
from pmdesk.services.watch import measures
from pmdesk.services.watch.rules_in_use import Change, Fairness, Held
from pmdesk.ui.charts import draw
from pmdesk.ui.pages.watch import PLACES, RULES, SERVED, WatchPage
from pmdesk.ui.theme import Scheme
from pmdesk.ui.watch.measure_dialog import EndDialog, MeasureDialog
from pmdesk.ui.widgets.pill import Pill
from tests.services.watch.events import hot

TODAY = date(2026, 3, 2)


@pytest.fixture
def page(manager, tasks, prompts, shown):
    """The manager's page."""
    return shown(WatchPage(manager, tasks, prompts))


def planned(session, **changes):
    usual = {
        "building": "3",
        "topic": "noise",
        "words": "装修时间公示",
        "owner": session.staff.uid,
        "due": TODAY + timedelta(days=20),
    }
    return measures.add(session, Plan(**{**usual, **changes}))


def buttons(widget, words):
    return [one for one in widget.findChildren(QPushButton) if one.text() == words]


def test_an_empty_office_says_what_will_be_here(page):
    assert page.part == PLACES
    assert "还没有工单" in page.spots.found.figure.answer
    assert page.measures.model.rows == ()
    assert not page.measures.place.isVisible()


def test_a_place_leads_to_a_measure_for_it(manager, office, tasks, prompts, shown, settled):
    hot(office)
    page = shown(WatchPage(manager, tasks, prompts))
    assert [one.topic for one in page.spots.found.spots] == [EVERY_TOPIC, "noise"]
    buttons(page.spots, "安排措施…")[1].click()
    form = page.measures.dialog
    assert isinstance(form, MeasureDialog)
    assert (form.plan.building, form.plan.topic) == ("3", "noise")
    assert form.plan.owner == manager.staff.uid
    form.words.setText("装修时间公示")
    form.save()
    settled()

    assert [one.measure.plan.words for one in page.measures.model.rows] == ["装修时间公示"]
    assert page.measures.place.text() == "3 栋 · 噪音"
    assert any("1 项措施" in one.text() for one in page.spots.findChildren(type(page.spots.about)))


def test_what_is_missing_in_a_measure_is_said_in_the_form(page, settled):
    page.measures.plan()
    form = page.measures.dialog
    form.save()
    settled()
    assert form.message.sentence == "请选择楼栋。"
    form.building.addItem("3", "3")
    form.due.show_value("later")
    form.words.setText("装修时间公示")
    form.save()
    settled()
    assert form.message.sentence == "请选今天或以后的日期。"
    assert page.measures.model.rows == ()


def test_what_is_written_in_a_measure_is_not_lost_by_one_escape(page):
    page.measures.plan()
    form = page.measures.dialog
    QTest.keyClicks(form.words, "watering the green")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert "还没有保存" in form.message.sentence
    form.cancel.click()
    assert not form.isVisible()

    page.measures.plan()
    QTest.keyClick(page.measures.dialog, Qt.Key.Key_Escape)
    assert not page.measures.dialog.isVisible()


def test_a_measure_is_changed_done_and_taken_up_again(manager, office, page, settled):
    hot(office)
    planned(manager)
    page.reload()
    settled()
    page.measures.edit.click()
    form = page.measures.dialog
    assert not form.building.isEnabled()
    form.words.setText("每晚巡楼")
    form.save()
    settled()
    assert page.measures.words.text() == "每晚巡楼"

    page.measures.done.click()
    assert isinstance(page.measures.dialog, EndDialog)
    page.measures.dialog.note.setText("已办")
    page.measures.dialog.save()
    settled()
    assert "还太早" in page.measures.effect.text()
    assert "备注：已办" in page.measures.effect.text()
    assert page.measures.again.isVisible()
    assert not page.measures.done.isVisible()
    page.measures.again.click()
    settled()
    assert page.measures.done.isVisible()


def test_dropping_without_a_reason_is_refused_in_the_form(manager, page, settled):
    planned(manager)
    page.reload()
    settled()
    page.measures.drop.click()
    form = page.measures.dialog
    form.save()
    settled()
    assert "放弃措施要写明理由" in form.message.sentence
    form.note.setText("开发商已整改")
    form.save()
    settled()
    assert page.measures.model.rows[0].measure.state is MeasureState.DROPPED


def test_a_reviewer_looks_and_changes_nothing(office, manager, tasks, prompts, shown):
    hot(office)
    planned(manager)
    page = shown(WatchPage(office.session("reviewer"), tasks, prompts))
    assert not page.measures.new.isVisible()
    assert not page.measures.acts.isVisible()
    assert buttons(page.spots, "安排措施…") == []
    page.measures.plan()
    page.measures.change()
    assert page.measures.dialog is None


def test_the_rules_in_use_and_the_service_are_counted_when_they_are_looked_at(page, settled):
    assert page.in_use.found is None
    page.show_part(RULES)
    settled()
    assert page.in_use.version.text().startswith("第 1 版规则自")
    assert len(page.in_use.months.rows) == 6
    page.show_part(SERVED)
    settled()
    assert page.served.answer.text() == "这几个月没有到期的住户工单。"


def test_a_failure_is_said_and_what_was_shown_stays(page, settled, monkeypatch):
    from pmdesk.errors import RefusedError

    def broken(_session):
        raise RefusedError("No.", "Wait.")

    monkeypatch.setattr("pmdesk.services.watch.measures.measures", broken)
    page.reload()
    settled()
    assert page.measures.banner.isVisible()
    assert not page.measures.working.isVisible()


def test_a_late_measure_stands_out_in_the_table(manager, office, page, settled, clock):
    planned(manager, due=TODAY)
    clock.advance(days=1)
    page.reload()
    settled()
    state = next(one for one in page.measures.model.columns if one.key == "state")
    assert state.badge(page.measures.model.rows[0]).icon == "triangle-alert"


def test_a_place_that_calmed_down_is_told_as_nothing(
    manager, office, tasks, prompts, shown, wear, settled
):
    hot(office, now=4)
    page = shown(WatchPage(manager, tasks, prompts))
    said = [one.text() for one in page.spots.card.findChildren(type(page.spots.about))]
    assert "没有连续两期明显偏多的地方。" in said
    chart = page.spots.chart
    wear(Scheme.DARK)
    settled()
    assert page.spots.chart is chart
    page.reload()
    settled()
    assert page.spots.chart is chart


def test_the_rules_in_use_lead_to_the_rules(page, settled, qtbot):
    page.show_part(RULES)
    settled()
    with qtbot.waitSignal(page.page_requested) as asked:
        page.in_use.rules.click()
    assert asked.args == ["rules"]
    page.in_use.changes.set_rows(())
    assert page.in_use.drift.empty.isVisible()


def test_a_place_says_when_what_was_planned_for_it_is_late(
    manager, office, tasks, prompts, shown, clock
):
    hot(office)
    planned(manager, due=TODAY)
    page = shown(WatchPage(manager, tasks, prompts))
    assert not [one for one in page.spots.findChildren(Pill) if "逾期" in one.badge.words]
    clock.advance(days=1)
    page = shown(WatchPage(manager, tasks, prompts))

    (late,) = (one for one in page.spots.findChildren(Pill) if "逾期" in one.badge.words)
    assert late.badge.words == "逾期 1 项"
    assert [(one.topic, one.measures, one.late) for one in page.spots.found.spots] == [
        (EVERY_TOPIC, 0, 0),
        ("noise", 1, 1),
    ]


def test_a_change_says_its_verdict_first_and_no_number_where_little_is_known(page):
    much = drift({"": 900, "noon": 100}, {"": 500, "noon": 500})
    few = drift({}, {"": 3})
    page.in_use.changes.set_rows(
        [Change(key="x", name=Words("甲", "A"), drift=one, sentence="") for one in (much, few)]
    )
    told = [
        [one.cell(row) for one in page.in_use.changes.columns] for row in page.in_use.changes.rows
    ]

    assert told == [["甲", "要处理", "0.88", "<0.001"], ["甲", "数据太少", "—", "—"]]


def test_the_chart_of_places_has_lines_at_no_difference_and_where_watching_begins(
    manager, office, tasks, prompts, shown
):
    hot(office)
    figure = shown(WatchPage(manager, tasks, prompts)).spots.found.figure
    theme = tomllib.loads(asset("themes/light.toml").read_text(encoding="utf-8"))
    (axes,) = draw.drawn(figure, theme).axes
    lines = {tuple(np.asarray(line.get_xdata())) for line in axes.get_lines()}
    assert {(1, 1), (1.5, 1.5)} <= lines
    assert not any(x == y == 0.8 for x, y in (line for line in lines if len(line) == 2))
    assert any("约 20 户" in text.get_text() for text in axes.texts)


@pytest.mark.parametrize("part", [RULES, SERVED])
def test_a_part_that_is_counted_for_the_first_time_says_so(page, settled, part):
    page.show_part(part)
    panel = page.in_use if part == RULES else page.served

    assert panel.working.isVisible()
    assert panel.working.accessibleName() == "正在统计"
    settled()
    assert not panel.working.isVisible()


def test_a_verdict_on_results_says_what_it_asks_for(page, settled):
    page.show_part(RULES)
    settled()
    told = {}
    for verdict in Verdict:
        fair = Fairness(verdict=verdict, day=date(2026, 2, 1))
        page.in_use.show_found(replace(page.in_use.found, fairness=fair))
        told[verdict] = page.in_use.fair.text()

    assert told[Verdict.REVIEW].endswith("审核人要查明原因。")
    assert told[Verdict.WATCH].endswith("请审核人看一看。")
    assert told[Verdict.CLEAR] == "结果的公平性（2026-02-01 的统计）。未见明显差异。"


def test_words_of_statistics_stand_only_where_it_says_how_it_is_reckoned(page):
    heads = [one.title for one in page.in_use.changes.columns]
    assert heads == ["项目", "结论", "变化大小", "碰巧的可能"]
    (how,) = (one.text() for one in page.in_use.findChildren(QLabel) if "PSI" in one.text())
    assert how.startswith("怎么算的：")


def test_people_by_tier_are_shown_with_their_trend(page):
    held = [
        Held(key="care", name=Words("关怀", "Care"), counts=(48, 50, 53)),
        Held(key="special", name=Words("专项", "Special"), counts=(12, None, 11)),
        Held(key="tag:quiet", name=Words("安静", "Quiet"), counts=(20, 20)),
    ]
    page.in_use.counts.set_rows(held)
    told = [[one.cell(row) for one in page.in_use.counts.columns] for row in held]

    assert told == [
        ["关怀", "48 → 50 → 53", "+3"],
        ["专项", "12 → <10 → 11", "—"],
        ["安静", "20 → 20", "0"],
    ]
