"""A higher tier that is promised less than a lower one is pointed out, and stays possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.orders.plan_draft import CONTRACT, Line, PlanCell, drafted
from pmdesk.domain.orders.plan_ladder import Behind, behind
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.services.orders.floor import shipped

BASE = drafted(shipped())
TIERS = (CONTRACT, "care", "enhanced", "special")


def cell(tier, aspect=Aspect.RESPOND, of="repair"):
    return PlanCell(tier, Line(aspect, of))


def with_all(*entries):
    draft = BASE
    for where, text in entries:
        draft = draft.entered(where, text)
    return draft


@pytest.mark.parametrize(
    ("aspect", "lower", "higher", "value"),
    [
        (Aspect.RESPOND, "4", "8", 4),
        (Aspect.VISITS, "12", "4", 12),
        (Aspect.WAYS, "前台、电话、上门", "前台、电话", frozenset({"counter", "phone", "visit"})),
    ],
)
def test_it_is_found_in_every_respect(aspect, lower, higher, value):
    first, then = (cell(tier, aspect) for tier in ("care", "special"))
    draft = with_all((first, lower), (cell("enhanced", aspect), lower), (then, higher))

    assert list(behind(draft, TIERS)) == [Behind(then, "enhanced", value)]
    assert draft.faults() == (), "it can be published"
    assert list(behind(draft, ("care", "special"))) == [Behind(then, "care", value)]


def test_who_follows_the_contract_is_behind_whoever_is_promised_more():
    assert [one.cell.tier for one in behind(with_all((cell("care"), "4")), TIERS)] == [
        "enhanced",
        "special",
    ]


def test_the_same_for_both_is_as_it_should_be():
    same = with_all(*((cell(tier), "4") for tier in TIERS[1:]))
    assert list(behind(same, TIERS)) == []
    assert list(behind(BASE, TIERS)) == []


HOURS = st.integers(1, 24)


@given(care=HOURS, enhanced=HOURS, special=HOURS)
def test_it_is_found_exactly_where_a_lower_tier_is_answered_sooner(care, enhanced, special):
    hours = dict(zip(TIERS, (24, care, enhanced, special), strict=True))
    draft = with_all(*((cell(tier), str(hours[tier])) for tier in TIERS[1:]))
    late = [
        tier
        for at, tier in enumerate(TIERS)
        if any(hours[lower] < hours[tier] for lower in TIERS[:at])
    ]
    assert [one.cell.tier for one in behind(draft, TIERS)] == late
