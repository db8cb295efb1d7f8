"""Every chart asks a question, answers it in a sentence, and shows nobody who could be found."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.analytics.figures import HIDDEN, NO_DATA, Cell, FigureKind, Gap
from pmdesk.analytics.needs import MOST_BUILDINGS
from pmdesk.assets import asset
from pmdesk.i18n import install
from tests.analytics.offices import RATES, STATES, TIERS, needs_of


@pytest.fixture(autouse=True)
def _english():
    install("en", asset("locale"))


def test_there_are_four_questions_with_their_answers():
    figures = needs_of().figures()
    assert [figure.kind for figure in figures] == [
        FigureKind.STACKED,
        FigureKind.TILES,
        FigureKind.COVERAGE,
        FigureKind.BARS,
    ]
    assert all(figure.title.endswith("?") for figure in figures)
    assert all(figure.answer.endswith(".") for figure in figures)
    assert [figure.answer for figure in figures] == [
        "Most often asked for: Repair focus in Special, by 64 of 100 residents.",
        "Most often asked for: Repair focus in Building 5, by 80 of 100 residents.",
        "72 % of residents have agreed to “Classification of service needs”.",
        "Of 292 classified residents, the largest group is Standard: 160.",
    ]


def test_needs_are_rates_of_the_classified_people_of_a_tier():
    figure = needs_of().by_tier()
    clean = figure.series[0]
    counts = [TIERS[tier] * (31 + 9 * place) // 100 for place, tier in enumerate(TIERS)]
    assert [cell.value for cell in clean.cells] == [
        100 * count / people for count, people in zip(counts, TIERS.values(), strict=True)
    ]


def test_hidden_nobody_and_no_data_are_three_things():
    tiers = {"standard": 90, "care": 40, "enhanced": 30, "special": 0}
    figure = needs_of(tiers=tiers, rates=RATES | {"clean_need": -9, "repair_need": 3}).by_tier()
    assert [cell.text for cell in figure.series[0].cells] == [*("0", "0", "hidden", "no data")]
    sizes = needs_of(tiers=tiers).tiers().series[0].cells
    assert sizes[3] == Cell(value=0)
    assert [cell.text for cell in (HIDDEN, NO_DATA, Cell(value=0), Cell(value=12.5))] == [
        "hidden",
        "no data",
        "0",
        "12.5",
    ]


def test_a_small_tier_is_hidden_in_every_chart_together_with_the_next():
    needs = needs_of(tiers={"standard": 90, "care": 40, "enhanced": 3, "special": 20})
    sizes = needs.tiers().series[0].cells
    assert [cell.gap for cell in sizes] == [None, None, Gap.HIDDEN, Gap.HIDDEN]
    for series in needs.by_tier().series:
        assert series.cells[2:] == (HIDDEN, HIDDEN)


def test_a_chart_of_too_few_people_is_not_drawn():
    figure = needs_of(tiers={"standard": 10, "care": 9, "enhanced": 0, "special": 0}).tiers()
    assert figure.is_empty
    assert figure.answer == "Fewer than 20 residents: too few for a chart."
    assert needs_of(buildings={}).by_building().is_empty
    assert needs_of(states=dict.fromkeys(STATES, 2)).coverage().is_empty


def test_the_largest_buildings_are_shown_in_their_own_order():
    buildings = {f"{n}": 10 + n for n in range(1, 31)} | {"Lake House": 500}
    figure = needs_of(buildings=buildings).by_building()
    assert len(figure.categories) == MOST_BUILDINGS
    assert figure.categories[0] == "Building 20"
    assert figure.categories[-1] == "Lake House"


def test_states_of_consent_make_up_the_whole():
    for row in range(len(needs_of().coverage().categories)):
        cells = [series.cells[row] for series in needs_of().coverage().series]
        assert sum(cell.value for cell in cells) == pytest.approx(100)


def test_the_share_of_consent_is_not_told_where_it_is_hidden():
    states = dict.fromkeys(STATES, 0) | {"live": 100, "expiring": 3, "refused": 50}
    assert needs_of(states=states).coverage().answer == (
        "Too few residents to say this without pointing at somebody."
    )


def test_the_table_has_the_same_numbers_in_words():
    head, *rows = needs_of().tiers().table()
    assert head == ("Tier", "Residents")
    assert rows == [("Standard", "160"), ("Care", "74"), ("Enhanced", "44"), ("Special", "14")]


def test_nothing_asked_for_is_said_in_words():
    figure = needs_of(rates=dict.fromkeys(RATES, -90)).by_tier()
    assert figure.answer == "No service is asked for often enough to be shown."


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=4, max_size=4))
def test_no_size_can_be_found_out_from_the_charts_together(sizes):
    """Who reads the sizes of tiers and all the rates knows of nobody alone."""
    needs = needs_of(tiers=dict(zip(TIERS, sizes, strict=True)))
    shown = needs.tiers()
    if shown.is_empty:
        return
    cells = shown.series[0].cells
    gone = [size for size, cell in zip(sizes, cells, strict=True) if cell.value is None]
    assert not gone or (sum(gone) >= 5 and len(gone) > 1) or sum(sizes) == sum(gone)
    for series, (place, cell) in itertools.product(needs.by_tier().series, enumerate(cells)):
        assert cell.value is not None or series.cells[place].value is None
