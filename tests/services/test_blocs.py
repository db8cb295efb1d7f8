"""Nobody is singled out by comparing previews, however many and however they are made."""

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.classification import Fate
from pmdesk.rules.parse import parse
from pmdesk.services import rules
from pmdesk.services.blocs import Blocs
from tests.offices import founded_office

K = 5
PEOPLE = [str(number) for number in range(60)]
TIERS = ("standard", "care", "special")


def fates(given_by_person, present=None):
    """As the store answers: people by present tier, new tier and rule."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for person, (tier, rule) in given_by_person.items():
        now = (present or {}).get(person, "standard")
        groups.setdefault((now, tier, rule), []).append(person)
    return tuple(
        Fate(present=now, tier=tier, rule=rule, people=tuple(people))
        for (now, tier, rule), people in groups.items()
    )


def moving(chosen, tier="special"):
    """A table that moves these people and leaves all others."""
    return fates({p: (tier, "r1") if p in chosen else ("standard", "r9") for p in PEOPLE})


def shown(blocs, table, conditions=""):
    """The numbers, under conditions of their own unless said otherwise."""
    return blocs.counted(table, K, conditions or str(next(_FRESH))).counts


_FRESH = count()


def test_a_large_group_is_counted_as_it_is():
    counts = shown(Blocs(), moving(PEOPLE[:20]))
    assert counts.tiers == {"special": 20, "standard": 40}
    assert set(counts.rules.values()) <= {0, 20, 40}
    assert counts.moved == 20
    assert counts.matrix == {"standard": {"special": 20, "standard": 40}}


@pytest.mark.parametrize("few", [0, 1, 4])
def test_nobody_and_a_few_look_the_same(few):
    assert shown(Blocs(), moving(PEOPLE[:few])).moved == 0


def test_one_person_more_changes_nothing_beside_an_earlier_preview():
    blocs = Blocs()
    first = shown(blocs, moving(PEOPLE[:20]))
    assert shown(blocs, moving(PEOPLE[:21])).tiers == first.tiers
    assert shown(blocs, moving(PEOPLE[:19])).tiers == first.tiers
    assert shown(blocs, moving(PEOPLE[:40])).moved == 40


def test_two_groups_taken_from_their_union_leave_nobody_alone():
    blocs = Blocs()
    union = shown(blocs, moving(PEOPLE[:41])).moved
    left = shown(blocs, moving(PEOPLE[:20])).moved
    right = shown(blocs, moving(PEOPLE[21:41])).moved
    assert union - left - right != 1
    assert union - left - right in {0} | set(range(K, 61))


def closing_in(matches, secret):
    """Whether any number jumped when a row was added that can only fit the person of interest.

    The months of all are known to the attacker, the need of one is not. He moves a limit step by
    step, halves it, and at each step asks with and without a row for that one person.
    """
    blocs, jumps, asked = Blocs(secret), 0, 0
    low, high = 0, 40
    limits = [*range(2, 40)]
    while high - low > 1:
        middle = (low + high) // 2
        limits.append(middle)
        low, high = (middle, high) if matches else (low, middle)
    for limit in limits:
        chosen = PEOPLE[:limit]
        one = [PEOPLE[-1]] if matches else []
        plain = shown(blocs, moving(chosen), f"months < {limit}")
        added = shown(blocs, moving([*chosen, *one]), f"months < {limit} or that one")
        jumps += plain.moved != added.moved
        asked += 2
    assert asked >= 50
    return jumps


def test_closing_in_on_one_person_with_eighty_previews_proves_nothing():
    """What the attacker sees happens about as often whether the person matches or not."""
    secrets = [bytes([seed]) for seed in range(60)]
    seen = {m: [closing_in(m, secret) > 0 for secret in secrets] for m in (True, False)}
    with_it, without = sum(seen[True]) / 60, sum(seen[False]) / 60
    assert without > 0.3  # a jump without the person: it is no proof
    assert abs(with_it - without) < 0.25


def test_halving_a_limit_again_and_again_shows_only_whole_groups():
    blocs, numbers = Blocs(), []
    for round_ in range(8):
        low, high = 0, len(PEOPLE)
        while high - low > 1:
            middle = (low + high) // 2
            numbers.append(shown(blocs, moving(PEOPLE[:middle])).moved)
            numbers.append(shown(blocs, moving(PEOPLE[low:middle])).moved)
            low, high = (middle, high) if round_ % 2 else (low, middle)
    assert len(numbers) >= 80
    sizes = Counter(blocs._bloc.values())
    assert min(sizes.values()) >= K
    assert set(numbers) <= sums(sizes.values())


def sums(sizes):
    reachable = {0}
    for size in sizes:
        reachable |= {total + size for total in reachable}
    return reachable


def test_newcomers_are_not_told_by_the_count_before_and_after_them():
    blocs = Blocs()
    before = shown(blocs, moving(PEOPLE[:20])).moved
    some = {p: ("special", "r1") if p in PEOPLE[:20] else ("standard", "r9") for p in PEOPLE}
    one = shown(blocs, fates({**some, "new": ("special", "r1")}))
    assert one.moved == before
    many = {**some, **{f"new{number}": ("special", "r1") for number in range(20)}}
    assert shown(blocs, fates(many)).moved == before + 20


def test_many_changes_that_numbers_may_not_say_any_more_are_mentioned():
    blocs = Blocs()
    for start in range(0, 60, 6):
        blocs.counted(moving(PEOPLE[start : start + 6]), K, str(start))
    everyone = [blocs.counted(moving(PEOPLE[at::3]), K, f"each third {at}") for at in range(3)]
    assert any(one.partial for one in everyone) or all(one.counts.moved for one in everyone)
    assert not blocs.counted(moving(PEOPLE[:6]), K, "").partial


CELLS = st.sampled_from([(tier, rule) for tier in TIERS for rule in ("r1", "r2")])
TABLES = st.lists(st.lists(CELLS, min_size=24, max_size=24), min_size=1, max_size=8)
PRESENT = st.lists(st.sampled_from(TIERS), min_size=24, max_size=24)


@settings(max_examples=60, deadline=None)
@given(tables=TABLES, present=PRESENT)
def test_every_number_is_a_sum_of_groups_of_at_least_k_that_were_never_told_apart(tables, present):
    people = PEOPLE[:24]
    now = dict(zip(people, present, strict=True))
    blocs, seen = Blocs(), []
    for place, cells in enumerate(tables):
        table = fates(dict(zip(people, cells, strict=True)), now)
        seen.append(blocs.counted(table, K, str(place)).counts)
    # the blocs at the end: whoever shares one was counted alike in each of the previews
    final: dict[tuple[int, str], set[str]] = {}
    for person in people:
        final.setdefault((blocs._bloc.get(person, 0), now[person]), set()).add(person)
    sizes = Counter(len(members) for members in final.values())
    public = Counter(present)
    for (_bloc, tier), members in final.items():
        assert len(members) >= K or public[tier] < K, sizes
    reachable = sums(len(members) for members in final.values())
    for counts in seen:
        assert set(counts.tiers.values()) <= reachable
        assert sum(counts.tiers.values()) == len(people)
        assert all(n == 0 or n >= 2 * K for n in counts.rules.values())


@pytest.fixture(scope="module")
def peopled(tmp_path_factory):
    """An office of real people with real answers."""
    return founded_office(tmp_path_factory.mktemp("peopled") / "office", people=400)


def test_sixty_previews_of_a_real_draft_do_not_find_out_one_answer(peopled, tmp_path, clock):
    """An editor narrows a limit around one person and subtracts all numbers of all previews."""
    office = peopled.copied(tmp_path / "office", clock)
    manager = office.session("manager")
    table = rules.table(manager, rules.versions(manager)[0].id)
    months = next(f for f in rules.offered(manager) if f.key == "handover_date.months")
    table = table.with_fact(months) if months not in table.facts else table
    row = replace(table.blank_rule(), tier="special", reason="按交付时间安排")
    plain, numbers, smallest = table.with_rule(row, 0), set(), 0
    for limit in [*range(40, 100), *(70, 85, 77, 81, 79, 80)]:
        cell = parse(f"[{limit - 40}..{limit})", months)
        effect = rules.effect(manager, plain.with_cell(row.id, months.key, cell))
        smallest = effect.smallest
        numbers |= {effect.after.moved, *effect.after.rules.values()}
        assert sum(effect.after.tiers.values()) == sum(effect.before.values())
    office.close()
    assert len(numbers) > 1  # the numbers are of use
    assert not numbers & set(range(1, smallest))


def test_what_a_stored_version_showed_is_remembered_by_the_next_program(
    peopled, tmp_path, clock, monkeypatch
):
    """Signing in again does not make a fresh start beside a version that is on record."""
    monkeypatch.setattr("pmdesk.services.blocs.token_bytes", lambda size: b"?" * size)
    office = peopled.copied(tmp_path / "office", clock)
    manager = office.session("manager")
    table = rules.table(manager, rules.versions(manager)[0].id)
    row = replace(table.blank_rule(), tier="special", reason="按交付时间安排")
    months = next(f for f in rules.offered(manager) if f.key == "handover_date.months")
    table = table.with_fact(months) if months not in table.facts else table
    table = table.with_rule(row, 0).with_cell(row.id, months.key, parse("< 70", months))
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    rules.save_draft(manager, draft, table)
    first = rules.effect(manager, table).after
    office.close()
    office.opened.clear()
    office.sessions.clear()
    office.lock = None
    again = office.session("manager")
    near = table.with_cell(row.id, months.key, parse("< 71", months))
    second = rules.effect(again, near).after
    office.close()
    assert first.moved >= K
    assert abs(second.moved - first.moved) not in range(1, K)
