"""Whatever goes wrong, no sentence, traceback or log repeats what was typed about a person."""

import logging
import traceback

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import PartyRole
from pmdesk.domain.reveals import Reason, Why
from pmdesk.errors import PmdeskError
from pmdesk.i18n import told
from pmdesk.services import drafts, export, residents, revealing, staff
from pmdesk.services.residents import Registration
from tests.fakes import FakeClock
from tests.offices import ERRAND, P1, P2, P5, PAPER, answers, consenting, decide, renamed

MARKER = "zqxwv"

TEXTS = st.builds(
    lambda before, after: before + MARKER + after,
    st.sampled_from(["", "王", "1", "=", "'", '"', "%", "{", "\0", "\ud83d", "、", "😀"]),
    st.text(max_size=40) | st.just("\n") | st.just("{name}") | st.just("x" * 200),
)
KEYS = (
    st.sampled_from(["mail_address", "email", "clean_need", "repair_need", "assist_need"]) | TEXTS
)
VALUES = TEXTS | st.lists(TEXTS, max_size=2).map(tuple) | st.tuples(TEXTS, st.none())
ENTRIES = st.builds(
    Registration,
    name=TEXTS,
    mobile=TEXTS,
    building=TEXTS | st.just("3"),
    entrance=TEXTS | st.just(""),
    room=TEXTS | st.just("501"),
    role=st.sampled_from(PartyRole),
)
PURPOSES = st.sampled_from([P1, P2, P5])


@pytest.fixture(scope="module")
def desk(founded, tmp_path_factory):
    """A manager and somebody who consented."""
    office = founded.copied(tmp_path_factory.mktemp("leaks") / "office", FakeClock())
    manager = office.session("manager")
    yield office, manager, consenting(manager, P2, P5)
    office.close()


ACTS = {
    "register": lambda data, s, _p: residents.register(s, data.draw(ENTRIES)),
    "correct": lambda data, s, p: residents.correct(s, p, data.draw(ENTRIES), revision=0),
    "look": lambda data, s, _p: residents.look_alikes(s, data.draw(ENTRIES)),
    "search": lambda data, s, _p: residents.found(s, ResidentQuery(text=data.draw(TEXTS))),
    "building": lambda data, s, _p: residents.found(s, ResidentQuery(building=data.draw(TEXTS))),
    "tier": lambda data, s, _p: residents.found(s, ResidentQuery(tier=data.draw(TEXTS))),
    "answers": lambda data, s, p: residents.save_answers(
        s, p, data.draw(PURPOSES), {data.draw(KEYS): data.draw(VALUES)}
    ),
    "source": lambda data, s, p: residents.save_answers(s, p, P1, {}, source=data.draw(TEXTS)),
    "seal": lambda data, s, p: residents.seal_value(
        s, p, data.draw(PURPOSES), data.draw(KEYS), data.draw(TEXTS)
    ),
    "open": lambda data, s, p: residents.open_sealed(s, p, P5, data.draw(KEYS), data.draw(TEXTS)),
    "decide": lambda data, s, p: decide(
        s, p, {P5: True}, renamed(PAPER, paper_ref=data.draw(TEXTS), witness=data.draw(TEXTS))
    ),
    "draft": lambda data, s, _p: drafts.keep(s, data.draw(TEXTS), "new", data.draw(TEXTS)),
    "answers draft": lambda data, s, p: drafts.keep(
        s, "answers", drafts.answers_of(p, P2), data.draw(TEXTS)
    ),
    "password": lambda data, s, _p: staff.change_password(s, data.draw(TEXTS), "short"),
    "export": lambda data, s, _p: export.listing(s, ResidentQuery(text=data.draw(TEXTS)), ERRAND),
}


@pytest.mark.parametrize("act", ACTS)
@settings(
    max_examples=15,
    deadline=None,  # a real data file
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the log may grow
)
@given(st.data())
def test_no_error_and_no_log_repeats_what_was_typed(desk, caplog, act, data):
    _office, session, person = desk
    caplog.set_level(logging.DEBUG)

    said = _said(lambda: ACTS[act](data, session, person))

    assert said or act not in {"correct", "password", "open"}
    assert MARKER not in said
    assert MARKER not in caplog.text


def test_nothing_typed_stands_in_the_signed_log(desk):
    office, session, person = desk

    residents.save_answers(session, person, P1, answers(mail_address=MARKER))
    revealing.reveal_mobile(session, person, Why(reason=Reason.OTHER, words="问水表"))

    assert MARKER.encode() not in b"".join(office.bodies())
    assert office.broken_link() is None


def _said(act):
    """Everything that an error of the act could show anywhere; nothing when it went well."""
    try:
        act()
    except PmdeskError as error:
        trace = "".join(traceback.format_exception(error))
        return "\n".join((told(error), repr(error.places), trace))
    return ""
