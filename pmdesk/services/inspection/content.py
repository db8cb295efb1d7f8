"""What stands in a part of the pack: paragraphs and tables, made of one view of the office."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pmdesk.domain.inspections import Inspection
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.progress import Progress
from pmdesk.domain.records import Record
from pmdesk.i18n import _
from pmdesk.services.audits.evidence import EVIDENCE, Ground
from pmdesk.services.inspection.scrub import Scrub
from pmdesk.services.paper.record_text import Block
from pmdesk.services.records import records
from pmdesk.services.records.record_desk import NEW, OpenRecord
from pmdesk.services.records.record_kinds import kind
from pmdesk.services.session import Session
from pmdesk.services.wording import RECORD_STATES, STAFF_ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some words; a heading of level 1 or 2, or plain text."""

    text: str
    level: int = 0
    grey: bool = False
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code for a camera."""

    text: str


Piece = Paragraph | Block | Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A part as far as the office has something to show; nothing without `count`."""

    pieces: tuple[Piece, ...] = ()
    count: int = 0  # entries, as the index says


NOTHING = Content()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The view of the office that all parts are made of."""

    session: Session
    work: UnitOfWork
    asked: Inspection
    scrub: Scrub
    names: Mapping[str, str]  # of accounts: a name where the authority asked, a role where not
    facts: Ground
    progress: Progress

    def name(self, uid: str) -> str:
        """Who that is, as far as it is told."""
        return self.names.get(uid, uid[:8])


Builder = Callable[[Source], Content]


def staff_names(work: UnitOfWork, asked: Inspection) -> dict[str, str]:
    """By account: the name, or the role with a number."""
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for one in work.staff.all():
        role = _(STAFF_ROLES[one.role])
        counts[role] = counts.get(role, 0) + 1
        found[one.uid] = one.name if asked.names else f"{role} {counts[role]}"
    return found


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], *shares: float) -> Block:
    """A table with its heading; equal columns where no shares are told."""
    lines = tuple(tuple(cell or "—" for cell in row) for row in rows)
    return Block(
        title=title, rows=(tuple(head), *lines), shares=shares or tuple(1.0 for _one in head)
    )


def evidence(source: Source, *names: str) -> tuple[Paragraph, ...]:
    """What the program itself finds about these questions of the self-audit."""
    facts = (fact for name in names for fact in EVIDENCE[name](source.facts).facts)
    return tuple(Paragraph(text=f"· {fact}") for fact in facts)


def opened(source: Source, record: Record) -> OpenRecord:
    """The record as the pack may show it."""
    work, scrub = source.work, source.scrub
    made_of = kind(record.kind)
    document = records.document_of(work, record)
    return OpenRecord(
        kind=made_of,
        record=record,
        document=scrub.document(made_of, document, names=source.asked.names),
        versions=work.records.versions(record.id),
        decisions=tuple(
            replace(one, words=scrub.text(one.words)) for one in work.records.decisions(record.id)
        ),
        names=source.names,
        office=work.office.get(),
        powers=NEW,
    )


def register(source: Source, code: str) -> tuple[Block, int]:
    """All records of a kind by number and state."""
    found = source.work.records.all(code)
    rows = [
        (
            one.number,
            _(RECORD_STATES[one.status]),
            str(one.version),
            one.last_at.astimezone().strftime("%Y-%m-%d"),
            source.name(one.author),
        )
        for one in found
    ]
    head = (_("Number"), _("State"), _("Version"), _("Changed"), _("Author"))
    return table(_("Register"), head, rows, 3, 3, 2, 3, 3), len(found)
