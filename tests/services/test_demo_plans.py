"""The demo's plans are plans that an office could publish."""

from pmdesk.domain.orders.plan_draft import drafted
from pmdesk.services import demo_plans
from pmdesk.services.orders import floor


def test_the_demo_confirms_its_contract_and_then_adds_to_it(manager):
    demo_plans.confirm(manager)
    demo_plans.enrich(manager)
    newest, contract, shipped = floor.versions(manager)

    assert contract.plans.tiers == {}
    assert contract.floor != shipped.floor
    assert newest.floor == contract.floor
    assert set(newest.plans.tiers) == {"care", "enhanced", "special"}
    assert drafted(newest).faults() == ()
    assert demo_plans.richer(drafted(contract)).plans() == newest.plans
