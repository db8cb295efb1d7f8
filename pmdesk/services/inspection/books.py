"""The parts made of the records: assessments, audits, incidents, processors and disclosures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pmdesk.domain import assessments, entrusting, incidents, self_audits
from pmdesk.domain.fields import Value
from pmdesk.domain.records import RecordStatus
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.inspection.content import (
    NOTHING,
    Content,
    Paragraph,
    Piece,
    Source,
    evidence,
    opened,
    register,
    table,
)
from pmdesk.services.paper.audit import audit_rows
from pmdesk.services.paper.record_text import Block, answer, record_text
from pmdesk.services.records.record_desk import OpenRecord
from pmdesk.services.records.record_kinds import kind

_SHOWN = frozenset({RecordStatus.APPROVED, RecordStatus.CLOSED})  # the others are named only


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which answers of a kind of record stand in its table; none that tells of a person."""

    kind: str
    title: Words
    keys: tuple[str, ...]
    shares: tuple[float, ...]


INCIDENTS = Columns(
    kind=incidents.KIND,
    title=Words("事件和演练", "Incidents and drills"),
    keys=(
        *("drill", "discovered_at", "contained_at", "people", "special", "severity"),
        *("notify", "people_told_at", "authority_told_at"),
    ),
    shares=(4, 1.6, 3, 3, 2.4, 2.4, 2.2, 2.6, 3, 3),
)
OTHERS = (
    Columns(
        kind=entrusting.PROCESSOR,
        title=Words("受托处理方", "Processors"),
        keys=("name", "task", "services", "categories", "period", "assessment", "checked_on"),
        shares=(4, 3, 3, 3, 3, 3.4, 4, 2.8),
    ),
    Columns(
        kind=entrusting.DISCLOSURE,
        title=Words("对外提供", "Disclosures"),
        keys=("occasion", "recipient", "given_on", "purpose", "categories", "people", "basis"),
        shares=(4, 2.8, 3, 2.8, 3, 3, 2.2, 2.6),
    ),
    Columns(
        kind=entrusting.JOINT,
        title=Words("共同处理方", "Joint handlers"),
        keys=("name", "purpose", "agreement", "notice_version", "ended_on"),
        shares=(4, 3, 4, 3, 2, 2.8),
    ),
)
_NOTE = N_(
    "Register only: what happened, to whom and who found it is not in this pack. Ask for a single"
    " record by its number."
)


def impact_assessments(source: Source) -> Content:
    """The register, and every assessment that stands, in full."""
    return _whole(source, assessments.KIND, ("assessments",))


def self_audit_reports(source: Source) -> Content:
    """The register, and every signed self-audit as annex 1 has it."""
    return _whole(source, self_audits.KIND, (), _audit)


def incident_register(source: Source) -> Content:
    """Times, counts and who was told; no words, since they may tell of people."""
    found = _lines(source, INCIDENTS)
    if found is None:
        return NOTHING
    block, count = found
    told = Paragraph(text=_(_NOTE), grey=True)
    return Content(pieces=(block, told, *evidence(source, "incidents", "drills")), count=count)


def other_handlers(source: Source) -> Content:
    """Processors, disclosures and joint handlers, without the people to call there."""
    found = [made for one in OTHERS if (made := _lines(source, one)) is not None]
    if not found:
        return NOTHING
    facts = evidence(source, "processor_register", "disclosure_register", "joint_register")
    blocks = (block for block, _count in found)
    return Content(pieces=(*blocks, *facts), count=sum(count for _block, count in found))


def _whole(
    source: Source,
    code: str,
    facts: tuple[str, ...],
    drawn: Callable[[OpenRecord], Iterator[Piece]] | None = None,
) -> Content:
    block, count = register(source, code)
    if not count:
        return NOTHING
    pieces: list[Piece] = [block, *evidence(source, *facts)]
    for record in source.work.records.all(code):
        if record.status in _SHOWN:
            source.progress(0, 0)  # an old office has many: a cancel is heard after each
            pieces += (drawn or _record)(opened(source, record))
    return Content(pieces=tuple(pieces), count=count)


def _record(shown: OpenRecord) -> Iterator[Piece]:
    text = record_text(shown)
    yield Paragraph(text=f"{text.title} {shown.record.number}", level=1, new_page=True)
    yield from (Paragraph(text=line, grey=True) for line in text.lines)
    yield from text.blocks


def _audit(shown: OpenRecord) -> Iterator[Piece]:
    text = record_text(shown)
    yield Paragraph(text=f"{text.title} {shown.record.number}", level=1, new_page=True)
    yield from (Paragraph(text=line, grey=True) for line in text.lines)
    head, *rows = audit_rows(shown)
    yield table("", head, rows, 1, 6, 2, 6)
    yield text.blocks[-1]


def _lines(source: Source, columns: Columns) -> tuple[Block, int] | None:
    made_of = kind(columns.kind)
    records = source.work.records.all(columns.kind)
    if not records:
        return None
    head = (_("Number"), *(said(made_of.field(key).label) for key in columns.keys))
    rows = []
    for one in records:
        document = opened(source, one).document
        rows.append((one.number, *(_cell(columns, key)(document) for key in columns.keys)))
    return table(said(columns.title), head, rows, *columns.shares), len(records)


def _cell(columns: Columns, key: str) -> Callable[[Mapping[str, Value]], str]:
    field = kind(columns.kind).field(key)
    return lambda document: answer(field, document.get(key))
