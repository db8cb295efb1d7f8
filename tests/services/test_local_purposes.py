"""Purposes and fields of the office's own: plain, needed, screened, never for classifying."""

from dataclasses import replace

import pytest

from pmdesk.domain.fields import (
    Kind,
    Option,
    RuleUse,
)
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import Words
from pmdesk.services import residents
from pmdesk.services.notices import purpose_desk, purpose_shelf
from tests.offices import P1, P3, consenting
from tests.services.plans import (
    L1,
    OK,
    P0,
    live,
    local,
    local_plan,
    opened,
    plan_of,
)


def test_an_office_adds_a_purpose_with_fields_of_its_own(admin, reviewer, clerk):
    made, plan = local_plan(admin)
    purpose_desk.submit(admin, made)
    purpose_desk.approve(reviewer, made, OK)

    purpose = residents.catalogue(admin).purpose(L1)
    assert (purpose.may_classify, purpose.oral_allowed, purpose.months) == (False, False, 12)
    assert live(admin, L1).version == "1.0"
    assert "晾衣需要" in live(admin, L1).text
    key = plan.local[0].field.key
    person = consenting(clerk, L1)
    residents.save_answers(clerk, person, L1, {key: "o1"})
    with clerk.store.reading() as work:
        assert work.answers.get(person, L1).values[key] == "o1"


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ({"necessity": Words("需要。", "")}, "E_NO_PURPOSE"),
        ({"label": Words("", "")}, "E_NO_PURPOSE"),
        ({"label": Words("民族", "ethnicity")}, "E_FIELD_PROHIBITED"),
        ({"options": ()}, "E_NO_PURPOSE"),
        ({"rule_use": RuleUse.YES}, "E_NO_BASIS"),
        ({"kind": Kind.TEXT}, "E_NO_BASIS"),
        ({"retention": "R-NONE"}, "E_RETENTION_MISSING"),
    ],
)
def test_a_field_of_ones_own_is_plain_needed_and_screened(admin, rest, code):
    label = rest.pop("label", Words("晾衣需要", "x"))
    made, _plan = local_plan(admin, local(label=label.zh, **rest))

    with pytest.raises(RefusedError) as refused:
        purpose_desk.submit(admin, made)

    assert refused.value.code == code


def test_refused_options_are_found_too(admin):
    options = tuple(
        Option(code=f"o{at}", label=Words(word, "")) for at, word in enumerate(("汉族", "信佛"))
    )
    made, _plan = local_plan(admin, local(options=options))

    with pytest.raises(RefusedError) as refused:
        purpose_desk.submit(admin, made)

    assert refused.value.code == "E_FIELD_PROHIBITED"


def test_a_purpose_of_ones_own_rests_on_consent_and_classifies_nobody(admin):
    made, plan = local_plan(admin)
    for change in ({"may_classify": True}, {"oral_allowed": True}, {"basis": "contract"}):
        purpose_desk.save(admin, made, replace(plan, purpose=replace(plan.purpose, **change)))
        with pytest.raises(RefusedError) as refused:
            purpose_desk.submit(admin, made)
        assert refused.value.code == "E_NO_BASIS"


def test_keys_of_own_fields_are_never_used_twice(admin, reviewer):
    made, plan = local_plan(admin)
    purpose_desk.submit(admin, made)
    purpose_desk.approve(reviewer, made, OK)
    known = purpose_shelf.detail(admin, L1).proposals

    key = purpose_desk.new_local_key(replace(plan, local=()), known)

    assert key == "own_l1_2"


def test_the_record_purpose_has_no_notice_to_edit(admin):
    assert purpose_shelf.detail(admin, P0).plan is None
    with pytest.raises(NotFoundError):
        purpose_desk.draft(admin, P0)


def test_the_contract_notice_may_not_ask_for_consent(admin):
    made, plan = opened(admin, P1)
    asking = tuple(replace(one, text=f"{one.text}\n\n□ 同意　□ 不同意") for one in plan.texts)
    seen = purpose_shelf.look(admin, replace(plan, texts=asking))

    assert {one.key for one in seen.findings} == {"no_consent_asked"}
    assert made


def test_a_purpose_of_ones_own_says_how_long_its_values_are_kept(admin):
    made, plan = local_plan(admin)
    purpose_desk.save(admin, made, replace(plan, purpose=replace(plan.purpose, months=None)))

    with pytest.raises(RefusedError, match="Say how long the values are kept") as refused:
        purpose_desk.submit(admin, made)

    assert refused.value.code == "E_RETENTION_MISSING"


def test_own_fields_stand_in_the_notice_of_a_purpose_of_ones_own_only(admin):
    plan = plan_of(admin, P3)
    mine = local(P3)
    key = str(mine.field.key)
    elsewhere = replace(plan, local=(mine,), fields=(*plan.fields, key))
    made, own = local_plan(admin, local(), local(number=2, label="晾衣时间"))
    unnamed = replace(own, fields=own.fields[:1])

    problems = [one.problem.sentence for one in purpose_shelf.look(admin, elsewhere).problems]
    assert problems == ["Fields of your own need a purpose of your own."]
    purpose_desk.save(admin, made, unnamed)
    with pytest.raises(RefusedError, match="name each field of your own"):
        purpose_desk.submit(admin, made)
