"""What is remembered of the log, what is missing from it, and that both are said and logged."""

from dataclasses import dataclass, field, replace

import pytest

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.proof import Break, Difference, Flaw, Kind
from pmdesk.errors import RefusedError
from pmdesk.services import log_proof, log_words, residents
from tests.offices import consenting, resident


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


@pytest.fixture
def reviewer(office):
    return office.session("reviewer")


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
