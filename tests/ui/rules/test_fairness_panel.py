"""The fairness tab: a number of people, a chart, verdicts with words, and nobody in any of them."""

from dataclasses import replace

import pytest

from pmdesk.services import fairness, rules
from pmdesk.ui.charts.marks import tip
from pmdesk.ui.rules.fairness_panel import FairnessPanel
from pmdesk.ui.rules.lifecycle import Desk
from pmdesk.ui.rules.panels import PANELS
from pmdesk.ui.rules.shown import Shown
from pmdesk.ui.theme import Scheme
from tests.fakes import FakeClock
from tests.offices import SPECIAL, Founded
from tests.services.fairly import MAN, WOMAN, joined, sample, unequal
from tests.ui.clipping import clipped
from tests.ui.dashboard.conftest import BLANK


@pytest.fixture(scope="module")
def taking_part(founded, tmp_path_factory):
    """An office with 40 women and 40 men in the fairness check."""
    import scipy.stats  # slow to import, which no test should wait for

    del scipy
    made = founded.copied(tmp_path_factory.mktemp("fair") / "office", FakeClock())
    unequal(made.session("clerk"), women=(40, 15), men=(40, 30))
    made.close()
    return Founded(made.folder, founded.recovery, founded.signers)


@pytest.fixture
def office(request, founded, tmp_path, clock):
    """With or without people, as the test asks."""
    source = founded if "nobody" in request.fixturenames else request.getfixturevalue("taking_part")
    made = source.copied(tmp_path / "office", clock)
    yield made
    made.close()


@pytest.fixture
def nobody():
    """Nobody takes part."""


@pytest.fixture
def open_panel(tasks, prompts, shown, settled):
    """The tab of the version in force, as that account sees it."""

    def _open(session):
        panel = shown(FairnessPanel(session, tasks, prompts))
        panel.show_version(version(session))
        settled()
        return panel

    return _open


def version(session):
    versions = rules.versions(session)
    ruleset = next(one for one in versions if one.status.value == "active")
    table = rules.table(session, ruleset.id)
    desk = Desk(steps=())
    return Shown(ruleset=ruleset, table=table, desk=desk, facts=(), versions=versions, names={})


@pytest.fixture
def undrawn(monkeypatch):
    """Charts stay white where a test does not look at them: drawing is slow."""
    monkeypatch.setattr("pmdesk.ui.charts.view._picture", lambda *_: BLANK)


def test_the_tab_is_on_the_rules_page():
    assert "fairness" in [tab.key for tab in PANELS]


@pytest.mark.usefixtures("nobody")
def test_while_nobody_takes_part_it_says_how_to_invite(manager, open_panel):
    panel = open_panel(manager)

    assert panel.empty.isVisible()
    assert "参加是自愿的" in panel.empty._sentence.text()
    assert not panel.head.isVisible()
    assert not panel.tables.isVisible()


def test_one_press_makes_the_check_and_shows_it(manager, undrawn, open_panel, settled):
    panel = open_panel(manager)
    assert panel.people.text() == "80人参加了公平性检查"
    assert not panel.tables.isVisible()

    panel.start.click()
    settled()

    assert panel.tables.isVisible()
    assert "李静" in panel.source.text()
    assert "2026-09-03" in panel.source.text()
    lines = panel.tables.lines.table
    first = lines.row(0)
    assert [column.cell(first) for column in lines.columns] == [
        *("需复核", "性别", "女", "关怀及以上", "40人中15人（38%）"),
        *("0.50 (0.32–0.78)", "0.001"),
    ]
    assert "95%区间" in panel.tables.sentence.text()
    reference = lines.row(1)
    assert lines.columns[0].cell(reference) == ""
    assert lines.columns[0].badge(reference).words == "参照组"
    assert panel.tables.proxies.table.rowCount() > 0
    assert "Cramér" in panel.tables.linked.text()


@pytest.mark.parametrize("erasing", [True, False])
def test_after_the_check_the_table_has_the_focus_and_no_link_that_erases(
    manager, undrawn, open_panel, settled, erasing
):
    panel = open_panel(manager)
    panel.erase.setChecked(erasing)
    panel.activateWindow()
    panel.start.setFocus()
    panel.start.click()
    assert panel.focusWidget() not in {panel.erase, panel.wipe}
    settled()

    assert panel.focusWidget() is panel.tables.lines


