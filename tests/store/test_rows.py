"""Every row of the office is bound to the log: whatever another tool changes is found by name."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmdesk.domain.proof import Kind
from pmdesk.services import log_cover
from pmdesk.services.consent import consents
from pmdesk.store import audit, rows
from tests.offices import P2, P3, answers, consenting, founded_office, resident
from tests.services import bookkeeping


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("rows") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    made = founded.copied(tmp_path / "office", clock)
    yield made
    made.close()


@pytest.fixture
def person(office):
    return consenting(office.session("clerk"), values=answers(clean_need="in_home"))


def found(office):
    """(kind, row) of every difference."""
    with office.session("reviewer").store.reading() as work:
        return {(one.kind, one.target) for one in work.proof.differences()}


def uncovered(office):
    with office.session("reviewer").store.reading() as work:
        return work.proof.uncovered()


def unguarded(office, *statements):
    """Another tool without the triggers that keep records as they are."""
    drops = [f"DROP TRIGGER {name}" for (name,) in office.sql(_TRIGGERS)]
    office.tampered("PRAGMA foreign_keys = OFF", *drops, *statements)


_TRIGGERS = (
    "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name NOT GLOB 'person_search*'"
)


def test_an_office_is_bound_from_its_first_entry_on(office, person):
    assert found(office) == set()
    assert uncovered(office) == 0


@pytest.mark.parametrize(
    ("statement", "kind", "row"),
    [
        ("UPDATE person SET name = '李四'", Kind.ROW_CHANGED, "person:{person}"),
        ("UPDATE person SET mobile = '13900000000'", Kind.ROW_CHANGED, "person:{person}"),
        ("UPDATE occupancy SET role = 'tenant'", Kind.ROW_CHANGED, "occupancy:{person}/1"),
        ("DELETE FROM occupancy", Kind.ROW_GONE, "occupancy:{person}/1"),
        ("UPDATE consent SET valid_until = '2099-01-01'", Kind.ROW_CHANGED, "consent:{person}/P2"),
        ("UPDATE consent_event SET paper_ref = 'B-1'", Kind.ROW_CHANGED, "consent_event:1"),
        ("DELETE FROM consent_event", Kind.ROW_GONE, "consent_event:1"),
        ("UPDATE unit SET room = '999'", Kind.ROW_CHANGED, "unit:1"),
        ("UPDATE office SET document = '{{}}'", Kind.ROW_CHANGED, "office:1"),
        ("UPDATE undertaking SET name = '别人' WHERE id = 1", Kind.ROW_CHANGED, "undertaking:1"),
        ("UPDATE catalogue SET document = document || ' '", Kind.ROW_CHANGED, "catalogue:1"),
        ("DELETE FROM answers_p2_repair_need", Kind.ANSWERS, "person:{person}"),
        ("UPDATE ruleset SET words = '改'", Kind.ROW_CHANGED, "ruleset:1"),
        ("UPDATE staff SET name = '别人' WHERE role = 'clerk'", Kind.ROW_CHANGED, "staff:{clerk}"),
        ("UPDATE staff SET role = 'admin' WHERE role = 'clerk'", Kind.ACCOUNT, "staff:{clerk}"),
        ("UPDATE notice SET text = 'x' WHERE purpose = 'P2'", Kind.NOTICE, "P2 1.0"),
        (
            "INSERT INTO building (id, name, position) VALUES (77, 'x', 'x')",
            *(Kind.ROW_NEW, "building:77"),
        ),
    ],
)
def test_what_another_tool_changes_is_named_by_kind_and_number(office, statement, kind, row):
    clerk = office.session("clerk")
    values = answers(clean_need="in_home", repair_need=("waterproofing", "water"))
    person = consenting(clerk, values=values)
    unguarded(office, statement.format())

    assert (kind, row.format(person=person, clerk=clerk.staff.uid)) in found(office)


def test_records_requests_and_sealed_values_are_bound(office, person):
    manager, reviewer = office.session("manager"), office.session("reviewer")
    number = bookkeeping.assessed(manager, reviewer)
    record = bookkeeping.filed(
        manager, "processor", bookkeeping.PROCESSOR | {"assessment": number}, by=reviewer
    )
    assert found(office) == set()
    unguarded(
        office,
        "UPDATE record_version SET document = '{}'",
        f"UPDATE record SET status = 'closed' WHERE id = {record}",
        "DELETE FROM record_decision",
    )

    named = found(office)
    assert (Kind.ROW_CHANGED, f"record:{record}") in named
    assert (Kind.ROW_CHANGED, f"record_version:{record}/1") in named
    assert {target.partition(":")[0] for kind, target in named if kind is Kind.ROW_GONE} == {
        "record_decision"
    }


def test_whoever_knows_the_imprints_is_found_too(office, person):
    """The lines beside an entry are bound by its signature."""
    (seq,) = office.sql("SELECT max(seq) FROM row_leaves WHERE tab = 'person'")[0]
    unguarded(
        office,
        "UPDATE person SET name = '李四'",
        f"UPDATE row_leaves SET digests = zeroblob(32) WHERE tab = 'person' AND seq = {seq}",
    )
    assert (Kind.IMPRINTS, f"entry:{seq}") in found(office)

    unguarded(office, f"DELETE FROM row_leaves WHERE seq = {seq}")
    assert (Kind.IMPRINTS, f"entry:{seq}") in found(office)


def test_a_forged_salt_helps_nobody(office, person):
    unguarded(office, "UPDATE row_salt SET salt = zeroblob(16) WHERE tab = 'person'")
    assert (Kind.ROW_CHANGED, f"person:{person}") in found(office)


def test_rows_that_the_program_erases_are_not_missed(office, person):
    consents.withdraw(office.session("clerk"), person, P2)
    with office.session("admin").store.writing() as work:
        work.people.remove(person)
        work.commit()

    assert found(office) == set()
    assert office.sql("SELECT * FROM row_salt WHERE tab IN ('person', 'consent')") == []


def test_an_imprint_tells_nothing_without_its_salt(office, person):
    """Two people alike have different imprints, and a row saved again has another one."""
    leaves = office.sql("SELECT digests FROM row_leaves WHERE tab = 'person'")
    resident(office.session("clerk"), "王小明", "13800001234", "3-2-501")
    both = office.sql("SELECT digests FROM row_leaves WHERE tab = 'person'")

    assert len(both) > len(leaves)
    assert len({digest for (digest,) in both}) == len(both)


def test_what_is_changed_after_the_entry_of_its_act_gets_an_entry_of_its_own(office, person):
    with office.logged() as added, office.session("admin").store.writing() as work:
        work.audit.append("resident.open", at=office.clock.now())
        work.premises.ensure("9", "1", "101")
        work.commit()

    assert [action for action, *_ in added] == ["resident.open", audit.SEALED]
    assert found(office) == set()


def test_what_is_undone_leaves_no_trace(office, person):
    with office.logged() as added, office.session("admin").store.writing() as work:
        work.premises.ensure("9", "1", "101")
    resident(office.session("clerk"), "何晓", "13800009999", "4-1-101")

    assert [action for action, *_ in added] == []
    assert found(office) == set()


def test_a_new_list_of_fields_moves_values_and_loses_no_imprint(office, person):
    p3 = consenting(office.session("clerk"), P3, name="何晓", mobile="13800009999")
    with office.session("admin").store.writing() as work:
        live = work.catalogue.live()
        at = office.clock.now()
        work.answers.put(p3, P3, {live.answers(P3)[0].key: None}, source="x", at=at)
        gone = {one.key for one in (*live.answers(P3), live.answers(P2)[0])}
        kept = tuple(one for one in live.fields if one.key not in gone)
        work.catalogue.install(replace(live, fields=kept))
        work.audit.append("field.off", at=at)
        work.commit()
    assert office.sql("SELECT count(*) FROM row_salt WHERE tab = 'answers_p3'") == [(0,)]
    assert found(office) == set()

    with office.session("admin").store.writing() as work:
        work.answers.put(person, P2, answers(clean_need="in_home"), source="y", at=at)
        work.audit.append("answers.save", f"person:{person}", at=at)
        work.commit()
    assert found(office) == set()
    unguarded(office, "UPDATE answers_p2 SET source = 'x'")
    assert (Kind.ROW_CHANGED, f"answers_p2:{person}") in found(office)


# ---- offices of before ---------------------------------------------------------------------------


@pytest.fixture
def old(office, person):
    """As an older pmdesk left it: no row is bound yet, and its first entry says nothing of rows."""
    bodies = office.sql("SELECT body FROM audit WHERE seq = 1")
    body = json.loads(bodies[0][0])
    body.pop("rows")
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    unguarded(
        office,
        "DELETE FROM row_leaves",
        "DELETE FROM row_salt",
        f"UPDATE audit SET body = CAST('{plain}' AS BLOB) WHERE seq = 1",
        "UPDATE audit SET body = CAST(json_remove(CAST(body AS TEXT), '$.rows') AS BLOB)",
    )
    return office


def test_an_older_office_says_honestly_what_is_not_covered(old, person):
    unguarded(old, "UPDATE person SET name = '李四'")

    assert uncovered(old) > 20
    assert {kind for kind, _row in found(old)} & {Kind.ROW_CHANGED, Kind.ROW_NEW} == set()


def test_an_administrator_covers_an_older_office_in_steps(old, person, monkeypatch):
    monkeypatch.setattr(log_cover, "BATCH", 25)
    before = uncovered(old)
    steps = []
    with old.logged() as added:
        done = log_cover.cover(old.session("admin"), lambda at, total: steps.append((at, total)))

    assert done >= before
    assert uncovered(old) == 0
    assert {action for action, *_ in added} == {log_cover.COVERED}
    assert added[-1][2] == (log_cover.WHOLE,)
    assert len(steps) > 2
    unguarded(old, "UPDATE person SET name = '李四'")
    assert (Kind.ROW_CHANGED, f"person:{person}") in found(old)
    assert log_cover.cover(old.session("admin")) == 0


def test_a_cancel_keeps_what_is_covered_and_goes_on_later(old, monkeypatch):
    monkeypatch.setattr(log_cover, "BATCH", 25)

    def stop(_at, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        log_cover.cover(old.session("admin"), stop)
    left = uncovered(old)
    log_cover.cover(old.session("admin"))

    assert left > 0
    assert uncovered(old) == 0


# ---- which tables --------------------------------------------------------------------------------


def test_every_table_is_bound_or_says_why_not(office):
    with office.session("admin").store.reading() as work:
        bound = {one.name for one in rows.bound(work._connection)}
    known = {name for (name,) in office.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    known = {one for one in known if not one.startswith(("person_search", "answers_"))}

    assert known - bound == set(rows.UNBOUND) & known
    assert not bound & set(rows.UNBOUND)


@given(st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_column_that_came_later_changes_no_imprint(values):
    """It stands last, at its default."""
    names = tuple(f"c{place}" for place in range(len(values) + 2))
    old = rows.Bound(name="t", keys=("c0",), columns=names[:-1], defaults=(None,) * len(names[:-1]))
    new = rows.Bound(
        name="t", keys=("c0",), columns=names, defaults=(*(None,) * len(names[:-1]), "'0'")
    )
    row = [1, *values]

    assert rows.imprint(b"s", old, "1", row) == rows.imprint(b"s", new, "1", [*row, 0])
    assert rows.imprint(b"s", old, "1", row) != rows.imprint(b"s", new, "1", [*row, 1])
