"""A version comes into force on its day, whoever opens the office then, or not at all."""

from datetime import timedelta

import pytest

from pmdesk.domain.classification import RulesetStatus
from pmdesk.errors import ConflictError, PmdeskError, RefusedError
from pmdesk.services import home, office, rule_life, rules
from pmdesk.services.rights import requests
from pmdesk.services.watch import reviews
from tests.offices import SPECIAL, assessed, consenting, resident, reviewed, table_of, tier, tried
from tests.services.desk import acted


@pytest.fixture
def person(clerk):
    """Somebody whom the changed version raises."""
    return consenting(clerk, values=SPECIAL)


@pytest.fixture
def approved(manager, manager2, person):
    """A changed version that was approved and assessed."""
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    edited = table_of(manager, draft).with_output("r8", tier="special")
    rules.save_draft(manager, draft, edited)
    tried(manager, draft)
    rules.submit(manager, draft)
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "与合同一致。")
    assessed(manager, manager2, draft)
    return draft


def found(session, ruleset):
    return next(one for one in rules.versions(session) if one.id == ruleset)


def signed_in_again(session):
    """The same account opens the office on a later day."""
    return office.sign_in(session.store, session.accounts, session.clock, session.staff.uid)


def test_a_version_waits_for_its_day_and_then_whoever_opens_the_office_brings_it_into_force(
    office, clerk, manager2, clock, person, approved
):
    day = clock.today() + timedelta(days=9)
    rule_life.schedule(manager2, approved, day)
    clock.advance(days=8)
    signed_in_again(clerk)
    assert tier(clerk, person) == "care"
    clock.advance(days=5)  # closed on the day itself
    with office.logged() as log:
        signed_in_again(clerk)
    assert tier(clerk, person) == "special"
    version = found(manager2, approved)
    assert (version.status, version.active_from) == (RulesetStatus.ACTIVE, day)
    assert version.scheduled_by == manager2.staff.uid
    assert ("rules.active", f"ruleset:{approved}", ()) in log
    assert office.broken_link() is None


def test_the_log_says_who_had_set_the_day(office, clerk, manager2, clock, approved):
    rule_life.schedule(manager2, approved, clock.today() + timedelta(days=1))
    clock.advance(days=1)
    signed_in_again(clerk)
    rows = office.sql("SELECT row FROM audit_salt ORDER BY seq DESC LIMIT 6")
    assert any(manager2.staff.uid in row and "scheduled_by" in row for (row,) in rows)


def test_a_day_that_begins_while_the_office_is_open_counts_too(
    clerk, manager2, clock, person, approved
):
    rule_life.schedule(manager2, approved, clock.today() + timedelta(days=1))
    assert rule_life.due(clerk).kinds == frozenset()
    clock.advance(days=1)
    assert rule_life.due(clerk).kinds == {"rules", "classification"}
    assert tier(clerk, person) == "special"
    assert rule_life.due(clerk).kinds == frozenset()


def test_what_has_lapsed_meanwhile_is_not_put_into_force_and_everybody_reads_why(
    office, clerk, manager, manager2, clock, person, approved, monkeypatch
):
    rule_life.schedule(manager2, approved, clock.today() + timedelta(days=1))
    clock.advance(days=1)

    def lapsed(*_args):
        raise RefusedError("The impact assessment is too old.")

    monkeypatch.setattr("pmdesk.services.records.assessments.require", lapsed)
    with office.logged() as log:
        signed_in_again(clerk)
    assert ("rules.not_active", f"ruleset:{approved}", ()) in log
    assert tier(clerk, person) == "care"
    assert found(manager, approved).status is RulesetStatus.APPROVED
    (planned,) = rule_life.planned(manager)
    assert planned.refusal is not None
    assert planned.refusal.sentence == "The impact assessment is too old."
    (told,) = home.overview(manager2).planned
    assert told.refusal is not None
    assert home.overview(manager2).approved == ()

    monkeypatch.undo()
    signed_in_again(clerk)
    assert tier(clerk, person) == "special"


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_the_day_lies_ahead_and_within_a_year(manager2, clock, approved, days):
    with pytest.raises(RefusedError, match="after today"):
        rule_life.schedule(manager2, approved, clock.today() + timedelta(days=days))


def test_the_day_can_be_taken_back(clerk, manager2, clock, person, approved):
    rule_life.schedule(manager2, approved, clock.today() + timedelta(days=1))
    rule_life.unschedule(manager2, approved)
    clock.advance(days=2)
    signed_in_again(clerk)
    assert tier(clerk, person) == "care"
    version = found(manager2, approved)
    assert (version.active_from, version.scheduled_by) == (None, "")


def test_only_an_approved_version_has_a_day_and_only_when_it_is_ready(
    manager, manager2, clock, approved, monkeypatch
):
    draft = rules.draft_from(manager, approved)
    for act in (rule_life.unschedule, lambda s, r: rule_life.schedule(s, r, clock.today())):
        with pytest.raises(ConflictError):
            act(manager2, draft)

    def lapsed(*_args):
        raise RefusedError("Not ready.")

    monkeypatch.setattr("pmdesk.services.records.assessments.require", lapsed)
    with pytest.raises(RefusedError, match="Not ready"):
        rule_life.schedule(manager2, approved, clock.today() + timedelta(days=1))
    assert found(manager, approved).active_from is None


