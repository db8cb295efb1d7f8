"""A version takes its steps in order, each by the right person, and then stands for good."""

import itertools

import pytest
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.classification import RulesetStatus
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.store.rulesets import SqlRulesets
from tests.store.conftest import AT, UID

OTHER = "0" * 31 + "2"
D, S, X, A, L, R = (
    RulesetStatus.DRAFT,
    RulesetStatus.SUBMITTED,
    RulesetStatus.REJECTED,
    RulesetStatus.APPROVED,
    RulesetStatus.ACTIVE,
    RulesetStatus.RETIRED,
)
PATHS = {D: (), S: (S,), X: (S, X), A: (S, A), L: (S, A, L), R: (S, A, L, R)}
ALLOWED = {(D, S), (S, D), (S, A), (S, X), (A, L), (L, R)}


@pytest.fixture
def rulesets(connection, context):
    return SqlRulesets(connection, context)


@pytest.fixture
def made(rulesets):
    """A version that has come to a status."""

    def made(status, document="{}"):
        ruleset = rulesets.add(document, "d", author=UID, at=AT)
        for step in PATHS[status]:
            rulesets.move(ruleset, step, by=OTHER, words="好", at=AT)
        return ruleset

    return made


@pytest.mark.parametrize(("start", "end"), tuple(itertools.product(RulesetStatus, RulesetStatus)))
def test_only_the_steps_of_a_versions_life_are_taken(rulesets, made, start, end):
    ruleset = made(start)
    if (start, end) in ALLOWED:
        rulesets.move(ruleset, end, by=OTHER, words="好", at=AT)
        assert rulesets.get(ruleset).status is end
    else:
        with pytest.raises(ConflictError):
            rulesets.move(ruleset, end, by=OTHER, words="好", at=AT)
        assert rulesets.get(ruleset).status is start


def test_versions_are_numbered_and_listed_newest_first(rulesets, made):
    made(D), made(S), made(X)
    assert [found.version for found in rulesets.all()] == [3, 2, 1]


def test_activating_retires_the_version_before(rulesets, made):
    first, second = made(L), made(A)
    assert rulesets.active().id == first
    rulesets.move(second, L, by=OTHER, words="", at=AT)
    assert rulesets.active().id == second
    assert rulesets.get(first).status is R
    assert rulesets.get(second).activated_at == AT


@pytest.mark.parametrize("status", [A, X])
def test_nobody_decides_on_a_version_of_his_own(rulesets, made, status):
    ruleset = made(S)
    with pytest.raises(RefusedError):
        rulesets.move(ruleset, status, by=UID, words="好", at=AT)


def test_the_second_person_and_the_reason_are_recorded(rulesets, made):
    found = rulesets.get(made(A))
    assert (found.author, found.decided_by, found.decided_at, found.words) == (UID, OTHER, AT, "好")


def test_a_version_that_was_taken_back_waits_for_nobody(rulesets, made):
    ruleset = made(S)
    assert rulesets.get(ruleset).submitted_at == AT
    rulesets.move(ruleset, D, by="", words="", at=AT)
    rulesets.rewrite(ruleset, "[]", "e")
    assert rulesets.get(ruleset).submitted_at is None


@pytest.mark.parametrize("status", [S, X, A, L, R])
def test_a_document_is_fixed_once_it_was_submitted(rulesets, made, connection, status):
    ruleset = made(status)
    with pytest.raises(ConflictError):
        rulesets.rewrite(ruleset, "[]", "e")
    with pytest.raises(ConflictError):
        rulesets.discard(ruleset)
    with pytest.raises(IntegrityError):
        connection.exec_driver_sql(f"UPDATE ruleset SET document = '[]' WHERE id = {ruleset}")


def test_a_draft_is_rewritten_and_discarded(rulesets, made):
    draft = made(D)
    rulesets.rewrite(draft, "[]", "e")
    assert (rulesets.get(draft).document, rulesets.get(draft).digest) == ("[]", "e")
    rulesets.discard(draft)
    with pytest.raises(NotFoundError):
        rulesets.get(draft)
    with pytest.raises(NotFoundError):
        rulesets.rewrite(draft, "[]", "e")


def test_before_the_first_activation_there_is_no_active_version(rulesets, made):
    made(A)
    assert rulesets.active() is None
