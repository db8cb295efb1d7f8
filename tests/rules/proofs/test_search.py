"""Both searches say the same, say what they cannot decide, and cope with very long lists."""

import sys
from itertools import count
from random import Random

import pytest

from pmdesk.i18n import Words
from pmdesk.rules.cells import ANY, Cell, Range
from pmdesk.rules.check import FindingKind, check
from pmdesk.rules.facts import Fact, FactType, group
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.gaps import gaps
from pmdesk.rules.proofs.overlaps import overlaps
from pmdesk.rules.proofs.proof import Extent
from pmdesk.rules.proofs.sat import SatSearch
from pmdesk.rules.proofs.search import search_in
from pmdesk.rules.proofs.space import space_of
from pmdesk.rules.proofs.trying import TryingSearch
from pmdesk.rules.proofs.unreachable import unreachable
from pmdesk.rules.proofs.witness import witness
from tests.rules.proofs.everybody import AGE, ASKED, NAME, fitting, table

YES, NO = Cell(values=(True,)), Cell(values=(False,))


def needs(count):
    return tuple(
        Fact(key=f"needs.n{n}", label=NAME, type=FactType.FLAG, list="needs", any_of=(f"n{n}",))
        for n in range(count)
    )


def boxes(random, count, columns):
    """Rows that cut a plane of numbers: hard to prove, without any gap in sight."""
    facts = tuple(
        Fact(key=f"f{n}", label=NAME, type=FactType.NUMBER, low=0, high=99, nullable=False)
        for n in range(columns)
    )
    rows = [
        tuple(
            Cell(ranges=(random.choice((Range(None, b), Range(b, None))),))
            for b in (random.randrange(1, 99) for _ in facts)
        )
        for _ in range(count)
    ]
    return facts, rows


def spent_after(looks):
    """A budget that is spent when it has been asked so often."""
    ticks = count()
    return Budget(looks, clock=lambda: float(next(ticks)))


def remove_solver(monkeypatch):
    monkeypatch.setitem(sys.modules, "pysat.solvers", None)
    monkeypatch.delitem(sys.modules, "pmdesk.rules.proofs.sat", raising=False)


def test_without_a_solver_the_check_says_the_same(monkeypatch):
    drawn = [table(Random(seed)) for seed in range(100)]
    solved = [told(check(one)) for one in drawn]
    remove_solver(monkeypatch)

    assert isinstance(search_in(space_of((), ())), TryingSearch)
    assert [told(check(one)) for one in drawn] == solved


def told(findings):
    """What is found, as far as it does not depend on the way it was searched for."""
    return [
        (one.kind, one.rules[:1])
        for one in findings
        if one.kind not in {FindingKind.GAP, FindingKind.MERGEABLE}
    ]


def test_both_searches_agree_on_larger_tables():
    for seed in range(10):
        facts, rows = boxes(Random(seed), 12, 4)
        space = space_of(facts, rows)
        for row, box in enumerate(space.rows):
            others = (1 << len(rows)) - 1 & ~(1 << row)
            answers = [
                engine(space, Budget(60)).finds(box, others) for engine in (SatSearch, TryingSearch)
            ]
            assert answers[0] == answers[1]


@pytest.mark.parametrize("engine", [SatSearch, TryingSearch])
def test_what_the_budget_does_not_suffice_for_stays_undecided(engine):
    facts, rows = boxes(Random(1), 30, 6)
    search = engine(space_of(facts, rows), Budget(0))

    assert search.finds(space_of(facts, rows).everything, (1 << 30) - 1) is None


def test_a_search_that_needs_too_many_steps_gives_up():
    facts, rows = boxes(Random(1), 30, 6)
    space = space_of(facts, rows)

    assert TryingSearch(space, Budget(60), steps=3).finds(space.everything, (1 << 30) - 1) is None


def test_every_proof_says_when_it_is_none():
    facts = (AGE,)
    rows = [[Cell(ranges=(Range(None, 3),))], [Cell(ranges=(Range(3, None),))], [ANY]]
    cover = [*rows[:2], [Cell(ranges=(Range(2, 5),))]]

    assert gaps(facts, rows, budget=Budget(0)).extent is Extent.NOT_PROVED
    proof = unreachable(facts, cover, budget=Budget(0))
    assert (proof.found, proof.undecided, proof.is_proved) == ((), (2,), False)
    assert witness(facts, rows, [0], [1], Budget(0)).extent is Extent.NOT_PROVED
    assert gaps(facts, rows, budget=spent_after(1000)).is_proved


def test_which_tags_others_give_is_not_claimed_without_a_proof():
    """The search for them comes after the row was proved never to decide."""
    kinds = set()
    for seed in range(300):
        drawn = table(Random(seed))
        for looks in range(1, 6):
            found = check(drawn, budget=spent_after(looks))
            kinds |= {(one.kind, one.rules == ()) for one in found}
            proved = {one.rules[0] for one in check(drawn) if one.kind is FindingKind.REDUNDANT}
            claimed = {one.rules[0] for one in found if one.kind is FindingKind.REDUNDANT}
            assert claimed <= proved
    assert (FindingKind.NOT_PROVED, False) in kinds


@pytest.mark.parametrize("solver", [True, False])
def test_overlaps_within_a_very_long_list_are_exact(solver, monkeypatch):
    if not solver:
        remove_solver(monkeypatch)
    flags = needs(12)
    facts = (*flags, group(flags[:3]), ASKED)
    none = [NO, NO, NO, *[ANY] * 11]
    some = [*[ANY] * 12, YES, ANY]
    one = [YES, *[ANY] * 13]
    absurd = [NO, NO, NO, *[ANY] * 9, YES, ANY]
    unknown = [Cell(unknown=True), *[ANY] * 13]
    rows = [none, some, one, absurd, unknown]

    found = overlaps(facts, rows)
    assert [(pair.first, pair.second) for pair in found.found] == [(1, 2)]
    assert fitting(facts, some, found.found[0].example)
    proof = unreachable(facts, [some, one, absurd, none])
    masked = {item.row: item.by for item in proof.found}
    assert masked == {2: ()} | ({1: (0,)} if solver else {})
    assert proof.undecided == (() if solver else (1,))


@pytest.mark.parametrize("solver", [True, False])
def test_gaps_within_a_very_long_list_are_real(solver, monkeypatch):
    if not solver:
        remove_solver(monkeypatch)
    flags = needs(12)
    facts = (*flags, group(flags[:3]))
    rows = [[YES, *[ANY] * 12], [*[ANY] * 12, NO], [Cell(unknown=True), *[ANY] * 12]]
    proof = gaps(facts, rows)

    assert bool(proof.found) == solver
    for gap in proof.found:
        assert not any(fitting(facts, row, gap.example) for row in rows)
    assert proof.extent is (Extent.ALL if solver else Extent.NOT_PROVED)


def test_a_long_row_of_gaps_in_one_column_is_told_in_parts():
    day = Fact(key="n", label=Words(zh="数", en="n"), type=FactType.NUMBER, low=0, high=99)
    rows = [[Cell(ranges=(Range(n, n + 5),))] for n in range(0, 100, 10)]
    found = gaps([day], rows).found

    assert len(found) == 10
    for gap in found:
        (cell,) = gap.cells
        assert cell is not None
        assert cell.unknown
        assert len(cell.ranges) == 1


def test_no_more_pairs_are_listed_than_asked_for():
    proof = overlaps((AGE,), [[ANY]] * 4, limit=5)

    assert len(proof.found) == 5
    assert proof.extent is Extent.LIMITED
