"""Processors and recipients of the books reach the notice of the contract and the public rules."""

from dataclasses import replace
from datetime import date

import pytest

from pmdesk.domain.fields import Value
from pmdesk.domain.purpose_plans import Booked
from pmdesk.i18n import Words
from pmdesk.services.notices import handling_rules, named_others, purpose_desk, purpose_shelf
from pmdesk.services.records import record_desk
from tests.offices import P1, P2
from tests.services.bookkeeping import DISCLOSURE, PROCESSOR, assessed, filed
from tests.services.plans import OK, live, plan_of, row
from tests.services.test_integrity import by_hand

NAMED = "青禾信息（发送短信：手机号）"


@pytest.fixture
def processor(manager, reviewer):
    """An approved processor."""
    document = PROCESSOR | {"assessment": assessed(manager, reviewer)}
    return filed(manager, "processor", document, by=reviewer)


def renewed(admin, reviewer):
    """The contract's notice, planned from the books and put into force."""
    made = purpose_desk.draft(admin, P1)
    purpose_desk.submit(admin, made)
    purpose_desk.approve(reviewer, made, OK)


def ended(manager, reviewer, record):
    shown = record_desk.opened(manager, record)
    over: dict[str, Value] = {"ended_on": date(2026, 3, 2), "end_proof": "删除确认函"}
    record_desk.put_forward(manager, "processor", "", shown.document | over, record=record)
    record_desk.close(reviewer, record, "合同到期")


def test_the_notice_is_current_while_the_books_say_nothing(admin):
    assert not any(one.outdated for one in purpose_shelf.shelf(admin))


@pytest.mark.usefixtures("processor")
def test_a_new_processor_makes_the_contracts_notice_outdated_and_fills_its_draft(admin):
    assert [one.purpose.code for one in purpose_shelf.shelf(admin) if one.outdated] == [P1]

    made = purpose_desk.draft(admin, P1)
    plan = plan_of(admin, P1)

    assert plan.particulars.processors.zh == NAMED
    assert plan.summary == named_others.CHANGED
    look = purpose_shelf.look(admin, plan)
    assert look.is_forced
    assert look.version == "2.0"
    assert purpose_desk.submit(admin, made).kinds == {"purposes"}


@pytest.mark.usefixtures("processor")
def test_the_new_version_names_it_and_nothing_is_outdated_any_more(admin, reviewer):
    renewed(admin, reviewer)

    assert NAMED in live(admin, P1).text
    assert not row(admin, P1).outdated


def test_when_it_ends_the_notice_is_outdated_again(admin, manager, reviewer, processor):
    renewed(admin, reviewer)
    ended(manager, reviewer, processor)

    assert row(admin, P1).outdated
    renewed(admin, reviewer)
    assert NAMED not in live(admin, P1).text


def test_a_regular_recipient_counts_like_a_processor(admin, manager, reviewer):
    filed(manager, "disclosure", DISCLOSURE, by=reviewer)

    purpose_desk.draft(admin, P1)
    assert "社区居委会" in plan_of(admin, P1).particulars.recipients.zh


@pytest.mark.usefixtures("processor")
def test_notices_of_other_purposes_are_not_touched(admin):
    purpose_desk.draft(admin, P2)

    assert plan_of(admin, P2).particulars.processors.zh == "无"


@pytest.mark.usefixtures("processor")
def test_the_public_rules_name_it_at_once(clerk):
    named = [
        one.purpose.code
        for one in handling_rules.rules(clerk).purposes
        if one.particulars and one.particulars.processors.zh == NAMED
    ]
    assert named == [P1]


def test_words_that_the_office_wrote_itself_stay(admin):
    facts = replace(plan_of(admin, P1).particulars, processors=Words("青禾公司", "Qinghe"))
    books = Booked(processors=Words(NAMED, NAMED), recipients=Words("居委会", "the committee"))

    now = facts.following(books)

    assert now.processors == Words("青禾公司", "Qinghe")
    assert now.recipients == Words("居委会", "the committee")
    assert now.following(Booked()).recipients == Words("无", "none")


@pytest.mark.usefixtures("processor")
def test_a_notice_that_is_not_in_force_is_not_outdated(admin, office):
    assert row(admin, P1).outdated
    by_hand(office, "DELETE FROM notice WHERE purpose = 'P1'")

    assert not row(admin, P1).outdated
