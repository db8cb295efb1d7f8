"""Texts of notices and letters: the program's own pass the check, bad edits do not."""

import pytest

from pmdesk.errors import RefusedError
from pmdesk.services.audits import book_starts
from pmdesk.services.paper.rule import poster_pdf
from pmdesk.services.records import letters, record_desk
from pmdesk.services.records.record_kinds import kind
from tests.pdf import text_of
from tests.services.bookkeeping import filed

CODES = [one.code for one in letters.letters()]


@pytest.mark.parametrize("code", CODES)
def test_what_comes_with_the_program_may_be_used(manager, code):
    document = book_starts.poster(manager, code)

    assert record_desk.problems(manager, kind("poster"), document) == ()
    assert filed(manager, "poster", document, subject=code)


@pytest.mark.parametrize(
    ("code", "addition"),
    [
        ("outage", "联系人王先生 13800001234"),
        ("accounts", "3-2-501 欠 300 元"),
        ("dunning", "否则断水"),
    ],
)
def test_an_edit_that_names_or_threatens_is_refused(manager, code, addition):
    document = book_starts.poster(manager, code)
    document |= {"text": document["text"] + addition}

    (problem,) = record_desk.problems(manager, kind("poster"), document)
    assert problem.places["passage"] in addition
    with pytest.raises(RefusedError):
        record_desk.put_forward(manager, "poster", code, document)


def test_a_text_without_a_use_is_asked_for_it(manager):
    found = record_desk.problems(manager, kind("poster"), book_starts.poster(manager, ""))

    assert {one.key for one in found} == {"name", "use", "text"}


def test_it_is_printed_large(manager):
    record = filed(manager, "poster", book_starts.poster(manager, "outage"), subject="outage")
    text = "".join(text_of(poster_pdf(record_desk.opened(manager, record))))

    assert "停水停电检修通知" in text
    assert "请提前做好准备" in text
