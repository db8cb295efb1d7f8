"""Any sequence of acts on a consent: what is stored always fits the state, and moves are legal."""

import itertools
from contextlib import suppress

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pmdesk.domain.consent_moves import IN_FORCE, MOVES, STANDING, Move
from pmdesk.domain.consents import ConsentState, Decision
from pmdesk.errors import PmdeskError
from pmdesk.services import acts, residents
from pmdesk.services.consent import consents
from tests.offices import P2, P5, PLATE, PLATE_NO, Office, answers, decide, resident

PURPOSES = st.sampled_from([P2, P5, PLATE])
_ENDS = {Decision.EXPIRED: Move.RUN_OUT, Decision.STALE: Move.CHANGE_NOTICE}
ITEMS = st.sets(st.sampled_from(["ramp", "carrying"]), min_size=1)


class ConsentLife(RuleBasedStateMachine):
    """One person, three purposes, and everything that may happen to them."""

    office: Office  # one for all examples: each has a person of its own
    numbers = itertools.count()

    def __init__(self):
        super().__init__()
        self.desk = self.office.session("manager")
        self.office.clock.advance(minutes=1)
        self.person = resident(self.desk, room=f"1-1-{next(self.numbers) + 101}")
        self.known = dict.fromkeys((P2, P5, PLATE), ConsentState.NEVER_ASKED)

    # ---- acts ------------------------------------------------------------------------------

    @rule(purpose=st.sampled_from([P2, PLATE]), agreed=st.booleans())
    def answer(self, purpose, agreed):
        """The person says yes or no."""
        move = Move.AGREE if agreed else Move.REFUSE
        self._move(purpose, move, lambda: decide(self.desk, self.person, {purpose: agreed}))

    @rule(items=ITEMS, refused=ITEMS | st.just(set()))
    def answer_items(self, items, refused):
        """The person decides item by item."""
        asked = {(P5, item): item not in refused for item in items | refused}
        move = Move.AGREE if any(asked.values()) else Move.REFUSE
        self._move(P5, move, lambda: decide(self.desk, self.person, asked))

    @rule(purpose=PURPOSES)
    def withdraw(self, purpose):
        """The person takes it back."""
        withdrawn = consents.withdraw
        self._move(purpose, Move.WITHDRAW, lambda: withdrawn(self.desk, self.person, purpose))

    @precondition(lambda self: self.known[P5] in STANDING)
    @rule(data=st.data())
    def withdraw_item(self, data):
        """The person takes one item back; with the last one the consent has ended."""
        slots = [item.slot for item in self._group(P5).items]
        slot = data.draw(st.sampled_from(slots))
        consents.withdraw(self.desk, self.person, P5, item=slot)
        if slots == [slot]:
            self.known[P5] = ConsentState.WITHDRAWN

    @precondition(lambda self: not IN_FORCE.isdisjoint(self.known.values()))
    @rule(purpose=PURPOSES)
    def restrict(self, purpose):
        """The use of the purpose is stopped."""
        self._move(purpose, Move.RESTRICT, lambda: self._act(acts.restrict, purpose))

    @precondition(lambda self: ConsentState.RESTRICTED in self.known.values())
    @rule(purpose=PURPOSES)
    def lift(self, purpose):
        """It goes on."""
        self._move(purpose, Move.LIFT, lambda: self._act(acts.lift, purpose))

    @rule(purpose=PURPOSES, how=st.sampled_from(sorted(_ENDS)))
    def end(self, purpose, how):
        """The time runs out, or the notice changes."""
        if self.known[purpose] in MOVES[_ENDS[how]]:
            self._move(purpose, _ENDS[how], lambda: self._end(purpose, how))

    @rule()
    def write(self):
        """Somebody tries to enter values, whatever the state."""
        with suppress(PmdeskError):
            residents.save_answers(self.desk, self.person, P2, answers(clean_need="in_home"))
        with suppress(PmdeskError):
            residents.seal_value(self.desk, self.person, PLATE, PLATE_NO, "1")

    # ---- what always holds -----------------------------------------------------------------

    @invariant()
    def the_page_shows_the_state_the_table_says(self):
        """Each purpose is where its moves led."""
        page = residents.detail(self.desk, self.person, again=True)
        states = {group.purpose.code: group.state for group in page.groups}
        for purpose, known in self.known.items():
            shown = states[purpose]
            near = known is ConsentState.LIVE and shown is ConsentState.EXPIRING
            assert shown is known or near, purpose

    @invariant()
    def values_stand_only_under_a_consent_that_stands(self):
        """RL-01, RL-02, RL-06: no consent, no value, no item, no result."""
        for table, purpose in (
            ("answers_p2", P2),
            ("classification", P2),
            ("consent_item", P5),
            ("sealed_value", PLATE),
        ):
            assert not self._count(table) or self.known[purpose] in STANDING, table
        assert bool(self._count("consent_item")) == (self.known[P5] in STANDING)

    @invariant()
    def a_result_needs_a_consent_in_force(self):
        """What is restricted classifies nobody."""
        assert bool(self._count("classification")) == (self.known[P2] in IN_FORCE)

    # ---- inside ----------------------------------------------------------------------------

    def _move(self, purpose, move, act):
        """The act goes through exactly when the table has the move."""
        known = self.known[purpose]
        legal = known in MOVES[move]
        try:
            act()
        except PmdeskError:
            assert not legal, (purpose, known, move)
        else:
            assert legal or move in {Move.RESTRICT, Move.LIFT}, (purpose, known, move)
        if legal:
            self.known[purpose] = MOVES[move][known]

    def _end(self, purpose, how):
        with self.desk.store.writing() as work:
            clock = self.desk.clock
            ends = work.consent_ends.end
            ends(self.person, purpose, how, at=clock.now(), today=clock.today())
            work.commit()

    def _act(self, act, purpose):
        with self.desk.store.writing() as work:
            act(self.desk, work, self.person, purpose)
            work.commit()

    def _count(self, table):
        of_person = f"SELECT count(*) FROM {table} WHERE person = :p"  # fixed names
        return self.office.sql(of_person, p=self.person)[0][0]

    def _group(self, purpose):
        page = residents.detail(self.desk, self.person, again=True)
        return next(group for group in page.groups if group.purpose.code == purpose)


def test_whatever_happens_stored_values_fit_the_consent(office):
    ConsentLife.office = office
    run_state_machine_as_test(
        ConsentLife,
        settings=settings(
            max_examples=25,
            stateful_step_count=16,
            deadline=None,  # a real data file
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            phases=(Phase.generate,),
        ),
    )
