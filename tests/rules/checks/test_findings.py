"""What a check finds among rows is true of literally everybody, and each mend keeps its word."""

from dataclasses import replace
from random import Random

import pytest

from pmdesk.rules.cells import ANY, Cell, Range
from pmdesk.rules.check import FindingKind, Severity, check
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.table import DecisionTable, HitPolicy, Rule
from tests.rules.proofs.everybody import (
    AGE,
    ASKED,
    NOTE,
    POWER,
    SCHEME,
    WATER,
    WATER_OR_POWER,
    ZONE,
    everybody,
    fitting,
    table,
)

SEEDS = range(500)
NEEDLESS = {
    FindingKind.IDENTICAL,
    FindingKind.EQUIVALENT,
    FindingKind.MASKED,
    FindingKind.REDUNDANT,
    FindingKind.IMPOSSIBLE,
}
YES, NO = Cell(values=(True,)), Cell(values=(False,))


def outcomes(drawn):
    """What everybody gets; the winning row too."""
    return [evaluate(drawn, person) for person in everybody(drawn.facts)]


def given(drawn):
    """What everybody gets, without the row that gave it."""
    return [(one.tier, one.tags) for one in outcomes(drawn)]


def of_kind(findings, *kinds):
    return [one for one in findings if one.kind in kinds]


def fits(drawn, rule_id, person):
    return fitting(drawn.facts, drawn.rule(rule_id).cells, person)


def is_needless(drawn, rule_id):
    """Whether without the row everybody gets the same from the same rows."""
    return outcomes(drawn.without_rule(rule_id)) == outcomes(drawn)


def needless_of(drawn):
    """The rows that can go, the last to decide first, each after the ones before it are gone."""
    gone = set()
    left = drawn
    for place in reversed(drawn.deciding_order):
        rule_id = drawn.rules[place].id
        if place < len(drawn.rules) - 1 and is_needless(left, rule_id):
            gone.add(rule_id)
            left = left.without_rule(rule_id)
    return gone


def ruled(facts, *rows, policy=HitPolicy.PRIORITY):
    """A complete table of rows (tier, cells…), named a, b, c …, all with the same reason."""
    rules = tuple(
        Rule(
            id="abcdefghijklmnopqrstuvwxyz"[place],
            cells=tuple(map(_cell, cells)),
            tier=tier,
            reason="because",
        )
        for place, (tier, *cells) in enumerate(rows)
    )
    made = DecisionTable(facts=facts, rules=rules, scheme=SCHEME, policy=policy)
    return made.with_rule(replace(made.blank_rule(), reason="else"))


def _cell(cell):
    return Cell(ranges=(Range(*cell),)) if isinstance(cell, tuple) else cell


def test_needless_rows_are_exactly_those_whose_removal_changes_nothing():
    for seed in SEEDS:
        drawn = table(Random(seed))
        found = of_kind(check(drawn, budget=Budget(60)), *NEEDLESS)
        assert {one.rules[0] for one in found} == needless_of(drawn), seed
        for one in found:
            assert (one.kind is FindingKind.IMPOSSIBLE) == (one.example is None)
            if one.example is not None:
                assert fits(drawn, one.rules[0], one.example), seed


def test_a_subsumed_row_changes_nothing_but_the_reason():
    seen = 0
    for seed in SEEDS:
        drawn = table(Random(seed))
        for one in of_kind(check(drawn), FindingKind.SUBSUMED):
            seen += 1
            assert given(one.mend.apply(drawn)) == given(drawn), seed
            assert not is_needless(drawn, one.rules[0]), seed
    assert seen > 20


def test_rows_that_can_be_one_change_nothing_when_they_are():
    seen = 0
    for seed in range(800):
        drawn = table(Random(seed), most=12)
        for one in of_kind(check(drawn), FindingKind.MERGEABLE):
            seen += 1
            merged = one.mend.apply(drawn)
            assert len(merged.rules) == len(drawn.rules) - 1
            reasons = [
                [(t.rule(o.rule).reason, o.tier, o.tags) for o in outcomes(t)]
                for t in (drawn, merged)
            ]
            assert reasons[0] == reasons[1], seed
    assert seen > 10


