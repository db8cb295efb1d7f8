"""The public rules list exactly what is live, in a file that needs nothing else."""

import re

import pytest

from pmdesk.services import residents
from pmdesk.services.notices import handling_rules, purpose_desk
from pmdesk.services.notices.handling_html import page
from pmdesk.services.paper.handling_rules import rules_pdf
from tests.offices import P3
from tests.pdf import text_of
from tests.services.plans import OK, local_plan, planned
from tests.services.test_integrity import by_hand


def listed(session):
    return handling_rules.rules(session)


def test_exactly_the_live_purposes_and_enabled_fields_are_listed(clerk):
    live = residents.catalogue(clerk)
    rules = listed(clerk)

    assert [one.purpose.code for one in rules.purposes] == [
        purpose.code for purpose in live.purposes if live.is_open(purpose.code)
    ]
    assert rules.fields == {f.key for f in live.fields if f.enabled}


def test_a_purpose_of_ones_own_is_listed_once_it_is_in_force(admin, reviewer, clerk):
    made, plan = local_plan(admin)
    before = listed(clerk)
    purpose_desk.submit(admin, made)
    assert listed(clerk).purposes == before.purposes

    purpose_desk.approve(reviewer, made, OK)

    after = listed(clerk)
    assert [one.purpose.code for one in after.purposes][-1] == "L1"
    assert after.fields - before.fields == {plan.local[0].field.key}
    assert handling_rules.digest(after) != handling_rules.digest(before)


def test_a_field_that_is_no_longer_named_is_no_longer_listed(admin, reviewer, clerk):
    shared = "activity_signup"
    assert shared in listed(clerk).fields
    fields = ("hobby_tags", "adult_confirmed")

    purpose_desk.approve(reviewer, planned(admin, P3, fields=fields), OK)

    assert shared not in listed(clerk).fields


def test_a_purpose_whose_notice_was_tampered_with_is_not_listed(office, clerk):
    by_hand(office, "DELETE FROM notice WHERE purpose = 'P3'")

    assert P3 not in {one.purpose.code for one in listed(clerk).purposes}


@pytest.mark.parametrize("large", [False, True])
def test_the_paper_says_its_day_and_digest_on_each_page(clerk, large):
    rules = listed(clerk)

    pages = text_of(rules_pdf(rules, large=large))

    assert all(handling_rules.digest(rules)[:8] in one for one in pages)
    assert all("2026-03-02" in one for one in pages)


def test_the_web_page_needs_no_network_and_holds_no_script(clerk):
    text = page(listed(clerk))

    assert not re.search(r"https?:|<script|<link|<img|@import|url\(", text)
    for purpose in listed(clerk).purposes:
        assert purpose.purpose.code in text
