"""What belongs together in a record of a kind, and who may approve it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from pmdesk.domain import assessments, entrusting, incidents, self_audits
from pmdesk.domain.fields import Problem
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.purposes import PurposeCode
from pmdesk.domain.records import Document, RecordKind, RecordStatus
from pmdesk.domain.staff import Staff
from pmdesk.i18n import LANGUAGES, N_
from pmdesk.services.records import letters
from pmdesk.services.refusal import screen

_OF_PROCESSORS = "processor:"  # the subject of an assessment of one

Check = Callable[[UnitOfWork, Document, date], tuple[Problem, ...]]


def problems(
    work: UnitOfWork, kind: RecordKind, document: Document, today: date
) -> tuple[Problem, ...]:
    """What must be mended before somebody can decide on this record."""
    check = CHECKS.get(kind.code)
    return (
        *kind.problems(document),
        *_numbers(kind, document),
        *(check(work, document, today) if check else ()),
    )


def _numbers(kind: RecordKind, document: Document) -> Iterator[Problem]:
    """No record, policy or poster holds the number of an identity paper or a bank card."""
    for field in kind.fields:
        text = document.get(field.key)
        if isinstance(text, str):
            found = screen.number_problem(field.key, field.label, text)
            if found is not None:
                yield found


def _processor(work: UnitOfWork, document: Document, _today: date) -> tuple[Problem, ...]:
    found = entrusting.processor_problems(document)
    if not _is_approved(work, assessments.KIND, document.get("assessment"), _OF_PROCESSORS):
        unknown = Problem(
            key="assessment",
            sentence=N_("There is no approved assessment of a processor under this number"),
        )
        return (*found, unknown)
    return found


def _joint(work: UnitOfWork, document: Document, _today: date) -> tuple[Problem, ...]:
    purpose = PurposeCode(str(document.get("notice_purpose") or ""))
    version = str(document.get("notice_version") or "")
    known = (work.catalogue.notice_version(purpose, version, language) for language in LANGUAGES)
    notices = [notice for notice in known if notice is not None]
    if not notices:
        sentence = N_("There is no notice of this purpose and version")
    elif str(document.get("name")) not in "".join(notice.text for notice in notices):
        sentence = N_("This version of the notice does not name them")
    else:
        return ()
    return (Problem(key="notice_version", sentence=sentence),)


def _support(work: UnitOfWork, document: Document, _today: date) -> tuple[Problem, ...]:
    found = entrusting.support_problems(document)
    if not _is_approved(work, entrusting.PROCESSOR, document.get("processor")):
        unknown = Problem(
            key="processor", sentence=N_("There is no approved processor of this number")
        )
        return (*found, unknown)
    return found


def _is_approved(work: UnitOfWork, kind: str, number: object, subject: str = "") -> bool:
    wanted = str(number or "").strip()
    for record in work.records.all(kind):
        fits = record.number == wanted and record.subject.startswith(subject)
        if fits and record.status is not RecordStatus.CLOSED:
            steps = work.records.decisions(record.id)
            return any(one.step is RecordStatus.APPROVED for one in steps)
    return False


def _refuse_foreign(document: Document, staff: Staff) -> None:
    del staff  # nobody may
    entrusting.refuse_foreign(document)


CHECKS: Mapping[str, Check] = {
    assessments.KIND: lambda _work, document, today: assessments.problems(document, today),
    incidents.KIND: lambda _work, document, _today: incidents.problems(document),
    self_audits.KIND: lambda _work, document, _today: self_audits.problems(document),
    entrusting.PROCESSOR: _processor,
    entrusting.DISCLOSURE: lambda _work, document, _today: entrusting.disclosure_problems(document),
    letters.KIND: lambda _work, document, _today: letters.problems(document),
    entrusting.JOINT: _joint,
    entrusting.SUPPORT: _support,
}

# What a kind asks of whoever approves it, beyond a second person and a reason.
APPROVALS: Mapping[str, Callable[[Document, Staff], None]] = {
    assessments.KIND: assessments.refuse_approval,
    entrusting.DISCLOSURE: _refuse_foreign,
}

# What must be so before a record of a kind may be closed.
ENDINGS: Mapping[str, Callable[[Document], None]] = {
    incidents.KIND: incidents.refuse_open_end,
    entrusting.PROCESSOR: entrusting.refuse_open_end,
}