def test_under_unique_each_overlap_is_an_error_and_no_other_table_has_one():
    for seed in SEEDS:
        drawn = table(Random(seed), HitPolicy.UNIQUE)
        above = drawn.rules[:-1]
        people = list(everybody(drawn.facts))
        expected = {
            (one.id, other.id)
            for place, one in enumerate(above)
            for other in above[place + 1 :]
            if any(fits(drawn, one.id, p) and fits(drawn, other.id, p) for p in people)
        }
        found = of_kind(check(drawn), FindingKind.OVERLAP)
        assert {(f.rules[0], other) for f in found for other in f.rules[1:]} == expected, seed
        assert all(one.severity is Severity.ERROR for one in found)
        for one in found:
            assert fits(drawn, one.rules[0], one.example)
            assert any(fits(drawn, other, one.example) for other in one.rules[1:])


def test_narrowing_removes_the_overlap_and_leaves_every_tier():
    seen = 0
    for seed in range(200):
        drawn = table(Random(seed), HitPolicy.UNIQUE)
        for one in of_kind(check(drawn), FindingKind.OVERLAP):
            if one.mend is not None:
                seen += 1
                mended = one.mend.apply(drawn)
                assert [o.tier for o in outcomes(mended)] == [o.tier for o in outcomes(drawn)], seed
                left = of_kind(check(mended), FindingKind.OVERLAP)
                assert one.rules[0] not in {found.rules[0] for found in left}, seed
    assert seen > 100


def test_elsewhere_an_overlap_is_only_to_know():
    for seed in SEEDS:
        drawn = table(Random(seed), HitPolicy.PRIORITY)
        for one in of_kind(check(drawn), FindingKind.OVERLAP):
            assert one.severity is Severity.INFO
            if one.example:
                tiers = {r.tier for r in drawn.rules[:-1] if fits(drawn, r.id, one.example)}
                assert len(tiers) > 1, seed


def test_whom_only_the_last_row_fits_is_told_with_an_example():
    for seed in SEEDS:
        drawn = table(Random(seed))
        above = drawn.rules[:-1]
        gaps = of_kind(check(drawn), FindingKind.GAP)
        exists = any(
            not any(fits(drawn, rule.id, person) for rule in above)
            for person in everybody(drawn.facts)
        )
        assert bool(gaps) == exists, seed
        for one in gaps:
            if one.example is not None:
                assert not any(fits(drawn, rule.id, one.example) for rule in above), seed
            assert one.severity is Severity.INFO


def test_a_row_added_for_a_gap_closes_it_and_changes_no_result():
    for seed in range(100):
        drawn = table(Random(seed))
        for one in of_kind(check(drawn), FindingKind.GAP):
            if one.mend is not None:
                mended = one.mend.apply(drawn)
                assert given(mended) == given(drawn), seed
                assert fits(mended, mended.rules[-2].id, one.example)
                left = of_kind(check(mended), FindingKind.GAP)
                assert one.places not in [found.places for found in left], seed


def test_removing_a_needless_row_is_its_mend():
    for seed in range(200):
        drawn = table(Random(seed))
        for one in of_kind(check(drawn), *NEEDLESS):
            mended = one.mend.apply(drawn)
            assert outcomes(mended) == outcomes(drawn), seed
            assert one.rules[0] not in {rule.id for rule in mended.rules}


@pytest.mark.parametrize("policy", [HitPolicy.PRIORITY, HitPolicy.UNIQUE])
def test_the_order_of_the_rows_does_not_matter_where_it_should_not(policy):
    """Of rows that overlap under UNIQUE this is not asked: the check refuses them."""
    for seed in range(250):
        random = Random(seed)
        drawn = table(random, policy)
        if any(f.severity is Severity.ERROR for f in check(drawn)):
            continue
        shuffled = list(drawn.rules[:-1])
        random.shuffle(shuffled)
        other = replace(drawn, rules=(*shuffled, drawn.rules[-1]))
        assert given(other) == given(drawn), seed


def test_a_table_without_a_last_row_lacks_it_and_whom_no_row_fits():
    bare = replace(whole := ruled((AGE,), ("care", (2, None))), rules=whole.rules[:1])
    last, gap = (one for one in check(bare) if one.severity is Severity.ERROR)
    assert last.mend is not None

    assert (last.kind, gap.kind) == (FindingKind.NO_LAST_ROW, FindingKind.GAP)
    assert gap.words().startswith("No row fits: “名”: under 2 or unknown.")
    assert last.mend.apply(bare).is_complete
    assert last.mend.apply(whole) is whole


def only(drawn, kind):
    (found,) = of_kind(check(drawn), kind)
    return found


def test_a_row_beyond_what_a_fact_can_be_fits_nobody():
    beyond = only(ruled((AGE,), ("care", (7, None))), FindingKind.IMPOSSIBLE)

    assert (beyond.rules, beyond.example) == (("a",), None)


