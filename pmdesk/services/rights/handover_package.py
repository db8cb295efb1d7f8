"""The package of a hand-over: the contract's roster as a workbook, and the list that goes with it.

It reads names, rooms, roles and phones of the register and no table of answers, so that nothing a
person agreed to can get into it. Of shielded people neither room nor phone leaves the office: no
clause of a contract outweighs that, and they can tell the new company themselves.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pmdesk.domain.acts import ExportList, ListKind
from pmdesk.domain.handover import RosterLine
from pmdesk.domain.office import Changes, OfficeProfile
from pmdesk.domain.people import PartyRole
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.records import Document, Record, RecordId
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, _
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
    def shielded(self) -> int:
        return len({line.person for line in self.lines if line.shielded})


def package(session: Session, record: RecordId) -> HandedOver:
    """The files to hand over; refused before everybody was told and a second person approved."""
    from pmdesk.services.paper.letter import letter_pdf  # noqa: PLC0415  # reportlab is slow

    session.require(Permission.CONFIGURE)
    with session.writing(Permission.EXPORT) as work:
        present = handover.require_handover(work, record)
        handover.require_told(session, work, present)
        document = handover.require_approval(work, present).document
        content = _content(session, work)
        workbook = _workbook(content)
        digest = hashlib.sha256(workbook).hexdigest()
        number = _listed(session, work, present, content, str(document["recipient"]))
        session.log(
            work,
            "disclosure.handover",
            records.target(record),
            fields=[number, f"sha256 {digest}"],
            row={"people": len(content.people)},
        )
        profile = work.office.get()
        work.commit()
    letter = _letter(session, profile, document, content, number=number, digest=digest)
    return HandedOver(
        number=number,
        workbook=workbook,
        paper=letter_pdf(letter),
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


def _listed(
    session: Session, work: UnitOfWork, record: Record, content: _Content, recipient: str
) -> str:
    """The number of the list; whom it names is on record, so that it can be fetched back."""
    prefix = handover.list_prefix(record)
    before = sum(one.number.startswith(prefix) for one in work.export_lists.all())
    made = ExportList(
        number=f"{prefix}{before + 1}",
        at=session.clock.now(),
        by=session.staff.uid,
        what=ListKind.HANDOVER,
        recipient=recipient,
        people=len(content.people),
        masked=False,
    )
    work.export_lists.add(made, content.people)
    return made.number


def _workbook(content: _Content) -> bytes:
    """Two sheets; nothing of it passes through a temporary folder in clear."""
    import xlsxwriter  # noqa: PLC0415  # slow to import: pages show before anybody exports

    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for title, rows in _sheets(content):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(rows[0]):
                sheet.set_column(column, column, _WIDTHS[column])
                sheet.write_string(0, column, name, bold)
            for number, row in enumerate(rows[1:], start=1):
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
