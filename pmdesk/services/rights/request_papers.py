"""Every paper and file of a case: made when asked for, noted with its hash, stored nowhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pmdesk.domain.acts import REQUEST_WORDS
from pmdesk.domain.fields import FieldKey
from pmdesk.domain.people import PersonId
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.requests import CLOSED, Request, Requester, RequestId, StepCode, Todo
from pmdesk.domain.rights import RIGHTS, Output, RightCode
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_, _, said
from pmdesk.services.case_words import Paper
from pmdesk.services.paper import letter_text
from pmdesk.services.paper.letter_text import Envelope, Letter
from pmdesk.services.rights import dossier, dossier_text, transfer
from pmdesk.services.rights.request_acts import Acted
from pmdesk.services.rights.request_explain import explained
from pmdesk.services.rights.request_steps import (
    RECIPIENT,
    digest_of,
    person_of,
    require_words,
    stepped,
    target,
)
from pmdesk.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A finished file with the ending of its name."""

    ending: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Files that belong together, and the hash that stands in the timeline."""

    name: str
    files: tuple[File, ...]
    digest: str


_OF: Mapping[Output, Paper] = {
    Output.DOSSIER: Paper.DOSSIER,
    Output.KIN_DOSSIER: Paper.DOSSIER,
    Output.PACKAGE: Paper.PACKAGE,
    Output.CORRECTION: Paper.CORRECTION,
    Output.CERTIFICATE: Paper.CERTIFICATE,
    Output.RESTRICTION: Paper.RESTRICTION,
    Output.CONFIRMATION: Paper.CONFIRMATION,
    Output.EXPLANATION: Paper.EXPLANATION,
    Output.DECISION: Paper.DECISION,
    Output.REPLY: Paper.REPLY,
}
_FILES = frozenset({Paper.DOSSIER, Paper.PACKAGE})
_KIN_TABLES = frozenset({"person", "occupancy", "answers_p1", "archive", "erasure"})


def output(request: Request) -> Paper:
    """What the person gets in the end."""
    return _OF[RIGHTS[request.asked].output]


def offered(request: Request) -> tuple[Paper, ...]:
    """The papers that the case can give out now."""
    found = [Paper.RECEIPT]
    if request.reason is not None:
        found.append(Paper.REFUSAL)
    made = output(request)
    early = made in _FILES | {Paper.EXPLANATION}
    ready = request.todo in {Todo.ACT, Todo.CHECK} if early else False
    if made is not Paper.CORRECTION and (ready or request.acted_by):
        found.append(made)
    if RIGHTS[request.asked].code is RightCode.OBJECTION and Paper.EXPLANATION not in found:
        found.append(Paper.EXPLANATION)
    if request.answer and Paper.REPLY not in found:
        found.append(Paper.REPLY)
    return tuple(found)


def letter(session: Session, request: RequestId, paper: Paper) -> Letter:
    """The words of that paper; that it was made stands in the timeline."""
    with session.writing(Permission.RECEIVE_REQUESTS) as work:
        found = work.requests.get(request)
        if paper not in offered(found) or paper in _FILES:
            raise NotFoundError(
                N_("The case cannot give out this paper now."), N_("Reload the case and look.")
            )
        made = _LETTERS[paper](session, work, envelope(session, work, found))
        _handed(session, work, found, paper, digest_of(repr(made).encode()))
        work.commit()
    return made


def corrected(session: Session, request: RequestId, acted: Acted) -> Letter:
    """The value before and after; the values are known only to the hand that changed them."""
    with session.reading(Permission.HANDLE_REQUESTS) as work:
        around = envelope(session, work, work.requests.get(request))
        if acted.before == acted.after:
            return letter_text.kept_value(around, acted.field, acted.after)
        return letter_text.correction(around, acted.field, acted.before, acted.after)


def make_dossier(session: Session, request: RequestId) -> Bundle:
    """Everything held about the person, for people and for machines; logged with its hash."""
    from pmdesk.services.rights.dossier_paper import dossier_pdf  # noqa: PLC0415  # reportlab is slow

    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = _to_be_made(work, request, Paper.DOSSIER)
        person = person_of(found)
        sealed = found.requester is not Requester.AGENT  # sensitive data only to the principal
        only = _KIN_TABLES if found.asked is RightCode.DECEASED else None
        made = dossier.gathered(session, work, person, found.number, sealed=sealed, only=only)
        dossier.require_whole(made)
        file = made.as_json()
        digest = digest_of(file)
        sections = dossier_text.sections(work, made)
        counts = {name: len(rows) for name, rows in made.tables.items()}
        stepped(
            session, work, found, StepCode.HANDED, Paper.DOSSIER.value, digest=digest, counts=counts
        )
        session.log(work, "dossier.make", f"person:{person}", row={"sha256": digest})
        work.commit()
    files = (File(ending="pdf", data=dossier_pdf(made, sections)), File(ending="json", data=file))
    return Bundle(
        name=_("Dossier {number}").format(number=found.number), files=files, digest=digest
    )


def make_package(session: Session, request: RequestId, recipient: str) -> Bundle:
    """The transfer package with its delivery note; the disclosure is in the books."""
    session.require(Permission.HANDLE_REQUESTS)
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    require_words(RECIPIENT, recipient)
    with session.writing(Permission.HANDLE_REQUESTS) as work:
        found = _to_be_made(work, request, Paper.PACKAGE)
        made = transfer.package(session, work, found, person_of(found), recipient.strip())
        transfer.enter_disclosure(session, work, found, recipient.strip(), made)
        around = envelope(session, work, found)
        note = letter_text.delivery(around, recipient.strip(), made.parts, made.digest)
        stepped(session, work, found, StepCode.HANDED, Paper.PACKAGE.value, digest=made.digest)
        work.commit()
    files = (File(ending="json", data=made.file), File(ending="pdf", data=letter_pdf(note)))
    return Bundle(
        name=_("Transfer {number}").format(number=found.number), files=files, digest=made.digest
    )


def envelope(session: Session, work: UnitOfWork, request: Request) -> Envelope:
    """Whom a letter of this case goes to."""
    return Envelope(
        office=work.office.get(),
        request=request,
        whom=request.requester_name or _name(work, request),
        at=session.clock.now(),
        operator=session.staff.name,
    )


# ---- the letters -----------------------------------------------------------------------------

Write = Callable[[Session, UnitOfWork, Envelope], Letter]


def _receipt(session: Session, work: UnitOfWork, around: Envelope) -> Letter:
    del session, work
    return letter_text.receipt(around)


def _refusal(session: Session, work: UnitOfWork, around: Envelope) -> Letter:
    del session, work
    return letter_text.refusal(around)


def _certificate(session: Session, work: UnitOfWork, around: Envelope) -> Letter:
    del session
    request = around.request
    person = person_of(request)
    acted = next(one for one in work.requests.steps(request.id) if one.code is StepCode.ACTED)
    lines = [line for number in acted.counts or () for line in work.erasures.get(number)]
    catalogue = work.catalogue.live()
    known = {str(one.code): said(one.name) for one in catalogue.purposes}
    fields = {one.key: said(one.label) for one in catalogue.fields}
    fields[REQUEST_WORDS] = _("what you wrote to the rights desk")

    def scope(purpose: str, field: str) -> str:
        everything = _("everything but what the law makes us keep")
        return " · ".join(
            filter(None, (known.get(purpose, everything), fields.get(FieldKey(field), "")))
        )

    erased = [(line, scope(line.scope.purpose, line.scope.field)) for line in lines]
    return letter_text.certificate(around, erased, verified(work, person))


def verified(work: UnitOfWork, person: PersonId) -> str:
    """What is still there after an erasure, looked up at this moment."""
    catalogue = work.catalogue.live()
    kept = [
        said(one.name)
        for one in catalogue.purposes
        if one.needs_consent and work.answers.get(person, one.code) is not None
    ]
    if kept:
        return _(
            "Looked up again: values are still held for {purposes}, with your consent."
        ).format(purposes=_(", ").join(kept))
    held = bool(work.dossiers.rows("person", "id", int(person)))
    if held:
        return _(
            "Looked up again: nothing of it was found. Contract data stay while the contract runs."
        )
    return _("Looked up again: you are in no list and no search any more.")


def _restriction(session: Session, work: UnitOfWork, around: Envelope) -> Letter:
    del session
    catalogue = work.catalogue.live()
    names = [said(catalogue.purpose(code).name) for code in around.request.purposes]
    return letter_text.restriction(around, names)


def _confirmation(session: Session, work: UnitOfWork, around: Envelope) -> Letter:
    del session
    request = around.request
    if request.asked is RightCode.MARKETING:
        return letter_text.confirmation(around, (_("no offers from now on"),))
    catalogue = work.catalogue.live()
    names = (said(catalogue.purpose(code).name) for code in request.purposes)
    words = N_("consent to “{purpose}” withdrawn, values erased")
    return letter_text.confirmation(around, [_(words).format(purpose=name) for name in names])


def _explanation(session: Session, work: UnitOfWork, around: Envelope) -> Letter:
    rows = ((_("What"), _("Value")), *explained(session, work, around.request.person))
    return around.letter(
        _("How your service tier comes about"),
        _("this is what the rules of this office look at, and what came out of them."),
        rows=rows,
        closing=(
            _("You may object at any time: the standard holds at once, and a person decides."),
            letter_text.complaint_bodies(around.office),
        ),
    )


def _decision(session: Session, work: UnitOfWork, around: Envelope) -> Letter:
    del session
    request = around.request
    route = None if request.person is None else work.acts.human_route(request.person)
    catalogue = work.catalogue.live()
    step = next(s for s in work.requests.steps(request.id) if s.code is StepCode.ACTED)
    names = {one.uid: one.name for one in work.staff.all()}
    tier = route.tier if route else None
    shown = said(catalogue.tier(tier).name) if tier else _("the result of the rules stands")
    return letter_text.decision(around, shown, step.note or "—", names.get(step.by, ""))


def _reply(session: Session, work: UnitOfWork, around: Envelope) -> Letter:
    del session, work
    return letter_text.reply(around, around.request.answer or said(around.request.right.done))


_LETTERS: Mapping[Paper, Write] = {
    Paper.RECEIPT: _receipt,
    Paper.CERTIFICATE: _certificate,
    Paper.RESTRICTION: _restriction,
    Paper.CONFIRMATION: _confirmation,
    Paper.EXPLANATION: _explanation,
    Paper.DECISION: _decision,
    Paper.REPLY: _reply,
    Paper.REFUSAL: _refusal,
}


def _to_be_made(work: UnitOfWork, request: RequestId, paper: Paper) -> Request:
    found = work.requests.get(request)
    known = found.todo in {Todo.ACT, Todo.CHECK, Todo.ANSWER, Todo.CLOSE}
    if output(found) is not paper or not known or found.state in CLOSED:
        raise RefusedError(
            N_("The case cannot give out this file now."),
            N_("First it has to be clear who asks."),
        )
    return found


def _name(work: UnitOfWork, request: Request) -> str:
    """As the register has it; of somebody who is not in it as it was given, if it still is."""
    key = 0 if request.person is None else int(request.person)
    rows = work.dossiers.rows("person", "id", key)
    return str(rows[0]["name"]) if rows else request.who


def _handed(
    session: Session, work: UnitOfWork, request: Request, paper: Paper, digest: str
) -> None:
    stepped(session, work, request, StepCode.HANDED, paper.value, digest=digest)
    session.log(work, "request.paper", target(request.id), fields=[paper.value])
