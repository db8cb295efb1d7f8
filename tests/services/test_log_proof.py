"""What is remembered of the log, what is missing from it, and that both are said and logged."""

from dataclasses import dataclass, field, replace

import pytest

from pmdesk.app import offices
from pmdesk.domain.anchors import Anchor
from pmdesk.domain.progress import silent
from pmdesk.domain.proof import Break, Difference, Flaw, Kind
from pmdesk.errors import RefusedError
from pmdesk.services import backups, log_proof, log_rows, log_words, residents
from pmdesk.store.rows import UNBOUND
from pmdesk.store.shelf import Shelf
from tests.offices import CHEAP, PASSPHRASE, consenting, resident

SECRET = "granite teapot willow sunrise 47"


@dataclass
class Memory:
    """What a computer remembers, without a computer."""

    kept: dict[str, Anchor] = field(default_factory=dict)

    def of(self, vault):
        return tuple(one for one in self.kept.values() if one.vault == vault)

    def keep(self, anchor):
        self.kept[anchor.by] = anchor

    def forget(self, vault):
        self.kept = {by: one for by, one in self.kept.items() if one.vault != vault}


@pytest.fixture
def memory():
    return Memory()


def remembered(session, memory):
    """The end of the log as it is remembered at a sign-in."""
    point = log_proof.at_sign_in(session, memory).point
    assert point is not None
    return point


def test_the_end_of_a_log_that_holds_is_remembered(reviewer, memory):
    first = log_proof.at_sign_in(reviewer, memory)
    again = log_proof.at_sign_in(reviewer, memory)

    assert first.holds
    assert (first.checked.since, again.checked.since) == (0, first.checked.count)
    assert memory.kept[reviewer.staff.uid] == again.point


def test_the_end_moves_with_what_is_done(office, reviewer, memory):
    point = remembered(reviewer, memory)
    resident(office.session("clerk"))
    moved = log_proof.advanced(reviewer, memory, point)

    assert moved is not None
    assert moved.count == point.count + 1
    assert memory.kept[reviewer.staff.uid] == moved


def test_a_missing_tail_is_told_and_logged_once(office, reviewer, memory):
    point = remembered(reviewer, memory)
    later = replace(point, count=point.count + 5)  # as if five more had been there
    memory.keep(later)
    with office.logged() as added:
        first = log_proof.at_sign_in(reviewer, memory)
        log_proof.at_sign_in(office.session("clerk"), memory)

    assert not first.holds
    assert first.point is None
    assert memory.kept == {reviewer.staff.uid: later}, "what tells of the loss stays"
    assert [(action, target) for action, target, _fields in added] == [("log.lost", "log")]
    words = log_words.lost_words(later, point.count)
    assert f"there were {later.count}" in words
    assert f"now there are {point.count}" in words


def test_an_anchor_that_is_no_longer_on_the_way_is_told(reviewer, memory):
    point = remembered(reviewer, memory)
    elsewhere = replace(point, head="ab" * 32)
    memory.keep(elsewhere)

    assert log_proof.at_sign_in(reviewer, memory).lost == (elsewhere,)
    assert log_proof.advanced(reviewer, memory, elsewhere) is None
    assert "is not the one" in log_words.lost_words(elsewhere, point.count)


def test_a_loss_that_was_explained_is_not_told_again(office, reviewer, memory):
    point = remembered(reviewer, memory)
    memory.keep(replace(point, head="ab" * 32))
    log_proof.at_sign_in(reviewer, memory)
    with pytest.raises(RefusedError):
        log_proof.accept(reviewer, memory, " ")
    with office.logged() as added:
        log_proof.accept(reviewer, memory, "从备份恢复。")

    assert [action for action, *_ in added] == ["log.accepted"]
    assert log_proof.at_sign_in(reviewer, memory).holds


