"""What a sample says: every figure for machines, and in words that claim no more than it holds."""

import json

import pytest

from pmdesk.analytics.fairness import Group
from pmdesk.assets import asset
from pmdesk.domain.fairness import Verdict
from pmdesk.i18n import install
from pmdesk.services.fairness import findings
from pmdesk.services.fairness.sample_file import Columns, Sample

RESUME = {"black": (157, 2435), "white": (235, 2435)}


@pytest.fixture
def english(chinese):
    install("en", asset("locale"))


def made(groups, strata=(), *, burden=False):
    """The findings about these groups."""
    counted = _groups(groups)
    by_stratum = {name: _groups(part) for name, part in dict(strata).items()}
    sample = Sample(
        columns=Columns(group="race", outcome="callback", stratum="need" if strata else ""),
        rows=len(counted),
        people=sum(one.people for one in counted),
        left_out=0,
        groups=counted,
        strata=by_stratum,
        tables={
            "callback": (
                tuple(one.having for one in counted),
                tuple(one.people - one.having for one in counted),
            )
        },
    )
    return findings.found(sample, "yes", burden=burden)


def _groups(groups):
    return tuple(
        Group(name=name, having=having, people=people) for name, (having, people) in groups.items()
    )


def told(groups, **rest):
    """The same for machines, as it is printed and read again."""
    return json.loads(json.dumps(findings.as_json(made(groups, **rest)), allow_nan=False))


def test_every_group_has_its_figures():
    found = told(RESUME)
    black, white = found["groups"]

    assert (found["reference"], found["people"], found["direction"]) == (
        "white",
        4870,
        "favourable",
    )
    assert black["ratio"] == pytest.approx(0.6681, abs=5e-5)
    assert black["interval"] == pytest.approx([0.550, 0.811], abs=5e-4)
    assert black["p"] == black["p_holm"] == pytest.approx(4.759e-05, abs=5e-9)
    assert (black["verdict"], black["verdict_code"]) == ("需复核", "review")
    assert black["power"]["n"] == 2435
    assert white["is_reference"]
    assert found["verdict"] == "需复核"
    assert found["associations"]["callback"]["level"] == "none"
    assert "strata" not in found


def test_a_small_sample_says_what_it_would_miss():
    found = told({"a": (21, 100), "b": (30, 100)})
    line = found["groups"][0]

    assert line["verdict"] == "关注"
    assert line["power"]["found_in_100"] == 29
    assert "每组100人时，如果真实比值是0.7，100次里约有29次能发现。" in line["sentence"]


def test_groups_of_different_size_say_both_sizes(english):
    line = told({"a": (9, 40), "b": (30, 100)})["groups"][0]

    assert "With 40 people in this group and 100 in the other one" in line["sentence"]


def test_too_little_data_says_that_people_have_to_look():
    line = told({"a": (3, 20), "b": (30, 100)})["groups"][0]

    assert line["verdict"] == "样本不足"
    assert line["interval"] is None
    assert "必须由人来复核规则" in line["sentence"]


def test_a_striking_difference_among_few_is_told():
    line = told({"a": (0, 80), "b": (100, 120)})["groups"][0]

    assert line["verdict"] == "样本不足"
    assert "精确检验发现有差异" in line["sentence"]


def test_without_a_large_group_there_is_no_reference_and_no_power():
    found = told({"a": (3, 20), "b": (9, 20)})

    assert found["reference"] is None
    assert all(line["power"] is None for line in found["groups"])
    assert found["verdict"] == "样本不足"


def test_strata_stand_beside_the_whole():
    strata = {"asked": {"a": (80, 100), "b": (40, 50)}, "not": {"a": (10, 100), "b": (20, 200)}}
    found = told({"a": (90, 200), "b": (60, 250)}, strata=strata)

    assert set(found["strata"]) == {"asked", "not"}
    assert found["common"][0]["turn"] == "explained"
    assert "需求" in found["common"][0]["sentence"]
    assert found["verdict"] == "需复核"  # the whole still does


def test_a_difference_among_equals_alone_needs_a_review():
    strata = {
        "asked": {"a": (300, 500), "b": (180, 200)},
        "not": {"a": (20, 500), "b": (140, 800)},
    }
    found = made({"a": (320, 1000), "b": (320, 1000)}, strata)

    assert found.whole.verdict is Verdict.CLEAR
    assert found.needs_review


def test_a_burden_is_told_as_one():
    found = told({"a": (235, 2435), "b": (157, 2435)}, burden=True)

    assert (found["direction"], found["reference"]) == ("burden", "b")
    assert found["groups"][0]["ratio"] > 1


def test_the_text_says_the_same_in_both_languages(english):
    found = made(RESUME, {"x": RESUME})
    text = findings.as_text(found)

    assert "Needs review · black: 157 of 2435 (6.4%)" in text
    assert "Compared with white: 235 of 2435 (9.7%)" in text
    assert "need = x" in text
    assert "All strata together, black: Needs review" in text
    assert "callback × race: Cramér's V 0.057" in text
    assert text.count("no proof of fairness") == 1

    install("zh_CN", asset("locale"))
    chinese_text = findings.as_text(found)
    assert "需复核 · black：2435人中157人（6.4%）" in chinese_text
    assert "结论：需复核" in chinese_text


def test_an_association_of_too_few_is_one_word(english):
    text = findings.as_text(made({"a": (3, 20), "b": (9, 20)}))

    assert "callback × race: Too little data" in text
