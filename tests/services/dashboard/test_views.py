"""Saved views: own or published, named without personal data, never a colleague's to change."""

from datetime import date

import pytest

from pmdesk.domain.dashboard import Period
from pmdesk.domain.dashboard_views import MOST_VIEWS, USUAL, Choice, choice_of
from pmdesk.domain.orders.kinds import Service
from pmdesk.errors import DeniedError, NotFoundError, RefusedError
from pmdesk.services.dashboard import views
from tests.offices import resident

REPAIRS = Choice(period=Period.YEAR, buildings=("3栋",), services=(Service.REPAIR,))


def names(session):
    return [one.name for one in views.listed(session).views]


def kept(session, name="三栋维修", choice=REPAIRS):
    views.keep(session, name, choice)
    return next(one for one in views.listed(session).views if one.name == name)


def test_what_is_kept_comes_back_as_it_was(manager):
    days = Choice(period=None, first=date(2026, 1, 5), last=date(2026, 2, 1))
    assert kept(manager).choice == REPAIRS
    assert kept(manager, "自选", days).choice == days
    assert kept(manager, "平常", USUAL).choice == USUAL


def test_a_view_is_its_owners_alone_until_it_is_published(office, manager, reviewer):
    view = kept(manager)
    assert names(reviewer) == []
    with office.logged() as acts:
        views.publish(manager, view.id, published=True)
    assert names(reviewer) == ["三栋维修"]
    assert views.listed(reviewer).owners[view.owner] == manager.staff.name
    views.publish(manager, view.id, published=False)
    assert names(reviewer) == []
    assert [act for act, _target, _fields in acts] == ["view.publish"]


def test_nobody_changes_the_view_of_a_colleague(office, manager):
    view = kept(manager)
    views.publish(manager, view.id, published=True)
    other = office.session("manager2")
    with pytest.raises(DeniedError):
        views.drop(other, view.id)
    with pytest.raises(DeniedError):
        views.publish(other, view.id, published=False)
    assert names(manager) == ["三栋维修"]


def test_the_same_name_again_replaces_the_filters(manager):
    view = kept(manager)
    again = kept(manager, choice=USUAL)
    assert again.id == view.id
    assert names(manager) == ["三栋维修"]
    assert again.choice == USUAL


def test_a_dropped_view_is_gone(manager):
    view = kept(manager)
    views.drop(manager, view.id)
    assert names(manager) == []
    with pytest.raises(NotFoundError):
        views.drop(manager, view.id)


@pytest.mark.parametrize("name", ["", " 一 ", "长" * 31, "电话13800000042"])
def test_a_name_is_short_and_holds_no_personal_data(manager, name):
    with pytest.raises(RefusedError):
        views.keep(manager, name, USUAL)
    assert names(manager) == []


def test_there_are_only_so_many(manager):
    for at in range(MOST_VIEWS):
        views.keep(manager, f"视图{at:02}", USUAL)
    with pytest.raises(RefusedError):
        views.keep(manager, "再来", USUAL)
    views.keep(manager, "视图03", REPAIRS)
    assert len(names(manager)) == MOST_VIEWS


def test_who_may_not_publish_keeps_for_oneself(reviewer):
    view = kept(reviewer)
    assert not views.listed(reviewer).may_publish
    with pytest.raises(DeniedError):
        views.publish(reviewer, view.id, published=True)


def test_free_days_end_yesterday_and_are_a_year_at_most():
    today = date(2026, 3, 2)
    scope = Choice(period=None, first=date(2020, 1, 1), last=date(2027, 1, 1)).scope(today)
    assert scope.until == today
    assert scope.days == 366
    assert Choice(period=None).scope(today).days == 1
    assert choice_of(REPAIRS.plain()) == REPAIRS
    assert REPAIRS.is_filtered
    assert not USUAL.is_filtered


def test_a_building_that_is_gone_is_left_out_and_named(office, manager):
    resident(office.session("clerk"), "曾国强", "13800000042", "3-1-502")
    view = kept(manager, choice=Choice(buildings=("99", "3"), services=(Service.REPAIR,)))
    found = views.listed(manager)

    choice, gone = found.opened(view)

    assert found.buildings == {"3"}
    assert gone == ("99",)
    assert choice == Choice(buildings=("3",), services=(Service.REPAIR,))
    assert found.opened(kept(manager, "平常", USUAL)) == (USUAL, ())


def test_a_name_is_one_line(manager):
    views.keep(manager, " 三栋\n\t维修 ", REPAIRS)
    assert names(manager) == ["三栋 维修"]
