"""The report: opened in memory, counted, aggregated; the sample goes, figures of groups stay."""

import json
from dataclasses import replace

import pytest

from pmdesk.analytics.figures import Gap
from pmdesk.domain.classification import RulesetId
from pmdesk.domain.fairness import Level, Verdict
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.services import fairness, person_acts, retention, rules
from pmdesk.services.consent import consents
from tests.offices import NOBODY, P2, P6, SPECIAL, consenting, founded_office
from tests.services.fairly import AGE, GENDER, MAN, WOMAN, YOUNG, joined, sample, sealed_before


def page_of(session, ruleset):
    """What the tab of the version shows."""
    return fairness.page(session, ruleset)


def lines_of(session, work, ruleset):
    """What the legality review reads of it."""
    return fairness.of_ruleset(session, work, ruleset)


def samples(office):
    return office.sql("SELECT person, reported_on FROM fairness_sample")


def line_of(page, attribute, group, outcome):
    found = (one.line for one in page.lines if one.line is not None)
    return next(
        one for one in found if (one.attribute, one.group, one.code) == (attribute, group, outcome)
    )


def sweep(session):
    with session.store.writing() as work:
        report = retention.sweep(session, work)
        work.commit()
    return dict(report.counts) if report else {}


@pytest.mark.usefixtures("people")
def test_the_report_compares_the_tiers_of_that_moment(manager, active):
    fairness.report(manager, active.id)
    page = page_of(manager, active.id)

    women = line_of(page, GENDER, WOMAN, "care")
    assert (women.people, women.having, women.reference) == (40, 15, MAN)
    assert women.ratio == pytest.approx(0.5)
    assert women.verdict is Verdict.REVIEW
    assert (page.people, page.verdict, page.made_by) == (80, Verdict.REVIEW, "李静")
    assert page.is_current


@pytest.mark.usefixtures("people")
def test_each_input_is_measured_against_each_attribute(manager, active):
    fairness.report(manager, active.id)
    with manager.store.reading() as work:
        found = fairness.proxies_of(manager, work, active)

    told = {(one.link.fact, one.link.attribute): one for one in found}
    asked = told["repair_need.waterproofing", GENDER]
    assert asked.level is Level.EXPLAIN
    assert asked.link.v == pytest.approx(0.364, abs=1e-3)
    assert "Cramér's V 0.363" in asked.sentence
    assert told["repair_need.waterproofing", AGE].level is Level.BLOCK
    levels = [one.level for one in found]
    order = [Level.BLOCK, Level.EXPLAIN, Level.NOTE, Level.NONE, Level.TOO_FEW]
    assert levels == sorted(levels, key=order.index)


@pytest.mark.usefixtures("people")
def test_only_counts_are_in_the_log_and_in_the_result(office, manager, active):
    pseudonyms = [p for (p,) in office.sql("SELECT pseudonym FROM fairness_sample")]
    with office.logged() as log:
        fairness.report(manager, active.id)

    assert log == [("fairness.report", f"ruleset:{active.id}", ())]
    result = " ".join(cell for table, cell in office.cells() if table == "fairness_result")
    assert not any(pseudonym in result for pseudonym in pseudonyms)
    for line in json.loads(office.sql("SELECT document FROM fairness_result")[0][0])["lines"]:
        for number in (line["people"], line["having"]):
            assert number is None or number == 0 or number >= 10


def test_a_draft_is_checked_before_anybody_is_touched(office, manager, people):
    active = next(one for one in rules.versions(manager) if one.status.value == "active")
    draft = rules.draft_from(manager, active.id)
    before = office.sql("SELECT person, tier FROM classification ORDER BY person")
    fairness.report(manager, draft)

    assert page_of(manager, draft).report.people == len(people)
    assert page_of(manager, active.id).report is None
    assert office.sql("SELECT person, tier FROM classification ORDER BY person") == before
    rules.discard(manager, draft)
    assert office.sql("SELECT * FROM fairness_result") == []


@pytest.mark.usefixtures("people")
def test_an_edit_of_the_draft_makes_its_figures_old(manager, active):
    draft = rules.draft_from(manager, active.id)
    fairness.report(manager, draft)
    with manager.store.reading() as work:
        version = work.rulesets.get(draft)
        edited = replace(version, digest="another")
        fresh = lines_of(manager, work, version)
        old = lines_of(manager, work, edited)
        assert fairness.proxies_of(manager, work, edited) == ()

    assert len(fresh) > 1
    (only,) = old
    assert only.verdict is Verdict.TOO_FEW
    assert "重新做一次检查" in only.sentence


def test_without_a_sample_people_have_to_review(manager, active):
    with manager.store.reading() as work:
        (only,) = lines_of(manager, work, active)
        assert fairness.proxies_of(manager, work, active) == ()
    page = page_of(manager, active.id)

    assert only.verdict is Verdict.TOO_FEW
    assert "必须由人来复核规则" in only.sentence
    assert (page.people, page.report, page.verdict) == (0, None, Verdict.TOO_FEW)


