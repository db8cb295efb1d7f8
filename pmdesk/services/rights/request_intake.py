"""What a clerk notes when a request comes in; name and room are enough, nothing is copied."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pmdesk.domain.fields import Problem
from pmdesk.domain.people import PersonId
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.requests import Identity, RequestChannel, Requester
from pmdesk.domain.rights import INNER, RIGHTS, Need, RightCode
from pmdesk.errors import RefusedError
from pmdesk.i18n import N_, Words
from pmdesk.services.refusal import screen

LONGEST = 500
_NAMELESS = N_("Name and room are enough, but both are needed.")
_UNKNOWN = N_("Who asks, and what is the relation to the person?")
_WRONG_PERSON = N_("This right is not asked for by such a person.")
_WHICH_RIGHT = N_("Which right is asked for in the person's name?")
_WHICH_CONSENT = N_("Which consent is withdrawn?")
_NO_ACCOUNT = N_("This colleague has no account.")
_LONG = N_("At most 500 characters")
_PLACES = {
    "who": Words("姓名", "Name"),
    "unit": Words("房号", "Room"),
    "requester_name": Words("提出人姓名", "Name of who asks"),
    "relation": Words("与本人的关系", "Relation to the person"),
    "words": Words("请求内容", "What is asked for"),
}
_REQUESTERS = {
    RightCode.DECEASED: frozenset({Requester.KIN}),
    RightCode.MINOR: frozenset({Requester.GUARDIAN, Requester.SELF}),
    RightCode.AGENT: frozenset({Requester.AGENT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A request as it comes in."""

    code: RightCode
    channel: RequestChannel = RequestChannel.ORAL
    person: PersonId | None = None
    who: str = ""
    unit: str = ""
    requester: Requester = Requester.SELF
    requester_name: str = ""
    relation: str = ""
    words: str = ""
    inner: RightCode | None = None
    purposes: tuple[PurposeCode, ...] = ()
    field: str = ""
    target: str = ""
    identity: Identity | None = None

    @property
    def asked(self) -> RightCode:
        """What has to be done in the end."""
        return self.inner or self.code


def problems(intake: Intake, staff: Collection[str] = ()) -> tuple[Problem, ...]:
    """What must be mended before the request can be entered."""
    named = intake.who.strip() and intake.unit.strip()
    presented = intake.requester_name.strip() and intake.relation.strip()
    speaks = Need.INNER in RIGHTS[intake.code].needs
    asked_by = _REQUESTERS.get(intake.code, frozenset(Requester))
    rows = (
        ("who", intake.person is None and not named, _NAMELESS),
        ("requester_name", intake.requester is not Requester.SELF and not presented, _UNKNOWN),
        ("requester", intake.requester not in asked_by, _WRONG_PERSON),
        ("inner", speaks != (intake.inner in INNER), _WHICH_RIGHT),
        ("purposes", intake.code is RightCode.WITHDRAWAL and not intake.purposes, _WHICH_CONSENT),
        ("target", bool(intake.target) and intake.target not in staff, _NO_ACCOUNT),
        ("words", len(intake.words) > LONGEST, _LONG),
    )
    found = {key: Problem(key=key, sentence=words) for key, wrong, words in reversed(rows) if wrong}
    return (*found.values(), *_numbers(intake))


def _numbers(intake: Intake) -> Iterator[Problem]:
    """Where an identity or card number stands, and why it may not."""
    written = {
        "who": intake.who,
        "unit": intake.unit,
        "requester_name": intake.requester_name,
        "relation": intake.relation,
        "words": intake.words,
    }
    for key, text in written.items():
        if (problem := screen.number_problem(key, _PLACES[key], text)) is not None:
            yield problem


def require_sound(intake: Intake, staff: Collection[str]) -> None:
    """RefusedError unless the request can be entered."""
    found = problems(intake, staff)
    if found:
        raise RefusedError(
            N_("The request is not entered yet: {count} entries need mending."),
            N_("Mend the marked entries and enter it again."),
            count=len(found),
            keys=tuple(problem.key for problem in found),
        )
