"""Plans in words: as people say it, and never less exact than the number."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.assets import asset
from pmdesk.domain.orders.floor import MOST_HOURS
from pmdesk.domain.orders.names import WAYS
from pmdesk.domain.orders.plan_changes import plan_changes
from pmdesk.domain.orders.plan_draft import (
    CONTRACT,
    LINES,
    MOST_VISITS,
    Line,
    PlanCell,
    drafted,
)
from pmdesk.domain.orders.plan_reading import Aspect, read
from pmdesk.i18n import install
from pmdesk.services.orders.floor import shipped
from pmdesk.services.plans import desk, wording

BASE = drafted(shipped())
ANSWER = PlanCell("care", Line(Aspect.RESPOND, "repair"))


@pytest.fixture(autouse=True)
def _english():
    install("en", asset("locale"))


@pytest.mark.parametrize(
    ("visits", "said"),
    [
        (0, "when asked"),
        (1, "1 a year"),
        (12, "1 a month"),
        (24, "2 a month"),
        (52, "1 a week"),
        (104, "2 a week"),
        (365, "1 a day"),
        (730, "2 a day"),
        (100, "100 a year"),
        (120, "120 a year"),
    ],
)
def test_how_often_is_said_by_the_period_that_people_count_in(visits, said):
    assert wording.value_words(visits, Aspect.VISITS) == said


@pytest.mark.parametrize(
    ("hours", "said"), [(1, "1 hour"), (24, "24 hours"), (36, "36 hours"), (72, "3 days")]
)
def test_whole_days_are_said_as_days(hours, said):
    assert wording.value_words(hours, Aspect.RESPOND) == said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, MOST_VISITS), st.integers(1, MOST_HOURS))
def test_what_a_cell_says_can_be_typed_again(visits, hours):
    assert read(wording.value_words(visits, Aspect.VISITS), Aspect.VISITS) == visits
    assert read(wording.value_words(hours, Aspect.DONE), Aspect.DONE) == hours
    assert read(wording.typed_words(visits), Aspect.VISITS) == visits


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(sorted(WAYS))))
def test_ways_can_be_typed_as_they_are_shown(ways):
    assert read(wording.typed_words(frozenset(ways)), Aspect.WAYS) == ways


def test_a_way_of_a_newer_version_is_shown_by_its_code():
    assert wording.value_words(frozenset({"phone", "drone"}), Aspect.WAYS) == "phone, drone"


def test_a_cell_is_named_by_tier_aspect_and_line(clerk):
    tiers = desk.shelf(clerk).tiers
    urgent = PlanCell(CONTRACT, Line(Aspect.DONE, "urgent"))

    assert wording.cell_words(ANSWER, tiers) == "Care · Somebody answers within · Repair"
    assert wording.cell_words(urgent, tiers) == "Contract · An order is done within · Urgent"
    assert wording.column_words("gone", tiers) == "gone"
    assert {wording.line_words(line) for line in LINES} >= {
        "Repair",
        "Complaint, answered",
        "Emergency, danger over",
    }


def test_what_is_wrong_is_said_with_what_would_do():
    (slower,) = BASE.entered(ANSWER, "48").faults()
    (unread,) = BASE.entered(ANSWER, "soon").faults()

    assert "24 hours at most" in wording.fault_words(slower)
    assert "Enter hours" in wording.fault_words(unread)


def test_a_change_says_before_and_after_and_whether_it_is_less(clerk):
    tiers = desk.shelf(clerk).tiers
    after = BASE.entered(ANSWER, "4")
    (more,) = plan_changes(BASE, after)
    (less,) = plan_changes(after, BASE)

    where = "Care · Somebody answers within · Repair"
    assert wording.change_words(more, tiers) == f"{where}: as the contract (24 hours) → 4 hours"
    assert wording.change_words(less, tiers) == (
        f"{where}: 4 hours → as the contract (24 hours), less than before"
    )


def test_a_tier_tells_only_what_it_adds():
    ways = PlanCell("care", Line(Aspect.WAYS, "repair"))
    often = PlanCell("care", Line(Aspect.VISITS, "cleaning"))
    draft = BASE.entered(ANSWER, "4").entered(ways, "counter, phone, at home").entered(often, "730")

    assert wording.added_words(draft, "care") == (
        "Repair: an answer within 4 hours (contract: 24 hours); also: at home",
        "Cleaning: we come by ourselves: 2 a day (contract: 1 a day)",
    )
    assert wording.added_words(draft, "special") == ()
    assert wording.added_words(draft, CONTRACT) == ()
