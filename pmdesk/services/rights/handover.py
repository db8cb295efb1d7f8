"""移交 step by step: everybody is told, a second person approves, then the roster may leave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pmdesk.domain import entrusting, office
from pmdesk.domain.acts import ExportList
from pmdesk.domain.fields import Field, Problem
from pmdesk.domain.handover import summary, told_words
from pmdesk.domain.office import Changes, OfficeProfile
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.ports.notices import EVERY_NOTICE, ChangeId, ChangeText, NoticeChange
from pmdesk.domain.purpose_plans import Alteration, Aspect
from pmdesk.domain.records import Document, Record, RecordId, RecordStatus
from pmdesk.domain.staff import Permission
from pmdesk.errors import NotFoundError, RefusedError
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.records import records
from pmdesk.services.records.record_kinds import kind
from pmdesk.services.records.records import Standing
from pmdesk.services.session import Session

CHANGED = Changes.of(office.RECORDS, office.PURPOSES)
_SUBJECT = "handover:"  # and the number of the change notice
_ASKED = ("occasion", "recipient", "contact", "given_on", "statute", "paper")
_LABELS: Mapping[str, Words] = {
    "recipient": Words("接收方名称", "Who takes over"),
    "contact": Words("接收方联系人和电话", "Contact of who takes over"),
    "given_on": Words("交接日期", "Day of the hand-over"),
    "statute": Words("依据的规则或合同条款", "Clause that names the roster"),
    "paper": Words("文书名称和文号", "Document and its number"),
}


class Stage(StrEnum):
    """What has to be done next."""

    NOTICES = "notices"  # somebody has not been told yet who takes over
    SUBMIT = "submit"
    APPROVAL = "approval"  # a second person has to look at it
    PACKAGE = "package"
    HANDED = "handed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A hand-over as far as it has come: who was told, who approved, what left the office."""

    record: Record
    document: Document
    change: ChangeId
    people: int  # who have to be told, those registered since included
    told: int
    lists: tuple[ExportList, ...]  # newest first

    @property
    def recipient(self) -> str:
        """Who takes over."""
        return str(self.document.get("recipient") or "")

    @property
    def day(self) -> date | None:
        """From which day on."""
        found = self.document.get("given_on")
        return found if isinstance(found, date) else None

    @property
    def stage(self) -> Stage:
        """The next step; a person registered since leads back to the notices."""
        status = self.record.status
        if status is RecordStatus.CLOSED:
            return Stage.CLOSED
        if self.told < self.people:
            return Stage.NOTICES
        if status is RecordStatus.SUBMITTED:
            return Stage.APPROVAL
        if status is not RecordStatus.APPROVED:
            return Stage.SUBMIT
        return Stage.HANDED if self.lists else Stage.PACKAGE


def form() -> tuple[Field, ...]:
    """What is asked at the beginning: recipient, contact, day and ground, all of them needed."""
    made_of = kind(entrusting.DISCLOSURE)
    return tuple(_asked(made_of.field(key)) for key in _ASKED)


def problems(document: Document) -> tuple[Problem, ...]:
    """What is missing before people can be told."""
    return tuple(p for field in form() for p in field.problems(document.get(field.key)))


def handovers(session: Session) -> tuple[Handover, ...]:
    """All hand-overs, newest first."""
    with session.reading(Permission.CONFIGURE) as work:
        changes = {one.id: one for one in work.notices.changes()}
        return tuple(
            _read(work, record, changes[_change_of(record)])
            for record in work.records.all(entrusting.DISCLOSURE)
            if record.subject.startswith(_SUBJECT)
        )


def begin(session: Session, document: Document) -> tuple[RecordId, Changes]:
    """Everybody has to be told who takes over; the entry in the book is a draft until then."""
    with session.writing(Permission.CONFIGURE) as work:
        if problems(document):
            raise RefusedError(
                N_("The hand-over needs a recipient, a contact, a day and a ground."),
                N_("Fill in what is marked: the roster leaves only where a clause names it."),
            ).coded("E_NO_BASIS")
        profile = work.office.get()
        change = work.notices.change(
            EVERY_NOTICE,
            "",
            _notice(profile, document),
            asks_again=False,
            everybody=True,
            at=session.clock.now(),
            today=session.clock.today(),
        )
        made = records.create(
            session,
            work,
            entrusting.DISCLOSURE,
            f"{_SUBJECT}{change}",
            _entry(document, {"people": work.people.count()}),
        )
        session.log(work, "handover.begin", records.target(made), fields=_ASKED)
        work.commit()
    return made, CHANGED


