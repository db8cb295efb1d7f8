"""Plans for purposes: a second person decides, the law says what is major, old consents end."""

from dataclasses import replace

import pytest

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.purpose_plans import (
    Aspect,
    NoticeText,
    ProposalStatus,
)
from pmdesk.errors import ConflictError, NotFoundError, RefusedError
from pmdesk.i18n import LANGUAGES, Words
from pmdesk.services import residents, starters
from pmdesk.services.notices import purpose_desk, purpose_shelf
from pmdesk.services.paper.notice import sheet_pdf
from tests.offices import P2, P3, P4, PROFILE, SPECIAL, consenting, tier
from tests.pdf import text_of
from tests.services.plans import (
    OK,
    P0,
    WHAT,
    live,
    opened,
    plan_of,
    planned,
    row,
    shorter,
    status,
)


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


def test_a_draft_that_is_open_goes_on_instead_of_a_second_one(admin):
    made = purpose_desk.draft(admin, P3)

    assert purpose_desk.draft(admin, P3) == made
    assert len(purpose_shelf.detail(admin, P3).proposals) == 1


def test_who_planned_it_does_not_approve_it_in_another_role_either(admin, reviewer):
    made = planned(admin, P3, **shorter(admin, 6))
    moved = replace(admin, staff=replace(admin.staff, role=reviewer.staff.role))

    with pytest.raises(RefusedError, match="a plan of his own"):
        purpose_desk.approve(moved, made, OK)

    assert live(admin, P3).version == "1.0"


def test_an_older_version_is_read_as_it_stands_and_a_lost_one_is_empty(admin, reviewer):
    before = live(admin, P3).text
    purpose_desk.approve(reviewer, planned(admin, P3, **shorter(admin, 6)), OK)

    assert purpose_shelf.text_of(reviewer, P3, "1.0", "zh_CN") == before
    assert purpose_shelf.text_of(reviewer, P3, "1.1", "zh_CN") == live(admin, P3).text
    assert purpose_shelf.text_of(reviewer, P3, "7.0", "zh_CN") == ""


def test_the_notice_in_force_can_be_printed_and_one_that_is_not_there_cannot(admin):
    notice, purpose, name = purpose_shelf.sheet(admin, P3, "zh_CN")

    assert notice == purpose_shelf.notice_in_force(admin, P3, "zh_CN") == live(admin, P3)
    assert (purpose.code, name) == (P3, PROFILE.name)
    pages = "".join(text_of(sheet_pdf(notice, purpose, name)))
    assert notice.digest[:8] in pages
    assert PROFILE.name in pages
    with pytest.raises(NotFoundError, match="no notice in force"):
        purpose_shelf.sheet(admin, P0, "zh_CN")


def test_an_office_of_an_older_program_gets_the_term_of_its_own_purposes():
    shipped = starters.catalogue()
    older = replace(
        shipped,
        retentions=tuple(r for r in shipped.retentions if r.code != starters.LOCAL_RETENTION),
    )

    grown = purpose_shelf.grown(older)

    assert set(grown.retentions) == set(shipped.retentions)
    assert purpose_shelf.grown(shipped) is shipped


def test_a_plan_that_was_overtaken_by_another_major_version_is_not_approved(
    admin, reviewer, monkeypatch
):
    made = planned(admin, P3, **shorter(admin, 6))
    monkeypatch.setattr(purpose_desk, "newest_version", lambda _used: "2.0")

    with pytest.raises(ConflictError, match="Another version was put into force meanwhile"):
        purpose_desk.approve(reviewer, made, OK)

    assert live(admin, P3).version == "1.0"
