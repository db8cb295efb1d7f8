"""No rules without an assessment: RL-07, and all else that PIPL 55 wants assessed first."""

import pytest

from pmdesk.domain.assessments import KIND
from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.records import RecordStatus
from pmdesk.domain.reviews import failed
from pmdesk.errors import RefusedError
from pmdesk.services import review, rules
from pmdesk.services.assessing.assessment_form import prefilled
from pmdesk.services.audits import record_points
from pmdesk.services.records import assessments, record_desk
from pmdesk.services.records.assessments import State
from tests.offices import consenting, resident, reviewed, table_of, tried
from tests.services.recorded import P5_SUBJECT, answers_about, assessed, handed_in


@pytest.fixture
def approved_rules(manager, manager2):
    """A version that is reviewed and not assessed."""
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    table = table_of(manager, draft).with_output("r8", tier="special")
    rules.save_draft(manager, draft, table)
    tried(manager, draft)
    rules.submit(manager, draft)
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "与合同一致。")
    return draft


def subject(session, ruleset):
    return assessments.of_ruleset(session, ruleset).subject


def words(document, key):
    """A text of the assessment."""
    value = document[key]
    assert isinstance(value, str)
    return value


def refused(session, ruleset):
    """The sentence with which an activation is refused."""
    with pytest.raises(RefusedError) as error:
        rules.activate(session, ruleset)
    assert error.value.code == "E_PIA_MISSING"
    return error.value.sentence


def status(session, ruleset):
    return next(one.status for one in rules.versions(session) if one.id == ruleset)


def test_rules_without_an_assessment_are_not_activated(manager2, clerk, approved_rules, office):
    consenting(clerk)
    before = office.cells()

    assert "have no impact assessment" in refused(manager2, approved_rules)

    assert office.cells() == before
    assert status(manager2, approved_rules) is RulesetStatus.APPROVED


def test_a_draft_a_waiting_and_a_rejected_assessment_do_not_do(
    manager, manager2, reviewer, approved_rules
):
    about = subject(manager, approved_rules)
    record, _changes = record_desk.save(manager, KIND, about, answers_about(manager, about))
    assert "still a draft" in refused(manager2, approved_rules)

    handed_in(manager, about, record=record)
    assert "not approved yet" in refused(manager2, approved_rules)
    record_desk.reject(reviewer, record, "再想想")
    assert "sent back" in refused(manager2, approved_rules)

    handed_in(manager, about, record=record, minors="不涉及")
    record_desk.approve(reviewer, record, "同意")
    rules.activate(manager2, approved_rules)
    assert status(manager2, approved_rules) is RulesetStatus.ACTIVE


def test_an_assessment_covers_exactly_the_rules_it_was_made_for(manager, manager2, approved_rules):
    assessed(manager, manager2, subject(manager, approved_rules))

    other = rules.draft_from(manager, approved_rules)
    edited = table_of(manager, other).with_output("r8", tier="care")
    rules.save_draft(manager, other, edited.with_output("r9", tier="special"))
    tried(manager, other)
    rules.submit(manager, other)
    reviewed(manager2, other)
    rules.approve(manager2, other, "同意")

    assert "have no impact assessment" in refused(manager2, other)
    rules.activate(manager2, approved_rules)


def test_a_copy_of_the_same_rules_is_covered_by_the_same_assessment(
    manager, manager2, approved_rules
):
    record = assessed(manager, manager2, subject(manager, approved_rules))

    copy = rules.draft_from(manager, approved_rules)

    assert assessments.of_ruleset(manager, copy).record == record


@pytest.mark.parametrize(
    ("conclusion", "more", "begins"),
    [
        ("no", {}, False),
        ("mend", {"actions": "补告知", "actions_by": "李静"}, False),
        ("mend", {"actions": "补告知", "actions_by": "李静", "actions_done": True}, True),
    ],
)
def test_the_conclusion_decides(manager, manager2, approved_rules, clock, conclusion, more, begins):
    if conclusion == "mend":
        more |= {"actions_due": clock.today()}
    about = subject(manager, approved_rules)
    assessed(manager, manager2, about, conclusion=conclusion, **more)

    if begins:
        rules.activate(manager2, approved_rules)
    else:
        assert "must not begin yet" in refused(manager2, approved_rules)


def test_an_old_assessment_does_not_do(manager, manager2, approved_rules, clock, office):
    record = assessed(manager, manager2, subject(manager, approved_rules))
    clock.advance(days=340)
    assert assessments.of_ruleset(manager, approved_rules).state is State.DUE

    clock.advance(days=30)
    assert "too old" in refused(manager2, approved_rules)

    handed_in(manager, subject(manager, approved_rules), record=record)
    record_desk.approve(manager2, record, "同意")
    review.renew(manager2, approved_rules, "一年已过，重新看过，没有变化。")  # its year is over too
    rules.activate(manager2, approved_rules)


