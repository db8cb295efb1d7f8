"""Charts: their numbers are those of the register, small ones are hidden, exports are logged."""

import csv
import io
from collections import Counter

import pytest

from pmdesk.analytics.figures import Gap
from pmdesk.analytics.needs import NO_NEED
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.consents import ConsentState, state
from pmdesk.errors import RefusedError, StorageError
from pmdesk.services import charts, demo, residents
from pmdesk.services.office import profile, save_profile
from tests.offices import P2, SPECIAL, consenting, renamed

PEOPLE = 160


@pytest.fixture(scope="module")
def filled(founded, tmp_path_factory):
    """An office full of invented residents in every state of consent; only looked at."""
    made = founded.copied(tmp_path_factory.mktemp("filled") / "office")
    admin = made.session("admin")
    demo.fill(admin, PEOPLE, 11)
    with admin.store.writing() as work:
        work.classifications.classify(work.rulesets.active(), today=admin.clock.today())
        work.commit()
    yield made
    made.close()


@pytest.fixture
def looker(filled):
    return filled.session("manager")


@pytest.fixture(scope="module")
def register(filled):
    """(tier, building, P2 values) of everybody classified, read person by person."""
    found = []
    session = filled.session("manager")
    with session.store.reading() as work:
        for person in residents.found(session, ResidentQuery()):
            result = work.classifications.of(person)
            if result is not None:
                building = work.people.get(person).occupancies[0].unit.building
                answers = work.answers.get(person, P2)
                found.append((result.tier, building, answers.values if answers else {}))
    return found


def figure(session, key):
    return next(one for one in charts.figures(session) if one.key == key)


def cells(figure):
    """By category and series."""
    return {
        (category, series.key): cell
        for series in figure.series
        for category, cell in zip(figure.category_keys, series.cells, strict=True)
    }


def agrees(cell, count, total):
    """A number that is shown is the true one; few people are never shown."""
    if cell.value is None:
        return cell.gap is (Gap.HIDDEN if total else Gap.NO_DATA)
    return cell.value == pytest.approx(100 * count / total) and not 0 < count < 5


def test_tier_sizes_are_those_of_the_register(looker, register):
    true = Counter(tier for tier, _building, _values in register)
    shown = cells(figure(looker, "tier_sizes"))
    assert sum(cell.value is not None for cell in shown.values()) >= 2
    for (tier, _series), cell in shown.items():
        assert cell.value == true[tier] if cell.value is not None else cell.gap is Gap.HIDDEN
        assert not (0 < true[tier] < 5 and cell.value is not None)


@pytest.mark.parametrize(("key", "place"), [("needs_by_tier", 0), ("needs_by_building", 1)])
def test_needs_are_those_of_the_register(looker, register, key, place):
    people = Counter(one[place] for one in register)
    shown = cells(figure(looker, key))
    for (group, service), cell in shown.items():
        asks = sum(one[place] == group and _asks(one[2].get(service)) for one in register)
        assert agrees(cell, asks, people[group]), (group, service)
    assert sum(cell.value is not None for cell in shown.values()) > len(shown) / 4


def test_coverage_is_that_of_the_register(looker):
    figure_ = figure(looker, "consent_coverage")
    groups = {
        "live": {ConsentState.LIVE},
        "expiring": {ConsentState.EXPIRING},
        "ended": {ConsentState.EXPIRED, ConsentState.STALE},
        "withdrawn": {ConsentState.WITHDRAWN},
        "refused": {ConsentState.REFUSED},
        "never_asked": {ConsentState.NEVER_ASKED},
    }
    states: Counter[tuple[str, ConsentState]] = Counter()
    with looker.store.reading() as work:
        for person in residents.found(looker, ResidentQuery()):
            live, events = work.consents.live(person), work.consents.events(person)
            for purpose in figure_.category_keys:
                last = next((event for event in events if event.purpose == purpose), None)
                states[purpose, state(last, live.get(purpose), looker.clock.today())] += 1
    for (purpose, series), cell in cells(figure_).items():
        assert agrees(cell, sum(states[purpose, one] for one in groups[series]), PEOPLE)


def test_a_tiny_office_is_told_nothing_about_its_few(manager):
    for number in range(6):
        consenting(manager, values=SPECIAL, name="王小明", room=f"3-2-{number}01")
    for one in charts.figures(manager):
        numbers = [cell.value for series in one.series for cell in series.cells]
        assert one.is_empty or not any(number and number < 100 for number in numbers)
        assert one.answer


def test_a_raised_k_hides_more_and_none_is_below_five(filled, looker):
    admin = filled.session("admin")
    before = sum(c.value is None for c in cells(figure(looker, "needs_by_tier")).values())
    save_profile(admin, renamed(profile(admin), smallest_count=20))
    raised = charts.board(looker)
    after = sum(c.value is None for c in cells(figure(looker, "needs_by_tier")).values())
    assert raised.smallest == 20
    assert after > before
    with pytest.raises(RefusedError):
        save_profile(admin, renamed(profile(admin), smallest_count=1))
    save_profile(admin, renamed(profile(admin), smallest_count=5))


def test_the_board_says_its_day_and_its_rules(manager, clock):
    board = charts.board(manager)
    assert board.as_of == clock.today()
    assert board.version == 1
    assert [one.key for one in board.figures] == [
        *("needs_by_tier", "needs_by_building"),
        *("consent_coverage", "tier_sizes"),
    ]


def test_only_who_may_see_charts_sees_them(clerk, office):
    with office.logged() as acts, pytest.raises(RefusedError):
        charts.board(clerk)
    assert [act for act, _target, _fields in acts] == ["denied"]


def test_an_export_is_logged_before_it_is_written_and_is_whole_or_not_there(
    filled, looker, tmp_path
):
    chart = figure(looker, "tier_sizes")
    with filled.logged() as acts:
        path = charts.export(
            looker, chart, tmp_path / "图.csv", lambda to: to.write_bytes(charts.as_csv(chart))
        )
    assert [(act, target) for act, target, _fields in acts] == [("export.chart", "tier_sizes")]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert tuple(map(tuple, rows[3:])) == chart.table()

    def fails(part):
        part.write_text("half")
        raise OSError

    with pytest.raises(StorageError):
        charts.export(looker, chart, tmp_path / "x.png", fails)
    with pytest.raises(ZeroDivisionError):
        charts.export(looker, chart, tmp_path / "x.png", lambda _part: 1 / 0)
    assert sorted(found.name for found in tmp_path.glob("*.*")) == ["图.csv"]


def test_who_may_only_look_takes_nothing_out(filled, tmp_path):
    reviewer = filled.session("reviewer")
    chart = figure(reviewer, "tier_sizes")
    with pytest.raises(RefusedError):
        charts.export(reviewer, chart, tmp_path / "x.csv", lambda to: to.write_bytes(b""))
    assert not list(tmp_path.glob("x*"))


def test_a_chart_with_too_few_people_is_exported_as_its_sentence(manager):
    chart = figure(manager, "tier_sizes")
    assert chart.answer in charts.as_csv(chart).decode("utf-8-sig")


def _asks(value):
    chosen = value if isinstance(value, tuple) else (value,)
    return any(one and one not in NO_NEED for one in chosen)
