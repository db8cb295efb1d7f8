"""A pasted block: whole rows added, columns found by their names, and nothing typed is lost."""

import pytest

from pmdesk.errors import PmdeskError
from pmdesk.rules.table import MOST_RULES
from pmdesk.ui.rules import arrange, edits, pasting
from pmdesk.ui.rules.edits import Output
from tests.ui.rules.starter import COLUMNS, table

WATER, POWER = COLUMNS["repair_need.water"], COLUMNS["repair_need.electricity"]
TIER, REASON = (edits.column_of(table(), output) for output in (Output.TIER, Output.REASON))
LAST = len(table().rules) - 1


def words(changed, rows, columns):
    return [edits.shown(changed, row, column) for row in rows for column in columns]


def test_what_can_be_read_stands_and_the_rest_is_kept_as_text(chinese):
    done = pasting.pasted(table(), 8, (WATER, POWER), [["否", "是"], ["很多", "未知"]])

    assert words(done.table, (8, 9), (POWER,)) == ["是", "未知"]
    assert words(done.table, (8,), (WATER,)) == ["否"]
    [(place, (text, error))] = done.refused.items()
    assert (place, text) == (("r10", WATER), "很多")
    assert isinstance(error, PmdeskError)
    assert done.table.rules[9].cells[WATER] == table().rules[9].cells[WATER]


def test_a_block_longer_than_the_table_adds_rows_above_the_last(chinese):
    done = pasting.pasted(table(), LAST - 1, (WATER, TIER), [["是", "关怀"]] * 3)

    assert len(done.table.rules) == len(table().rules) + 2
    assert done.table.rules[-1] == table().rules[-1]
    assert words(done.table, range(LAST - 1, LAST + 2), (WATER, TIER)) == ["是", "关怀"] * 3
    assert len({rule.id for rule in done.table.rules}) == len(done.table.rules)
    assert done.rows == range(LAST - 1, LAST + 2)


def test_the_line_for_everyone_else_comes_to_stand_last(chinese):
    done = pasting.pasted(
        table(), LAST - 1, (WATER, TIER, REASON), [["是", "关怀", "甲"], ["-", "标准", "乙"]]
    )

    assert len(done.table.rules) == len(table().rules)
    assert done.table.rules[-1].reason == "乙"
    assert done.table.is_complete


def test_pasting_on_the_last_row_adds_rows_above_it(chinese):
    done = pasting.pasted(table(), LAST, (WATER,), [["是"], ["否"]])

    assert words(done.table, (LAST, LAST + 1), (WATER,)) == ["是", "否"]
    assert done.table.rules[-1] == table().rules[-1]


def test_rows_of_their_own_are_inserted_and_empty_lines_make_none(chinese):
    done = pasting.inserted(table(), 3, (WATER,), [["是"], [""], ["未知"]])

    assert words(done.table, (3, 4), (WATER,)) == ["是", "未知"]
    assert (*done.table.rules[:3], *done.table.rules[5:]) == table().rules


def test_a_block_that_would_not_fit_is_refused():
    with pytest.raises(PmdeskError) as caught:
        pasting.pasted(table(), 3, (WATER,), [["是"]] * MOST_RULES)

    assert caught.value.sentence.startswith("The block needs")


def test_an_empty_tier_and_counted_people_are_left_alone(chinese):
    count = edits.column_of(table(), Output.COUNT)

    done = pasting.pasted(table(), 0, (TIER, count), [["", "99"]])

    assert done.table == table()
    assert not done.refused


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_name_the_columns_in_any_order(chinese, language):
    names = [getattr(table().facts[column].label, language) for column in (POWER, WATER)]
    found = pasting.with_headings(table(), [[names[0], "", names[1]], ["是", "1", "否"]], ())
    assert found is not None

    same, columns, lines = found

    assert same == table()
    assert columns == [POWER, WATER]
    assert lines == [["是", "否"]]


def test_headings_of_columns_that_are_not_there_yet_add_them(chinese):
    fact = table().facts[WATER]
    without = table().without_fact(fact.key)

    found = pasting.with_headings(without, [["理由（会给本人看）", fact.label.zh]] * 2, (fact,))

    assert found is not None
    assert found[0].facts[-1] == fact
    assert found[1] == [edits.column_of(found[0], Output.REASON), len(found[0].facts) - 1]


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        (["维修关注：水", "籍贯"], "The first line has headings"),
        (["维修关注：水", "repair_need.water"], "The first line names a column twice."),
    ],
)
def test_a_heading_that_is_no_column_is_refused_by_name(chinese, heading, says):
    with pytest.raises(PmdeskError) as caught:
        pasting.with_headings(table(), [heading, ["是", "否"]], ())

    assert caught.value.sentence.startswith(says)


@pytest.mark.parametrize(
    "block", [[["维修关注：水"]], [["是", "否"], ["否", "是"]], [[""], ["是"]]]
)
def test_a_first_line_without_names_is_no_heading(chinese, block):
    assert pasting.with_headings(table(), block, ()) is None


def test_a_short_line_with_headings_leaves_the_rest_empty(chinese):
    found = pasting.with_headings(table(), [["维修关注：水", "维修关注：电"], ["是"]], ())

    assert found is not None
    assert found[2] == [["是", ""]]


def test_putting_the_strongest_first_keeps_what_everyone_gets(chinese):
    turned = arrange.moved_rows(table(), (LAST - 1,), 0)

    ordered = arrange.by_strength(turned)

    tiers = [table().scheme.tier_keys.index(rule.tier) for rule in ordered.rules]
    assert tiers == sorted(tiers, reverse=True)
    assert ordered.rules[-1] == table().rules[-1]
    assert sorted(rule.id for rule in ordered.rules) == sorted(r.id for r in table().rules)