def test_an_assessment_ends_when_what_it_is_about_changes(manager, manager2, approved_rules):
    about = subject(manager, approved_rules)
    assessed(manager, manager2, about, scope="0" * 64)

    assert "has changed" in refused(manager2, approved_rules)


def test_a_high_risk_is_accepted_by_an_administrator_alone(
    manager, manager2, admin, approved_rules
):
    high = {"risk.leak.likely_after": "3", "risk.leak.severe_after": "4"}
    record = handed_in(manager, subject(manager, approved_rules), **high)

    with pytest.raises(RefusedError, match="only an administrator"):
        record_desk.approve(manager2, record, "同意")
    assert "not approved yet" in refused(manager2, approved_rules)
    record_desk.approve(admin, record, "已加装门禁柜，可以接受")

    rules.activate(manager2, approved_rules)


def test_a_high_risk_may_be_sent_back_by_anybody(manager, manager2, approved_rules):
    high = {"risk.leak.likely_after": "4", "risk.leak.severe_after": "4"}
    record = handed_in(manager, subject(manager, approved_rules), **high)

    record_desk.reject(manager2, record, "先降低风险")

    assert record_desk.opened(manager, record).record.status is RecordStatus.REJECTED


def test_what_the_program_knows_is_filled_in(manager, approved_rules, clerk):
    resident(clerk)
    version = next(v for v in rules.versions(manager) if v.id == approved_rules)

    document = prefilled(manager, subject(manager, approved_rules))

    assert document["activity"] == "分类规则第2版"
    assert version.digest in words(document, "rules")
    assert document["individuals"] == 1
    assert document["small"] == "yes"
    assert "P2" in words(document, "purposes")
    assert "周敏" in words(document, "handler")
    assert document["assessor"] == "李静"
    table = table_of(manager, approved_rules)
    facts = {f.key.split(".")[0] for f in table.facts}
    assert words(document, "fields").count("\n") + 1 == len(facts)
    assert "conclusion" not in document
    assert "opinion_responsible" not in document


def test_rules_without_fairness_figures_are_said_to_have_none(manager, approved_rules):
    document = prefilled(manager, subject(manager, approved_rules))

    assert "Fairness check: No fairness figures of this version" in words(document, "review")
    assert "Explain first" not in words(document, "groups")


def test_items_of_the_review_that_fail_are_named_instead_of_the_assurances(
    manager, approved_rules, monkeypatch
):
    about = subject(manager, approved_rules)
    assert "rows only add" in words(prefilled(manager, about), "review")
    monkeypatch.setattr(
        "pmdesk.services.review.telling.readable",
        lambda _sight: failed("LR-11", "Row {row} cannot be explained to anybody.", row=3),
    )

    told = words(prefilled(manager, about), "review")

    assert "LR-11" in told
    assert "Row 3 cannot be explained" in told
    assert "rows only add" not in told


def test_with_conclusion_and_opinion_an_offered_assessment_is_complete(manager, approved_rules):
    for about in (subject(manager, approved_rules), *_purposes(manager)):
        document = answers_about(manager, about)
        made_of = record_desk.opened(manager, handed_in(manager, about)).kind

        assert not record_desk.problems(manager, made_of, document), about


def test_a_new_version_begins_with_what_people_wrote_about_the_last_one(
    manager, manager2, approved_rules
):
    about = subject(manager, approved_rules)
    assessed(manager, manager2, about, groups="独居老人另行征求过意见")
    other = rules.draft_from(manager, approved_rules)
    edited = table_of(manager, other).with_output("r8", tier="care")
    rules.save_draft(manager, other, edited.with_output("r9", tier="special"))
    tried(manager, other)
    rules.submit(manager, other)

    document = prefilled(manager, subject(manager, other))

    assert document["groups"] == "独居老人另行征求过意见"
    assert document["activity"] == "分类规则第3版"
    assert "conclusion" not in document


def test_all_that_needs_an_assessment_is_named_until_it_has_one(manager, manager2):
    before = [need.assessed.subject for need in assessments.missing(manager)]
    assert before == ["purpose:P1-plate", "purpose:P5", "purpose:P6", "purpose:P7"]

    assessed(manager, manager2, P5_SUBJECT)

    left = [need.assessed.subject for need in assessments.missing(manager)]
    assert left == ["purpose:P1-plate", "purpose:P6", "purpose:P7"]


def test_the_newest_record_about_something_is_found(manager):
    assert assessments.record_about(manager, P5_SUBJECT) is None

    record = handed_in(manager)

    assert assessments.record_about(manager, P5_SUBJECT) == record


def test_points_say_what_is_missing_and_who_waits(manager, manager2):
    record = handed_in(manager)

    own = record_points.points(manager)
    others = record_points.points(manager2)

    waiting = next(one for one in others if one.sentence.endswith("waits for your decision"))
    assert waiting.record == record
    assert waiting not in own
    assert any(one.subject == P5_SUBJECT and one.record == record for one in own)


def _purposes(session):
    return [need.assessed.subject for need in assessments.missing(session)]
