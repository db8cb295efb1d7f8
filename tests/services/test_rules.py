"""The rules desk: four eyes, versions that never change, and everyone classified at once."""

import pytest

from pmdesk.analytics.facts import facts
from pmdesk.domain.classification import RulesetId, RulesetStatus
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.rules.parse import parse
from pmdesk.rules.table import DecisionTable
from pmdesk.services import residents, rules
from tests.offices import (
    P2,
    SPECIAL,
    answers,
    assessed,
    consenting,
    founded_office,
    reviewed,
    table_of,
    tier,
    tried,
)

STARTER = RulesetId(1)


def stronger(session, ruleset, rule="r8"):
    """The table of a version with that rule giving 专项."""
    return table_of(session, ruleset).with_output(rule, tier="special")


def submitted(session):
    """A version of this author that waits, with its table."""
    draft = rules.draft_from(session, rules.versions(session)[0].id)
    rules.save_draft(session, draft, stronger(session, draft))
    tried(session, draft)
    rules.submit(session, draft)
    return draft


def status(session, ruleset):
    return next(v.status for v in rules.versions(session) if v.id == ruleset)


def test_a_change_of_the_rules_goes_through_two_people_and_reclassifies(
    manager, manager2, clerk, office
):
    person = consenting(clerk, values=SPECIAL)
    assert tier(clerk, person) == "care"

    with office.logged() as log:
        draft = submitted(manager)
        reviewed(manager2, draft)
        rules.approve(manager2, draft, "  与合同一致。 ")
        assessed(manager, manager2, draft)
        changes = rules.activate(manager2, draft)

    assert tier(clerk, person) == "special"
    assert changes.kinds == {"rules", "classification"}
    assert [(action, target) for action, target, _ in log if action.startswith("rules.")] == [
        (f"rules.{act}", f"ruleset:{draft}")
        for act in ("draft", "save", "examples", "submitted", "approved", "active")
    ]
    newest, first = rules.versions(manager)
    assert (newest.status, first.status) == (RulesetStatus.ACTIVE, RulesetStatus.RETIRED)
    assert (newest.author, newest.decided_by) == (manager.staff.uid, manager2.staff.uid)
    assert (newest.version, newest.words) == (2, "与合同一致。")
    assert newest.digest == table_of(manager, draft).digest()
    assert office.broken_link() is None


def test_an_activation_that_fails_leaves_the_old_version_and_the_old_tiers(
    manager, manager2, clerk, office, monkeypatch
):
    consenting(clerk, values=SPECIAL)
    draft = submitted(manager)
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "同意")
    assessed(manager, manager2, draft)
    before = office.cells()

    def failing(*_args, **_rest):
        raise RuntimeError("pulled")

    monkeypatch.setattr("pmdesk.store.audit.SqlAudit.append", failing)
    with pytest.raises(RuntimeError, match="pulled"):
        rules.activate(manager2, draft)
    monkeypatch.undo()

    assert office.cells() == before


@pytest.mark.parametrize("decide", [rules.approve, rules.reject])
def test_nobody_decides_on_a_version_of_his_own(manager, decide):
    draft = submitted(manager)

    with pytest.raises(RefusedError, match="of his own"):
        decide(manager, draft, "同意")

    assert status(manager, draft) is RulesetStatus.SUBMITTED


@pytest.mark.parametrize("decide", [rules.approve, rules.reject])
def test_a_decision_needs_words(manager, reviewer, decide):
    draft = submitted(manager)

    with pytest.raises(RefusedError, match="needs a reason"):
        decide(reviewer, draft, " \n")

    assert status(manager, draft) is RulesetStatus.SUBMITTED


def test_a_rejected_version_keeps_the_reason_and_cannot_be_activated(manager, reviewer, office):
    draft = submitted(manager)

    with office.logged() as log:
        rules.reject(reviewer, draft, "缺少理由")

    refused = next(v for v in rules.versions(manager) if v.id == draft)
    assert (refused.status, refused.words) == (RulesetStatus.REJECTED, "缺少理由")
    assert log == [("rules.rejected", f"ruleset:{draft}", ())]
    with pytest.raises(ConflictError):
        rules.activate(reviewer, draft)
    with pytest.raises(ConflictError):
        rules.approve(reviewer, draft, "还是同意")