def test_of_two_that_are_due_the_later_one_holds(clerk, manager, manager2, clock, person, approved):
    second = rules.draft_from(manager, approved)
    edited = table_of(manager, second).with_output("r8", tier="enhanced")
    rules.save_draft(manager, second, edited)
    tried(manager, second)
    rules.submit(manager, second)
    reviewed(manager2, second)
    rules.approve(manager2, second, "与合同一致。")
    assessed(manager, manager2, second)
    rule_life.schedule(manager2, second, clock.today() + timedelta(days=2))
    rule_life.schedule(manager2, approved, clock.today() + timedelta(days=1))
    clock.advance(days=3)
    signed_in_again(clerk)
    assert tier(clerk, person) == "enhanced"
    assert found(manager, approved).status is RulesetStatus.RETIRED


def test_cancelling_leaves_everything_as_before(office, manager2, clerk, person, approved):
    resident(clerk, name="李伟", room="1-1-101")
    before = office.cells()

    def cancelled(_done, _total):
        raise PmdeskError("Cancelled.")

    with pytest.raises(PmdeskError, match="Cancelled"):
        rules.activate(manager2, approved, cancelled)
    assert office.cells() == before


def test_cancelling_after_the_last_part_leaves_everything_as_before_too(
    office, manager2, person, approved
):
    before = office.cells()

    def cancelled(done, total):
        if done == total:
            raise PmdeskError("Cancelled.")

    with pytest.raises(PmdeskError, match="Cancelled"):
        rules.activate(manager2, approved, cancelled)
    assert office.cells() == before


def test_progress_is_told_up_to_the_end(manager2, clerk, person, approved, monkeypatch):
    monkeypatch.setattr("pmdesk.store.classifications._PART", 1)
    consenting(clerk, values=SPECIAL, name="李伟", room="1-1-101")
    told = []
    rules.activate(manager2, approved, lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert tier(clerk, person) == "special"


def test_a_retired_version_comes_back_as_a_new_draft_that_two_people_decide_on(
    manager, manager2, clerk, person, approved
):
    first = rules.versions(manager)[-1]
    rules.activate(manager2, approved)
    draft = rule_life.restore(manager, first.id)
    made = found(manager, draft)
    assert (made.status, made.version) == (RulesetStatus.DRAFT, 3)
    assert (made.digest, made.restored_from) == (first.digest, first.id)
    tried(manager, draft)
    rules.submit(manager, draft)
    with pytest.raises(RefusedError):
        rules.approve(manager, draft, "同意")
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "恢复原来的做法。")
    assessed(manager, manager2, draft)
    rules.activate(manager2, draft)
    assert tier(clerk, person) == "care"
    assert found(manager, first.id).status is RulesetStatus.RETIRED


def test_only_what_is_retired_comes_back(manager, approved):
    with pytest.raises(ConflictError, match="retired"):
        rule_life.restore(manager, approved)


def test_a_version_that_asks_for_a_field_that_is_gone_does_not_come_back(
    manager, manager2, approved, monkeypatch
):
    first = rules.versions(manager)[-1]
    rules.activate(manager2, approved)

    def gone(*_args):
        raise PmdeskError("The field is gone.")

    monkeypatch.setattr("pmdesk.services.rule_life.table_of", gone)
    with pytest.raises(PmdeskError, match="gone"):
        rule_life.restore(manager, first.id)


def test_two_versions_never_begin_on_the_same_day(manager, manager2, clock, approved):
    other = another_approved(manager, manager2)
    day = clock.today() + timedelta(days=9)
    rule_life.schedule(manager2, approved, day)
    rule_life.schedule(manager2, approved, day)  # its own day is no hindrance

    with pytest.raises(RefusedError, match="already set to begin") as refused:
        rule_life.schedule(manager2, other, day)

    assert refused.value.places["version"] == found(manager, approved).version
    assert found(manager, other).active_from is None
    rule_life.unschedule(manager2, approved)
    rule_life.schedule(manager2, other, day)
    assert found(manager, other).active_from == day


def another_approved(manager, manager2):
    """A second version that may be put into force."""
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    rules.save_draft(manager, draft, table_of(manager, draft).without_rule("r8"))
    tried(manager, draft)
    rules.submit(manager, draft)
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "与合同一致。")
    assessed(manager, manager2, draft)
    return draft


def test_a_complaint_of_the_day_before_a_version_begins_is_none_of_its(
    clerk, manager, manager2, reviewer, clock, person, approved
):
    request, _done = acted(clerk, manager, "D14", person)
    requests.answer(manager, request, "已查实并改正。", "书面")
    requests.close(manager, request)
    clock.advance(hours=22)  # seven in the morning of the next day, in UTC of the same
    assert [one.request for one in reviews.complaints(reviewer)] == [request]

    rules.activate(manager2, approved)

    assert reviews.complaints(reviewer) == ()
