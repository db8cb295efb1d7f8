"""Plans for purposes: a second person decides, the law says what is major, old consents end."""

from dataclasses import replace

import pytest

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.fields import (
    Dimension,
    Field,
    FieldKey,
    Home,
    Kind,
    Option,
    RuleUse,
    Sensitivity,
)
from pmdesk.domain.purpose_plans import (
    Aspect,
    LocalField,
    NoticeText,
    ProposalStatus,
)
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import LANGUAGES, Words
from pmdesk.services import residents
from pmdesk.services.notices import purpose_desk, purpose_shelf
from tests.offices import P1, P2, P3, P4, SPECIAL, consenting, tier

P0, L1 = PurposeCode("P0"), PurposeCode("L1")
WHAT = Words("保存时间缩短。", "Kept for a shorter time.")
OK = "逐条核对过。"


def plan_of(session, code):
    """The plan that is open, or in force."""
    plan = purpose_shelf.detail(session, code).plan
    assert plan is not None
    return plan


def opened(session, code=P2):
    """A draft for the purpose, with its plan."""
    made = purpose_desk.draft(session, code)
    return made, plan_of(session, code)


def planned(session, code=P2, **changes):
    """A submitted plan with these changes."""
    made, plan = opened(session, code)
    purpose_desk.save(session, made, replace(plan, summary=WHAT, **changes))
    purpose_desk.submit(session, made)
    return made


def shorter(session, months=12, code=P3):
    """What a plan with another term changes."""
    plan = plan_of(session, code)
    return {"purpose": replace(plan.purpose, months=months), "texts": _texts(plan, 12, months)}


def _texts(plan, old, months):
    return tuple(
        replace(
            one,
            text=one.text.replace(f"{old}个月", f"{months}个月").replace(
                f"{old} months", f"{months} months"
            ),
        )
        for one in plan.texts
    )


def live(session, code=P2, language="zh_CN"):
    with session.store.reading() as work:
        return work.catalogue.notice(code, language)


def row(session, code=P2):
    return next(one for one in purpose_shelf.shelf(session) if one.purpose.code == code)


def status(session, code=P3):
    """Where the open plan stands."""
    proposal = row(session, code).proposal
    assert proposal is not None
    return proposal.status


def local(code=L1, label="晾衣需要", number=1, **rest):
    """A field of the office's own."""
    fields = {
        "key": FieldKey(f"own_{code.lower()}_{number}"),
        "label": Words(label, "Drying need"),
        "kind": Kind.CHOICE,
        "dimension": Dimension.NEED,
        "sensitivity": Sensitivity.GENERAL,
        "purposes": (code,),
        "purpose": code,
        "home": Home.ANSWERS,
        "retention": "R-LOCAL",
        "rule_use": RuleUse.NO,
        "necessity": Words("楼顶晾衣场位置有限，要知道多少户想用才能排开。", ""),
        "options": (
            Option(code="o1", label=Words("想用", "yes")),
            Option(code="o2", label=Words("不用", "no")),
        ),
    }
    return LocalField(field=Field(**(fields | rest)), alternative="只贴公告，统计不出户数。")


def local_plan(session, *fields):
    """A plan for a purpose of the office's own."""
    made = purpose_desk.draft_local(session)
    found = next(one for one in purpose_shelf.shelf(session) if one.is_local)
    plan = plan_of(session, found.purpose.code)
    fields = fields or (local(),)
    full = replace(
        plan,
        purpose=replace(
            plan.purpose,
            name=Words("楼顶晾衣", "Drying on the roof"),
            summary=Words("排出楼顶晾衣的次序。", "To plan who dries on the roof."),
        ),
        local=fields,
        fields=tuple(one.field.key for one in fields),
    )
    purpose_desk.save(session, made, full)
    return made, full


def test_a_shorter_term_is_in_force_when_a_second_person_approved_it(admin, reviewer, office):
    made = planned(admin, P3, **shorter(admin, 6))

    with office.logged() as log:
        purpose_desk.approve(reviewer, made, OK)

    for language, words in zip(LANGUAGES, ("6个月", "6 months"), strict=True):
        notice = live(admin, P3, language)
        assert (notice.version, words in notice.text) == ("1.1", True)
    assert residents.catalogue(admin).purpose(P3).months == 6
    assert [action for action, _, _ in log] == ["notice.live", "purpose.published"]
    proposal = row(admin, P3).proposal
    assert proposal is None
    assert purpose_shelf.detail(admin, P3).proposals[0].status is ProposalStatus.PUBLISHED
    assert office.broken_link() is None


def test_nobody_decides_on_a_plan_of_his_own(admin, reviewer, manager):
    made = planned(admin, P3, **shorter(admin, 6))

    for session in (admin, manager):
        with pytest.raises(RefusedError):
            purpose_desk.approve(session, made, OK)
    with pytest.raises(RefusedError):
        purpose_desk.draft(reviewer, P3)
    assert live(admin, P3).version == "1.0"


def test_a_decision_needs_a_reason_and_a_plan_that_waits(admin, reviewer):
    made, _plan = opened(admin, P3)
    with pytest.raises(ConflictError):
        purpose_desk.approve(reviewer, made, OK)
    purpose_desk.discard(admin, made)
    made = planned(admin, P3, **shorter(admin, 6))
    with pytest.raises(RefusedError):
        purpose_desk.reject(reviewer, made, " ")