def test_an_author_takes_a_version_back_mends_it_and_submits_it_again(manager, manager2, office):
    with office.logged() as log:
        version = submitted(manager)
        rules.withdraw(manager, version)
    assert status(manager, version) is RulesetStatus.DRAFT
    assert ("rules.withdrawn", f"ruleset:{version}", ()) in log

    rules.save_draft(manager, version, stronger(manager, version, "r7"))
    tried(manager, version)
    rules.submit(manager, version)
    reviewed(manager2, version)
    rules.approve(manager2, version, "改过的也核对了。")
    with pytest.raises(ConflictError):
        rules.withdraw(manager, version)
    assert status(manager, version) is RulesetStatus.APPROVED


def test_only_the_author_takes_a_version_back(manager, manager2):
    version = submitted(manager)
    with pytest.raises(RefusedError):
        rules.withdraw(manager2, version)
    assert status(manager, version) is RulesetStatus.SUBMITTED


def test_what_reviewers_answered_counts_no_more_and_is_not_lost(manager, manager2):
    version = submitted(manager)
    reviewed(manager2, version)
    rules.withdraw(manager, version)
    rules.save_draft(manager, version, stronger(manager, version, "r7"))
    tried(manager, version)
    with pytest.raises(RefusedError):
        rules.discard(manager, version)  # answers are kept for three years

    rules.submit(manager, version)
    with pytest.raises(RefusedError):
        rules.approve(manager2, version, "没有重新看过。")


@pytest.mark.parametrize("at", ["draft", "submitted"])
def test_only_an_approved_version_can_be_activated(manager, manager2, at):
    draft = submitted(manager) if at == "submitted" else rules.draft_from(manager, STARTER)

    with pytest.raises(ConflictError):
        rules.activate(manager2, draft)


def test_an_old_version_comes_back_as_a_copy_that_is_approved_anew(
    manager, manager2, clerk, office
):
    person = consenting(clerk, values=SPECIAL)
    old = rules.versions(manager)[0]
    draft = submitted(manager)
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "同意")
    assessed(manager, manager2, draft)
    rules.activate(manager2, draft)

    with pytest.raises(ConflictError):
        rules.activate(manager2, old.id)
    back = rules.draft_from(manager2, old.id)
    tried(manager2, back)
    rules.submit(manager2, back)
    reviewed(manager, back)
    rules.approve(manager, back, "回到上一版")
    rules.activate(manager, back)

    assert tier(clerk, person) == "care"
    restored = rules.versions(manager)[0]
    assert (restored.version, restored.document, restored.digest) == (3, old.document, old.digest)


def test_the_starter_rules_wait_for_a_second_person(tmp_path):
    office = founded_office(tmp_path / "office", active=False).copied(tmp_path / "copy")
    admin, reviewer = office.session("admin"), office.session("reviewer")
    (starter,) = rules.versions(admin)

    assert starter.status is RulesetStatus.SUBMITTED
    with pytest.raises(ConflictError):
        rules.activate(admin, starter.id)
    reviewed(reviewer, starter.id)
    rules.approve(reviewer, starter.id, "逐条核对过")
    assessed(admin, reviewer, starter.id)
    rules.activate(admin, starter.id)

    assert status(admin, starter.id) is RulesetStatus.ACTIVE
    office.close()


@pytest.mark.parametrize("act", [rules.save_draft, rules.submit, rules.discard])
def test_a_draft_belongs_to_its_author(manager, manager2, act):
    draft = rules.draft_from(manager, STARTER)
    edited = (stronger(manager, draft),) if act is rules.save_draft else ()

    with pytest.raises(RefusedError, match="colleague"):
        act(manager2, draft, *edited)

    assert status(manager, draft) is RulesetStatus.DRAFT
    assert rules.table(manager, draft) == table_of(manager, STARTER)


