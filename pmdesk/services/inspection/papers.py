"""The papers of an inspection pack: its index, and one file for each part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable, PageBreak, Spacer

from pmdesk.domain.inspections import MEANINGS, Inspection, Part
from pmdesk.i18n import _, said
from pmdesk.services.inspection.content import Code, Content, Paragraph, Piece
from pmdesk.services.paper.record import block_parts
from pmdesk.services.paper.record_text import Block
from pmdesk.services.paper.sheet import paragraph, pdf, qr, table

_BLANK = "_" * 30  # filled in by hand
_SIZES = {0: 10.5, 1: 15.0, 2: 13.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What stands on every page of a pack, and at the head of its index."""

    office: str
    number: str
    asked: Inspection
    by: str
    at: str  # by the clock of the office

    @property
    def footer(self) -> str:
        """Which pack it is, who made it and when."""
        return f"{self.number} · {self.office} · {self.by} · {self.at}"

    @property
    def mark(self) -> str:
        """Whom it is for, lightly across the page."""
        if self.asked.is_prepared:
            return _("{number} · prepared for an inspection").format(number=self.number)
        words = _("{number} · for {authority} only")
        return words.format(number=self.number, authority=self.asked.authority)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the index; without a file the office has nothing of it yet."""

    part: Part
    file: str
    count: int


def part_pdf(cover: Cover, part: Part, content: Content) -> bytes:
    """One part: what it proves, then what the office has."""
    meaning = MEANINGS[part]
    parts: list[Flowable] = [
        paragraph(said(meaning.title), 18),
        paragraph(f"{said(meaning.proves)} · {said(meaning.article)}", 9.5, grey=True),
        *(flowable for piece in content.pieces for flowable in _made(piece)),
    ]
    return pdf(parts, said(meaning.title), cover.footer, mark=cover.mark)


def index_pdf(cover: Cover, entries: Sequence[Entry], others: Sequence[str]) -> bytes:
    """What was asked, what is inside and what it proves, and what the office does not have yet."""
    title = _("Inspection pack: index")
    asked = cover.asked
    request = (
        (_("What"), _("Value")),
        (_("Inspecting authority"), asked.authority or _BLANK),
        (_("Number of the written request"), asked.document or _BLANK),
        (_("Article it names"), asked.article or _BLANK),
        (_("Officer's identification"), _("was looked at") if asked.shown else _BLANK),
        (_("Number of the pack"), cover.number),
        (_("Made by"), f"{cover.by} · {cover.at}"),
    )
    head = (_("No."), _("Part"), _("What it proves"), _("Article"), _("File"), _("Entries"))
    rows = [head, *map(_line, entries)]
    parts: list[Flowable] = [
        paragraph(title, 18),
        paragraph(cover.office, 12),
        table(request, (48, 122), 8.5),
        Spacer(1, 6),
        table(rows, (10, 35, 40, 30, 41, 14), 7.5),
        Spacer(1, 4),
        paragraph(_("Also inside: {files}").format(files=", ".join(others)), 8.5, grey=True),
        *(paragraph(words, 9) for words in _closing(asked)),
        paragraph(_("Handed over: ____________    Received: ____________    Day: ____________")),
    ]
    return pdf(parts, title, cover.footer, mark=cover.mark)


def _line(entry: Entry) -> tuple[str, ...]:
    meaning = MEANINGS[entry.part]
    count = f"{entry.count:,}" if entry.file else "—"
    file = entry.file or _("none yet")
    return (
        entry.file[:2] or "—",  # as the file is numbered
        said(meaning.title),
        said(meaning.proves),
        said(meaning.article),
        file,
        count,
    )


def _closing(asked: Inspection) -> Iterator[str]:
    if asked.is_prepared:
        yield _(
            "Prepared in advance; it stays in the office. Before it is handed over: look at the"
            " written request and the officer's identification, fill in the lines above by hand,"
            " and take out the files that the request does not ask for."
        )
    else:
        yield _("Nothing beyond the request is inside.")
    left = [said(MEANINGS[one].title) for one in Part if one not in asked.parts]
    if left:
        yield _("Not asked for and left out: {parts}").format(parts=_(", ").join(left))
    if asked.names:
        yield _("Names of the staff are inside because the request asks for them.")
    else:
        yield _("No personal data are inside: of residents nothing, of the staff only their roles.")
    yield _("This is the office's own account. It is no certificate.")


def _made(piece: Piece) -> Iterator[Flowable]:
    match piece:
        case Code(text=text):
            yield qr(text, 40)
        case Block():
            yield from block_parts(piece)
            yield Spacer(1, 6)
        case Paragraph():
            if piece.new_page:
                yield PageBreak()
            yield paragraph(piece.text, _SIZES[piece.level], grey=piece.grey)
