"""The receipt that a person takes home: readable, searchable, its code only a number."""

from dataclasses import replace
from typing import Any

import pytest
import segno

from pmdesk import i18n
from pmdesk.assets import asset
from pmdesk.domain.consents import Decision, GivenBy, Representative
from pmdesk.i18n import said
from pmdesk.services.consent import consents
from pmdesk.services.paper.receipt import receipt_pdf
from pmdesk.services.paper.receipt_text import receipt_text
from pmdesk.services.paper.sheet import paragraph, pdf
from tests.offices import P2, P3, P5, PAPER, PROFILE, consenting, decide, resident
from tests.pdf import pictures_of, text_of

EDGE = 2  # modules of quiet space that the picture has


@pytest.fixture
def given(clerk):
    person = resident(clerk, "欧阳·建国")
    return decide(clerk, person, {P2: True, P3: False}, PAPER)


def modules_of(width, height, samples):
    """The dark modules of the picture, row by row."""
    side = width // 8
    row = len(samples) // height
    depth = row // width
    return [
        [int(samples[(y * 8 + 4) * row + (x * 8 + 4) * depth] < 128) for x in range(side)]
        for y in range(side)
    ]


def test_the_receipt_says_who_decided_what_until_when_and_how_to_withdraw(given):
    (page,) = text_of(receipt_pdf(given))

    for text in (
        *("欧阳·建国", "3-2-501", PROFILE.name, PROFILE.contact_phone, given.number, "王芳"),
        *(said(line.purpose.name) for line in given.lines),
        *("agreed", "did not agree", "2028-03-02", "1.0", "You can withdraw at any time"),
        given.lines[0].event.notice_digest[:8],
    ):
        assert text.replace(" ", "") in page.replace(" ", "")


def test_the_receipt_names_the_guardian_and_what_was_seen(clerk):
    person = resident(clerk, "欧阳·建国")
    daughter = Representative(name="欧阳晓", relation="女儿", document="指定监护决定")
    evidence = replace(PAPER, given_by=GivenBy.GUARDIAN, representative=daughter)
    (page,) = text_of(receipt_pdf(decide(clerk, person, {P5: True}, evidence)))

    for text in ("欧阳晓", "女儿", "指定监护决定", "Guardian of an adult"):
        assert text.replace(" ", "") in page.replace(" ", "")
    assert page.index("欧阳晓") < page.index("Purpose")


def test_the_receipt_of_a_withdrawal_says_what_was_erased_and_what_is_kept(clerk):
    person = consenting(clerk)

    (page,) = text_of(receipt_pdf(consents.withdraw(clerk, person, P2)))

    assert "withdrew" in page
    assert "brought back" in page
    assert "Kept as proof until 2029-03-02" in page
    assert "without a reason" not in page


@pytest.mark.parametrize("decision", [Decision.STALE, Decision.EXPIRED])
def test_a_decision_that_time_or_a_new_notice_made_has_its_words(given, decision):
    ended = replace(given.lines[0], event=replace(given.lines[0].event, decision=decision))

    (page,) = text_of(receipt_pdf(replace(given, lines=(ended,))))

    assert "ended:" in page


def test_the_receipt_is_in_the_language_of_the_program(given):
    i18n.install("zh_CN", asset("locale"))
    try:
        (page,) = text_of(receipt_pdf(given))
    finally:
        i18n.install("zh_CN", asset("nowhere"))

    assert "撤回" in page
    assert "withdraw" not in page


def test_the_code_holds_the_number_and_nothing_else(given):
    ((width, height, samples),) = pictures_of(receipt_pdf(given))

    seen = modules_of(width, height, samples)

    code = segno.make(given.number, error="m", micro=False)
    inside = [row[EDGE:-EDGE] for row in seen[EDGE:-EDGE]]
    assert inside == [list(row) for row in code.matrix]
    assert not any(map(any, seen[:EDGE] + seen[-EDGE:]))


def test_markup_in_a_name_is_shown_and_not_obeyed():
    (page,) = text_of(pdf([paragraph("<b>王</b> & <a href='x'>李</a>")], "t", "f"))

    assert "<b>王</b> & <a href='x'>李</a>" in page


def test_lines_break_between_english_words_and_between_chinese_characters():
    english = [words for _space, words in _lines("consent " * 60)]
    chinese = _lines("同意" * 90)

    assert len(english) > 1
    assert {word for line in english for word in line} == {"consent"}
    assert len(chinese) > 1


def _lines(text):
    broken: Any = paragraph(text)
    return broken.breakLines(300).lines


def test_the_font_travels_with_the_paper(given):
    made = receipt_pdf(given)

    assert b"/FontFile2" in made
    assert b"WenQuanYiMicroHei" in made


def test_an_item_that_was_withdrawn_is_told_by_its_number(clerk):
    person = resident(clerk)
    decide(clerk, person, {(P5, "ramp"): True})
    with clerk.store.reading() as work:
        slot = work.consent_items.of(person)[0].slot

    said_on_it = receipt_text(consents.withdraw(clerk, person, P5, item=slot))

    assert said_on_it.rows[1][0].endswith(f"item {slot}")


def test_where_nothing_was_recorded_the_receipt_says_so_and_promises_no_proof(clerk):
    withdrawn = consents.withdraw(clerk, consenting(clerk), P2)
    bare = replace(withdrawn, erased=(), proof=None)

    closing = receipt_text(bare).closing

    assert "Nothing was recorded for this purpose." in closing
    assert not [line for line in closing if "Kept as proof" in line]
