"""The rules of the export guard: limits, the hour, the end, and clocks that jump."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.export_guard import (
    COOLING,
    LASTS,
    MOST,
    MOST_ECONOMIC,
    STEP_BACK,
    TOGETHER,
    Errand,
    ExportPurpose,
    ExportRequest,
    ExportRequestId,
    Load,
    Recipient,
    Stage,
    Wish,
    canonical,
    is_back,
    stamped,
    tells_of_money,
    together,
)
from pmdesk.domain.exports import EXPORTS, KINDS, ExportKind, Holds
from pmdesk.services import starters

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
WISH = Wish(kind=ExportKind.CLASSIFICATION, query="{}", unmasked=False)
ASKED = ExportRequest(
    id=ExportRequestId(1),
    wish=WISH,
    fingerprint=WISH.fingerprint,
    errand=Errand(purpose=ExportPurpose.SERVICE, recipient=Recipient.OFFICE),
    reason="秋季检修要按楼栋排期。",
    people=300,
    economic=10,
    asked_at=NOON,
    asked_by="a" * 32,
)
PEOPLE = st.frozensets(st.integers(1, 400), max_size=300)
STEPS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=20))


def agreed(at=NOON, **rest):
    return replace(ASKED, decided_at=at, decided_by="b" * 32, approved=True, **rest)


def test_the_limits_are_what_the_criminal_law_halves():
    assert (250, 25, timedelta(hours=1)) == (MOST, MOST_ECONOMIC, COOLING)
    for count, large in ((MOST, False), (MOST + 1, True)):
        assert Load(people=frozenset(range(count))).is_large is large
    for count, large in ((MOST_ECONOMIC, False), (MOST_ECONOMIC + 1, True)):
        few = frozenset(range(count))
        assert Load(people=few, economic=few).is_large is large


def test_every_field_that_tells_of_money_counts():
    fields = starters.catalogue().fields
    telling = {str(field.key) for field in fields if tells_of_money(field)}
    assert {
        *("fee_status", "pay_channel", "addon_orders"),
        *("addon_budget_band", "income_band", "fee_standard"),
    } <= telling
    assert not {"person_name", "mobile", "clean_need", "contact_window"} & telling


@given(PEOPLE, PEOPLE, st.integers(1, 5))
def test_slices_weigh_as_much_as_the_whole(people, economic, slices):
    economic &= people
    parts = [
        Load(
            people=frozenset(p for p in people if p % slices == part),
            economic=frozenset(p for p in economic if p % slices == part),
        )
        for part in range(slices)
    ]
    whole = together([(NOON, part) for part in parts], NOON)
    assert whole == Load(people=people, economic=economic)
    assert together([(NOON, one) for one in (whole, whole)], NOON) == whole


@given(st.timedeltas(min_value=timedelta(-2), max_value=timedelta(days=2)))
def test_a_list_counts_for_a_day_and_one_of_the_future_always(age):
    load = Load(people=frozenset([1]))
    counts = bool(together([(NOON - age, load)], NOON).people)
    assert counts is (age < TOGETHER)


@given(STEPS)
def test_the_hour_and_the_week_pass_in_order(passed):
    stage = agreed().stage(NOON + passed)
    if passed < COOLING:
        assert stage is Stage.COOLING
    elif passed < COOLING + LASTS:
        assert stage is Stage.READY
    else:
        assert stage is Stage.EXPIRED


@given(STEPS)
def test_nothing_is_ready_that_nobody_agreed_to(passed):
    for one in (
        ASKED,
        replace(ASKED, decided_at=NOON, decided_by="b" * 32),
        agreed(withdrawn_at=NOON),
        agreed(fetched_at=NOON, number="E1"),
    ):
        assert one.stage(NOON + passed) not in {Stage.READY, Stage.COOLING}


def test_each_end_is_told_by_its_own_moment():
    later = NOON + timedelta(minutes=5)
    assert ASKED.ended_at == NOON + LASTS
    assert replace(ASKED, decided_at=later).ended_at == later
    assert agreed().ended_at == NOON + COOLING + LASTS
    assert agreed(fetched_at=later, number="E1").ended_at == later
    assert agreed(withdrawn_at=later).ended_at == later
    assert ASKED.stage(NOON + LASTS) is Stage.EXPIRED
    assert ASKED.decidable_alone_at() == NOON + timedelta(hours=24)
    assert [one for one in Stage if one.is_open] == [Stage.WAITING, Stage.COOLING, Stage.READY]


@given(st.lists(st.timedeltas(timedelta(hours=-30), timedelta(0)), min_size=2, max_size=12))
def test_a_clock_set_back_never_shortens_the_hour(offsets):
    """True time goes on; the clock lies behind it by any offset, and the log saw the true time."""
    last, true = NOON, NOON  # the newest entry of the log
    approved_at = None
    for offset in offsets:
        true += timedelta(minutes=7)
        shown = true + offset
        if is_back(shown, last):
            continue
        if approved_at is None:
            approved_at = (true, agreed(stamped(shown, last)))
        elif approved_at[1].stage(shown) is Stage.READY:
            assert true - approved_at[0] >= COOLING - STEP_BACK - timedelta(minutes=7)
        last = stamped(shown, last)


@given(STEPS, STEPS)
def test_what_is_stamped_is_never_before_the_log(back, forth):
    assert stamped(NOON - back, NOON) == NOON
    assert stamped(NOON + forth, NOON) == NOON + forth
    assert stamped(NOON, None) == NOON
    assert is_back(NOON - back, NOON) is (back > STEP_BACK)
    assert not is_back(NOON + forth, NOON)
    assert not is_back(NOON, None)


@given(PEOPLE, PEOPLE)
def test_an_approval_covers_as_many_as_it_named(people, economic):
    load = Load(people=people, economic=economic)
    exact = replace(ASKED, people=len(people), economic=len(economic))
    assert exact.covers(load)
    assert not exact.covers(load.with_more(Load(people=frozenset([999]))))
    assert not exact.covers(load.with_more(Load(economic=frozenset([999]))))


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4), st.booleans())
def test_the_same_query_has_the_same_fingerprint_and_no_other(parts, unmasked):
    turned = dict(reversed(parts.items()))
    wish = replace(WISH, query=canonical(parts), unmasked=unmasked)
    assert replace(wish, query=canonical(turned)).fingerprint == wish.fingerprint
    others = (
        replace(wish, unmasked=not unmasked),
        replace(wish, kind=ExportKind.HANDOVER),
        replace(wish, query=canonical({**parts, "tier": "special", "x": "1"})),
    )
    assert wish.fingerprint not in {other.fingerprint for other in others}


@pytest.mark.parametrize("recipient", list(Recipient))
def test_only_the_own_office_needs_no_name(recipient):
    errand = Errand(purpose=ExportPurpose.SERVICE, recipient=recipient, to=" ")
    assert errand.is_complete is (recipient is Recipient.OFFICE)
    assert replace(errand, to="青禾物业").is_complete


def test_every_list_of_many_is_one_that_the_guard_knows():
    assert {one.kind for one in EXPORTS if one.holds is Holds.MANY} == set(ExportKind)
    assert set(KINDS) == set(ExportKind)
    assert all(one.content.zh and one.name.en for one in EXPORTS)
