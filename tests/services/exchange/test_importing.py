"""The import over a real office: what is entered, what is left alone, and all or nothing."""

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import PartyRole
from pmdesk.domain.purposes import CONTRACT
from pmdesk.errors import ExchangeError, RefusedError
from pmdesk.services import residents
from pmdesk.services.exchange.delimited import table
from pmdesk.services.exchange.importing import EVERY, dry_run, enter
from tests.offices import resident

HEAD = "楼栋\t单元\t房号\t姓名\t手机\t身份\t面积\t性别\t身份证号"
LINE = "3\t1\t502\t曾国强\t13800000042、13900001234\t租客\t89.5\t男\t11010519491231002X"


def book(*lines, head=HEAD):
    return table("\n".join((head, *lines)))


def found(session):
    with session.store.reading() as work:
        return [work.people.get(i) for i in residents.found(session, ResidentQuery())]


def test_a_row_becomes_a_resident_with_the_values_of_the_contract(manager):
    planned = dry_run(manager, book(LINE, "3\t1\t503\t\t\t\t\t\t"))
    assert found(manager) == []

    _changes, report = enter(manager, planned)

    assert (report.entered, report.units, report.known) == (1, 1, 0)
    assert planned.further_phones == 1
    [person] = found(manager)
    assert (person.name, person.mobile, person.room) == ("曾国强", "13800000042", "3-1-502")
    assert person.occupancies[0].role is PartyRole.TENANT
    with manager.store.reading() as work:
        kept = work.answers.get(person.id, CONTRACT)
        assert work.premises.find("3", "1", "503") is not None
    assert kept.values["floor_area"] == 8950
    assert kept.source == "import"


def test_refused_columns_are_nowhere_in_the_office_and_nothing_personal_is_in_the_log(
    manager, office
):
    with office.logged() as acts:
        enter(manager, dry_run(manager, book(LINE)))

    assert [act for act, _target, _fields in acts] == ["import.residents"]
    assert acts[0][2] == ("楼栋", "单元", "房号", "姓名", "手机", "身份", "面积")
    whole = [text for _table, text in office.cells()]
    assert not any("11010519491231002X" in text or text == "男" for text in whole)
    assert not any(b"13800000042" in body or "曾".encode() in body for body in office.bodies())


def test_who_is_in_the_register_already_stays_as_he_is(manager):
    resident(manager, "曾国强", "", "3-1-502")

    planned = dry_run(manager, book(LINE, LINE.replace("502", "601")))
    _changes, report = enter(manager, planned)

    assert (planned.known, report.known, report.entered) == (1, 1, 1)
    assert sorted(person.mobile for person in found(manager)) == ["", "13800000042"]


def test_whatever_progress_raises_leaves_nothing(manager, office):
    class StopError(Exception):
        pass

    lines = [f"3\t1\t{n}\t曾国强\t13800000042\t\t89\t\t" for n in range(100, 100 + 2 * EVERY)]
    planned = dry_run(manager, book(*lines))
    for last in (0, EVERY, 2 * EVERY, 3 * EVERY):

        def stop(done, total, last=last):
            assert total == 4 * EVERY
            if done >= last:
                raise StopError

        with office.logged() as acts, pytest.raises(StopError):
            enter(manager, planned, progress=stop)
        assert (found(manager), acts) == ([], [])
        with manager.store.reading() as work:
            assert work.premises.count() == 0
            assert work.premises.buildings() == ()


def test_the_dry_run_tells_how_far_it_is_and_can_be_stopped(manager):
    lines = [f"3\t1\t{n}\t曾国强\t\t\t\t\t" for n in range(100, 1200)]
    seen = []
    dry_run(manager, book(*lines), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1000, 0)]


def test_only_who_may_import_imports(clerk, manager):
    with pytest.raises(RefusedError):
        dry_run(clerk, book(LINE))
    planned = dry_run(manager, book(LINE))
    with pytest.raises(RefusedError):
        enter(clerk, planned)
    assert found(manager) == []


def test_a_column_is_led_elsewhere_but_never_past_a_consent(manager):
    planned = dry_run(manager, book(LINE, head=HEAD.replace("手机", "备用")), {4: "mobile"})
    assert planned.residents[0].phones == ("13800000042", "13900001234")
    for forbidden in ("clean_need", "assist_need", "lease_period", "nonsense"):
        with pytest.raises(ExchangeError):
            dry_run(manager, book(LINE), {4: forbidden})


def test_a_refused_column_stays_refused_whatever_it_is_led_to(manager):
    planned = dry_run(manager, book(LINE), {7: "person_name", 8: "mobile"})
    assert [column.header for column in planned.refused] == ["性别", "身份证号"]
    assert planned.residents[0].name == "曾国强"
