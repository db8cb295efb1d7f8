"""What blocks a version: the program's no, an open question, a reviewer's no."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pmdesk.domain.classification import Ruleset, RulesetId, RulesetStatus
from pmdesk.domain.reviews import (
    Answer,
    Detail,
    ItemKind,
    Line,
    Review,
    ReviewItem,
    State,
    Verdict,
    cooled_at,
    counted,
    failed,
    flagged,
    opened,
    passed,
    refuse_late,
    refuse_thin,
)
from pmdesk.errors import RefusedError
from pmdesk.i18n import Words

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ENOUGH = "这一条看过了，理由充分，差别来自住户自己填写的需要。"
GROUPS = ("women", "tenants")


def item(kind, code="LR-18"):
    words = Words("问", "asked")
    return ReviewItem(code=code, title=words, question=words, kind=kind, law="", remedy=words)


def answer(verdict=Verdict.PASS, *, rules=(), condition=""):
    detail = Detail(rules=rules, condition=condition)
    return Answer(item="LR-18", verdict=verdict, reason=ENOUGH, by="u", at=AT, detail=detail)


@pytest.mark.parametrize(
    ("found", "blocks"),
    [(passed("x", ""), False), (failed("x", ""), True), (opened("x", ""), True), (None, True)],
)
def test_an_automatic_item_blocks_until_it_passes_whatever_anybody_says(found, blocks):
    line = Line(item=item(ItemKind.AUTOMATIC), result=found, answers=(answer(),))

    assert line.blocks is blocks


@pytest.mark.parametrize(
    ("found", "answers", "blocks"),
    [
        (passed("x", ""), (), False),
        (flagged("x", ""), (), True),
        (opened("x", ""), (), True),
        (flagged("x", ""), (answer(),), False),
        (flagged("x", ""), (answer(Verdict.CONDITION, condition="先公示"),), False),
        (flagged("x", ""), (answer(Verdict.FAIL),), True),
        (passed("x", ""), (answer(Verdict.FAIL),), True),
    ],
)
def test_a_flag_needs_a_person_s_reason_and_a_no_blocks_even_where_figures_pass(
    found, answers, blocks
):
    assert Line(item=item(ItemKind.FLAG), result=found, answers=answers).blocks is blocks


def test_the_last_answer_counts():
    no, yes = answer(Verdict.FAIL), answer()

    assert not Line(item=item(ItemKind.HUMAN), answers=(yes, no)).blocks
    assert Line(item=item(ItemKind.HUMAN), answers=(no, yes)).blocks
    assert Line(item=item(ItemKind.HUMAN)).blocks


def test_each_row_needs_an_answer_of_its_own_or_one_about_all():
    human, rows = item(ItemKind.HUMAN, "LR-20"), ("r1", "r2")

    half = Line(item=human, rows=rows, answers=(answer(rules=("r1",)),))
    assert half.unanswered == ("r2",)
    assert half.blocks
    assert not Line(item=human, rows=rows, answers=(answer(),)).blocks
    both = (answer(rules=("r2",)), answer(rules=("r1",)))
    assert not Line(item=human, rows=rows, answers=both).blocks
    one_no = (answer(Verdict.FAIL, rules=("r2",)), answer())
    assert Line(item=human, rows=rows, answers=one_no).blocks
    mended = (answer(rules=("r2",)), *one_no)
    assert not Line(item=human, rows=rows, answers=mended).blocks


def test_conditions_are_named_once_and_only_while_they_stand():
    human = item(ItemKind.HUMAN)
    on = answer(Verdict.CONDITION, condition="先公示价目表")

    assert Line(item=human, answers=(on, on)).conditions == ("先公示价目表",)
    assert Line(item=human, answers=(on,), rows=("r1", "r2")).conditions == ("先公示价目表",)
    assert Line(item=human, answers=(answer(), on)).conditions == ()


def test_assessment_and_signature_are_missing_only_after_the_approval():
    ruleset = Ruleset(
        id=RulesetId(1),
        version=1,
        status=RulesetStatus.SUBMITTED,
        document="{}",
        digest="d",
        author="u",
        created_at=AT,
    )
    lines = tuple(Line(item=item(ItemKind.AUTOMATIC, code)) for code in ("LR-01", "LR-10", "LR-26"))
    review = Review(ruleset=ruleset, lines=lines)

    assert [line.item.code for line in review.blocking] == ["LR-01", "LR-10", "LR-26"]
    assert [line.item.code for line in review.hindering] == ["LR-01"]
    assert review.line("LR-10") is lines[1]
    assert review.conditions == ()


@pytest.mark.parametrize(
    ("verdict", "reason", "detail", "sentence"),
    [
        (Verdict.PASS, "太短了", Detail(), "reason of at least"),
        (Verdict.PASS, " ".join("空格不算字数" * 3), Detail(), "reason of at least"),
        (Verdict.CONDITION, ENOUGH, Detail(condition="  "), "needs the condition"),
        (Verdict.PASS, ENOUGH, Detail(notes={"women": "照常服务"}), "note of its own"),
        (Verdict.PASS, ENOUGH, Detail(notes={"women": "照常服务", "tenants": "好"}), "note of its"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(verdict, reason, detail, sentence):
    with pytest.raises(RefusedError, match=sentence):
        refuse_thin(item(ItemKind.HUMAN, "LR-21"), verdict, reason, detail, GROUPS)


@pytest.mark.parametrize(
    ("code", "verdict", "detail"),
    [
        ("LR-18", Verdict.PASS, Detail()),
        ("LR-18", Verdict.CONDITION, Detail(condition="生效前公示")),
        ("LR-21", Verdict.FAIL, Detail()),
        ("LR-21", Verdict.PASS, Detail(notes=dict.fromkeys(GROUPS, "照常服务"))),
    ],
)
def test_an_answer_that_says_enough_stands(code, verdict, detail):
    refuse_thin(item(ItemKind.HUMAN, code), verdict, ENOUGH, detail, GROUPS)


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2027, 3, 3)])
def test_the_next_review_is_due_within_a_year(day):
    with pytest.raises(RefusedError, match="next review"):
        refuse_late(date(2026, 3, 2), day)
    refuse_late(date(2026, 3, 2), date(2027, 3, 2))


def test_the_only_person_waits_a_day():
    assert cooled_at(AT) == AT + timedelta(hours=24)
    assert cooled_at(None) is None


def test_results_are_counted_by_state_and_say_their_sentence():
    results = (passed("a", "{n} fine", n=3), replace(passed("b", ""), state=State.FLAG))

    assert counted(results)[State.PASS] == 1
    assert counted(results)[State.FAIL] == 0
    assert results[0].words() == "3 fine"
