"""The legality review in a real office: who answers, what it stops, and who signs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.reviews import AFTER_APPROVAL, Detail, ItemKind, Signature, State, Verdict
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.services import review, rules, staff
from pmdesk.services.review import declared
from pmdesk.services.review.standing import signed
from pmdesk.store.catalogue_register import SqlCatalogue
from tests.offices import (
    assessed,
    reviewed,
    table_of,
    tried,
)

WHY = "逐条看过规则和理由，差别都来自住户自己填写的服务需要。"
HUMAN = [one.code for one in declared.items() if one.kind is not ItemKind.AUTOMATIC]


def line_of(session, ruleset, item):
    return review.standing(session, ruleset).line(item)


def signature_of(session, ruleset):
    return review.standing(session, ruleset).signature


def result(session, ruleset, item):
    return review.standing(session, ruleset).line(item).result


def refused(act, *given):
    with pytest.raises(RefusedError) as caught:
        act(*given)
    return caught.value


# ---- who answers -------------------------------------------------------------------------------


def test_an_answer_stands_with_its_author_and_is_in_the_log(reviewer, waiting, office):
    with office.logged() as log:
        review.answer(reviewer, waiting, "LR-18", Verdict.PASS, f"  {WHY} ")

    line = line_of(reviewer, waiting, "LR-18")
    assert (line.answer.by, line.answer.reason) == (reviewer.staff.uid, WHY)
    assert not line.blocks
    assert log == [("review.answer", f"ruleset:{waiting}", ("LR-18",))]
    assert WHY.encode() not in b"".join(office.bodies())


def test_the_author_does_not_answer(manager, waiting):
    error = refused(review.answer, manager, waiting, "LR-18", Verdict.PASS, WHY)

    assert "of his own" in error.sentence
    version = next(v for v in rules.versions(manager) if v.id == waiting)
    assert not review.may_answer(manager, version)


def test_only_who_may_approve_rules_answers(clerk, reviewer, waiting):
    version = next(v for v in rules.versions(reviewer) if v.id == waiting)

    assert review.may_answer(reviewer, version)
    assert not review.may_answer(clerk, version)
    refused(review.answer, clerk, waiting, "LR-18", Verdict.PASS, WHY)


def test_a_draft_and_what_was_sent_back_have_no_review(manager, reviewer, draft):
    with pytest.raises(ConflictError):
        review.answer(reviewer, draft, "LR-18", Verdict.PASS, WHY)
    rules.submit(manager, draft)
    rules.reject(reviewer, draft, "再改")
    with pytest.raises(ConflictError):
        review.answer(reviewer, draft, "LR-18", Verdict.PASS, WHY)


def test_nobody_answers_for_the_program(reviewer, waiting):
    assert (
        "itself" in refused(review.answer, reviewer, waiting, "LR-04", Verdict.PASS, WHY).sentence
    )


def test_an_answer_holds_no_number_of_an_identity_paper(reviewer, waiting):
    number = "11010519491231002X"

    refused(review.answer, reviewer, waiting, "LR-18", Verdict.PASS, f"{WHY}{number}")
    detail = Detail(condition=f"先找{number}核对")
    refused(review.answer, reviewer, waiting, "LR-18", Verdict.CONDITION, WHY, detail)


# ---- what it stops -----------------------------------------------------------------------------


def test_nothing_is_approved_before_every_item_is_answered(reviewer, waiting):
    error = refused(rules.approve, reviewer, waiting, "同意")

    assert error.code == "E_REVIEW_MISSING"
    assert "LR-15" in error.places["named"]
    assert error.places["count"] == len(HUMAN)


@pytest.mark.parametrize("item", ["LR-15", "LR-20", "LR-25"])
def test_a_single_no_keeps_the_version_from_being_approved(reviewer, waiting, item):
    reviewed(reviewer, waiting)
    review.answer(reviewer, waiting, item, Verdict.FAIL, WHY)

    error = refused(rules.approve, reviewer, waiting, "同意")

    assert error.places["count"] == 1
    assert item in error.places["named"]


def test_a_condition_is_shown_on_the_version_and_does_not_block(reviewer, waiting):
    reviewed(reviewer, waiting)
    detail = Detail(condition="生效前把价目表贴到大厅")
    review.answer(reviewer, waiting, "LR-22", Verdict.CONDITION, WHY, detail)

    rules.approve(reviewer, waiting, "同意")

    assert review.standing(reviewer, waiting).conditions == ("生效前把价目表贴到大厅",)


def test_an_automatic_no_keeps_an_approved_version_from_being_activated(
    manager, reviewer, waiting, monkeypatch
):
    reviewed(reviewer, waiting)
    rules.approve(reviewer, waiting, "同意")
    assessed(manager, reviewer, waiting)
    monkeypatch.setattr(SqlCatalogue, "notice", lambda *_arguments: None)

    with reviewer.store.reading() as work:
        error = refused(review.require, reviewer, work, work.rulesets.get(waiting))

    assert error.code == "E_REVIEW_MISSING"
    assert "LR-09" in error.places["named"]


def test_a_no_after_the_approval_keeps_it_from_being_activated(manager, reviewer, waiting):
    reviewed(reviewer, waiting)
    rules.approve(reviewer, waiting, "同意")
    assessed(manager, reviewer, waiting)
    review.answer(reviewer, waiting, "LR-21", Verdict.FAIL, WHY)

    assert "LR-21" in refused(rules.activate, reviewer, waiting).places["named"]


def test_a_version_approved_without_a_review_is_not_activated(manager, reviewer, waiting):
    """Such as one that was approved before there were reviews."""
    with reviewer.store.writing() as work:
        now = reviewer.clock.now()
        status = RulesetStatus.APPROVED
        work.rulesets.move(waiting, status, by=reviewer.staff.uid, words="同意", at=now)
        work.commit()
    assessed(manager, reviewer, waiting)

    error = refused(rules.activate, reviewer, waiting)

    assert error.code == "E_REVIEW_MISSING"


def test_an_edit_voids_every_answer(manager, reviewer, waiting):
    reviewed(reviewer, waiting)
    rules.reject(reviewer, waiting, "理由再写清楚些")
    copy = rules.draft_from(manager, waiting)
    tried(manager, copy)
    rules.submit(manager, copy)

    assert all(not line.answers for line in review.standing(reviewer, copy).lines)
    assert refused(rules.approve, reviewer, copy, "同意").code == "E_REVIEW_MISSING"


def test_each_row_can_be_answered_by_itself(reviewer, waiting):
    rows = review.standing(reviewer, waiting).line("LR-20").rows
    assert rows == tuple(rule.id for rule in table_of(reviewer, waiting).rules[:-1])

    for rule in rows[:-1]:
        review.answer(reviewer, waiting, "LR-20", Verdict.PASS, WHY, Detail(rules=(rule,)))
    assert review.standing(reviewer, waiting).line("LR-20").unanswered == rows[-1:]
    review.answer(reviewer, waiting, "LR-20", Verdict.PASS, WHY, Detail(rules=rows[-1:]))

    assert not review.standing(reviewer, waiting).line("LR-20").blocks


# ---- the signature -----------------------------------------------------------------------------


def test_approving_signs_the_review_for_a_year(reviewer, waiting, office):
    assert result(reviewer, waiting, "LR-26").state is State.OPEN
    reviewed(reviewer, waiting)
    rules.approve(reviewer, waiting, "逐条核对过。")

    signature = signature_of(reviewer, waiting)
    assert (signature.signer, signature.alone) == (reviewer.staff.uid, False)
    assert signature.note == "逐条核对过。"
    assert signature.next_review.isoformat() == "2027-03-02"
    assert result(reviewer, waiting, "LR-26").state is State.PASS
    missing = [line.item.code for line in review.standing(reviewer, waiting).blocking]
    assert set(missing) <= AFTER_APPROVAL
    office.clock.advance(days=367)
    assert result(reviewer, waiting, "LR-26").state is State.FAIL


def test_a_review_that_is_due_is_signed_anew_by_a_second_person(manager, reviewer, waiting, office):
    with pytest.raises(ConflictError):
        review.renew(reviewer, waiting, "再看一遍")
    reviewed(reviewer, waiting)
    rules.approve(reviewer, waiting, "逐条核对过。")
    office.clock.advance(days=367)

    refused(review.renew, manager, waiting, "自己再看一遍")
    refused(review.renew, reviewer, waiting, " ")
    review.renew(reviewer, waiting, "再看一遍，没有变化。")

    assert result(reviewer, waiting, "LR-26").state is State.PASS
    assert signature_of(reviewer, waiting).note == "再看一遍，没有变化。"


def test_a_signature_of_the_author_does_not_count(manager, waiting):
    version = next(v for v in rules.versions(manager) if v.id == waiting)
    now = manager.clock.now()
    own = Signature(
        signer=manager.staff.uid,
        alone=False,
        note="好",
        signed_at=now,
        next_review=manager.clock.today() + timedelta(days=9),
    )

    assert signed(manager, version, own).state is State.FAIL
    assert signed(manager, version, replace(own, alone=True)).state is State.PASS


# ---- a single-person office --------------------------------------------------------------------


@pytest.fixture
def alone(admin, office):
    """Only the administrator is left who may approve rules."""
    for login in ("manager", "manager2", "reviewer"):
        staff.disable(admin, office.session(login).staff.uid)
    made = rules.draft_from(admin, rules.versions(admin)[0].id)
    rules.save_draft(admin, made, table_of(admin, made).with_output("r8", tier="special"))
    tried(admin, made)
    rules.submit(admin, made)
    return made


def test_the_only_person_may_approve_after_a_day_and_is_marked_as_alone(admin, alone, office):
    assert review.only_approver(admin)
    reviewed(admin, alone)
    early = refused(rules.approve, admin, alone, "隔天再看，没有问题。")
    assert "24 hours" in early.sentence

    office.clock.advance(seconds=24 * 3600)
    rules.approve(admin, alone, "隔天再看，没有问题。")

    version = next(v for v in rules.versions(admin) if v.id == alone)
    assert (version.status, version.decided_by) == (RulesetStatus.APPROVED, "")
    signature = signature_of(admin, alone)
    assert (signature.signer, signature.alone) == (admin.staff.uid, True)
    assert "single-person" in result(admin, alone, "LR-26").sentence


def test_the_only_person_may_take_a_version_back_at_once(admin, alone):
    rules.reject(admin, alone, "想到更好的写法")

    version = next(v for v in rules.versions(admin) if v.id == alone)
    assert (version.status, version.decided_by) == (RulesetStatus.REJECTED, "")


def test_as_soon_as_there_is_a_second_person_nobody_decides_alone(admin, alone, office):
    reviewed(admin, alone)
    office.clock.advance(days=2)
    staff.enrol(admin, "new", "孙丽", "maple drizzle anchor violin", admin.staff.role)

    assert not review.only_approver(admin)
    assert "of his own" in refused(rules.approve, admin, alone, "同意").sentence