def test_a_report_of_which_nothing_can_be_compared_still_asks_for_people(clerk, manager, active):
    joined(clerk, (12, sample(WOMAN), SPECIAL))
    fairness.report(manager, active.id)
    with manager.store.reading() as work:
        (only,) = lines_of(manager, work, active)

    assert only.verdict is Verdict.TOO_FEW


def test_fewer_than_ten_people_are_no_report(office, clerk, manager, active):
    joined(clerk, (9, sample(WOMAN), SPECIAL))

    with pytest.raises(RefusedError) as caught:
        fairness.report(manager, active.id)
    assert caught.value.places["count"] == 9
    assert {day for _person, day in samples(office)} == {None}


@pytest.mark.usefixtures("people")
def test_the_sentences_tell_statistic_uncertainty_and_what_is_hidden(manager, active):
    fairness.report(manager, active.id)
    with manager.store.reading() as work:
        found = lines_of(manager, work, active)
    by = {(one.attribute.zh, one.group.zh, one.outcome.zh): one for one in found}

    women = by["性别", "女", "关怀及以上"]
    assert "比值0.500，95%区间" in women.sentence
    assert "碰巧的可能 p" in women.sentence
    assert not women.suppressed
    assert ("性别", "男", "关怀及以上") not in by  # the reference is compared with nothing
    old = by["年龄段", "40–59", "关怀及以上"]
    assert old.verdict is Verdict.TOO_FEW
    assert "精确检验发现有差异" in old.sentence
    shown = page_of(manager, active.id).lines
    assert any(one.sentence == "其他人群都和这一组比。" for one in shown)


def test_hidden_numbers_are_said_to_be_hidden(clerk, manager, active):
    joined(
        clerk,
        (7, sample(WOMAN), SPECIAL),
        (33, sample(WOMAN), {}),
        (30, sample(MAN), SPECIAL),
        (10, sample(MAN), {}),
        (4, sample("undisclosed"), {}),
    )
    fairness.report(manager, active.id)
    with manager.store.reading() as work:
        found = lines_of(manager, work, active)

    hidden = [one for one in found if one.suppressed]
    assert hidden
    assert all("不到10人" in one.sentence for one in hidden)
    assert not any("0.2" in one.sentence for one in hidden)
    assert not any(one.line.group == "undisclosed" for one in found)


def test_the_power_stands_beside_what_was_not_found(clerk, manager, active):
    joined(
        clerk,
        (20, sample(WOMAN), SPECIAL),
        (30, sample(WOMAN), {}),
        (22, sample(MAN), SPECIAL),
        (28, sample(MAN), {}),
    )
    fairness.report(manager, active.id)
    page = page_of(manager, active.id)

    told = next(one for one in page.lines if one.line.ratio is not None)
    assert told.verdict is Verdict.CLEAR
    assert f"100次里约有{told.line.found}次能发现" in told.sentence


@pytest.mark.usefixtures("people")
def test_samples_go_half_a_year_after_the_first_report(office, manager, active):
    fairness.report(manager, active.id)
    assert {day for _person, day in samples(office)} == {"2026-03-02"}
    office.clock.advance(days=100)
    fairness.report(manager, active.id)  # a second report does not prolong it
    assert str(page_of(manager, active.id).samples_go) == "2026-09-03"
    assert _due(manager).first.isoformat() == "2026-09-03"

    office.clock.advance(days=84)  # 2026-09-02
    assert "fairness" not in sweep(manager)
    office.clock.advance(days=1)
    assert sweep(manager)["fairness"] == 80
    assert samples(office) == []
    journal = office.sql("SELECT person, field, reason FROM erasure WHERE purpose = 'P6'")
    assert len(journal) == 160
    assert {field for _person, field, _reason in journal} == {GENDER, AGE}
    live = office.sql("SELECT count(*) FROM consent WHERE purpose = 'P6'")
    assert live == [(80,)]  # consents and figures stay
    assert page_of(manager, active.id).report is not None


def _due(session):
    return next(one for one in retention.overview(session).due if one.kind == "fairness")


def test_a_sample_that_no_report_used_stays(office, clerk, manager, people):
    assert _due(manager).first is None
    office.clock.advance(days=300)
    assert "fairness" not in sweep(manager)
    assert len(samples(office)) == len(people)


@pytest.mark.usefixtures("people")
def test_the_office_may_erase_the_samples_at_once(office, manager, active):
    fairness.report(manager, active.id, erase=True)

    assert samples(office) == []
    page = page_of(manager, active.id)
    assert (page.people, page.report.people, page.samples_go) == (0, 80, None)


@pytest.mark.usefixtures("people")
def test_samples_may_go_without_a_report(office, manager):
    with office.logged() as log:
        fairness.erase_samples(manager)

    assert log == [("fairness.erased", "", ())]
    assert samples(office) == []


def test_a_withdrawn_person_is_in_no_later_report(clerk, manager, active, people):
    fairness.report(manager, active.id)
    consents.withdraw(clerk, people[0], P6)
    fairness.report(manager, active.id)

    assert page_of(manager, active.id).report.people == 79


