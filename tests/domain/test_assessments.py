"""What follows from an assessment: who may approve it, when it runs out, whether to begin."""

from datetime import date

import pytest

from pmdesk.domain import assessments
from pmdesk.domain.fields import Value
from pmdesk.domain.staff import Role, Staff
from pmdesk.errors import RefusedError

TODAY = date(2026, 3, 2)


def staff(role):
    return Staff(uid="u", login="u", name="某人", role=role)


def rated(likely, severe, row="leak"):
    return {f"risk.{row}.likely_after": str(likely), f"risk.{row}.severe_after": str(severe)}


@pytest.mark.parametrize(
    ("conclusion", "done", "begins"),
    [
        ("go", None, True),
        ("mend", None, False),
        ("mend", False, False),
        ("mend", True, True),
        ("no", True, False),
        (None, None, False),
    ],
)
def test_only_a_favourable_conclusion_lets_anything_begin(conclusion, done, begins):
    document = {"conclusion": conclusion, "actions_done": done}

    assert assessments.permits(document) is begins


def test_the_highest_risk_that_is_left_counts():
    document = rated(1, 4) | rated(3, 4, "harm") | rated(2, 2, "misuse")

    assert assessments.residual(document) == 12
    assert assessments.residual({}) == 0
    assert assessments.residual({"risk.leak.likely_after": "4"}) == 0


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER])
def test_a_risk_of_twelve_is_accepted_by_the_head_of_the_office_alone(role):
    assessments.refuse_approval(rated(3, 3), staff(role))  # 9: anybody
    with pytest.raises(RefusedError, match="only an administrator"):
        assessments.refuse_approval(rated(3, 4), staff(role))

    assessments.refuse_approval(rated(4, 4), staff(Role.ADMIN))


@pytest.mark.parametrize(
    ("review", "lapses"),
    [
        (None, date(2027, 3, 2)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2028, 1, 1), date(2027, 3, 2)),
    ],
)
def test_an_assessment_runs_out_after_twelve_months_or_earlier(review, lapses):
    assert assessments.lapses_on(TODAY, {"next_review": review}) == lapses


@pytest.mark.parametrize(
    ("people", "option"),
    [(0, "yes"), (99_999, "yes"), (100_000, "no"), (999_999, "no"), (1_000_000, "officer")],
)
def test_the_size_of_the_office_follows_the_number_of_people(people, option):
    assert assessments.size(people) == option


def test_a_mending_needs_a_plan_and_the_review_a_day_in_time():
    document: dict[str, Value] = {
        "conclusion": "mend",
        "actions": "加锁",
        "next_review": date(2027, 3, 3),
    }

    found = [one.key for one in assessments.problems(document, TODAY)]

    assert found == ["actions_by", "actions_due", "next_review"]
    assert not assessments.problems({"conclusion": "go", "next_review": date(2027, 3, 2)}, TODAY)
    assert assessments.problems({"next_review": TODAY}, TODAY)
