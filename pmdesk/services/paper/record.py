"""A record of any kind as a PDF file."""

from reportlab.platypus import Flowable, Spacer

from pmdesk.domain.records import RecordStatus
from pmdesk.i18n import _
from pmdesk.services.paper.record_text import Block, record_text
from pmdesk.services.paper.sheet import paragraph, pdf, table
from pmdesk.services.records.record_desk import OpenRecord

_WIDTH = 170  # millimetres of text on a page


def record_pdf(shown: OpenRecord) -> bytes:
    """The whole record; one that is not approved says so at its head."""
    text = record_text(shown)
    parts: list[Flowable] = [paragraph(text.title, 18)]
    parts += [paragraph(line, 10, grey=True) for line in text.lines]
    if shown.record.status is not RecordStatus.APPROVED:
        parts.append(paragraph(_("Not approved: this is not in force."), 10.5))
    for block in text.blocks:
        parts += block_parts(block)
    return pdf(parts, text.title, text.footer)


def block_parts(block: Block) -> list[Flowable]:
    """A heading, if it has one, and its table."""
    widths = tuple(_WIDTH * share / sum(block.shares) for share in block.shares)
    size = 8.5 if len(widths) > 2 else 9.5  # noqa: PLR2004  # more than a label and an answer
    heading = [Spacer(1, 8), paragraph(block.title, 13)] if block.title else []
    return [*heading, table(block.rows, widths, size)]