def test_a_full_check_looks_at_chain_anchors_and_rows(office, reviewer, memory):
    assert log_proof.full(reviewer, memory).holds
    consenting(office.session("clerk"), values={"clean_need": "in_home"})
    with reviewer.store.writing() as work:
        work._connection.exec_driver_sql("UPDATE answers_p2 SET clean_need = 'common_only'")
        work.commit()
    with office.logged() as added:
        report = log_proof.full(reviewer, memory)
        log_proof.full(reviewer, memory)

    assert [one.kind for one in report.differences] == [Kind.ANSWERS]
    assert [action for action, *_ in added] == ["log.rows_changed"]
    assert "clean_need" in log_words.sentences(report)[0]


def test_a_broken_entry_is_in_the_log_too(office, reviewer, memory, monkeypatch):
    broken = Break(seq=3, flaw=Flaw.UNSIGNED)
    real = log_proof._standing

    def standing(*of):
        found = real(*of)
        return replace(found, checked=replace(found.checked, broken=broken), point=None)

    monkeypatch.setattr(log_proof, "_standing", standing)
    with office.logged() as added:
        log_proof.at_sign_in(reviewer, memory)

    assert added == [("log.broken", "log", ("3", "unsigned"))]


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_has_a_sentence(flaw):
    assert "12" in log_words.broken_words(Break(seq=12, flaw=flaw))


@pytest.mark.parametrize("kind", Kind)
def test_every_changed_row_has_a_sentence(kind):
    one = Difference(kind=kind, target="x", seq=1, fields=("f",))
    assert "{" not in log_words.difference_words(one)


def test_nothing_of_this_changes_what_the_log_says_of_people(office, reviewer, memory):
    person = consenting(office.session("clerk"))
    before = office.broken_link()
    log_proof.full(reviewer, memory)
    residents.detail(reviewer, person)

    assert (before, office.broken_link()) == (None, None)


def test_what_a_restore_took_is_told_as_such_and_is_no_emergency(office, memory, monkeypatch):
    monkeypatch.setattr(Shelf.__init__, "__defaults__", (CHEAP,))
    admin = office.session("admin")
    backups.set_passphrase(admin, SECRET)
    made = backups.make(admin, silent)[1]
    point = remembered(admin, memory)
    for number in range(9):
        resident(admin, f"甲{number}", mobile="")
    log_proof.advanced(admin, memory, point)
    backups.replace(admin, made.path, SECRET, PASSPHRASE, silent)
    office.close()

    opened = offices.sign_in(office.folder, "admin", PASSPHRASE, office.clock)
    admin = opened.session
    found = log_proof.at_sign_in(admin, memory)
    told = log_words.sentences(found.report)
    alarm = log_proof.alarm(admin)
    assert not found.holds
    assert alarm is not None
    assert "put back to an earlier state" in told[0]
    assert log_words.alarm_words(alarm) == (told[0],)
    assert log_words.what_to_do(found.report) == log_words.AFTER_RESTORE
    assert log_words.what_to_do_about(alarm) == log_words.AFTER_RESTORE
    full = log_proof.full(admin, memory)
    assert full.restored == found.restored

    log_proof.accept(admin, memory, "Put back on purpose.")
    assert log_proof.at_sign_in(admin, memory).holds
    lost_since = replace(point, count=10_000)
    memory.keep(lost_since)
    again = log_proof.at_sign_in(admin, memory)
    assert again.restored is None, "more is gone than the restore took"
    assert log_words.what_to_do(again.report) == log_words.WHAT_TO_DO
    opened.close()


def test_an_account_is_told_by_the_name_it_signs_in_with(office, reviewer):
    office.tampered("UPDATE staff SET role = 'admin' WHERE role = 'clerk'")

    found = [one for one in log_proof.rows(reviewer) if one.kind is Kind.ACCOUNT]

    assert [log_words.difference_words(one) for one in found] == [
        "The account clerk is not as an administrator signed it."
    ]


