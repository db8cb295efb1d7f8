"""The contract's floor holds by whichever way a version comes: edited, copied, kept, restored."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pmdesk.domain.orders.floor import Plans, Promise
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.plan_draft import Line, PlanCell, drafted
from pmdesk.domain.orders.plan_reading import Aspect
from pmdesk.errors import RefusedError
from pmdesk.services.orders import floor
from pmdesk.services.plans import desk
from pmdesk.ui.plans import kept

TIERS = ("care", "enhanced", "special")
REASON = "业主大会第 3 号决议"
WAYS = ("floor", "desk", "restored", "copied", "kept")
WAY = st.sampled_from(("counter", "phone", "visit"))
CONTRACTS = st.builds(
    Promise,
    visits=st.integers(0, 4),
    respond=st.integers(2, 24),
    channels=st.sets(WAY, min_size=1).map(frozenset),
)
PROMISES = st.builds(
    Promise,
    visits=st.integers(0, 8),
    respond=st.integers(1, 30),
    channels=st.sets(WAY, min_size=1).map(frozenset),
)


def contract(promise):
    """The shipped contract with this promise for repairs."""
    base = floor.shipped().floor
    return replace(base, promises={**base.promises, Service.REPAIR: promise})


def published(session, way, wanted, promise, tier):
    """Somebody tries to publish that promise of a tier over that contract."""
    newest = floor.versions(session)[0]
    plans = Plans(tiers={tier: {Service.REPAIR: promise}})
    if way == "floor":
        floor.publish(session, wanted, plans, base=newest.version, reason=REASON)
        return
    draft = drafted(replace(newest, floor=wanted, plans=plans))
    if way == "copied":  # from one tier to another, over what stands there
        other = next(one for one in TIERS if one != tier)
        for aspect in (Aspect.VISITS, Aspect.RESPOND, Aspect.WAYS):
            line = Line(aspect, Service.REPAIR)
            draft = draft.filled(PlanCell(other, line), draft.value(PlanCell(tier, line)))
    elif way == "kept":
        draft, _base, _reason = kept.read(kept.document(draft, newest, REASON))
    desk.publish(session, draft, newest, REASON)


@pytest.mark.parametrize("way", WAYS)
@settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=CONTRACTS, raised=CONTRACTS, promise=PROMISES, tier=st.sampled_from(TIERS))
def test_no_way_leads_below_the_contract(manager, way, first, raised, promise, tier):
    if way == "restored":  # it was lawful over the contract of that time
        better = replace(
            promise,
            visits=max(promise.visits, first.visits),
            respond=min(promise.respond, first.respond),
            channels=promise.channels | first.channels,
        )
        published(manager, "desk", contract(first), better, tier)
        promise = better
    is_below = promise.is_below(raised)
    before = floor.versions(manager)[0]
    try:
        published(manager, way, contract(raised), promise, tier)
    except RefusedError:
        assert is_below
        assert floor.versions(manager)[0] == before
    else:
        assert not is_below
        assert floor.current(manager).floor == contract(raised)
    held = floor.current(manager)
    for one in (*TIERS, "standard"):
        for service in Service:
            promised = held.plans.promise(one, service, held.floor)
            assert not promised.is_below(held.floor.promises[service])
