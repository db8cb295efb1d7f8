"""From samples to figures: exact verdicts, and no number that tells of fewer than ten people."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.analytics.fair_counts import Asked, Case, hidden_columns, lines, links
from pmdesk.domain.fairness import Level, Outcome, Verdict

TIERS = ("standard", "care", "enhanced")
ASKED = Asked(
    attributes={"sex": ("female", "male")}, tiers=TIERS, tags=("need",), facts=("clean_need",)
)


def cases(count, sex, tier="standard", tags=(), **facts):
    return [
        Case(answers={"sex": sex} if sex else {}, tier=tier, tags=frozenset(tags), facts=facts)
    ] * count


def line_of(found, code, group):
    return next(one for one in found if (one.code, one.group) == (code, group))


def test_each_tier_above_the_floor_counts_with_the_stronger_ones():
    people = [
        *cases(40, "female"),
        *cases(30, "female", "care"),
        *cases(30, "female", "enhanced"),
        *cases(20, "male"),
        *cases(40, "male", "care"),
        *cases(40, "male", "enhanced"),
    ]
    found = lines(people, ASKED)

    assert {one.code for one in found} == {"care", "enhanced"}
    women = line_of(found, "care", "female")
    assert (women.people, women.having, women.reference) == (100, 60, "male")
    assert women.ratio == pytest.approx(0.75)
    assert women.verdict is Verdict.REVIEW
    assert line_of(found, "enhanced", "female").having == 30
    men = line_of(found, "care", "male")
    assert men.is_reference
    assert (men.having, men.ratio) == (80, None)


def test_tags_are_compared_and_hidden_like_tiers():
    people = [
        *cases(45, "female", tags=("need",)),
        *cases(5, "female"),
        *cases(20, "male", tags=("need",)),
        *cases(30, "male"),
    ]
    found = lines(people, ASKED)

    assert all(one.outcome is Outcome.TAG for one in found)
    men = line_of(found, "need", "male")
    assert men.verdict is Verdict.REVIEW  # five women without it are enough for a verdict
    assert (men.having, men.ratio, men.p, men.found) == (None, None, None, None)
    assert men.is_hidden
    assert line_of(found, "need", "female").having is None


def test_a_verdict_stands_where_its_numbers_are_hidden():
    people = [*cases(93, "female"), *cases(7, "female", "care"), *cases(60, "male")]
    people += cases(40, "male", "care")
    women = line_of(lines(people, ASKED), "care", "female")

    assert women.verdict is Verdict.REVIEW
    assert women.is_hidden
    assert women.ratio is None


def test_what_comes_to_nobody_is_not_compared():
    assert lines([*cases(50, "female"), *cases(50, "male")], ASKED) == ()


def test_one_group_alone_is_not_compared():
    assert lines([*cases(50, "female", "care"), *cases(50, None)], ASKED) == ()


def test_too_few_people_for_any_reference_are_told_so():
    found = lines([*cases(12, "female", "care"), *cases(15, "male")], ASKED)

    assert {one.verdict for one in found} == {Verdict.TOO_FEW}
    assert {one.reference for one in found} == {""}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("female", "male", "third")),
            st.sampled_from(TIERS),
            st.booleans(),
            st.integers(1, 30),
        ),
        max_size=9,
    )
)
def test_no_number_stands_for_one_to_nine_people(cohorts):
    people = [
        case
        for sex, tier, tagged, count in cohorts
        for case in cases(count, sex, tier, ("need",) if tagged else ())
    ]
    wide = Asked(
        attributes={"sex": ("female", "male", "third")}, tiers=TIERS, tags=("need",), facts=()
    )
    for one in lines(people, wide):
        for number in (one.people, one.having):
            assert number is None or number == 0 or number >= 10
        if one.having is not None:
            assert one.people is not None
            assert not 0 < one.people - one.having < 10
        if one.ratio is not None:
            assert not one.is_hidden


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), min_size=2, max_size=4))
def test_what_is_hidden_does_not_follow_from_the_totals(groups):
    having = [some for some, _none in groups]
    people = [some + none for some, none in groups]
    gone = hidden_columns(having, people)

    small = {at for at, (some, none) in enumerate(groups) if 0 < some < 10 or 0 < none < 10}
    assert small <= gone
    if small and len(gone) < len(groups):
        assert len(gone) >= 2
        assert _can_differ(gone, having, people)


def _can_differ(gone, having, people):
    """Other numbers of the hidden groups give the same totals."""
    total = sum(having[at] for at in gone)
    for first, second in itertools.combinations(sorted(gone), 2):
        if having[first] < people[first] and having[second] > 0:
            return True
        if having[second] < people[second] and having[first] > 0:
            return True
    return total in {0, sum(people[at] for at in gone)}


def test_an_input_that_tells_the_group_is_found():
    people = [
        *cases(50, "female", clean_need="in_home"),
        *cases(50, "male", clean_need=None),
    ]
    (link,) = links(people, ASKED)

    assert (link.level, link.people) == (Level.BLOCK, 100)
    assert link.v == pytest.approx(1)
    assert link.low is not None
    assert link.p is not None


def test_a_strong_link_stands_without_numbers_where_few_people_made_it():
    people = [
        *cases(47, "female", clean_need="in_home"),
        *cases(3, "female", clean_need="none"),
        *cases(48, "male", clean_need="none"),
        *cases(2, "male", clean_need="in_home"),
    ]
    (link,) = links(people, ASKED)

    assert link.level is Level.BLOCK
    assert (link.v, link.low, link.p, link.information) == (None, None, None, None)


def test_rare_values_are_counted_together():
    people = [
        case
        for sex, shares in (("female", (40, 6, 7, 30)), ("male", (38, 7, 6, 31)))
        for value, count in zip("abcd", shares, strict=True)
        for case in cases(count, sex, clean_need=value)
    ]
    (link,) = links(people, ASKED)

    assert link.level is Level.NONE
    assert link.v == 0


def test_many_numbers_fall_into_ranges_and_unknown_is_a_value():
    people = [
        case
        for number in range(60)
        for case in cases(1, "female" if number < 30 else "male", clean_need=number)
    ]
    people += cases(20, "female") + cases(20, "male", clean_need=True)
    (link,) = links(people, ASKED)

    assert link.level is Level.BLOCK
    assert link.people == 100


def test_too_few_people_tell_nothing_about_inputs():
    (link,) = links(cases(20, "female", clean_need="none"), ASKED)

    assert (link.level, link.v) == (Level.TOO_FEW, None)
