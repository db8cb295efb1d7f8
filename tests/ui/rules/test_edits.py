"""What an entry into a cell means: what is shown can be typed, and nothing typed is half taken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.errors import PmdeskError
from pmdesk.rules.cells import ANY
from pmdesk.ui.rules import edits
from pmdesk.ui.rules.edits import Output
from tests.rules import tables
from tests.ui.rules.starter import COLUMNS, table


@given(st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_typing_what_a_cell_says_changes_nothing(random):
    any_table = tables.table(random)
    for row in range(len(any_table.rules)):
        for column in range(len(any_table.facts)):
            text = edits.typed(any_table, row, column)

            assert edits.entered(any_table, row, column, text) == any_table


def test_outputs_are_typed_by_their_names_in_both_languages(chinese):
    tier = edits.column_of(table(), Output.TIER)
    tags = edits.column_of(table(), Output.TAGS)

    changed = edits.entered(table(), 7, tier, " 加强 ")
    changed = edits.entered(changed, 7, tags, "安静施工安排，Green care")

    assert changed.rules[7].tier == "enhanced"
    assert changed.rules[7].tags == {"quiet", "green"}
    assert edits.typed(changed, 7, tier) == "加强"


@pytest.mark.parametrize(
    ("output", "text", "says"),
    [
        (Output.TIER, "贵宾", "There is no such tier."),
        (Output.TAGS, "安静施工安排、没有的", "There is no such tag."),
        (Output.COUNT, "12", "People are counted, this cannot be typed."),
    ],
)
def test_an_output_that_is_not_there_is_refused(output, text, says):
    with pytest.raises(PmdeskError) as caught:
        edits.entered(table(), 3, edits.column_of(table(), output), text)

    assert caught.value.sentence == says


def test_a_rule_is_said_as_a_sentence(chinese):
    words = [edits.rule_words(table(), table().rules[row]) for row in (4, -1)]

    assert words == ["“维修关注：防水”是，并且“交付日期至今”不足 61 个月", "其他所有人"]


def test_a_rule_that_asks_nothing_fits_anyone_without_being_the_last(chinese):
    with_blank = table().with_rule(table().blank_rule(), 0)

    assert edits.rule_words(with_blank, with_blank.rules[0]) == "任何人"


def test_only_asked_columns_are_in_use():
    idle = COLUMNS["parcel_pref"]
    rule = next(rule for rule in table().rules if not rule.cells[idle].is_any)

    changed = table().with_cell(rule.id, "parcel_pref", ANY)

    assert edits.used_columns(table()) - edits.used_columns(changed) == {idle}


@given(st.integers(-3, 60))
def test_columns_outside_the_table_have_no_title(column):
    has = 0 <= column < len(table().facts) + len(Output)

    assert bool(edits.title_of(table(), column)) == has