# ---- findings that wait for an explanation -------------------------------------------------------


def test_a_finding_is_an_alarm_until_somebody_explains_it(office, reviewer, memory):
    person = resident(office.session("clerk"))
    assert log_proof.alarm(reviewer) is None
    office.tampered("UPDATE person SET name = '李四'")
    log_proof.full(reviewer, memory)

    alarm = log_proof.alarm(reviewer)
    assert alarm is not None
    words = log_words.alarm_words(alarm)
    assert words == (
        f"Changed outside pmdesk: name, phone or particulars of resident no. {person}.",
    )
    log_proof.accept(reviewer, memory, "Tried out by the helper, put back.")
    assert log_proof.alarm(reviewer) is None
    log_proof.full(reviewer, memory)
    assert log_proof.alarm(reviewer) is None, "the same is not told again"

    office.tampered("UPDATE person SET mobile = '13900000000'", "DELETE FROM occupancy")
    log_proof.full(reviewer, memory)
    again = log_proof.alarm(reviewer)
    assert again is not None
    assert any("Taken out" in words for words in log_words.alarm_words(again))


def test_an_explanation_of_rows_keeps_what_this_computer_remembers(office, reviewer, memory):
    point = remembered(reviewer, memory)
    resident(office.session("clerk"))
    office.tampered("UPDATE person SET name = '李四'")
    log_proof.full(reviewer, memory)
    log_proof.accept(reviewer, memory, "Tried out.")

    assert memory.kept[reviewer.staff.uid] == point


def test_a_check_that_finds_nothing_is_on_record(office, reviewer, memory):
    with office.logged() as added:
        count = log_proof.full(reviewer, memory).checked.count

    assert added == [("log.verified", "log", (f"entries:{count}", "uncovered:0"))]


def test_many_changed_rows_are_named_up_to_a_number(office, reviewer, memory, monkeypatch):
    monkeypatch.setattr(log_proof, "MOST", 2)
    for number in range(4):
        resident(office.session("clerk"), f"何晓{number}", f"1380000990{number}", "4-1-101")
    office.tampered("UPDATE person SET name = '李四'")
    log_proof.full(reviewer, memory)

    alarm = log_proof.alarm(reviewer)
    assert alarm is not None
    assert log_words.alarm_words(alarm)[-1] == "And 2 rows more."


def test_rows_are_looked_at_once_a_day(office, reviewer):
    resident(office.session("clerk"))
    assert log_proof.rows(reviewer) == ()
    office.tampered("UPDATE person SET name = '李四'")
    assert log_proof.rows(reviewer) == ()
    office.clock.advance(days=1, minutes=1)

    (found,) = log_proof.rows(reviewer)
    assert found.kind is Kind.ROW_CHANGED
    assert log_proof.alarm(reviewer) is not None


def test_a_lost_tail_and_a_broken_entry_are_told_as_alarms(office, reviewer, memory):
    point = remembered(reviewer, memory)
    memory.keep(replace(point, count=point.count + 5))
    log_proof.at_sign_in(reviewer, memory)
    office.tampered("DROP TRIGGER audit_stands", "UPDATE audit SET sig = x'00' WHERE seq = 7")
    log_proof.full(reviewer, memory)

    alarm = log_proof.alarm(reviewer)
    assert alarm is not None
    words = log_words.alarm_words(alarm)
    assert "Entries of the log are gone that this computer remembers." in words
    assert any("Entry 7" in one for one in words)


def test_every_kind_of_row_has_a_name(office):
    names = {name for (name,) in office.sql("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    bound = {one for one in names if not one.startswith(("answers_", "person_search"))}

    assert bound - set(UNBOUND) <= set(log_rows.NOUNS)
    assert "17" in log_rows.row_words("answers_p2:17")
    assert "P2" in log_rows.row_words("answers_p2:17")
    assert "later_table" in log_rows.row_words("later_table:17")
