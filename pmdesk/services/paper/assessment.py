"""The simplified form of an impact assessment: five situations, three questions each (annex 2)."""

from pmdesk.domain.assessments import RISKS, residual
from pmdesk.domain.records import RecordStatus
from pmdesk.i18n import N_, Words, _, said
from pmdesk.services.paper.record import block_parts
from pmdesk.services.paper.record_text import Block, answer, footer, state
from pmdesk.services.paper.sheet import paragraph, pdf
from pmdesk.services.records.assessment_scope import IMPORT, PROCESSOR, PURPOSE, RECIPIENT, RULES
from pmdesk.services.records.record_desk import OpenRecord

# PIPL 55: the situations of the form, and the sorts of subject that belong to each.
_SITUATIONS: tuple[tuple[str, frozenset[str]], ...] = (
    (N_("Sensitive personal information"), frozenset({f"{PURPOSE}:P5", f"{PURPOSE}:P1-plate"})),
    (N_("Automated decisions"), frozenset({RULES, f"{PURPOSE}:P7"})),
    (N_("Entrusting, giving out or publishing"), frozenset({PROCESSOR, RECIPIENT})),
    (N_("Sending abroad"), frozenset({"abroad"})),
    (N_("Other processing of major impact"), frozenset({IMPORT, PURPOSE, "field", ""})),
)
_QUESTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Lawful, legitimate, necessary"), ("basis", "necessity", "alternatives")),
    (N_("Impact on people and security risks"), ("sources_of_risk",)),
    (N_("Measures lawful, effective, proportionate"), ("legal", "organisational", "technical")),
)
_LONG = 400  # characters of an answer; the long form has the rest


def annex_pdf(shown: OpenRecord) -> bytes:
    """The short form of the same record, with its truth statement and signature."""
    title = _("Impact assessment, simplified form")
    conclusion = shown.kind.field("conclusion")
    verdict = answer(conclusion, shown.document.get("conclusion"))
    parts = [
        paragraph(title, 18),
        paragraph(f"{shown.office.name} · {shown.record.number}", 12),
        paragraph(state(shown), grey=True),
        paragraph(str(shown.document.get("activity") or ""), 12),
        *block_parts(_form(shown, verdict)),
        paragraph(_truth(), 10.5),
        paragraph(_signature(shown), 10.5),
    ]
    return pdf(parts, title, footer(shown))


def _form(shown: OpenRecord, verdict: str) -> Block:
    head = (_("No."), _("Situation"), _("What was assessed"), _("Conclusion"), _("Remarks"))
    rows = []
    for number, (words, sorts) in enumerate(_SITUATIONS, 1):
        if not _concerns(shown, sorts):
            rows.append((str(number), _(words), "—", _("does not apply"), ""))
            continue
        rows += [
            (str(number), _(words), f"{_(question)}\n{_answers(shown, keys)}", verdict, remark)
            for (question, keys), remark in zip(_QUESTIONS, _remarks(shown), strict=True)
        ]
    return Block(title="", rows=(head, *rows), shares=(0.8, 2.4, 8.0, 2.2, 3.0))


def _concerns(shown: OpenRecord, sorts: frozenset[str]) -> bool:
    subject = shown.record.subject
    sort = subject.partition(":")[0]
    if "abroad" in sorts:
        return shown.document.get("abroad") == "yes"
    named = any(subject in found for _words, found in _SITUATIONS)
    return subject in sorts or (not named and sort in sorts)


def _answers(shown: OpenRecord, keys: tuple[str, ...]) -> str:
    found = (str(shown.document.get(key) or "") for key in keys)
    return "\n".join(text if len(text) <= _LONG else f"{text[:_LONG]}…" for text in found if text)


def _remarks(shown: OpenRecord) -> tuple[str, str, str]:
    left = _("highest risk left: {risk} of 16").format(risk=residual(shown.document))
    grid = next(part for part in shown.kind.sections[3].parts if part.key == RISKS)
    label: Words = grid.label
    return "", f"{said(label)}{_(': ')}{left}", _("details in the long form")


def _truth() -> str:
    return _(
        "What is entered here is true and complete to our knowledge. It is a self-assessment and"
        " no certificate."
    )


def _signature(shown: OpenRecord) -> str:
    approved = next((d for d in shown.decisions if d.step is RecordStatus.APPROVED), None)
    day = f"{approved.at.astimezone():%Y-%m-%d}" if approved else "____-__-__"
    by = shown.name(approved.by) if approved else "________"
    return _("Responsible for the assessment: {name}   Approved by: {by}   Date: {day}").format(
        name=shown.document.get("assessor") or "________", by=by, day=day
    )
