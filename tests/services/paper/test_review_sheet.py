"""The review sheet: every item with its answers, the signature, and what the rules are."""

import pytest

from pmdesk.domain.reviews import Detail, Verdict
from pmdesk.i18n import said
from pmdesk.services import review, rules
from pmdesk.services.paper.review import review_pdf, sheet
from pmdesk.services.review import declared
from tests.offices import reviewed, table_of, tried
from tests.pdf import text_of

WHY = "价目表还没有贴出来，其余都符合要求，先批准再补上。"


@pytest.fixture
def waiting(manager):
    made = rules.draft_from(manager, rules.versions(manager)[0].id)
    rules.save_draft(manager, made, table_of(manager, made).with_output("r8", tier="special"))
    tried(manager, made)
    rules.submit(manager, made)
    return made


def flat(session, ruleset):
    return "".join("".join(text_of(review_pdf(sheet(session, ruleset)))).split())


def squeezed(text):
    return "".join(text.split())


def test_a_signed_sheet_holds_every_item_the_answers_and_the_signature(manager, reviewer, waiting):
    reviewed(reviewer, waiting)
    detail = Detail(condition="生效前贴到大厅", rules=("r1", "r3"))
    review.answer(reviewer, waiting, "LR-20", Verdict.CONDITION, WHY, detail)
    rules.approve(reviewer, waiting, "逐条核对过。")

    text = flat(manager, waiting)

    version = rules.versions(manager)[0]
    assert all(one.code in text for one in declared.items())
    assert all(squeezed(said(one.title)) in text for one in declared.items())
    for part in (version.digest, WHY, "生效前贴到大厅", "rows 1, 3", "逐条核对过。", "2027-03-02"):
        assert squeezed(part) in text, part
    assert "陈磊" in text
    assert "不受影响，服务照常" in text


def test_a_sheet_that_nobody_signed_says_so(manager, reviewer, waiting):
    review.answer(reviewer, waiting, "LR-18", Verdict.FAIL, WHY)

    text = flat(manager, waiting)

    assert squeezed("Not signed yet.") in text
    assert squeezed("not passed by the reviewer") in text


def test_a_sheet_of_a_single_person_office_says_so(admin, office):
    from pmdesk.services import staff

    for login in ("manager", "manager2", "reviewer"):
        staff.disable(admin, office.session(login).staff.uid)
    made = rules.draft_from(admin, rules.versions(admin)[0].id)
    tried(admin, made)
    rules.submit(admin, made)
    reviewed(admin, made)
    office.clock.advance(days=1)
    rules.approve(admin, made, "隔天再看，没有问题。")

    assert squeezed("Single-person office") in flat(admin, made)
