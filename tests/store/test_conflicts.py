"""What was decided or taken away meanwhile is told, never done twice."""

from dataclasses import replace

import pytest

from pmdesk.domain.dimensions import INCOME, SwitchState
from pmdesk.domain.people import PersonId
from pmdesk.errors import ConflictError, NotFoundError
from pmdesk.store.dossiers import SqlDossiers
from pmdesk.store.own_words import SqlOwnWords
from pmdesk.store.service_notes import SqlServiceNotes
from pmdesk.store.switches import SqlSwitches
from tests.store.conftest import AT


def test_a_decided_proposal_is_not_decided_again(connection, context):
    switches = SqlSwitches(connection, context)
    proposal = switches.propose(INCOME, "一" * 15, "二" * 15, at=AT)
    second = SqlSwitches(connection, replace(context, uid="0" * 31 + "2"))
    second.decide(proposal, on=False, words="不需要", at=AT)
    with pytest.raises(ConflictError):
        second.decide(proposal, on=True, words="需要", at=AT)
    assert [one.state for one in switches.all(INCOME)] == [SwitchState.REFUSED]


def test_a_table_without_the_column_is_not_read(connection, context):
    with pytest.raises(NotFoundError):
        SqlDossiers(connection, context).rows("person", "no_such_column", 1)


def test_a_word_that_was_removed_is_not_removed_again(connection, context):
    words = SqlOwnWords(connection, context)
    second = SqlOwnWords(connection, replace(context, uid="0" * 31 + "2"))
    word = words.add("星座", "与物业服务无关", at=AT)
    words.propose_removal(word, "没有人再写", at=AT)
    second.remove(word, at=AT)
    with pytest.raises(ConflictError):
        second.remove(word, at=AT)


def test_nobody_who_is_not_in_the_register_gets_a_note(connection, context):
    with pytest.raises(NotFoundError):
        SqlServiceNotes(connection, context).add(PersonId(4711), "换灯泡", at=AT)