def test_rows_are_called_as_in_the_literature():
    whole = Cell(ranges=(Range(None, 3), Range(3, None)), unknown=True)

    same = ruled((AGE, ZONE), ("care", (2, 4), ANY), ("care", (2, 4), ANY))
    assert only(same, FindingKind.IDENTICAL).rules == ("b", "a")

    alike = ruled((AGE, ASKED), ("care", whole, YES), ("care", ANY, YES))
    assert only(alike, FindingKind.EQUIVALENT).rules == ("b", "a")

    covered = ruled((AGE,), ("special", (None, 3)), ("special", (3, None)), ("care", (2, 5)))
    found = only(covered, FindingKind.REDUNDANT)
    assert found.rules == ("c", "a", "b")
    assert "rows 1, 2" in found.words()

    wide = ruled((AGE,), ("care", (2, 3)), ("care", (1, 5)), policy=HitPolicy.FIRST)
    assert only(wide, FindingKind.SUBSUMED).rules == ("a", "b")

    parts = ruled((AGE, ASKED), ("care", (1, 3), YES), ("care", (3, 5), YES))
    merged = only(parts, FindingKind.MERGEABLE)
    assert merged.mend.apply(parts).rules[0].cells == (Cell(ranges=(Range(1, 5),)), YES)


def test_cells_about_one_list_can_contradict_each_other():
    facts = (WATER, POWER, WATER_OR_POWER)
    drawn = ruled(facts, ("care", NO, NO, YES), ("care", Cell(unknown=True), YES, ANY))

    found = of_kind(check(drawn), FindingKind.IMPOSSIBLE)
    assert [one.rules for one in found] == [("a",), ("b",)]


def test_one_option_of_a_group_masks_nothing_that_the_group_does_not_cover():
    facts = (WATER, WATER_OR_POWER)
    assert only(
        ruled(facts, ("special", ANY, YES), ("care", YES, ANY)), FindingKind.MASKED
    ).rules == ("b", "a")
    assert not of_kind(check(ruled(facts, ("special", YES, ANY), ("care", ANY, YES))), *NEEDLESS)


def test_whole_numbers_have_no_gap_between_17_and_18():
    facts = (replace(AGE, low=0, high=120, nullable=False),)
    drawn = ruled(facts, ("care", (None, 18)), ("special", (18, None)))

    assert not of_kind(check(drawn), FindingKind.GAP)


def test_a_gap_of_other_texts_is_told_without_a_mend():
    drawn = ruled((replace(NOTE, nullable=False), ASKED), ("care", Cell(values=("x",)), ANY))
    gap = only(drawn, FindingKind.GAP)

    assert "any other text" in gap.words()
    assert gap.mend is None
    assert gap.mend_words() == ""


def test_long_lists_of_overlaps_are_cut_short():
    rows = [("care", (n % 6, None)) for n in range(26)]
    found = of_kind(check(ruled((AGE,), *rows, policy=HitPolicy.UNIQUE)), FindingKind.OVERLAP)

    assert len(found) == 21
    assert found[-1].words().startswith("5 more overlaps are not listed.")
    assert "Row 1 overlaps with rows 2–26:" in found[0].words()
    assert found[0].mend is None


def test_of_many_rows_the_first_are_named():
    rows = [("care", (1, 3) if n % 2 else (4, 6)) for n in range(21)]
    rows += [("special", (1, 3))]
    found = of_kind(check(ruled((AGE,), *rows)), FindingKind.MASKED)

    assert ("b", "v") in {one.rules for one in found}
    overlaps = of_kind(check(ruled((AGE,), *rows, policy=HitPolicy.UNIQUE)), FindingKind.OVERLAP)
    assert "Row 1 overlaps with rows 3, 5, 7, 9, 11, 13 and 4 more:" in overlaps[0].words()
    assert "Row 18 overlaps with rows 20, 22:" in overlaps[17].words()


def test_what_the_budget_does_not_suffice_for_is_said():
    covered = ruled((AGE,), ("special", (None, 3)), ("special", (3, None)), ("care", (2, 5)))
    found = of_kind(check(covered, budget=Budget(0)), FindingKind.NOT_PROVED)

    assert [one.rules for one in found] == [("c",), ()]
    assert all(one.severity is Severity.WARNING for one in found)
    assert not of_kind(check(covered), FindingKind.NOT_PROVED)


def test_errors_come_first():
    for seed in range(50):
        severities = [one.severity for one in check(table(Random(seed)))]
        assert severities == sorted(severities, key=list(Severity).index)
