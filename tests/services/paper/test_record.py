"""Records on paper: every section, whoever wrote and decided, and nothing that is not so."""

import pytest

from pmdesk.assets import asset
from pmdesk.i18n import DEFAULT, install, said
from pmdesk.services.paper.assessment import annex_pdf
from pmdesk.services.paper.record import record_pdf
from pmdesk.services.records import record_desk
from tests.pdf import text_of
from tests.services.recorded import assessed, handed_in


@pytest.fixture(autouse=True)
def chinese():
    """The papers speak Chinese."""
    install("zh_CN", asset("locale"))
    yield
    install(DEFAULT, asset("locale").parent)


def read(pdf):
    return "".join("".join(text_of(pdf)).split())


def test_the_long_form_has_every_section_question_and_answer(manager, reviewer):
    shown = record_desk.opened(manager, assessed(manager, reviewer, minors="不涉及未成年人"))

    words = read(record_pdf(shown))

    for section in shown.kind.sections:
        assert "".join(said(section.title).split()) in words
        for part in section.parts:
            assert "".join(said(part.label).split())[:6] in words, part.key
    assert "不涉及未成年人" in words
    assert shown.record.number in words
    assert "晴川花园物业服务中心" in words
    assert "逐项核对过" in words
    assert "李静" in words
    assert "陈磊" in words
    assert "未经批准" not in words


def test_what_is_not_approved_says_so(manager):
    shown = record_desk.opened(manager, handed_in(manager))

    assert "未经批准，不生效" in read(record_pdf(shown))
    assert "待批" in read(record_pdf(shown))


def test_the_short_form_has_five_situations_three_questions_and_a_signature(manager, reviewer):
    shown = record_desk.opened(manager, assessed(manager, reviewer))

    words = read(annex_pdf(shown))

    for situation in ("处理敏感个人信息", "自动化决策", "委托处理", "境外", "重大影响"):
        assert situation in words
    assert words.count("不涉及") == 4  # the assessment is about sensitive information
    assert "所采取的保护措施是否合法" in words
    assert "可以开展" in words
    assert "影响评估负责人：李静" in words
    assert "批准：陈磊" in words
    assert "真实、完整" in words
    assert "满分16" in words


@pytest.mark.parametrize(
    ("subject", "situation"),
    [
        ("purpose:P6", "其他对个人权益有重大影响的处理活动"),
        ("processor:PRC-2026-001", "委托处理、对外提供"),
        ("import:tables", "其他对个人权益有重大影响的处理活动"),
    ],
)
def test_the_short_form_names_the_situation(manager, subject, situation):
    filled = {"purposes": "甲", "fields": "乙", "retention": "丙", "basis": "丁"}
    more = filled | {"notices": "戊", "necessity": "己", "activity": "庚"}
    shown = record_desk.opened(manager, handed_in(manager, subject, **more))

    lines = "".join(text_of(annex_pdf(shown))).replace("\n", "")

    assert situation[:8] in lines
    assert "________" in lines  # nobody approved it


def test_a_very_long_answer_does_not_break_the_paper(manager):
    long = "很长的说明。" * 600
    shown = record_desk.opened(manager, handed_in(manager, minors=long))

    assert len(text_of(record_pdf(shown))) > 3
    assert read(annex_pdf(shown))
