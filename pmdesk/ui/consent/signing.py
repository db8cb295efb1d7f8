"""The sheets of a consent, proved one after the other: what is separate is signed apart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from pmdesk.domain.consents import Act, Channel
from pmdesk.services.consent.consents import Choice
from pmdesk.ui.consent.decisions import Decisions, Proof, Signed
from pmdesk.ui.consent.proof_step import ProofStep


class Signing(QStackedWidget):
    """A form for each sheet that needs a proof; one of them is on the screen."""

    changed = Signal(object)  # Decisions

    def __init__(self) -> None:
        super().__init__()
        self.steps: dict[int, ProofStep] = {}
        self.place = 0
        self._decisions = Decisions()
        self._choices: Sequence[Choice] = ()
        self._witnesses: Mapping[str, str] = {}

    @property
    def step(self) -> ProofStep:
        """The sheet on the screen."""
        return self.steps[self.place]

    @property
    def is_last(self) -> bool:
        """No sheet follows."""
        return self.place == self._places[-1]

    def start(self, choices: Sequence[Choice], witnesses: Mapping[str, str]) -> None:
        """These are the purposes, and these colleagues may be witnesses."""
        self._choices, self._witnesses = choices, witnesses

    def begin(self, decisions: Decisions) -> None:
        """The first sheet of these decisions; what was signed for others before is gone."""
        self._decisions = decisions
        self.place = self._places[0]
        if not decisions.proofs or set(self.steps) != set(self._places):
            self._lay_out()

    def turn(self, *, forward: bool) -> bool:
        """The next sheet, or the one before, is on the screen; whether there is one."""
        at = self._places.index(self.place) + (1 if forward else -1)
        if not 0 <= at < len(self._places):
            return False
        self.place = self._places[at]
        return True

    def missing(self) -> str:
        """What is missing of the sheet on the screen, as a message id."""
        return self._decisions.missing_proof(self.place, self._choices)

    def show_decisions(self, decisions: Decisions) -> None:
        """The sheet on the screen shows what is known of its proof."""
        self._decisions = decisions
        self.setCurrentWidget(self.step)
        self.step.show_decisions(decisions, self.place, self._choices)

    def undo(self) -> None:
        """The last stroke on this sheet is gone."""
        if self.steps:
            self.step.pad.undo()

    def forget(self) -> None:
        """No signature is in any field."""
        for step in self.steps.values():
            step.forget()

    # ---- inside ----------------------------------------------------------------------------

    @property
    def _places(self) -> tuple[int, ...]:
        return self._decisions.to_prove(self._choices)

    def _lay_out(self) -> None:
        for old in self.steps.values():
            self.removeWidget(old)
            old.deleteLater()
        self.steps = {place: self._made(place) for place in self._places}

    def _made(self, place: int) -> ProofStep:
        made = ProofStep(self._witnesses)
        made.channel_chosen.connect(self._take_channel)
        made.called_ticked.connect(
            lambda on: self.changed.emit(replace(self._decisions, called=on))
        )
        made.respected_ticked.connect(
            lambda on: self.changed.emit(replace(self._decisions, respected=on))
        )
        made.act_chosen.connect(partial(self._take_act, place))
        made.signed.connect(partial(self._sign, place))
        made.noted.connect(partial(self._take_note, place))
        self.addWidget(made)
        return made

    def _take_channel(self, channel: Channel) -> None:
        self.changed.emit(replace(self._decisions, channel=channel))

    def _take_act(self, place: int, act: Act) -> None:
        self._prove(place, replace(self._decisions.proof(place), act=act))

    def _sign(self, place: int, signed: Signed | None) -> None:
        self._prove(place, replace(self._decisions.proof(place), signed=signed))

    def _take_note(self, place: int, paper: str, witness: str) -> None:
        proof = self._decisions.proof(place)
        self._prove(place, replace(proof, paper_ref=paper, witness=witness))

    def _prove(self, place: int, proof: Proof) -> None:
        self.changed.emit(self._decisions.proving(place, proof))
