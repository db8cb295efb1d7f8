"""Ten ways of tampering with the log, through the real store: what shows, and what cannot show."""

import random
from dataclasses import dataclass, replace
from typing import Any

import pytest

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.proof import Flaw
from pmdesk.domain.reveals import Reason, Why
from pmdesk.services import residents, revealing
from pmdesk.store import audit, reconcile, row_check, signers
from pmdesk.store.proof import SqlProof
from tests.faults import tampering
from tests.faults.scale import times
from tests.offices import P2, answers, consenting, founded_office

ATTEMPTS = times(20, 100)
BEFORE, AFTER = answers(clean_need="common_only"), answers(clean_need="in_home")


@dataclass
class Stage:
    """An office with a history, an anchor in the middle of it, and a clerk who knows SQL."""

    connection: Any
    context: Any  # of the reviewer, who checks
    header: Any
    attacker: tampering.Attacker
    anchor: Anchor
    person: int
    copy: Any  # rows and salts as they were when the anchor was made

    def found(self):
        """Whether the chain, the anchor and the rows show that something is wrong."""
        proof = SqlProof(self.connection, self.context)
        chain_holds = proof.check().holds
        return not chain_holds, not proof.contains(self.anchor), bool(proof.differences())


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """The office, and the anchor that lies elsewhere since the middle of its history."""
    from tests.fakes import FakeClock

    folder = tmp_path_factory.mktemp("tampering")
    office = founded_office(folder / "founded").copied(folder / "office", FakeClock())
    clerk, manager = office.session("clerk"), office.session("manager")
    person = consenting(clerk, values=BEFORE)
    for session in (manager, clerk, manager):
        revealing.reveal_mobile(session, person, Why(reason=Reason.SERVICE))
    with office.session("reviewer").store.reading() as work:
        anchor = work.proof.anchor(clerk.clock.now())
        copy = tampering.copied(work._connection, ("answers_p2", "person", "row_salt"))
    for session in (manager, clerk):
        revealing.reveal_mobile(session, person, Why(reason=Reason.SERVICE))
    residents.save_answers(clerk, person, P2, AFTER)
    yield office, anchor, person, copy
    office.close()


@pytest.fixture
def stage(history):
    """The office as it was; whatever an attack does is undone before the next."""
    office, anchor, person, copy = history
    clerk = office.session("clerk").store._context
    victim = office.session("manager").staff.uid
    engine = office.opened["reviewer"].engine
    with engine.connect().execution_options(write=True) as connection:
        tampering.freed(connection)
        yield Stage(
            connection=connection,
            context=office.session("reviewer").store._context,
            header=office.opened["reviewer"].header,
            attacker=tampering.Attacker(uid=clerk.uid, sign=clerk.sign, victim=victim),
            anchor=anchor,
            person=person,
            copy=copy,
        )


def plain(attack):
    """An attack that does not care where anchors are."""
    return lambda stage, chance: attack(stage.connection, stage.attacker, chance)


def knowing(attack):
    """An attack of somebody who knows where the anchor is."""
    return lambda stage, chance: attack(stage.connection, stage.attacker, chance, stage.anchor)


def put_back(attack):
    """The attack, and the values are made to fit what the log says afterwards."""

    def both(stage, chance):
        attack(stage, chance)
        stage.connection.exec_driver_sql("UPDATE answers_p2 SET clean_need = 'common_only'")

    return both


def with_a_copy(attack):
    """The attack of somebody who kept a copy of the file: rows and salts are those of the copy."""

    def both(stage, chance):
        attack(stage, chance)
        for table, rows in stage.copy.items():
            tampering.replaced(stage.connection, table, rows)

    return both


def change_row(stage, chance):
    """One row of a table says something else than what the log committed to."""
    stage.connection.exec_driver_sql("DROP TRIGGER notice_stands")
    stage.connection.exec_driver_sql("DROP TRIGGER ruleset_document_stands")
    statement = chance.choice(
        (
            "UPDATE answers_p2 SET clean_need = 'common_only'",
            "UPDATE answers_p2 SET clean_need = NULL",
            "DELETE FROM answers_p2",
            "UPDATE staff SET role = 'admin' WHERE role = 'clerk'",
            "UPDATE staff SET enabled = 0 WHERE role = 'reviewer'",
            "UPDATE notice SET text = text || '。' WHERE purpose = 'P2'",
            "UPDATE ruleset SET document = document || ' '",
            "UPDATE person SET name = '李四'",
            "UPDATE person SET mobile = '13900000000'",
            "DELETE FROM occupancy",
            "UPDATE consent SET valid_until = '2040-01-01'",
            "UPDATE unit SET room = room || '1'",
            "UPDATE building SET name = name || '座'",
        )
    )
    stage.connection.exec_driver_sql(statement)


