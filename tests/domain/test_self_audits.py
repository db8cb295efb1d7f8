"""The self-audit: signed only as true, what is wrong has an owner, and when the next is due."""

from datetime import date

import pytest

from pmdesk.domain import self_audits
from pmdesk.domain.fields import Value

WRONG: dict[str, Value] = {
    "truth": True,
    "item.q03.result": "not_ok",
    "item.q03.words": "没有告知变化",
    "item.q03.owner": "李静",
    "item.q03.due_on": date(2026, 4, 1),
    "item.q04.result": "ok",
}


def test_what_is_wrong_has_words_an_owner_and_a_date():
    bare: dict[str, Value] = {"truth": True, "item.q03.result": "not_ok", "item.q04.result": "na"}

    assert {one.key for one in self_audits.problems(bare)} == {
        "item.q03.words",
        "item.q03.owner",
        "item.q03.due_on",
    }
    assert self_audits.problems(WRONG) == ()


@pytest.mark.parametrize("answer", [None, False])
def test_it_is_signed_only_as_true(answer):
    assert [one.key for one in self_audits.problems(WRONG | {"truth": answer})] == ["truth"]


def test_findings_stay_open_until_they_are_rechecked():
    (finding,) = self_audits.open_findings(WRONG)

    assert (finding.item, finding.owner) == ("q03", "李静")
    assert not finding.is_late(date(2026, 4, 1))
    assert finding.is_late(date(2026, 4, 2))
    closed = WRONG | {"item.q03.rechecked_on": date(2026, 3, 20)}
    assert self_audits.open_findings(closed) == ()


def test_a_finding_of_a_draft_may_have_no_date_yet():
    (finding,) = self_audits.open_findings({"item.q09.result": "not_ok"})

    assert finding.due_on is None
    assert not finding.is_late(date(2026, 4, 2))


@pytest.mark.parametrize(
    ("last", "serious", "due"),
    [
        (None, [], True),
        (date(2026, 3, 2), [], False),
        (date(2025, 3, 2), [], True),
        (date(2026, 3, 2), [date(2026, 3, 5)], True),
        (date(2026, 3, 2), [date(2026, 3, 1)], False),
    ],
)
def test_it_is_due_each_year_and_after_a_serious_incident(last, serious, due):
    assert self_audits.is_due(last, serious, date(2026, 3, 9)) is due
