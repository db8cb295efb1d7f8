"""The package of a hand-over: the contract's roster as a workbook, and the list that goes with it.

It reads names, rooms, roles and phones of the register and no table of answers, so that nothing a
person agreed to can get into it. Of shielded people neither room nor phone leaves the office: no
clause of a contract outweighs that, and they can tell the new company themselves.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pmdesk.domain.acts import ExportList, ListKind
from pmdesk.domain.export_guard import (
    Errand,
    ExportPurpose,
    ExportRequestId,
    Load,
    Recipient,
    Wish,
    canonical,
)
from pmdesk.domain.exports import ExportKind
from pmdesk.domain.handover import RosterLine
from pmdesk.domain.office import Changes, OfficeProfile
from pmdesk.domain.people import PartyRole
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import Document, Record, RecordId
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, _
from pmdesk.services import export_guard
from pmdesk.services.export_guard import Shown, Sizing
from pmdesk.services.paper.letter_text import Letter
from pmdesk.services.records import records
from pmdesk.services.rights import handover
from pmdesk.services.rights.handover import CHANGED
from pmdesk.services.session import Session
from pmdesk.services.wording import ROLES

_HEAD = (N_("Building"), N_("Entrance"), N_("Room"), N_("Name"), N_("Role"), N_("Phone"))
_WIDTHS = (14, 10, 12, 14, 12, 18)

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """The files, and what the office writes down about them."""

    number: str
    workbook: bytes
    paper: bytes
    digest: str  # SHA-256 of the workbook
    people: int
    changes: Changes = CHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    lines: tuple[RosterLine, ...]
    units: tuple[Row, ...]
    left_out: int

    @property
    def people(self) -> list[int]:
        return sorted({int(line.person) for line in self.lines})

    @property
    def load(self) -> Load:
        """A roster tells nothing economic."""
        return Load(people=frozenset(self.people))

    @property
    def shielded(self) -> int:
        return len({line.person for line in self.lines if line.shielded})


def package(
    session: Session,
    record: RecordId,
    request: ExportRequestId | None = None,
    write: Callable[[HandedOver], object] = lambda _made: None,
) -> HandedOver:
    """The files to hand over; refused before everybody was told and a second person approved.

    A large roster needs a request of its own, see `ask`: the approval of the entry says that it may
    be handed over, the request that this file may be made now. `write` makes the files: where it
    cannot, nothing counts as handed over.
    """
    session.require(Permission.CONFIGURE)
    with session.writing(Permission.EXPORT) as work:
        present = handover.require_handover(work, record)
        handover.require_told(session, work, present)
        document = handover.require_approval(work, present).document
        content, approval = _content(session, work), None
        if request is None:
            export_guard.passed(session, work, _wish(present), content.load)
        else:
            wish = _wish(present)
            approval = export_guard.allowed(session, work, request, wish, content.load)
        made = _made(session, work, document, content, _number(work, present))
        _listed(session, work, made, content, _errand(document))
        if approval is not None:
            export_guard.used(session, work, approval, made.number)
        session.log(
            work,
            "disclosure.handover",
            records.target(record),
            fields=[made.number, f"sha256 {made.digest}"],
            row={"people": made.people},
        )
        write(made)
        work.commit()
    return made


def _made(
    session: Session, work: UnitOfWork, document: Document, content: _Content, number: str
) -> HandedOver:
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    stamp = export_guard.stamp(session, number, export_guard.moment(session, work))
    workbook = _workbook(content, stamp)
    digest = hashlib.sha256(workbook).hexdigest()
    profile = work.office.get()
    letter = _letter(session, profile, document, content, number=number, digest=digest)
    return HandedOver(
        number=number,
        workbook=workbook,
        paper=letter_pdf(letter, mark=stamp),
        digest=digest,
        people=len(content.people),
    )


def _content(session: Session, work: UnitOfWork) -> _Content:
    today = session.clock.today()
    return _Content(
        lines=work.rosters.lines(today=today),
        units=work.rosters.units(),
        left_out=work.rosters.left_out(today=today),
    )


def ask(session: Session, record: RecordId, reason: str) -> Changes:
    """A second person is asked for the file of exactly this hand-over."""
    session.require(Permission.CONFIGURE)
    with session.writing(Permission.EXPORT) as work:
        present = handover.require_handover(work, record)
        handover.require_told(session, work, present)
        document = handover.require_approval(work, present).document
        load = _content(session, work).load
        export_guard.ask(session, work, _wish(present), _errand(document), reason, load)
        work.commit()
    return CHANGED


def guarded(session: Session, record: RecordId) -> tuple[Sizing, tuple[Shown, ...]]:
    """How large the roster is, and what the present user asked for this hand-over."""
    with session.reading(Permission.EXPORT) as work:
        wish = _wish(handover.require_handover(work, record))
        sizing = export_guard.sized(session, work, _content(session, work).load)
    mine = export_guard.own(session)
    return sizing, tuple(one for one in mine if one.request.fingerprint == wish.fingerprint)


def _wish(record: Record) -> Wish:
    query = canonical({"record": record.number})
    return Wish(kind=ExportKind.HANDOVER, query=query, unmasked=True)


def _errand(document: Document) -> Errand:
    return Errand(
        purpose=ExportPurpose.HANDOVER,
        recipient=Recipient.SUCCESSOR,
        to=str(document["recipient"]),
    )


def _number(work: UnitOfWork, record: Record) -> str:
    prefix = handover.list_prefix(record)
    before = sum(one.number.startswith(prefix) for one in work.export_lists.all())
    return f"{prefix}{before + 1}"


def _listed(
    session: Session, work: UnitOfWork, made: HandedOver, content: _Content, errand: Errand
) -> None:
    """The list is on record with whom it names, so that it can be fetched back."""
    listed = ExportList(
        number=made.number,
        at=export_guard.moment(session, work),
        by=session.staff.uid,
        what=ListKind.HANDOVER,
        recipient=errand.to,
        people=len(content.people),
        masked=False,
        errand=errand,
    )
    work.export_lists.add(listed, content.people)


def _workbook(content: _Content, stamp: str) -> bytes:
    """Two sheets with who made them above each; nothing passes through a temporary folder."""
    import xlsxwriter  # noqa: PLC0415  # slow to import: pages show before anybody exports

    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for title, rows in _sheets(content):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(2, 0)
            sheet.write_string(0, 0, stamp)
            sheet.set_header("&C" + stamp.replace("&", "&&"))
            sheet.repeat_rows(0, 1)
            for column, name in enumerate(rows[0]):
                sheet.set_column(column, column, _WIDTHS[column])
                sheet.write_string(1, column, name, bold)
            for number, row in enumerate(rows[1:], start=2):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)  # a string is never a formula
    return held.getvalue()


def _sheets(content: _Content) -> tuple[tuple[str, Sequence[Row]], ...]:
    head = tuple(map(_, _HEAD))
    return (
        (_("Roster"), (head, *(_cells(line) for line in content.lines))),
        (_("Buildings and units"), (head[:3], *content.units)),
    )


def _cells(line: RosterLine) -> Row:
    place = (_("Shielded"), "", "") if line.shielded else (line.building, line.entrance, line.room)
    return (*place, line.name, _(ROLES[PartyRole(line.role)]), line.mobile)


def _letter(
    session: Session,
    profile: OfficeProfile,
    document: Document,
    content: _Content,
    *,
    number: str,
    digest: str,
) -> Letter:
    at = f"{session.clock.now().astimezone():%Y-%m-%d %H:%M}"
    rows = (
        (_("What"), _("Value")),
        (_("Recipient"), str(document["recipient"])),
        (_("Contact"), str(document["contact"])),
        (_("Ground"), handover.ground(document)),
        (_("Everybody told on"), str(document["told_on"])),
        (_("People on the roster"), f"{len(content.people):,}"),
        (_("of them without room and phone (shielded)"), f"{content.shielded:,}"),
        (_("Left out: use restricted by the person"), f"{content.left_out:,}"),
        (_("Units on the list"), f"{len(content.units):,}"),
        ("SHA-256", digest),
    )
    closing = (
        _("Not in it: answers, consents, sensitive entries, tiers and tags (P2 to P8)."),
        _("A value whose truth a person disputes is left blank until that is settled."),
        _("Handed over: ____________    Received: ____________    Day: ____________"),
    )
    return Letter(
        title=_("Hand-over list"),
        number=number,
        opening=_("{office} hands over what the service contract needs, and nothing else.").format(
            office=profile.name
        ),
        rows=rows,
        closing=closing,
        footer=_("{number} · {name} · {at}").format(number=number, name=session.staff.name, at=at),
    )