def rewrite_everything(stage, chance):
    """A new log, new keys, a new roster, and a header that fits."""
    del chance
    forged = tampering.rewrite_everything(stage.connection, stage.header)
    stage.context = replace(stage.context, certify=lambda: forged)


# (shown by the chain, by the anchor, by the rows); None: it depends on which row it was
TABLE = {
    "edit": (plain(tampering.edit), True, None, None),
    "edit and chain anew": (plain(tampering.edit_and_rechain), True, None, None),
    "delete in the middle": (plain(tampering.delete_middle), True, None, None),
    "swap": (plain(tampering.swap), True, None, None),
    "insert in another's name": (plain(tampering.insert_for_another), True, False, None),
    "replay": (plain(tampering.replay), True, False, None),
    "delete the tail before the anchor": (knowing(tampering.cut_before), False, True, None),
    "delete the tail after the anchor": (knowing(tampering.cut_after), False, False, True),
    "the same, and put the values back": (
        put_back(knowing(tampering.cut_after)),
        *(False, False, True),  # the salts of then are gone
    ),
    "the same, and put everything back from a copy": (
        with_a_copy(knowing(tampering.cut_after)),
        *(False, False, False),
    ),
    "rewrite one's own last entry": (knowing(tampering.rewrite_own), False, False, True),
    "the same, and put that value back": (
        put_back(knowing(tampering.rewrite_own)),
        *(False, False, True),
    ),
    "change a row outside pmdesk": (change_row, False, False, True),
    "write everything anew": (rewrite_everything, False, True, None),
}


@pytest.mark.parametrize("attempt", range(ATTEMPTS))
@pytest.mark.parametrize("name", TABLE)
def test_tampering_shows_where_the_manual_says(stage, name, attempt, figure):
    attack, *expected = TABLE[name]
    attack(stage, random.Random(f"{name} {attempt}"))
    found = stage.found()
    by = [how for how, told in zip(("chain", "anchor", "rows"), expected, strict=True) if told]
    figure(f"tampering: {name}", 1, f"told by {' and '.join(by)}" if by else "not told")

    shown = [(one, two) for one, two in zip(found, expected, strict=True) if two is not None]
    assert all(one == two for one, two in shown), found


def test_an_office_that_nobody_tampered_with_holds(stage):
    assert stage.found() == (False, False, False)


# ---- controls: a verifier without one of its checks ----------------------------------------------


@pytest.mark.parametrize(
    ("removed", "name"),
    [(Flaw.UNLINKED, "edit"), (Flaw.UNSIGNED, "edit and chain anew")],
)
def test_without_one_check_of_an_entry_an_attack_goes_unseen(stage, monkeypatch, removed, name):
    whole = audit.flaw
    monkeypatch.setattr(audit, "flaw", lambda *of: None if (one := whole(*of)) is removed else one)
    TABLE[name][0](stage, random.Random(1))

    assert stage.found()[0] is False


def test_without_certificates_an_entry_in_anothers_name_goes_unseen(stage, monkeypatch):
    monkeypatch.setattr(signers, "_counts", lambda *_claim: True)
    chance = random.Random(1)
    monkeypatch.setattr(chance, "random", lambda: 0.0)  # he puts his key on record
    tampering.insert_for_another(stage.connection, stage.attacker, chance)

    assert stage.found()[0] is False


def test_without_the_look_at_rows_a_changed_row_goes_unseen(stage, monkeypatch):
    monkeypatch.setattr(reconcile, "_of_answers", lambda *_of: ())
    monkeypatch.setattr(row_check, "_of_table", lambda *_of, **_how: ())
    stage.connection.exec_driver_sql("UPDATE answers_p2 SET clean_need = 'common_only'")

    assert stage.found() == (False, False, False)
