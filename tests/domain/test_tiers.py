"""Tiers and tags describe service need: the floor is the contract, and no name ranks people."""

from pmdesk.domain.tiers import STANDARD
from pmdesk.services import starters

CATALOGUE = starters.catalogue()
NAMED = [(one.name, one.meaning) for one in CATALOGUE.tiers]
NAMED += [(one.name, one.meaning) for one in CATALOGUE.tags]


def test_the_weakest_tier_is_the_standard_that_the_contract_promises():
    assert CATALOGUE.tiers[0].code == STANDARD
    assert [tier.name.zh for tier in CATALOGUE.tiers] == ["标准", "关怀", "加强", "专项"]


def test_no_tier_or_tag_has_a_name_that_ranks_people():
    words = starters.rank_words()

    for name, meaning in NAMED:
        for text in (*name, *meaning):
            assert not [word for word in words if word.casefold() in text.casefold()]


def test_every_tier_and_tag_says_in_both_languages_what_it_adds():
    for name, meaning in NAMED:
        assert all((*name, *meaning))
