"""The proofs agree with looking at literally everybody, with and without a solver."""

from itertools import combinations
from random import Random

import pytest

from pmdesk.rules.cells import ANY
from pmdesk.rules.proofs.budget import Budget
from pmdesk.rules.proofs.gaps import gaps
from pmdesk.rules.proofs.overlaps import overlaps
from pmdesk.rules.proofs.proof import Extent
from pmdesk.rules.proofs.sat import SatSearch
from pmdesk.rules.proofs.trying import TryingSearch
from pmdesk.rules.proofs.unreachable import unreachable
from pmdesk.rules.proofs.witness import witness
from tests.rules.proofs.everybody import everybody, facts, fitting, rows

SEEDS = range(500)


@pytest.fixture(params=[SatSearch, TryingSearch], ids=["solver", "trying"])
def _engine(request, monkeypatch):
    for module in ("gaps", "unreachable", "witness"):
        monkeypatch.setattr(
            f"pmdesk.rules.proofs.{module}.search_in",
            lambda space, _budget=None: request.param(space, Budget(60)),
        )


def drawn(seed):
    random = Random(seed)
    columns = facts(random)
    return columns, rows(random, columns)


def seen(columns, cells):
    """For each person the rows that fit."""
    return [
        (person, frozenset(n for n, row in enumerate(cells) if fitting(columns, row, person)))
        for person in everybody(columns)
    ]


def test_overlaps_are_exactly_the_pairs_with_a_common_person():
    for seed in SEEDS:
        columns, cells = drawn(seed)
        expected = {
            pair for _p, fit in seen(columns, cells) for pair in combinations(sorted(fit), 2)
        }
        proof = overlaps(columns, cells)
        assert {(one.first, one.second) for one in proof.found} == expected, seed
        assert proof.is_proved
        for one in proof.found:
            assert fitting(columns, cells[one.first], one.example), seed
            assert fitting(columns, cells[one.second], one.example), seed


@pytest.mark.usefixtures("_engine")
def test_gaps_hold_exactly_the_people_whom_no_row_fits():
    for seed in SEEDS:
        columns, cells = drawn(seed)
        proof = gaps(columns, cells, limit=1000)
        assert proof.is_proved
        for person, fit in seen(columns, cells):
            inside = any(_in_gap(columns, gap, cells, person) for gap in proof.found)
            assert inside == (not fit), seed
        for gap in proof.found:
            assert not any(fitting(columns, row, gap.example) for row in cells), seed
            assert _in_gap(columns, gap, cells, gap.example), seed


def _in_gap(columns, gap, cells, person):
    """None is a text that no row of the column names."""
    for place, (fact, cell) in enumerate(zip(columns, gap.cells, strict=True)):
        value = person[fact.key]
        if cell is None:
            if value is None or any(value in row[place].values for row in cells):
                return False
        elif not fitting([fact], [cell], person):
            return False
    return True


@pytest.mark.usefixtures("_engine")
def test_unreachable_rows_are_exactly_those_that_never_fit_first():
    for seed in SEEDS:
        columns, cells = drawn(seed)
        everyone = seen(columns, cells)
        first = {min(fit) for _p, fit in everyone if fit}
        proof = unreachable(columns, cells)
        assert proof.is_proved
        assert {one.row for one in proof.found} == set(range(len(cells))) - first, seed
        for one in proof.found:
            assert all(other < one.row for other in one.by), seed
            fits = [fit for _p, fit in everyone if one.row in fit]
            assert all(fit & set(one.by) for fit in fits), seed
            assert bool(one.by) == bool(fits), seed


@pytest.mark.usefixtures("_engine")
def test_a_witness_is_found_whenever_there_is_one():
    for seed in SEEDS:
        columns, cells = drawn(seed)
        random = Random(seed)
        wanted = random.sample(range(len(cells)), random.randint(0, min(2, len(cells))))
        without = [n for n in range(len(cells)) if n not in wanted and random.random() < 0.5]
        exists = any(
            fit >= set(wanted) and not fit & set(without) for _p, fit in seen(columns, cells)
        )
        proof = witness(columns, cells, wanted, without)
        assert proof.is_proved
        assert bool(proof.found) == exists, seed
        for person in proof.found:
            assert all(fitting(columns, cells[n], person) for n in wanted)
            assert not any(fitting(columns, cells[n], person) for n in without)


def test_no_gap_box_can_be_widened_or_lies_in_another():
    for seed in SEEDS:
        columns, cells = drawn(seed)
        found = gaps(columns, cells, limit=1000).found
        assert len({gap.cells for gap in found}) == len(found)


def test_what_is_not_asked_for_is_said_to_be_there():
    columns, cells = next(pair for pair in map(drawn, SEEDS) if len(gaps(*pair).found) > 2)
    assert gaps(columns, cells, limit=1).extent is Extent.LIMITED
    assert not gaps(columns, [[ANY] * len(columns)]).found
