"""The state of a consent step as one frozen value: what was shown, chosen, and is still missing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from pmdesk.domain.consents import (
    Act,
    Answer,
    Channel,
    Evidence,
    GivenBy,
    Representative,
    Sheet,
    Shown,
)
from pmdesk.domain.purposes import LegalBasis, PurposeCode
from pmdesk.i18n import N_
from pmdesk.services.consent.consents import Choice


class Step(IntEnum):
    """告知, 选择, 签字, 回执."""

    NOTICE = 0
    CHOICES = 1
    PROOF = 2
    RECEIPT = 3


STEPS = (N_("Notice"), N_("Choices"), N_("Signature"), N_("Receipt"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature from the pad; its picture was looked at and is not blank."""

    png: bytes
    strokes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How one sheet is proved."""

    act: Act | None = None
    paper_ref: str = ""
    witness: str = ""  # uid
    signed: Signed | None = None

    def missing(self, choices: Sequence[Choice]) -> str:
        """What has to happen before a sheet with a yes to these counts, as a message id."""
        if self.act is None:
            return N_("Choose how the decision is proved.")
        if self.act is Act.DRAWN and self.signed is None:
            return N_("Let {who} sign in the white field.")
        if self.act is Act.PAPER and not self.paper_ref.strip():
            return N_("Enter the number of the signed sheet.")
        if self.act is Act.ORAL and any(not choice.purpose.oral_allowed for choice in choices):
            return N_("What was agreed to needs a signature.")
        if self.act is Act.ORAL and choices and not self.witness:
            return N_("Choose the colleague who was there as a witness.")
        return ""


NOBODY_ELSE = Representative(name="", relation="", document="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What happened so far; nothing is agreed to before the person says so."""

    shown: frozenset[PurposeCode] = frozenset()  # its notice was opened
    read: frozenset[PurposeCode] = frozenset()  # and scrolled to its end, or printed
    told: bool = False  # read out, or handed over to read
    agreed: Mapping[PurposeCode, bool] = field(default_factory=dict)
    items: Mapping[PurposeCode, Mapping[str, bool]] = field(default_factory=dict)
    own: frozenset[PurposeCode] = frozenset()  # asked for by the person in spite of a no before
    adult: bool = False
    given_by: GivenBy = GivenBy.SELF
    representative: Representative = NOBODY_ELSE
    channel: Channel = Channel.COUNTER
    called: bool = False  # the person rang of their own accord
    respected: bool = False  # on a visit: no photograph, no note on the home
    proofs: Mapping[int, Proof] = field(default_factory=dict)  # by place of the sheet

    def showing(self, purpose: PurposeCode) -> "Decisions":
        """The notice of `purpose` is on the screen."""
        return replace(self, shown=self.shown | {purpose})

    def having_read(self, *purposes: PurposeCode) -> "Decisions":
        """These notices were shown to their end."""
        return replace(self, shown=self.shown.union(purposes), read=self.read.union(purposes))

    def deciding(self, purpose: PurposeCode, agreed: bool | None) -> "Decisions":
        """The person's answer to one purpose; None takes it back to undecided."""
        rest = {code: known for code, known in self.agreed.items() if code != purpose}
        items = {code: known for code, known in self.items.items() if code != purpose}
        decided = rest if agreed is None else {**rest, purpose: agreed}
        return replace(self, agreed=decided, items=items, proofs={})

    def deciding_item(self, purpose: PurposeCode, item: str, *, agreed: bool) -> "Decisions":
        """The person's answer to one item; the purpose is agreed to with any of them."""
        chosen = {**self.items.get(purpose, {}), item: agreed}
        return replace(
            self,
            agreed={**self.agreed, purpose: any(chosen.values())},
            items={**self.items, purpose: chosen},
            proofs={},
        )

    def coming_forward(self, purpose: PurposeCode, *, own: bool) -> "Decisions":
        """Whether the person asked for `purpose` without being asked; without it it is closed."""
        codes = self.own | {purpose} if own else self.own - {purpose}
        return replace(self if own else self.deciding(purpose, None), own=codes)

    def proving(self, place: int, proof: Proof) -> "Decisions":
        """How the sheet at that place is proved."""
        return replace(self, proofs={**self.proofs, place: proof})

    @property
    def unread(self) -> frozenset[PurposeCode]:
        """Opened, but neither shown to the end nor printed."""
        return self.shown - self.read

    def half_decided(self, choices: Sequence[Choice]) -> Choice | None:
        """The first purpose of which some items are decided and others are not."""
        begun = (choice for choice in choices if self.items.get(choice.purpose.code))
        return next((choice for choice in begun if self.open_items(choice)), None)

    def open_items(self, choice: Choice) -> tuple[str, ...]:
        """The items of that purpose without an answer."""
        known = self.items.get(choice.purpose.code, {})
        return tuple(option.code for option in choice.items if option.code not in known)

    def refusing_rest(self, choice: Choice) -> "Decisions":
        """No to every item of that purpose that has no answer yet."""
        made = self
        for item in self.open_items(choice):
            made = made.deciding_item(choice.purpose.code, item, agreed=False)
        return made

    @property
    def agrees(self) -> bool:
        """At least one purpose was agreed to."""
        return any(self.agreed.values())

    def sheets(self, choices: Sequence[Choice]) -> tuple[tuple[Choice, ...], ...]:
        """What is signed together: the ordinary purposes, then each separate consent by itself.

        A no needs no signature and goes with the first sheet that has none of its own.
        """
        decided = [choice for choice in choices if choice.purpose.code in self.agreed]
        alone = [c for c in decided if is_separate(c) and self.agreed[c.purpose.code]]
        together = tuple(choice for choice in decided if choice not in alone)
        return (*((together,) if together else ()), *((choice,) for choice in alone))

    def to_prove(self, choices: Sequence[Choice]) -> tuple[int, ...]:
        """The places of the sheets that need a proof; of mere refusals only when alone."""
        sheets = self.sheets(choices)
        agreeing = [at for at, sheet in enumerate(sheets) if self._agreed_of(sheet)]
        return tuple(agreeing or range(len(sheets)))

    def proof(self, place: int) -> Proof:
        """How that sheet is proved so far; it begins the way the one before was proved."""
        if place in self.proofs:
            return self.proofs[place]
        before = [self.proofs[at] for at in sorted(self.proofs) if at < place]
        last = before[-1] if before else Proof()
        return replace(last, paper_ref="", signed=None)

    def missing(self, step: Step, choices: Sequence[Choice]) -> str:
        """What has to happen before the next step, as a message id; empty when nothing."""
        if step is Step.NOTICE:
            return self._missing_notice()
        if step is Step.CHOICES:
            return self._missing_choice(choices)
        if step is Step.PROOF:
            found = (self.missing_proof(place, choices) for place in self.to_prove(choices))
            return next((words for words in found if words), "")
        return ""

    def missing_proof(self, place: int, choices: Sequence[Choice]) -> str:
        """What is missing of the sheet at that place, as a message id."""
        agreed = self._agreed_of(self.sheets(choices)[place])
        missing = self.proof(place).missing(agreed)
        if not missing and agreed and self.channel is Channel.VISIT and not self.respected:
            return N_("Confirm that nothing of the home was photographed or noted.")
        return missing

    def evidence(self, place: int) -> Evidence:
        """How the decisions of that sheet can be proved."""
        proof = self.proof(place)
        drawn = proof.signed if proof.act is Act.DRAWN else None
        return Evidence(
            channel=self.channel,
            act=proof.act or Act.ORAL,
            paper_ref=proof.paper_ref.strip() if proof.act is Act.PAPER else "",
            witness=proof.witness if proof.act is not Act.DRAWN else "",
            signature_png=drawn.png if drawn else b"",
            signature_strokes=drawn.strokes if drawn else "",
            adult_confirmed=self.adult,
            given_by=self.given_by,
            representative=None if self.given_by is GivenBy.SELF else self.representative,
            home_respected=self.respected,
        )

    def handed_over(
        self, choices: Sequence[Choice], shown: Mapping[PurposeCode, Shown]
    ) -> tuple[Sheet, ...]:
        """The sheets to be recorded, each with its proof and the notices that were shown."""
        return tuple(
            Sheet(
                answers=tuple(answer for choice in sheet for answer in self._answers(choice)),
                evidence=self.evidence(place),
                shown={
                    c.purpose.code: shown[c.purpose.code] for c in sheet if c.purpose.code in shown
                },
            )
            for place, sheet in enumerate(self.sheets(choices))
        )

    def document(self) -> str:
        """What a draft keeps: the choices, never the signature, and no proof of a notice shown.

        Items are sensitive: which were chosen is not kept, only that the purpose was refused.
        """
        plain = {code: yes for code, yes in self.agreed.items() if code not in self.items}
        return json.dumps({"agreed": plain})

    # ---- inside ----------------------------------------------------------------------------

    def _agreed_of(self, sheet: Sequence[Choice]) -> tuple[Choice, ...]:
        return tuple(choice for choice in sheet if self.agreed[choice.purpose.code])

    def _answers(self, choice: Choice) -> tuple[Answer, ...]:
        code = choice.purpose.code
        own = self.called or code in self.own
        items = self.items.get(code)
        if not items or not self.agreed[code]:
            return (Answer(purpose=code, agreed=self.agreed[code], own_initiative=own),)
        return tuple(
            Answer(purpose=code, agreed=yes, item=item, own_initiative=own)
            for item, yes in items.items()
        )

    def _missing_notice(self) -> str:
        if not self.shown:
            return N_("Open at least one notice.")
        if self.unread:
            return N_("Not yet shown to the end: {notices}. Scroll there, or print it.")
        return "" if self.told else N_("Tick that the notice was read out or handed over.")

    def _missing_choice(self, choices: Sequence[Choice]) -> str:
        if not self.agreed:
            return N_("Choose agree or disagree for at least one purpose.")
        if self.half_decided(choices) is not None:
            return N_("{purpose}: items not decided yet: {count}")
        if self.agrees and not self.adult:
            return N_("Confirm that the person is of age.")
        return self._missing_representative(choices)

    def _missing_representative(self, choices: Sequence[Choice]) -> str:
        other = self.representative
        if self.given_by is GivenBy.SELF:
            return ""
        if not all(text.strip() for text in (other.name, other.relation, other.document)):
            return N_("Enter who decides: name, relation and the document that was seen.")
        alone = any(is_separate(c) for c in choices if self.agreed.get(c.purpose.code))
        if self.given_by is GivenBy.AGENT and alone:
            return N_("An agent cannot agree to sensitive data: ask the person.")
        return ""


def is_separate(choice: Choice) -> bool:
    """Whether the consent needs a sheet of its own (PIPL 29)."""
    return choice.purpose.basis is LegalBasis.SEPARATE_CONSENT


def from_document(text: str, choices: Sequence[Choice]) -> Decisions:
    """The choices of a draft; the notices of what was chosen have to be shown again."""
    known = {choice.purpose.code for choice in choices if choice.rests_until is None}
    kept = json.loads(text).get("agreed", {})
    agreed = {PurposeCode(code): bool(yes) for code, yes in kept.items() if code in known}
    return Decisions(shown=frozenset(agreed), agreed=agreed)
