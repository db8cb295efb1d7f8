"""The state of a consent step as one frozen value: what was shown, chosen, and is still missing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from pmdesk.domain.consents import Act, Channel, Evidence
from pmdesk.domain.purposes import Purpose, PurposeCode
from pmdesk.i18n import N_
from pmdesk.services.consents import Choice


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
class Decisions:
    """What happened so far; nothing is agreed to before the person says so."""

    shown: frozenset[PurposeCode] = frozenset()  # its notice was opened
    read: frozenset[PurposeCode] = frozenset()  # and scrolled to its end, or printed
    told: bool = False  # read out, or handed over to read
    agreed: Mapping[PurposeCode, bool] = field(default_factory=dict)
    adult: bool = False
    channel: Channel = Channel.COUNTER
    act: Act | None = None
    paper_ref: str = ""
    witness: str = ""
    signed: Signed | None = None

    def showing(self, purpose: PurposeCode) -> "Decisions":
        """The notice of `purpose` is on the screen."""
        return replace(self, shown=self.shown | {purpose})

    def having_read(self, *purposes: PurposeCode) -> "Decisions":
        """These notices were shown to their end."""
        return replace(self, shown=self.shown.union(purposes), read=self.read.union(purposes))

    def deciding(self, purpose: PurposeCode, agreed: bool | None) -> "Decisions":
        """The person's answer to one purpose; None takes it back to undecided."""
        rest = {code: known for code, known in self.agreed.items() if code != purpose}
        return replace(self, agreed=rest if agreed is None else {**rest, purpose: agreed})

    @property
    def agrees(self) -> bool:
        """At least one purpose was agreed to."""
        return any(self.agreed.values())

    def missing(self, step: Step, purposes: Sequence[Purpose]) -> str:
        """What has to happen before the next step, as a message id; empty when nothing."""
        if step is Step.NOTICE:
            return self._missing_notice()
        if step is Step.CHOICES:
            return self._missing_choice()
        return self._missing_proof(purposes) if step is Step.PROOF else ""

    def _missing_notice(self) -> str:
        if not self.shown:
            return N_("Open at least one notice.")
        if self.shown - self.read:
            return N_("Scroll each opened notice to its end, or print it.")
        return "" if self.told else N_("Tick that the notice was read out or handed over.")

    def _missing_choice(self) -> str:
        if not self.agreed:
            return N_("Choose agree or disagree for at least one purpose.")
        if self.agrees and not self.adult:
            return N_("Confirm that the person is of age.")
        return ""

    def _missing_proof(self, purposes: Sequence[Purpose]) -> str:
        if self.act is None:
            return N_("Choose how the decision is proved.")
        if self.act is Act.DRAWN and self.signed is None:
            return N_("Let the person sign in the white field.")
        if self.act is Act.PAPER and not self.paper_ref.strip():
            return N_("Enter the number of the signed sheet.")
        if self.act is Act.ORAL and not self.may_be_oral(purposes):
            return N_("What was agreed to needs a signature.")
        if self.act is not Act.DRAWN and self.agrees and not self.witness.strip():
            return N_("Enter the colleague who was there as a witness.")
        return ""

    def may_be_oral(self, purposes: Sequence[Purpose]) -> bool:
        """Every purpose agreed to may be agreed to by word of mouth."""
        return all(
            purpose.oral_allowed for purpose in purposes if self.agreed.get(purpose.code, False)
        )

    def evidence(self) -> Evidence:
        """How the decisions can be proved."""
        drawn = self.signed if self.act is Act.DRAWN else None
        return Evidence(
            channel=self.channel,
            act=self.act or Act.ORAL,
            paper_ref=self.paper_ref.strip() if self.act is Act.PAPER else "",
            witness=self.witness.strip() if self.act is not Act.DRAWN else "",
            signature_png=drawn.png if drawn else b"",
            signature_strokes=drawn.strokes if drawn else "",
            adult_confirmed=self.adult,
        )

    def document(self) -> str:
        """What a draft keeps: the choices, never the signature, and no proof of a notice shown."""
        return json.dumps({"agreed": dict(self.agreed)})


def from_document(text: str, choices: Sequence[Choice]) -> Decisions:
    """The choices of a draft; the notices of what was chosen have to be shown again."""
    known = {choice.purpose.code for choice in choices}
    kept = json.loads(text).get("agreed", {})
    agreed = {PurposeCode(code): bool(yes) for code, yes in kept.items() if code in known}
    return Decisions(shown=frozenset(agreed), agreed=agreed)
