"""Records as data: what a form asks for, what is kept, and what two versions differ in."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.fields import Kind, Option, Value
from pmdesk.domain.records import (
    Grid,
    Record,
    RecordId,
    RecordKind,
    RecordStatus,
    Section,
    differences,
    digest,
    months_later,
    read,
    written,
)
from pmdesk.i18n import Words
from tests.ui.fields import field, options

NAME = field("name", Kind.TEXT, required=True, longest=10)
WHY = field("why", Kind.PROSE, longest=50)
DAY = field("day", Kind.DATE)
SPAN = field("span", Kind.PERIOD)
KINDS = field("kinds", Kind.CHOICES, options=options("a", "b"))
DONE = field("done", Kind.FLAG)
COUNT = field("count", Kind.NUMBER)
RISKS = Grid(
    key="risk",
    label=Words("风险", "Risks"),
    rows=(Option(code="leak", label=Words("泄露", "Leak")),),
    columns=(field("likely", Kind.CHOICE, options=options("1", "2"), required=True),),
)


def kind(**changes):
    """A small kind of record."""
    facts = {
        "code": "memo",
        "edition": "1",
        "title": Words("备忘", "Memo"),
        "use": Words("", ""),
        "source": Words("", ""),
        "prefix": "MEM",
        "keeps_months": 36,
        "second_person": True,
        "headline": "name",
        "sections": (
            Section(key="one", title=Words("一", "1"), parts=(NAME, WHY, DAY, SPAN)),
            Section(key="two", title=Words("二", "2"), parts=(KINDS, RISKS, DONE, COUNT)),
        ),
    }
    return RecordKind(**{**facts, **changes})


FULL: dict[str, Value] = {
    "name": "某事",
    "why": "第一行\n第二行",
    "day": date(2026, 3, 8),
    "span": (date(2026, 3, 8), None),
    "kinds": ("a", "b"),
    "done": False,
    "count": 0,
    "risk.leak.likely": "2",
}


def test_a_grid_stands_in_the_form_as_a_field_for_each_cell():
    keys = [one.key for one in kind().fields]

    assert keys == ["name", "why", "day", "span", "kinds", "risk.leak.likely", "done", "count"]
    assert kind().field("risk.leak.likely").label == Words("泄露：likely", "Leak: likely")


def test_what_is_written_is_read_as_it_was():
    assert read(kind(), written(FULL)) == FULL


def test_no_kind_is_kept_for_less_than_three_years():
    with pytest.raises(ValueError, match="memo"):
        kind(keeps_months=35)


def test_empty_entries_are_not_written_and_change_no_digest():
    bare: dict[str, Value] = {"name": "某事"}
    spoken = bare | {"why": "", "day": None, "kinds": (), "span": (None, None)}

    assert written(spoken) == written(bare)
    assert digest(written(spoken)) == digest(written(bare))
    assert digest(written(bare | {"done": False})) != digest(written(bare))


def test_a_draft_may_lack_entries_but_not_hold_wrong_ones():
    draft = {"why": "还没写完"}
    wrong = draft | {"day": "昨天", "name": "一二三四五六七八九十一"}

    assert not kind().malformed(draft)
    assert {one.key for one in kind().malformed(wrong)} == {"day", "name"}
    assert {one.key for one in kind().problems(draft)} == {"name", "risk.leak.likely"}
    assert not kind().problems(FULL)


def test_a_longer_text_may_have_lines_and_no_hidden_characters():
    assert not WHY.problems("一\n二")
    assert WHY.problems("一\x00二")
    assert WHY.problems("一" * 51)
    assert WHY.problems(7)


def test_differences_name_the_fields_that_changed_in_the_order_of_the_form():
    after = FULL | {"why": None, "risk.leak.likely": "1", "done": False}

    found = differences(kind(), FULL, after)

    assert [(one.field.key, one.before, one.after) for one in found] == [
        ("why", "第一行\n第二行", None),
        ("risk.leak.likely", "2", "1"),
    ]


def test_an_entry_that_the_form_no_longer_asks_for_is_kept_as_text():
    assert read(kind(), '{"old":["x",1],"name":"某事"}') == {"old": "['x', 1]", "name": "某事"}


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "name": st.text(min_size=1, max_size=10),
            "day": st.dates(),
            "done": st.booleans(),
            "count": st.integers(-5, 5),
            "span": st.tuples(st.dates(), st.none() | st.dates()),
            "kinds": st.sampled_from((("a",), ("b",), ("a", "b"))),
        },
    )
)
def test_writing_has_one_spelling_and_loses_nothing(document):
    text = written(document)

    assert written(read(kind(), text)) == text
    assert read(kind(), text) == document


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 3, 2), 36, date(2029, 3, 2)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 2, 29), 36, date(2031, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 3, 3)),
    ],
)
def test_months_are_counted_as_the_database_counts_them(day, months, later):
    assert months_later(day, months) == later


def test_a_record_is_kept_from_its_last_moment():
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    record = Record(
        id=RecordId(1),
        kind="memo",
        number="MEM-2026-001",
        subject="",
        status=RecordStatus.CLOSED,
        version=1,
        author="u",
        created_at=at,
        last_at=at,
        keeps_months=36,
        alone=False,
    )

    assert record.keep_until == date(2029, 3, 2)
