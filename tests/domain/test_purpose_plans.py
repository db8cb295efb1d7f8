"""Plans for purposes: what they name is collected, what they do not is not, and what differs."""

from dataclasses import replace

import pytest

from pmdesk.domain.fields import Option
from pmdesk.domain.purpose_plans import (
    ASK_AGAIN,
    Aspect,
    Booked,
    LocalField,
    alterations,
    is_local,
    local_key,
)
from pmdesk.domain.purposes import PurposeCode
from pmdesk.i18n import Words
from pmdesk.services import starters

CATALOGUE = starters.catalogue()
PLAN = next(plan for plan in starters.plans(CATALOGUE) if plan.purpose.code == "P3")


def label(key):
    return CATALOGUE.field(key).label


def test_a_plan_that_changes_nothing_leaves_the_catalogue_as_it_is():
    assert PLAN.applied(CATALOGUE) == CATALOGUE
    assert alterations(PLAN, PLAN, label) == ()


def test_a_field_that_is_not_named_is_not_collected():
    fewer = replace(PLAN, fields=("hobby_tags",))

    after = fewer.applied(CATALOGUE)

    assert after.has("hobby_tags")
    assert not after.has("activity_signup")
    assert after.has("adult_confirmed"), "it lives under another purpose"
    assert PLAN.applied(after) == CATALOGUE


def test_a_longer_term_asks_again_and_a_shorter_one_does_not():
    for months, aspect in ((13, Aspect.RETENTION), (None, Aspect.RETENTION), (11, Aspect.SHORTER)):
        other = replace(PLAN, purpose=replace(PLAN.purpose, months=months))
        (found,) = alterations(PLAN, other, label)
        assert found.aspect is aspect
        assert found.asks_again is (aspect is Aspect.RETENTION)


def test_the_law_names_what_asks_again():
    assert {aspect.value for aspect in ASK_AGAIN} == {
        "purpose",
        "method",
        "categories",
        "retention",
        "recipients",
    }


def test_what_nobody_translated_is_said_in_chinese():
    facts = replace(PLAN.particulars, processors=Words("通达快印", ""), joint=Words("", ""))
    bare = replace(PLAN, particulars=facts, summary=Words("改了。", ""))

    spelled = bare.spelled_out()

    assert spelled.particulars.processors == Words("通达快印", "通达快印")
    assert spelled.particulars.joint == Words("无", "none")
    assert spelled.summary.en == "改了。"
    assert PLAN.spelled_out() == PLAN


@pytest.mark.parametrize(("code", "local"), [("P1", False), ("P1-plate", False), ("L12", True)])
def test_only_an_office_names_its_purposes_l(code, local):
    assert is_local(code) is local


def test_own_keys_fit_into_the_database():
    assert local_key(PurposeCode("L1"), 3) == "own_l1_3"
    assert local_key(PurposeCode("P1-plate"), 1) == "own_p1_plate_1"


def test_own_fields_and_their_choices_are_said_in_chinese_where_nobody_translated_them():
    option = Option(code="o1", label=Words("想用", ""))
    field = replace(
        CATALOGUE.field("hobby_tags"),
        label=Words("晾衣需要", ""),
        necessity=Words("要排出次序。", "To plan the order."),
        options=(option,),
    )
    plan = replace(PLAN, local=(LocalField(field=field, alternative="贴公告"),))

    (spelled,) = plan.spelled_out().local

    assert spelled.field.label == Words("晾衣需要", "晾衣需要")
    assert spelled.field.necessity.en == "To plan the order."
    assert spelled.field.options[0].label == Words("想用", "想用")
    assert spelled.alternative == "贴公告"


def test_books_fill_in_what_they_filled_before_and_no_words_of_the_office():
    books = Booked(processors=Words("青禾", "Qinghe"), recipients=Words("社区", "the community"))
    own = replace(PLAN.particulars, recipients=Words("街道", "the street office"))

    now = own.following(books)

    assert (now.processors, now.recipients) == (books.processors, own.recipients)
    assert now.booked == books
