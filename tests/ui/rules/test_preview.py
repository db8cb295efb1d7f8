"""The live effect: numbers before and after, and no number that tells of single residents."""

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.domain.classification import TierCounts
from pmdesk.services.rules import Effect
from pmdesk.ui.rules.preview import HIDDEN, bars, moved_words, rule_counts
from tests.ui.rules.starter import table

SMALLEST = 5
TIERS = table().scheme.tier_keys
COUNTS = st.lists(st.integers(0, 30), min_size=4, max_size=4)


def effect(before, after, moved=0, rules=None):
    counts = TierCounts(
        tiers=dict(zip(TIERS, after, strict=True)), rules=rules or {}, tags={}, moved=moved
    )
    return Effect(before=dict(zip(TIERS, before, strict=True)), after=counts, smallest=SMALLEST)


def test_large_numbers_are_shown_with_their_change(chinese):
    shown = bars(table().scheme, effect((612, 401, 187, 48), (598, 409, 187, 54)))

    assert [bar.words for bar in shown] == ["612 → 598  -14", "401 → 409  +8", "187", "48 → 54  +6"]
    assert [bar.name for bar in shown] == ["标准", "关怀", "加强", "专项"]


@given(before=COUNTS, after=COUNTS)
def test_no_small_group_is_shown_or_left_over(before, after):
    shown = bars(table().scheme, effect(before, after))

    for counts, seen in ((before, [b.before for b in shown]), (after, [b.after for b in shown])):
        hidden = [count for count, is_seen in zip(counts, seen, strict=True) if is_seen is None]
        assert all(not 0 < number < SMALLEST for number in seen if number is not None)
        assert not hidden or sum(hidden) >= SMALLEST or sum(counts) == sum(hidden)


def test_rows_are_counted_without_naming_few(chinese):
    rules = {rule.id: 0 for rule in table().rules} | {"r8": 40, "r9": 2, "r10": 9, "r30": 60}
    words = rule_counts(table(), effect((0,) * 4, (60, 51, 0, 0), rules=rules))

    assert (words["r8"], words["r9"], words["r10"], words["r1"]) == ("40", HIDDEN, HIDDEN, HIDDEN)


def test_how_many_change_is_said(chinese):
    said = [moved_words(effect((9,) * 4, (9,) * 4, moved)) for moved in (0, 3, 1234)]

    assert said == ["没有大到可以显示的变化。"] * 2 + ["约有 1,234 人的等级会变。"]
