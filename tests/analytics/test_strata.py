"""Comparing equals with equals: the Mantel-Haenszel ratio and Simpson's paradox."""

import pytest

from pmdesk.analytics.fairness import Group, comparison
from pmdesk.analytics.strata import Turn, stratified
from pmdesk.domain.fairness import Verdict

# admissions in Berkeley 1973 (Bickel, Hammel, O'Connell): men and women by department
BERKELEY = {
    "A": ((512, 825), (89, 108)),
    "B": ((353, 560), (17, 25)),
    "C": ((120, 325), (202, 593)),
    "D": ((138, 417), (131, 375)),
    "E": ((53, 191), (94, 393)),
    "F": ((22, 373), (24, 341)),
}
# kidney stones (Charig 1986): open surgery and the new way, by size of the stone
STONES = {"small": ((81, 87), (234, 270)), "large": ((192, 263), (55, 80))}


def made(table, names=("men", "women")):
    """The strata, the whole, and what they say together."""
    strata = {
        stratum: [
            Group(name=name, having=having, people=people)
            for name, (having, people) in zip(names, pairs, strict=True)
        ]
        for stratum, pairs in table.items()
    }
    whole = comparison(
        [
            Group(
                name=name,
                having=sum(groups[at].having for groups in strata.values()),
                people=sum(groups[at].people for groups in strata.values()),
            )
            for at, name in enumerate(names)
        ]
    )
    return whole, stratified(strata, whole)


def test_berkeley_turns_round_within_the_departments():
    whole, found = made(BERKELEY)
    (common,) = found.common

    assert whole.verdict is Verdict.REVIEW
    assert common.ratio == pytest.approx(1.058, abs=5e-4)
    assert (common.low, common.high) == pytest.approx((0.970, 1.154), abs=5e-4)
    assert common.verdict is Verdict.CLEAR
    assert common.turn is Turn.REVERSED


def test_each_stratum_is_beside_the_reference_of_the_whole():
    _whole, found = made(BERKELEY)

    assert {one.reference.name for one in found.strata.values()} == {"men"}
    assert found.strata["A"].verdict is Verdict.REVIEW  # women fare better there
    assert found.strata["B"].verdict is Verdict.TOO_FEW  # 25 women


def test_a_difference_that_the_need_explains_is_gone_among_equals():
    even = {"asked": ((80, 100), (40, 50)), "not": ((10, 100), (20, 200))}
    whole, found = made(even)

    assert whole.verdict is Verdict.REVIEW
    (common,) = found.common
    assert common.ratio == pytest.approx(1)
    assert common.turn is Turn.EXPLAINED


def test_a_difference_that_the_totals_hide_is_uncovered():
    hidden = {"asked": ((300, 500), (180, 200)), "not": ((20, 500), (140, 800))}
    whole, found = made(hidden)

    assert whole.verdict is Verdict.CLEAR
    (common,) = found.common
    assert common.verdict is Verdict.REVIEW
    assert common.turn is Turn.UNCOVERED


def test_kidney_stones_keep_their_small_difference_small():
    _whole, found = made(STONES, ("open", "new"))

    assert found.common[0].verdict in {Verdict.CLEAR, Verdict.WATCH}


def test_a_difference_that_stays_is_the_same():
    same = {"asked": ((80, 100), (40, 100)), "not": ((60, 100), (30, 100))}
    _whole, found = made(same)

    assert found.common[0].turn is Turn.SAME
    assert found.common[0].ratio == pytest.approx(0.5)
    assert found.common[0].verdict is Verdict.REVIEW


def test_strata_with_one_group_alone_say_nothing():
    apart = {"asked": ((80, 100), (0, 0)), "not": ((0, 0), (30, 100))}
    _whole, found = made(apart)

    assert found.common[0].verdict is Verdict.TOO_FEW
    assert found.common[0].ratio is None


def test_few_people_in_all_strata_are_too_few():
    few = {"asked": ((40, 60), (4, 10)), "not": ((20, 60), (2, 10))}
    _whole, found = made(few)

    assert found.common[0].verdict is Verdict.TOO_FEW
    assert found.common[0].turn is Turn.SAME


def test_without_a_reference_there_is_nothing_to_stratify():
    whole, found = made({"asked": ((4, 6), (4, 10))})

    assert whole.reference is None
    assert (dict(found.strata), found.common) == ({}, ())
