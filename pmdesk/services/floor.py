"""What a table may ask and give: the catalogue fixes it, and with it the floor of the contract."""

from pmdesk.analytics.facts import fact_of
from pmdesk.domain.catalogue import Catalogue
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_
from pmdesk.rules.table import DecisionTable


def require_floor(catalogue: Catalogue, table: DecisionTable) -> None:
    """RefusedError unless the table gives the tiers and tags of the catalogue and nothing else.

    A tier below the standard, or an output such as a price, would take away what the contract
    promises to everyone (PIPL 16, 24(1); Civil Code 938).
    """
    tiers = tuple(tier.code for tier in catalogue.tiers)
    tags = tuple(tag.code for tag in catalogue.tags)
    if (table.scheme.tier_keys, table.scheme.tag_keys) != (tiers, tags):
        raise RefusedError(
            N_("This table gives other results than the catalogue knows."),
            N_("Copy the version in force and enter the rules there: the floor is the contract."),
        ).coded("E_RULE_BASELINE")


def require_offered(catalogue: Catalogue, table: DecisionTable) -> None:
    """RefusedError unless the table asks only for what the catalogue offers to rules.

    Arrears, complaints, floor area and everything sensitive are no rule's business (RL-04).
    """
    for fact in table.facts:
        known = fact_of(catalogue, fact.key)
        if known is None or known.type is not fact.type:
            raise RefusedError(
                N_("No rule may ask for “{name}”."),
                N_("Remove this column: rules read only what the list of columns offers."),
                name=fact.key,
            ).coded("E_FIELD_PROXY_LOCKED")