def test_people_outside_the_classification_and_frozen_ones_are_left_out(
    office, clerk, manager, active, people
):
    consents.withdraw(clerk, people[0], P2)
    person_acts.restrict(manager, people[1], P6)
    fairness.report(manager, active.id)

    assert page_of(manager, active.id).report.people == 78


def test_what_people_decided_is_not_laid_at_the_door_of_the_rules(clerk, manager, active, people):
    from pmdesk.services import acts

    with clerk.store.writing() as work:
        acts.object_to_tier(clerk, work, people[0])
        work.commit()
    fairness.report(manager, active.id)

    assert page_of(manager, active.id).report.people == 79


def test_answers_sealed_the_old_way_are_moved_with_the_next_report(
    office, clerk, manager, active, people
):
    late = consenting(clerk, P2, P6)
    sealed_before(manager, late, sample(WOMAN, YOUNG))
    assert page_of(manager, active.id).people == 81
    fairness.report(manager, active.id)

    assert office.sql("SELECT * FROM sealed_value") == []
    assert late in {person for person, _day in samples(office)}
    assert page_of(manager, active.id).report.people == 81


def test_what_was_answered_anew_is_newer_than_what_was_held(office, clerk, manager, active, people):
    person = people[0]
    sealed_before(manager, person, {GENDER: MAN})
    fairness.report(manager, active.id)

    assert office.sql("SELECT * FROM sealed_value") == []
    assert line_of(page_of(manager, active.id), GENDER, WOMAN, "care").people == 40


@pytest.mark.usefixtures("people")
def test_a_version_that_is_gone_has_no_figures(manager):
    with pytest.raises(NotFoundError):
        fairness.report(manager, RulesetId(NOBODY))


@pytest.mark.usefixtures("people")
def test_untrained_staff_make_no_report(tmp_path, clock):
    made = founded_office(tmp_path / "untaught", taught=False, active=False)
    office = made.copied(tmp_path / "copy", clock)
    manager = office.session("manager")
    clock.advance(days=60)
    starter = rules.versions(manager)[-1].id
    with pytest.raises(RefusedError):
        fairness.report(manager, starter)
    office.close()


def test_an_older_copy_loses_the_samples_that_were_erased(
    office, tmp_path, manager, active, people
):
    import shutil

    from tests.offices import Office

    office.close()
    shutil.copytree(office.folder, tmp_path / "older")
    older = Office(folder=tmp_path / "older", founded=office.founded, clock=office.clock)
    fairness.report(office.session("manager"), active.id, erase=True)
    with office.session("manager").store.reading() as work:
        lines = work.erasures.since()
    session = older.session("manager")
    with session.store.writing() as work:
        work.erasures.replay(lines, seal=session.accounts.seal, today=session.clock.today())
        work.commit()

    assert samples(older) == []
    assert older.sql("SELECT count(*) FROM consent WHERE purpose = 'P6'") == [(80,)]
    older.close()


def test_the_figure_shows_the_gravest_first_and_no_hidden_number(manager, active, people):
    from pmdesk.services.fairness import chart

    fairness.report(manager, active.id)
    figure = chart.figure(page_of(manager, active.id))

    assert figure.category_keys[0] == "review"
    assert figure.categories[0] == "女 · 关怀及以上"
    assert [series.cells[0].text for series in figure.series] == ["0.50", "0.32", "0.78", "40"]
    review, watch = (
        sum(key == verdict for key in figure.category_keys) for verdict in ("review", "watch")
    )
    assert f"{review} 项需复核，{watch} 项关注" in figure.answer
    assert "审核人要查明原因" in figure.note  # what each of the two words asks of whom
    assert "可能只是碰巧" in figure.note
    assert len(figure.categories) <= chart.MOST


def test_what_is_to_be_watched_is_drawn_also_where_its_numbers_are_hidden(manager, active, people):
    from pmdesk.services.fairness import chart

    fairness.report(manager, active.id)
    page = page_of(manager, active.id)
    seen = next(one for one in page.lines if one.line and not one.line.is_reference)
    none = dict.fromkeys(("people", "having", "ratio", "low", "high", "p", "holm"))
    line = replace(seen.line, verdict=Verdict.WATCH, **none)
    figure = chart.figure(
        replace(page, lines=(replace(seen, verdict=Verdict.WATCH, suppressed=True, line=line),))
    )

    assert figure.answer == "共比较 1 项：0 项需复核，1 项关注，0 项样本不足。"
    assert figure.remarks == ("关注",)
    assert {series.cells[0].gap for series in figure.series} == {Gap.HIDDEN}


def test_nothing_to_compare_is_an_empty_figure(clerk, manager, active):
    from pmdesk.services.fairness import chart

    joined(clerk, (12, sample(WOMAN), SPECIAL))
    fairness.report(manager, active.id)
    figure = chart.figure(page_of(manager, active.id))

    assert figure.is_empty
    assert figure.answer == "没有两组可以比较的人。"
