"""Reviews by people, findings about complaints, and proposals to suspend: people decide."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.requests import RequestId
from pmdesk.domain.tiers import STANDARD
from pmdesk.domain.watch import FEWEST, About, Ground, Verdict
from pmdesk.errors import ConflictError, DeniedError, RefusedError
from pmdesk.services import acts, retention, rule_life, rules, rules_history
from pmdesk.services.rights import requests
from pmdesk.services.watch import reviews, rules_in_use
from tests.offices import P2, SPECIAL, consenting, resident
from tests.services.desk import acted, received

REASON = "逐件看过复核记录，原因是登记有误，已更正，规则本身没有问题。"


def objecting(clerk, manager, tier, *, room):
    """Somebody with the tier of care objects, and a person decides so."""
    person = consenting(clerk, P2, values=SPECIAL, room=room)
    with clerk.store.writing() as work:
        acts.object_to_tier(clerk, work, person)
        work.commit()
    with manager.store.writing() as work:
        tags = work.classifications.history(person)[-1].tags if tier == "care" else ()
        acts.decide_tier(manager, work, person, tier, tags, "看过住户的情况后决定")
        work.commit()
    return person


def active(session):
    return next(one for one in rules.versions(session) if one.status is RulesetStatus.ACTIVE)


def complained(clerk, manager):
    """A complaint to the rights desk that was answered and closed."""
    request, _done = acted(clerk, manager, "D14", resident(clerk))
    requests.answer(manager, request, "已查实并改正。", "书面")
    requests.close(manager, request)
    return request


# ---- reviews --------------------------------------------------------------------------------


def test_a_result_that_people_change_is_proposed_to_suspend(clerk, manager, reviewer):
    assert reviews.proposals(reviewer) == ()
    objecting(clerk, manager, STANDARD, room="3-1-501")
    (one,) = reviews.proposals(reviewer)
    assert (one.ground, one.version) == (Ground.REVERSALS, 1)
    assert one.sentence == (
        "People who looked again changed more than one result in ten."
        " There were fewer than 10 reviews, so look at them one by one."
    )


def test_a_result_that_people_confirm_proposes_nothing(clerk, manager, reviewer):
    objecting(clerk, manager, "care", room="3-1-501")
    objecting(clerk, manager, None, room="3-1-502")
    with reviewer.store.reading() as work:
        found = work.watch.reviews(None)
    assert (found.total, found.changed) == (2, 0)
    assert reviews.proposals(reviewer) == ()


def test_one_in_ten_is_not_more_than_one_in_ten(clerk, manager, reviewer):
    with manager.store.writing() as work:
        for number in range(10):
            work.watch.reviewed(active(manager).id, manager.clock.today(), changed=number == 0)
        manager.log(work, "classification.decided")
        work.commit()
    assert reviews.proposals(reviewer) == ()
    with manager.store.writing() as work:
        work.watch.reviewed(active(manager).id, manager.clock.today(), changed=True)
        manager.log(work, "classification.decided")
        work.commit()
    (one,) = reviews.proposals(reviewer)
    assert "fewer than" not in one.sentence


def test_nothing_is_ever_suspended_by_itself(clerk, manager, reviewer, clock):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    clock.advance(days=400)
    assert reviews.proposals(reviewer)
    assert active(reviewer).version == 1


# ---- deciding -------------------------------------------------------------------------------


def test_keeping_the_rules_answers_the_proposal_until_something_new_comes(
    clerk, manager, reviewer, office
):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    version = active(reviewer)
    with office.logged() as log:
        reviews.decide(reviewer, version.id, Ground.REVERSALS, Verdict.KEEP, REASON)
    assert log == [("rules.kept", f"ruleset:{version.id}", ("reversals",))]
    assert reviews.proposals(reviewer) == ()
    assert active(reviewer).id == version.id
    with reviewer.store.reading() as work:
        (kept,) = work.watch.decisions(version.id)
    assert (kept.reason, kept.by, kept.verdict) == (REASON, reviewer.staff.uid, Verdict.KEEP)
    objecting(clerk, manager, STANDARD, room="3-1-502")
    assert len(reviews.proposals(reviewer)) == 1


def test_suspending_ends_what_the_engine_decided_and_keeps_what_people_decided(
    clerk, manager, reviewer, office
):
    by_hand = objecting(clerk, manager, STANDARD, room="3-1-501")
    by_rule = consenting(clerk, P2, values=SPECIAL, room="3-1-502")
    version = active(reviewer)
    with office.logged() as log:
        changes = reviews.decide(reviewer, version.id, Ground.REVERSALS, Verdict.SUSPEND, REASON)

    assert "rules" in changes.kinds
    assert log == [("rules.suspended", f"ruleset:{version.id}", ())]
    with reviewer.store.reading() as work:
        assert work.rulesets.active() is None
        assert work.rulesets.get(version.id).status is RulesetStatus.RETIRED
        assert work.classifications.of(by_rule) is None
        assert work.classifications.of(by_hand).tier == STANDARD
    steps = rules_history.history(reviewer, by_rule)
    assert [one.tier for one in steps] == [STANDARD, "care"]
    assert reviews.proposals(reviewer) == ()


def test_a_suspended_version_comes_back_as_a_draft(clerk, manager, reviewer):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    version = active(reviewer)
    reviews.decide(reviewer, version.id, Ground.REVERSALS, Verdict.SUSPEND, REASON)
    draft = rule_life.restore(manager, version.id)
    with manager.store.reading() as work:
        assert work.rulesets.get(draft).restored_from == version.id


def test_a_decision_needs_a_reason_that_can_be_read_by_an_inspector(clerk, manager, reviewer):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    with pytest.raises(RefusedError):
        reviews.decide(
            reviewer, active(reviewer).id, Ground.REVERSALS, Verdict.SUSPEND, "   太短   "
        )
    assert active(reviewer)


def test_what_is_not_proposed_cannot_be_decided(reviewer):
    with pytest.raises(ConflictError):
        reviews.decide(reviewer, active(reviewer).id, Ground.REVERSALS, Verdict.SUSPEND, REASON)


def test_the_author_of_the_rules_may_suspend_them_but_not_keep_them(clerk, manager, manager2):
    objecting(clerk, manager2, STANDARD, room="3-1-501")
    version = active(manager)
    author = replace(manager, staff=replace(manager.staff, uid=version.author))
    with pytest.raises(DeniedError):
        reviews.decide(author, version.id, Ground.REVERSALS, Verdict.KEEP, REASON)
    reviews.decide(author, version.id, Ground.REVERSALS, Verdict.SUSPEND, REASON)


def test_the_front_desk_decides_nothing(clerk, reviewer, manager):
    objecting(clerk, manager, STANDARD, room="3-1-501")
    with pytest.raises(DeniedError):
        reviews.decide(clerk, active(reviewer).id, Ground.REVERSALS, Verdict.KEEP, REASON)
    with pytest.raises(DeniedError):
        reviews.found(clerk, RequestId(1), About.OTHER, upheld=False)


# ---- complaints -----------------------------------------------------------------------------


def test_a_closed_complaint_waits_for_somebody_to_say_what_it_was_about(
    clerk, manager, reviewer, office
):
    request = complained(clerk, manager)
    (one,) = reviews.complaints(reviewer)
    assert (one.request, one.finding, one.number[:1].isalpha()) == (request, None, True)
    with office.logged() as log:
        reviews.found(reviewer, request, About.CLASSIFICATION, upheld=True)
    assert log == [("complaint.found", f"request:{request}", ("classification",))]
    finding = reviews.complaints(reviewer)[0].finding
    assert finding is not None
    assert (finding.about, finding.upheld) == (About.CLASSIFICATION, True)
    assert reviews.proposals(reviewer) == ()


def test_an_open_complaint_is_not_judged_yet(clerk, reviewer):
    request = received(clerk, "D14", resident(clerk))
    assert reviews.complaints(reviewer) == ()
    with pytest.raises(RefusedError):
        reviews.found(reviewer, request, About.DISCRIMINATION, upheld=True)


def test_no_other_request_is_taken_for_a_complaint(clerk, manager, reviewer):
    request, _done = acted(clerk, manager, "D8", resident(clerk))
    with pytest.raises(RefusedError):
        reviews.found(reviewer, request, About.DISCRIMINATION, upheld=True)


def test_one_upheld_complaint_about_discrimination_is_enough_to_propose(clerk, manager, reviewer):
    request = complained(clerk, manager)
    reviews.found(reviewer, request, About.DISCRIMINATION, upheld=False)
    assert reviews.proposals(reviewer) == ()
    reviews.found(reviewer, request, About.DISCRIMINATION, upheld=True)
    (one,) = reviews.proposals(reviewer)
    assert one.ground is Ground.DISCRIMINATION
    assert active(reviewer)


def test_upheld_complaints_are_counted_by_month_as_far_as_they_are_many(clerk, manager, reviewer):
    def told():
        return rules_in_use.in_use(reviewer).months[0].counts[-2:]

    assert told() == (0, 0)
    for number in range(FEWEST):
        request = complained(clerk, manager)
        reviews.found(reviewer, request, About.CLASSIFICATION, upheld=number > 0)
    assert told() == (FEWEST, None)  # the one that was not upheld would follow
    reviews.found(reviewer, complained(clerk, manager), About.OTHER, upheld=True)
    first = reviews.complaints(reviewer)
    for one in first:
        if one.finding is not None and not one.finding.upheld:
            reviews.found(reviewer, one.request, About.CLASSIFICATION, upheld=True)
    assert told() == (FEWEST, FEWEST)


def test_the_newest_finding_counts(clerk, manager, reviewer):
    request = complained(clerk, manager)
    reviews.found(reviewer, request, About.DISCRIMINATION, upheld=True)
    reviews.found(reviewer, request, About.OTHER, upheld=False)
    assert reviews.proposals(reviewer) == ()


def test_without_rules_in_force_nothing_is_proposed(clerk, manager, reviewer):
    request = complained(clerk, manager)
    reviews.found(reviewer, request, About.DISCRIMINATION, upheld=True)
    reviews.decide(reviewer, active(reviewer).id, Ground.DISCRIMINATION, Verdict.SUSPEND, REASON)
    assert reviews.proposals(reviewer) == ()
    assert reviews.complaints(reviewer) == ()


def test_a_finding_goes_with_its_complaint_three_years_later(
    clerk, manager, reviewer, office, clock
):
    request = complained(clerk, manager)
    reviews.found(reviewer, request, About.CLASSIFICATION, upheld=True)
    clock.advance(days=3 * 366)
    retention.catch_up(office.session("admin"))
    assert office.sql("SELECT count(*) FROM rights_request") == [(0,)]
    assert office.sql("SELECT count(*) FROM complaint_finding") == [(0,)]


# ---- months and days are those on the wall --------------------------------------------------


def test_what_happens_early_on_the_first_counts_in_the_new_month(clerk, reviewer, clock):
    clock.advance(days=29, hours=22)
    assert (clock.today(), clock.now().date()) == (date(2026, 4, 1), date(2026, 3, 31))  # in UTC
    consenting(clerk, P2, values=SPECIAL, room="3-1-501")
    received(clerk, "D9", resident(clerk))

    april, march, *_before = rules_in_use.in_use(reviewer).months

    few = [at for at, count in enumerate(april.counts) if count is None]
    assert [list(rules_in_use.EVENTS)[at] for at in few] == ["given", "objections"]
    assert not any(march.counts)
    assert None not in march.counts