def test_what_was_sent_back_goes_on_as_a_draft_of_the_same_plan(admin, reviewer):
    made = planned(admin, P3, **shorter(admin, 6))
    purpose_desk.reject(reviewer, made, "再短一点。")
    assert status(admin) is ProposalStatus.REJECTED

    again = purpose_desk.draft(admin, P3)

    assert again != made
    assert status(admin) is ProposalStatus.DRAFT
    assert plan_of(admin, P3).purpose.months == 6


@pytest.mark.parametrize(
    ("aspect", "change"),
    [
        (Aspect.PURPOSE, lambda p: {"purpose": replace(p.purpose, summary=Words("别的", "other"))}),
        (
            Aspect.RECIPIENTS,
            lambda p: {
                "particulars": replace(p.particulars, processors=Words("通达快修", "Tongda"))
            },
        ),
        (
            Aspect.METHOD,
            lambda p: {"particulars": replace(p.particulars, roles=Words("全体员工", "all staff"))},
        ),
    ],
)
def test_a_new_purpose_method_or_recipient_is_major_whatever_the_author_wants(
    admin, aspect, change
):
    plan = plan_of(admin, P3)

    seen = purpose_shelf.look(admin, replace(plan, **change(plan)))

    assert [one.aspect for one in seen.alterations] == [aspect]
    assert seen.is_forced
    assert seen.is_major
    assert seen.version == "2.0"


def test_more_fields_are_major_and_fewer_are_not(admin, reviewer):
    plan = plan_of(admin, P3)
    fewer = replace(plan, fields=tuple(key for key in plan.fields if key != "activity_signup"))
    seen = purpose_shelf.look(admin, fewer)
    assert [(one.aspect, one.asks_again) for one in seen.alterations] == [(Aspect.FEWER, False)]
    purpose_desk.approve(reviewer, planned(admin, P3, fields=fewer.fields), OK)

    seen = purpose_shelf.look(admin, replace(plan, fields=plan.fields))

    assert Aspect.CATEGORIES in {one.aspect for one in seen.alterations}
    assert seen.is_forced


def test_the_wording_alone_is_what_its_author_says_it_is(admin):
    plan = plan_of(admin, P3)
    words = tuple(replace(one, text=one.text.replace("社区", "小区")) for one in plan.texts)

    seen = purpose_shelf.look(admin, replace(plan, texts=words))
    wanted = purpose_shelf.look(admin, replace(plan, texts=words, wants_major=True))

    assert ([a.aspect for a in seen.alterations], seen.is_major) == ([Aspect.TEXT], False)
    assert (wanted.is_major, wanted.is_forced, wanted.version) == (True, False, "2.0")


def test_a_major_version_ends_older_consents_and_results_at_once(admin, reviewer, office):
    person = consenting(admin, P2, P3, values=SPECIAL)
    assert tier(admin, person) == "care"
    plan = plan_of(admin, P2)
    facts = replace(plan.particulars, roles=Words("物业全体员工", "all staff"))
    made = planned(admin, P2, particulars=facts)
    assert purpose_shelf.look(admin, plan_of(admin, P2)).stale == 1

    purpose_desk.approve(reviewer, made, OK)

    assert live(admin).version == "2.0"
    assert tier(admin, person) is None
    states = {group.purpose.code: group.state for group in residents.detail(admin, person).groups}
    assert (states[P2], states[P3]) == (ConsentState.STALE, ConsentState.LIVE)
    assert (row(admin).live, row(admin).stale) == (0, 1)
    assert office.sql("SELECT * FROM answers_p2") == []


def test_a_minor_version_ends_no_consent(admin, reviewer):
    person = consenting(admin, P2, P3, values=SPECIAL)

    purpose_desk.approve(reviewer, planned(admin, P3, **shorter(admin, 6)), OK)

    assert tier(admin, person) == "care"
    assert row(admin, P3).live == 1


def test_a_term_may_be_shortened_and_never_beyond_what_was_shipped(admin):
    made, plan = opened(admin, P4)
    for months in (7, 0, None):
        worse = replace(plan, purpose=replace(plan.purpose, months=months), summary=WHAT)
        purpose_desk.save(admin, made, worse)
        with pytest.raises(RefusedError) as refused:
            purpose_desk.submit(admin, made)
        assert refused.value.code == "E_RETENTION_MISSING"


def test_a_text_that_lacks_an_item_cannot_be_submitted(admin):
    made, plan = opened(admin, P3)
    bare = tuple(NoticeText(language=one.language, text="# 活动\n\n□ 同意") for one in plan.texts)
    purpose_desk.save(admin, made, replace(plan, texts=bare, summary=WHAT))

    with pytest.raises(RefusedError) as refused:
        purpose_desk.submit(admin, made)

    assert refused.value.code == "E_NOTICE_INCOMPLETE"


def test_a_joint_handler_waits_for_its_agreement(admin):
    plan = plan_of(admin, P3)
    joint = replace(plan.particulars, joint=Words("晴川业委会", "the owners' committee"))

    lacking = purpose_shelf.look(admin, replace(plan, particulars=joint))
    agreed = replace(joint, agreement="2026-03 协议")
    complete = purpose_shelf.look(admin, replace(plan, particulars=agreed))

    assert {one.key for one in lacking.findings} == {"joint"}
    assert complete.findings == ()
    assert complete.is_forced


def test_what_changed_has_to_be_said_and_something_has_to_change(admin):
    made, plan = opened(admin, P3)
    purpose_desk.save(admin, made, replace(plan, summary=WHAT))
    with pytest.raises(RefusedError, match="Nothing is different"):
        purpose_desk.submit(admin, made)
    purpose_desk.save(admin, made, replace(plan, **shorter(admin, 6)))
    with pytest.raises(RefusedError, match="What changed is not said"):
        purpose_desk.submit(admin, made)


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
