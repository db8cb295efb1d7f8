"""Every change of a table is a new table; its last row stays; its JSON is canonical."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmdesk.errors import EntryError, PmdeskError
from pmdesk.rules.cells import ANY
from pmdesk.rules.facts import FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.table import LONGEST_REASON, MOST_RULES, DecisionTable, Rule, Scheme
from tests.rules import tables
from tests.rules.tables import AGE, ASKED, DAY, FACTS, SCHEME, ZONE, words

OLD = parse(">= 60", AGE)
YES = parse("是", ASKED)


@pytest.fixture
def table():
    """Two rules over two facts and the row for everyone else."""
    rules = (
        Rule(id="old", cells=(OLD, ANY), tier="care", reason="楼龄较长"),
        Rule(id="asked", cells=(ANY, YES), tier="special", tags=frozenset({"need"})),
        Rule(id="else", cells=(ANY, ANY), tier="standard", reason="其他"),
    )
    return DecisionTable(facts=(AGE, ASKED), rules=rules, scheme=SCHEME)


def ids(table):
    return [rule.id for rule in table.rules]


def test_a_cell_is_replaced_in_a_new_table(table):
    changed = table.with_cell("old", "asked", YES)

    assert changed.rule("old").cells == (OLD, YES)
    assert table.rule("old").cells == (OLD, ANY)


def test_the_last_row_cannot_be_narrowed_raised_removed_or_moved(table):
    for change in (
        lambda: table.with_cell("else", "age", OLD),
        lambda: table.with_output("else", tier="care"),
        lambda: table.without_rule("else"),
        lambda: table.moved("else", 0),
    ):
        with pytest.raises(PmdeskError, match="everyone else"):
            change()


def test_the_last_row_may_say_more(table):
    changed = table.with_output("else", tags=frozenset({"need"}), reason="合同内服务")
    changed = changed.with_cell("else", "age", ANY)

    assert changed.is_complete
    assert changed.rule("else").reason == "合同内服务"


def test_no_row_goes_below_the_last_one(table):
    assert ids(table.with_rule(table.blank_rule())) == ["old", "asked", "r1", "else"]
    assert ids(table.with_rule(table.blank_rule(), 99)) == ["old", "asked", "r1", "else"]
    assert ids(table.with_rule(table.blank_rule(), 0)) == ["r1", "old", "asked", "else"]
    assert ids(table.moved("old", 99)) == ["asked", "old", "else"]
    assert ids(table.moved("asked", -1)) == ["asked", "old", "else"]


def test_a_row_is_copied_below_itself_under_a_new_name(table):
    copied = table.copied("old")

    assert ids(copied) == ["old", "r1", "asked", "else"]
    assert replace(copied.rule("r1"), id="old") == table.rule("old")
    assert ids(table.copied("else")) == ["old", "asked", "r1", "else"]


def test_an_incomplete_table_lets_its_last_row_go(table):
    open_ended = replace(table, rules=table.rules[:2])

    assert not open_ended.is_complete
    assert ids(open_ended.without_rule("asked")) == ["old"]
    assert not replace(table, rules=()).is_complete


def test_what_a_row_gives_is_replaced_where_it_is_named(table):
    changed = table.with_output("asked", tier="enhanced", legal="民法典 942")

    assert changed.rule("asked").tier == "enhanced"
    assert changed.rule("asked").legal == "民法典 942"
    assert changed.rule("asked").tags == {"need"}


def test_a_new_column_asks_for_nothing(table):
    wider = table.with_fact(ZONE, 0)

    assert wider.facts == (ZONE, AGE, ASKED)
    assert all(rule.cells[0] is ANY for rule in wider.rules)
    assert wider.without_fact("zone") == table
    assert table.with_fact(ZONE).facts[-1] is ZONE


def test_a_row_or_column_that_is_not_there_is_named(table):
    with pytest.raises(PmdeskError) as row:
        table.rule("gone")
    with pytest.raises(PmdeskError) as column:
        table.without_fact("gone")

    assert row.value.places["name"] == column.value.places["name"] == "gone"


@pytest.mark.parametrize(
    "change",
    [
        {"rules": (Rule(id="x", cells=(ANY,), tier="care"),)},
        {"rules": (Rule(id="x", cells=(ANY, ANY), tier="vip"),)},
        {"rules": (Rule(id="x", cells=(ANY, ANY), tier="care", tags=frozenset({"vip"})),)},
        {
            "rules": (
                Rule(id="x", cells=(ANY, ANY), tier="care", reason="长" * (LONGEST_REASON + 1)),
            )
        },
        {"rules": (Rule(id="x", cells=(ANY, ANY), tier="care"),) * 2},
        {"facts": (replace(AGE, key="x"), replace(ASKED, key="x"))},
    ],
)
def test_a_table_that_is_not_whole_is_refused_by_name(table, change):
    with pytest.raises(PmdeskError) as caught:
        replace(table, **change)

    assert caught.value.places["name"] == "x"


def test_a_table_has_a_largest_size(table):
    rules = tuple(replace(table.rules[0], id=f"n{n}") for n in range(MOST_RULES + 1))

    with pytest.raises(PmdeskError) as caught:
        replace(table, rules=rules)

    assert caught.value.places["count"] == MOST_RULES + 1


@pytest.mark.parametrize(
    ("tiers", "tags"), [(("a", "a"), ()), (("a",), ("t", "t")), ((), ()), (("a",), range(61))]
)
def test_a_scheme_names_each_thing_once(tiers, tags):
    with pytest.raises(PmdeskError):
        Scheme(
            tiers=tuple((tier, words(tier)) for tier in tiers),
            tags=tuple((str(tag), words("t")) for tag in tags),
        )


def test_a_scheme_knows_its_names_and_bits():
    assert SCHEME.tier_label("care") == words("care")
    assert SCHEME.tag_label("addon") == words("addon")
    assert SCHEME.tags_of(SCHEME.bits(frozenset({"need", "assist"}))) == {"need", "assist"}


@given(st.randoms(use_true_random=False))
def test_a_table_is_read_back_equal_from_its_json(random):
    table = tables.table(random)
    text = table.to_json()
    back = DecisionTable.from_json(text, FACTS)

    assert back == table
    assert back.to_json() == text
    assert back.digest() == table.digest()


def test_the_json_and_its_digest_never_change(table):
    """Approvals are bound to this digest: a changed one voids every version in every office."""
    assert table.to_json().startswith('{"facts":["age","asked"],"format":1,"policy":"priority"')
    assert '"cells":{"age":">= 60"}' in table.to_json()
    assert table.digest() == DIGEST
    assert table.with_output("old", reason="楼龄").digest() != DIGEST


DIGEST = "3784253806dd4cb1c4c81c08eac3d76c1f2aa9817dcd2a30196aa11fb5c6aa6a"


def test_a_field_that_left_the_catalogue_is_named(table):
    with pytest.raises(PmdeskError) as caught:
        DecisionTable.from_json(table.to_json(), [AGE])

    assert caught.value.places["name"] == "asked"


def test_a_cell_that_no_longer_fits_its_field_is_named(table):
    text = table.with_fact(ZONE).with_cell("old", "zone", parse("东区", ZONE)).to_json()
    fewer = replace(ZONE, options=ZONE.options[1:])

    with pytest.raises(EntryError) as caught:
        DecisionTable.from_json(text, [AGE, ASKED, fewer])

    assert caught.value.places["row"] == "old"
    assert caught.value.places["column"] == ZONE.label
    assert caught.value.position == 0
    assert caught.value.remedy.format_map(caught.value.places)


def test_a_newer_format_is_told_apart(table):
    with pytest.raises(PmdeskError, match="newer"):
        DecisionTable.from_json(table.to_json().replace('"format":1', '"format":2'), FACTS)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"policy":"priority"', '"policy":"any"'),
        ('"policy":"priority"', '"policy":["any"]'),
        ('"format":1', '"format":1,"format":1'),
        ('"format":1', '"format":1,"more":1'),
        ('"cells":{"age"', '"cells":{"income"'),
        ('"cells":{}', '"cells":[]'),
        ('"id":"old"', '"id":7'),
        ('"tags":["need"]', '"tags":"need"'),
        ('"age":">= 60"', '"age":60'),
    ],
)
def test_a_changed_text_is_refused_as_a_whole(table, right, wrong):
    assert right in table.to_json()
    with pytest.raises(PmdeskError) as caught:
        DecisionTable.from_json(table.to_json().replace(right, wrong), FACTS)

    assert caught.value.places["where"]


@pytest.mark.parametrize("text", ["", "[]", '{"facts":["age"', "[" * 100_000])
def test_what_is_no_table_at_all_is_refused(text):
    with pytest.raises(PmdeskError) as caught:
        DecisionTable.from_json(text, FACTS)

    assert caught.value.places["where"]


def test_json_keeps_chinese_readable(table):
    assert "楼龄较长" in table.to_json()
    assert json.loads(table.to_json())["rules"][0]["id"] == "old"


def test_dates_have_a_span_of_their_own():
    assert DAY.type is FactType.DATE
    assert DAY.span[0] == 1