def put_forward(session: Session, record: RecordId) -> Changes:
    """Everybody was told; a second person may look at the entry now."""
    with session.writing(Permission.CONFIGURE) as work:
        present = require_handover(work, record)
        require_told(session, work, present)
        today = session.clock.today()
        people = {line.person for line in work.rosters.lines(today=today)}
        document = records.document_of(work, present)
        told: Document = {"told_on": today, "people": len(people)}
        records.rewrite(session, work, record, _entry(document, told))
        records.submit(session, work, record)
        work.commit()
    return CHANGED


def require_handover(work: UnitOfWork, record: RecordId) -> Record:
    """The record, if it is a hand-over; NotFoundError for any other."""
    found = work.records.get(record)
    if found.kind != entrusting.DISCLOSURE or not found.subject.startswith(_SUBJECT):
        raise NotFoundError(N_("There is no such hand-over."), N_("Reload the page."))
    return found


def require_told(session: Session, work: UnitOfWork, record: Record) -> None:
    """RefusedError while anybody of the register has not been told who takes over (PIPL 22)."""
    change = _change_of(record)
    if added := work.rosters.widen(change):
        session.log(work, "handover.widened", records.target(record.id), row={"people": added})
        work.commit()  # whom the notice did not reach yet stands on its list, whatever comes
    if missing := len(work.notices.untold(change)):
        raise RefusedError(
            N_("{count} people have not been told yet who takes over."),
            N_("Hand out the change notice or hang up the poster, and tick them off first."),
            count=missing,
        ).coded("E_EXPORT_NOTICE")


def require_approval(work: UnitOfWork, record: Record) -> Standing:
    """What a second person approved, if it is still what people were told."""
    found = records.stands(work, record)
    if found is None:
        raise RefusedError(
            N_("Nobody has approved this hand-over yet."),
            N_("Put it forward; a second person decides under “Disclosures”."),
        ).coded("E_EXPORT_APPROVAL")
    change = _change_of(record)
    notice = next(one for one in work.notices.changes() if one.id == change)
    said_so = (one.new for one in notice.text.alterations if one.aspect is Aspect.HANDOVER)
    fits = found.document.get("occasion") in entrusting.MOVES_ALONG
    if not fits or told_words(found.document) not in said_so:
        raise RefusedError(
            N_("The entry names another recipient, contact or day than people were told."),
            N_("Close it with a reason and begin a new hand-over, so that they are told."),
        ).coded("E_EXPORT_NOTICE")
    return found


def list_prefix(record: Record) -> str:
    """How the numbers of the lists of this hand-over begin."""
    return f"H-{record.number}-"


def _asked(field: Field) -> Field:
    label = _LABELS.get(field.key, field.label)
    options = tuple(one for one in field.options if one.code in entrusting.MOVES_ALONG)
    return replace(field, label=label, options=options, required=True)


def _notice(profile: OfficeProfile, document: Document) -> ChangeText:
    told = Alteration(
        aspect=Aspect.HANDOVER,
        old=Words(profile.name, profile.name),
        new=told_words(document),
    )
    return ChangeText(alterations=(told,), summary=summary(document))


def _entry(document: Document, more: Document) -> Document:
    """The entry in the book of disclosures; what is handed over does not hang on who writes it."""
    purpose = _("the next company serves the property (Civil Code 949)")
    known: Document = {
        "foreign": False,
        "regular": False,
        "purpose": purpose,
        "method": _("file and paper list, signed for"),
        "categories": _("roster: name, room, role, phone; list of buildings and units"),
        "media": "XLSX, PDF",
        "scope_checked": True,
        "basis": "statute",
    }
    return {**known, **document, **more}


def _change_of(record: Record) -> ChangeId:
    return ChangeId(int(record.subject.removeprefix(_SUBJECT)))


def _read(work: UnitOfWork, record: Record, change: NoticeChange) -> Handover:
    prefix = list_prefix(record)
    return Handover(
        record=record,
        document=records.document_of(work, record),
        change=change.id,
        people=change.people + work.rosters.unlisted(change.id),
        told=change.told,
        lists=tuple(one for one in work.export_lists.all() if one.number.startswith(prefix)),
    )


def ground(document: Document) -> str:
    """The clause and the document, in a line."""
    words = said(Words("{rule}（{paper}）", "{rule} ({paper})"))
    return words.format(rule=document.get("statute"), paper=document.get("paper"))
