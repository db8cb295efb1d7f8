"""The 客户分类表 as rows, workbook and PDF: masked by default, numbered, logged."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pmdesk.domain.acts import HUMAN, ExportList, ListKind
from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.classification import ResidentQuery, ResidentRow
from pmdesk.domain.consents import ConsentState
from pmdesk.domain.people import PartyRole
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.staff import Permission
from pmdesk.domain.tiers import NEED, STANDARD
from pmdesk.i18n import N_, _, said
from pmdesk.services.classification import table_of
from pmdesk.services.files import write_whole
from pmdesk.services.residents import masked
from pmdesk.services.session import Session
from pmdesk.services.wording import ROLES, STATES, where

_HEAD = (
    *(N_("Room"), N_("Name"), N_("Mobile"), N_("Role")),
    *(N_("Tier"), N_("Tags"), N_("Consent"), N_("Reason")),
)
_WIDTHS = (12, 12, 15, 10, 8, 24, 10, 60)
_PAGE = 256
_LONGEST_FOOTER = 240  # Excel takes 255 with the page numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A finished export: its number is in the log and on every page."""

    number: str
    footer: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def listing(
    session: Session, query: ResidentQuery, *, unmasked: bool = False, recipient: str = ""
) -> Listing:
    """The rows as they would be handed out; the act is logged with its number and count.

    Whom the list names is on record: when one of them withdraws, it has to be fetched back. People
    who want classification not to be used are left out.
    """
    now = session.clock.now().astimezone()
    with session.writing(Permission.EXPORT) as work:
        number = _next_number(work, now)
        ids = work.people.ids(query, today=session.clock.today())
        found = tuple(_lines(session, work, ids, unmasked=unmasked))
        lines = tuple(line for _person, line in found)
        made = ExportList(
            number=number,
            at=session.clock.now(),
            by=session.staff.uid,
            what=ListKind.CLASSIFICATION,
            recipient=recipient.strip(),
            people=len(lines),
            masked=not unmasked,
        )
        work.export_lists.add(made, [person for person, _line in found])
        session.log(
            work,
            "export.classification",
            number,
            fields=_HEAD,
            row={"rows": len(lines), "unmasked": unmasked},
        )
        work.commit()
    footer = _("{number} · {name} · {at} · {count} rows · {mask}").format(
        number=number,
        name=session.staff.name,
        at=f"{now:%Y-%m-%d %H:%M}",
        count=len(lines),
        mask=_("not masked") if unmasked else _("masked"),
    )
    return Listing(number=number, footer=footer, head=tuple(map(_, _HEAD)), rows=lines)


def write_xlsx(made: Listing, path: Path) -> None:
    """The workbook is complete at `path`, or StorageError and no half of it lies there."""
    write_whole(path, _workbook(made))


def write_pdf(made: Listing, path: Path) -> None:
    """The paper is complete at `path`, or StorageError and no half of it lies there."""
    write_whole(path, as_pdf(made))


def _workbook(made: Listing) -> bytes:
    """The bytes of the file; nothing of it passes through a temporary folder in clear."""
    import xlsxwriter  # noqa: PLC0415  # slow to import: pages show before anybody exports

    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Classification table"))
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(made.head):
            sheet.write_string(0, column, title, bold)
        for row, line in enumerate(made.rows, start=1):
            for column, cell in enumerate(line):
                sheet.write_string(row, column, cell)  # a string is never a formula
        sheet.write_string(len(made.rows) + 2, 0, made.footer)
        sheet.set_footer("&L" + made.footer.replace("&", "&&")[:_LONGEST_FOOTER] + "&R&P / &N")
    return held.getvalue()


def _next_number(work: UnitOfWork, now: datetime) -> str:
    """The day and the place of the export in the log: no two exports share it."""
    last = work.audit.recent(1)
    return f"E{now:%Y%m%d}-{(last[0].seq if last else 0) + 1}"


def as_pdf(made: Listing) -> bytes:
    """The same rows on paper, the heading repeated on each page."""
    from pmdesk.services.paper.sheet import paragraph, pdf, table  # noqa: PLC0415  # reportlab

    title = _("Classification table")
    keep = (0, 1, 4, 5, 6, 7)  # paper is narrower than a sheet
    rows = [[line[index] for index in keep] for line in (made.head, *made.rows)]
    parts = [paragraph(title, 16), paragraph(made.footer, 9, grey=True)]
    return pdf([*parts, table(rows, (18, 20, 14, 34, 18, 66), 8.5)], title, made.footer)


def tier_name(catalogue: Catalogue, row: ResidentRow) -> str:
    """The tier in words; without a result a person is served as standard."""
    return said(catalogue.tier(row.tier or STANDARD).name)


def tag_names(catalogue: Catalogue, tags: Sequence[str]) -> str:
    """The tags in words, the telling ones first."""
    present = sorted((t for t in catalogue.tags if t.code in tags), key=lambda t: t.code == NEED)
    return "、".join(said(tag.name) for tag in present)


def _lines(
    session: Session, work: UnitOfWork, ids: "array[int]", *, unmasked: bool
) -> Iterator[tuple[int, tuple[str, ...]]]:
    catalogue = work.catalogue.live()
    active = work.rulesets.active()
    known = (
        {} if active is None else {r.id: r.reason for r in table_of(work, active.document).rules}
    ) | {HUMAN: _("Decided by a person")}
    for start in range(0, len(ids), _PAGE):
        page = work.people.rows(ids[start : start + _PAGE], today=session.clock.today())
        for plain in page:
            if plain.consent is ConsentState.RESTRICTED:
                continue
            row = plain if unmasked else masked(plain)
            yield (
                row.id,
                (
                    where(row),
                    row.name,
                    row.mobile,
                    _(ROLES[PartyRole(row.role)]) if row.role else "",
                    tier_name(catalogue, row),
                    tag_names(catalogue, row.tags),
                    _(STATES[row.consent]),
                    known.get(row.rule, "") if row.tier else _("Standard service by contract"),
                ),
            )