def test_a_submitted_version_does_not_change_any_more(manager):
    draft = submitted(manager)

    for act in (
        lambda: rules.save_draft(manager, draft, table_of(manager, STARTER)),
        lambda: rules.discard(manager, draft),
        lambda: rules.submit(manager, draft),
    ):
        with pytest.raises(ConflictError):
            act()

    assert rules.table(manager, draft) == stronger(manager, STARTER)


def test_a_discarded_draft_is_gone(manager, office):
    draft = rules.draft_from(manager, STARTER)

    with office.logged() as log:
        rules.discard(manager, draft)

    assert log == [("rules.discard", f"ruleset:{draft}", ())]
    with pytest.raises(NotFoundError):
        rules.table(manager, draft)


def test_a_table_with_findings_is_not_submitted(manager):
    draft = rules.draft_from(manager, STARTER)
    table = table_of(manager, STARTER)
    headless = DecisionTable(facts=table.facts, rules=table.rules[:-1], scheme=table.scheme)
    rules.save_draft(manager, draft, headless)

    with pytest.raises(RefusedError) as caught:
        rules.submit(manager, draft)

    assert caught.value.places["count"]
    assert status(manager, draft) is RulesetStatus.DRAFT


def test_a_preview_counts_and_touches_nobody(manager, clerk, office):
    consenting(clerk, values=SPECIAL)
    consenting(clerk, name="李伟", room="1-1-101")
    before = office.cells()

    counts = rules.preview(manager, stronger(manager, STARTER))

    assert counts.tiers == {"standard": 1, "care": 1, "enhanced": 0, "special": 0}
    assert counts.rules["r8"] == 0
    assert counts.moved == 0  # one person is no number
    assert office.cells() == before


def test_a_new_rule_counts_from_the_next_save_of_a_person(manager, manager2, clerk):
    person = consenting(clerk, values=answers(pet_kind="dog"))
    draft = rules.draft_from(manager, STARTER)
    table = table_of(manager, draft)
    catalogue = residents.catalogue(manager)
    pet = next(fact for fact in facts(catalogue) if fact.key == "pet_kind")
    new = table.blank_rule()
    table = table.with_rule(new).with_cell(new.id, "pet_kind", parse('"dog"', pet))
    table = table.with_output(new.id, tier="care", reason="有宠物，提前告知")
    rules.save_draft(manager, draft, table)
    tried(manager, draft)
    rules.submit(manager, draft)
    reviewed(manager2, draft)
    rules.approve(manager2, draft, "同意")
    assessed(manager, manager2, draft)
    rules.activate(manager2, draft)
    assert tier(clerk, person) == "care"

    residents.save_answers(clerk, person, P2, answers(pet_kind="none"))

    assert tier(clerk, person) == "standard"


def test_the_starter_table_can_be_drafted_again(manager, office):
    with office.logged() as log:
        draft = rules.draft_from_starter(manager)

    assert status(manager, draft) is RulesetStatus.DRAFT
    assert table_of(manager, draft) == table_of(manager, STARTER)
    assert log == [("rules.draft", f"ruleset:{draft}", ())]


def test_rules_may_ask_for_what_the_catalogue_offers_and_nothing_sensitive(manager):
    keys = {fact.key.partition(".")[0] for fact in rules.offered(manager)}

    assert {"clean_need", "repair_need", "renovation"} <= keys
    assert not keys & {"assist_need", "income_band", "complaints", "fee_status", "fa_gender"}


def test_the_effect_of_a_table_stands_beside_the_present_counts(manager, clerk, office):
    consenting(clerk, values=SPECIAL)
    before = office.cells()

    effect = rules.effect(manager, stronger(manager, STARTER))

    assert effect.before == {"standard": 0, "care": 1, "enhanced": 0, "special": 0}
    assert effect.after.tiers == effect.before  # nobody sees the change of one person in numbers
    assert effect.smallest == 5
    assert office.cells() == before
