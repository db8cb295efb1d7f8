"""Which backups stay: 7 days, 5 weeks, 12 months, the newest proved one, and pinned ones."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pmdesk.store.backup.keeping import DAYS, MONTHS, WEEKS, Aged, outdated

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = START.date()
AGES = st.lists(
    st.tuples(st.integers(0, 800), st.integers(0, 23), st.booleans()), min_size=1, max_size=60
)


def aged(ages):
    return [
        Aged(path=Path(str(number)), at=START - timedelta(days=days, hours=hours), proved=proved)
        for number, (days, hours, proved) in enumerate(ages)
    ]


def kept(backups):
    gone = set(outdated(backups, TODAY))
    return [one for one in backups if one.path not in gone]


def test_a_backup_a_day_for_three_years_keeps_two_dozen():
    everything = [(day, 0, True) for day in range(3 * 365)]

    left = kept(aged(everything))

    assert DAYS + WEEKS <= len(left) <= DAYS + WEEKS + MONTHS
    ages = sorted((START - one.at).days for one in left)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert ages[-1] >= 300


@given(AGES)
def test_the_newest_proved_one_stays(ages):
    backups = aged(ages)
    proved = [one for one in backups if one.proved]

    if proved:
        newest = max(one.at for one in proved)
        assert any(one.at == newest and one.proved for one in kept(backups))


@given(AGES)
def test_dropping_twice_drops_nothing_more(ages):
    left = kept(aged(ages))

    assert kept(left) == left


@given(AGES)
def test_the_last_day_stays_whole_and_nothing_grows_without_end(ages):
    backups = aged(ages)
    last = max(one.at for one in backups).date()

    left = kept(backups)

    assert {one.path for one in backups if one.at.date() == last} <= {one.path for one in left}
    others = [one for one in left if one.at.date() != last]
    assert len(others) <= DAYS + WEEKS + MONTHS + 1


def test_an_unproved_backup_pushes_out_no_proved_one_of_its_day():
    first, later, last = aged([(5, 3, True), (5, 1, False), (0, 0, True)])

    assert outdated([first, later, last], TODAY) == (later.path,)


def test_the_newest_proved_one_stays_however_many_came_after_it_unproved():
    backups = aged([(500, 0, True), *((30 * number, 0, False) for number in range(16))])

    assert backups[0].path not in outdated(backups, TODAY)


def test_a_pinned_backup_stays_and_takes_the_place_of_none():
    backups = aged([(day, 0, True) for day in range(400)])
    old = replace(backups[333], pinned=True)
    plain, pinned = kept(backups), kept([*backups[:333], old, *backups[334:]])

    assert backups[333] not in plain
    assert old in pinned
    assert set(plain) <= set(pinned)


def test_backups_of_days_to_come_push_out_none_of_today_and_stand_for_no_newest():
    """The clock stood a year ahead for a while."""
    mine = [(day, 0, True) for day in range(40)]
    ahead = [(-365 - day, 0, True) for day in range(40)]

    left = kept(aged([*mine, *ahead]))

    alone = {one.at for one in kept(aged(mine))}
    assert alone == {one.at for one in left if one.at <= START}
    assert any(one.at > START for one in left)
    assert len(left) < 2 * (DAYS + WEEKS + MONTHS)


def test_where_there_is_nothing_nothing_goes():
    assert outdated([], TODAY) == ()