def test_where_every_ratio_is_hidden_a_sentence_stands_instead_of_the_chart(
    manager, undrawn, open_panel
):
    fairness.report(manager, version(manager).ruleset.id)
    panel = open_panel(manager)
    assert not panel.tables.untold.isVisible()
    page = replace(
        panel.page,
        lines=tuple(one for one in panel.page.lines if one.line and one.line.is_reference),
    )

    panel.tables.show_page(page, fairness.chart.figure(page))

    assert not panel.tables.chart.isVisible()
    assert "没有可以画成图的比值" in panel.tables.untold.text()
    assert panel.tables.untold.isVisible()


def test_buttons_speak_of_answers(manager, open_panel):
    panel = open_panel(manager)

    assert panel.wipe.text() == "删除参加者的全部回答…"
    assert "样本" not in panel.erase.text()


def test_a_chosen_row_says_what_it_means(manager, undrawn, open_panel, settled):
    fairness.report(manager, version(manager).ruleset.id)
    panel = open_panel(manager)
    panel.tables.lines.selectRow(1)

    assert panel.tables.sentence.text() == "其他人群都和这一组比。"


def test_a_chart_shows_ratios_with_their_intervals(manager, open_panel, wear, settled):
    fairness.report(manager, version(manager).ruleset.id)
    panel = open_panel(manager)
    settled()
    view = panel.tables.chart.view
    told = [tip(panel.tables.chart.figure, one.category, one.series).words for one in view.marks]
    assert all(sign in told[0] for sign in ("0.50", "0.32", "0.78", "需复核"))
    before = view._image
    wear(Scheme.DARK, 1.2)
    settled()
    assert panel.tables.chart.view._image != before


def test_samples_may_be_erased_with_the_check(office, manager, undrawn, open_panel, settled):
    panel = open_panel(manager)
    panel.erase.setChecked(True)
    panel.start.click()
    settled()

    assert office.sql("SELECT * FROM fairness_sample") == []
    assert panel.people.text() == "0人参加了公平性检查"
    assert "已经删除" in panel.source.text()
    assert not panel.start.isVisible()


@pytest.mark.parametrize("sure", [True, False])
def test_erasing_all_samples_is_asked_first(office, manager, prompts, open_panel, settled, sure):
    prompts.confirms = sure
    panel = open_panel(manager)
    panel.wipe.click()
    settled()

    assert len(prompts.asked) == 1
    assert bool(office.sql("SELECT * FROM fairness_sample")) is not sure


@pytest.mark.usefixtures("nobody")
def test_too_few_people_cannot_be_counted(office, manager, open_panel):
    joined(office.session("clerk"), (5, sample(WOMAN), SPECIAL), (4, sample(MAN), {}))
    panel = open_panel(manager)

    assert not panel.start.isEnabled()
    assert "不到10人" in panel.source.text()


def test_a_problem_is_told_and_the_button_comes_back(manager, monkeypatch, open_panel, settled):
    from pmdesk.errors import StorageError

    panel = open_panel(manager)
    monkeypatch.setattr(
        fairness,
        "report",
        lambda *_, **__: (_ for _ in ()).throw(StorageError("The disk is full.")),
    )
    panel.start.click()
    settled()

    assert "disk" in panel.banner.sentence
    assert panel.start.isEnabled()
    assert panel.focusWidget() is panel.start


def test_figures_of_an_earlier_text_are_said_to_be_old(office, manager, undrawn, open_panel):
    fairness.report(manager, version(manager).ruleset.id)
    office.session("admin")
    with office.opened["admin"].engine.begin() as connection:
        connection.exec_driver_sql("UPDATE fairness_result SET digest = 'x'")
    panel = open_panel(manager)

    assert "请重新做一次检查" in panel.banner.sentence


def test_another_change_is_no_reason_to_read_again(manager, open_panel, settled):
    from pmdesk.domain.office import STAFF, Changes

    panel = open_panel(manager)
    panel.page = None
    panel.reload(Changes.of(STAFF))
    settled()
    assert panel.page is None


@pytest.mark.parametrize("scheme", list(Scheme))
def test_nothing_is_cut_off_at_double_size(manager, undrawn, open_panel, wear, scheme, qapp):
    fairness.report(manager, version(manager).ruleset.id)
    wear(scheme, 2.0)
    panel = open_panel(manager)
    qapp.processEvents()

    assert not clipped(panel.head)
