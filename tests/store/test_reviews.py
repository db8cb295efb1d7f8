"""The database itself keeps reviews whole: no change, no second author's eyes, no early end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.classification import RulesetStatus
from pmdesk.domain.reviews import Answer, Detail, Signature, Verdict
from pmdesk.domain.staff import MATRIX, Permission
from pmdesk.errors import RefusedError
from pmdesk.store import schema_review
from pmdesk.store.reviews import SqlReviews
from pmdesk.store.rulesets import SqlRulesets
from tests.store.conftest import AT, TODAY, UID

OTHER = "0" * 31 + "2"
DAY = timedelta(days=1)
WHY = "逐条看过规则和理由，差别都来自住户自己填写的服务需要。"
DETAIL = Detail(condition="先公示", rules=("r1", "r2"), notes={"women": "照常服务"})


@pytest.fixture
def rulesets(connection, context):
    return SqlRulesets(connection, context)


@pytest.fixture
def reviews(connection, context):
    return SqlReviews(connection, context)


@pytest.fixture
def version(connection, rulesets):
    """A submitted version of this account, in an office of two."""
    for uid in (UID, OTHER):
        connection.exec_driver_sql(
            "INSERT INTO staff (uid, login, name, role, enabled) VALUES (?, ?, '', 'manager', 1)",
            (uid, uid),
        )
    made = rulesets.add("{}", "digest", author=UID, at=AT)
    rulesets.move(made, RulesetStatus.SUBMITTED, by=UID, words="", at=AT)
    return rulesets.get(made)


def answer(by=OTHER, **rest):
    verdict = rest.pop("verdict", Verdict.PASS)
    return Answer(item="LR-18", verdict=verdict, reason=WHY, by=by, at=AT, **rest)


def signature(signer=OTHER, *, alone=False, at=AT):
    return Signature(
        signer=signer, alone=alone, note="好", signed_at=at, next_review=TODAY + 300 * DAY
    )


def test_what_a_reviewer_wrote_comes_back_newest_first(reviews, version):
    first = answer(verdict=Verdict.CONDITION, detail=DETAIL)
    reviews.answer(version, first)
    reviews.answer(version, answer())
    reviews.sign(version, signature())
    reviews.sign(version, signature(at=AT + DAY))

    assert reviews.answers(version) == (answer(), first)
    assert reviews.signature(version) == signature(at=AT + DAY)


def test_answers_and_signature_hang_on_the_digest(reviews, version):
    reviews.answer(version, answer())
    reviews.sign(version, signature())
    edited = replace(version, digest="other")

    assert reviews.answers(edited) == ()
    assert reviews.signature(edited) is None
    with pytest.raises(RefusedError):
        reviews.answer(edited, answer())
    with pytest.raises(RefusedError):
        reviews.sign(edited, signature())


def test_a_draft_has_no_review(reviews, rulesets):
    draft = rulesets.get(rulesets.add("{}", "digest", author=UID, at=AT))

    with pytest.raises(RefusedError):
        reviews.answer(draft, answer())


def test_the_author_neither_answers_nor_signs(reviews, version):
    with pytest.raises(RefusedError, match="of his own"):
        reviews.answer(version, answer(by=UID))
    with pytest.raises(RefusedError, match="of his own"):
        reviews.sign(version, signature(UID))
    with pytest.raises(RefusedError, match="of his own"):
        reviews.sign(version, signature(UID, alone=True, at=AT + 2 * DAY))


def test_the_only_person_answers_and_signs_a_day_later(connection, reviews, version):
    connection.exec_driver_sql("UPDATE staff SET enabled = 0 WHERE uid = ?", (OTHER,))
    reviews.answer(version, answer(by=UID))

    for early in (signature(UID, at=AT + 2 * DAY), signature(UID, alone=True, at=AT + DAY / 2)):
        with pytest.raises(RefusedError):
            reviews.sign(version, early)
    reviews.sign(version, signature(UID, alone=True, at=AT + DAY))

    assert reviews.signature(version).alone


def test_a_version_is_approved_without_a_second_person_only_by_a_lone_signature(
    connection, reviews, rulesets, version
):
    with pytest.raises(RefusedError):
        rulesets.move(version.id, RulesetStatus.APPROVED, by="", words="好", at=AT)
    connection.exec_driver_sql("UPDATE staff SET enabled = 0 WHERE uid = ?", (OTHER,))
    reviews.sign(version, signature(UID, alone=True, at=AT + DAY))

    rulesets.move(version.id, RulesetStatus.APPROVED, by="", words="好", at=AT + DAY)

    assert rulesets.get(version.id).decided_by == ""


def test_who_counts_as_a_second_person_is_who_may_approve_rules():
    roles = {role for role, rights in MATRIX.items() if Permission.APPROVE_RULES in rights}

    assert all(f"'{role.value}'" in schema_review._APPROVERS for role in roles)
    assert schema_review._APPROVERS.count("'") == 2 * len(roles)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_answer SET verdict = 'pass'",
        "UPDATE review_signature SET note = 'x'",
        "DELETE FROM review_answer",
        "DELETE FROM review_signature",
        "REPLACE INTO review_answer SELECT * FROM review_answer",
        "REPLACE INTO review_signature SELECT * FROM review_signature",
    ],
)
def test_nothing_of_a_review_changes_or_goes_within_three_years(
    connection, reviews, version, statement
):
    reviews.answer(version, answer())
    reviews.sign(version, signature())
    connection.exec_driver_sql("UPDATE sweep SET day = '2029-03-01'")

    with pytest.raises(IntegrityError):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("table", ["review_answer", "review_signature"])
def test_after_three_years_a_review_may_go(connection, reviews, version, table):
    reviews.answer(version, answer())
    reviews.sign(version, signature())
    connection.exec_driver_sql("UPDATE sweep SET day = '2029-03-02'")

    connection.exec_driver_sql(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("column", "value"), [("verdict", "maybe"), ("reason", "太短"), ("verdict", "condition")]
)
def test_the_database_takes_no_thin_answer(connection, reviews, version, column, value):
    reviews.answer(version, answer())
    columns = "ruleset, digest, item, verdict, reason, condition, rules, notes, by, at"
    chosen = columns.replace(column, f"'{value}'", 1)

    with pytest.raises(IntegrityError):
        connection.exec_driver_sql(
            f"INSERT INTO review_answer ({columns}) SELECT {chosen} FROM review_answer"
        )


def test_a_submitted_version_knows_since_when_it_waits(version):
    assert version.submitted_at == AT
