"""The self-audit on paper, in the layout of annex 1: columns, remarks, statement, signature."""

from pmdesk.domain.records import Grid, RecordKind
from pmdesk.domain.self_audits import GRID, Result
from pmdesk.i18n import _, said
from pmdesk.services.audits.self_audit import source
from pmdesk.services.paper.record_text import footer
from pmdesk.services.paper.sheet import paragraph, pdf, table
from pmdesk.services.records.record_desk import OpenRecord
from pmdesk.services.value_words import value_words


def audit_pdf(shown: OpenRecord) -> bytes:
    """序号 / 合规审计事项 / 合规情况自查 / 说明, the remarks, the statement of truth, signature."""
    title = _("Self-audit table of personal information protection")
    rows = audit_rows(shown)
    remarks = value_words(shown.kind.field("remarks"), shown.document.get("remarks"))
    parts = [
        paragraph(title, 18),
        paragraph(f"{shown.office.name} · {_text(shown, 'period')}", 12),
        paragraph(said(source()), 9, grey=True),
        table(rows, (12, 68, 24, 66)),
        table([(_("Remarks"), remarks)], (36, 134)),
        paragraph(said(shown.kind.field("truth").label), 10.5),
        paragraph(
            _("Person in charge of the audit: {name} (signature) ____________    {day}").format(
                name=_text(shown, "auditor"), day=_text(shown, "done_on")
            )
        ),
        paragraph(_("This is a self-audit. It is no certificate."), 9, grey=True),
    ]
    return pdf(parts, title, footer(shown))


def audit_rows(shown: OpenRecord) -> list[tuple[str, str, str, str]]:
    """The table with its heading: number, question, result, and what is behind it."""
    grid = _grid(shown.kind)
    rows = [(_("No."), _("Question"), _("Self-audit"), _("What is wrong and how it is mended"))]
    for number, row in enumerate(grid.rows, 1):
        cells = {cell.key.rpartition(".")[2]: cell for cell in grid.cells(row)}
        result = value_words(cells["result"], shown.document.get(cells["result"].key))
        rows.append((str(number), said(row.label), result, _explained(shown, row.code)))
    return rows


def _explained(shown: OpenRecord, code: str) -> str:
    """The explanation of what is wrong; of the rest what the program found."""
    if _text(shown, f"{GRID}.{code}.result") != Result.NOT_OK:
        return _text(shown, f"{GRID}.{code}.evidence") or "—"
    line = _("{words} Owner: {owner}; until {due}; closed on: {done}")
    return line.format(
        words=_text(shown, f"{GRID}.{code}.words"),
        owner=_text(shown, f"{GRID}.{code}.owner"),
        due=_text(shown, f"{GRID}.{code}.due_on"),
        done=_text(shown, f"{GRID}.{code}.rechecked_on") or "—",
    )


def _text(shown: OpenRecord, key: str) -> str:
    return str(shown.document.get(key) or "")


def _grid(kind: RecordKind) -> Grid:
    parts = (part for section in kind.sections for part in section.parts)
    return next(part for part in parts if isinstance(part, Grid) and part.key == GRID)
