"""The review sheet (合法性审查表) on paper: 26 lines with answers, the signature, the date."""

from collections.abc import Mapping
from dataclasses import dataclass

from pmdesk.domain.classification import RulesetId
from pmdesk.domain.office import OfficeProfile
from pmdesk.domain.reviews import Answer, Line, Review, State, Verdict
from pmdesk.domain.staff import Permission
from pmdesk.i18n import N_, _, said
from pmdesk.services import review
from pmdesk.services.paper.sheet import paragraph, pdf, table
from pmdesk.services.session import Session

STATES: Mapping[State, str] = {
    State.PASS: N_("passes"),
    State.FAIL: N_("blocks"),
    State.FLAG: N_("needs a reason"),
    State.OPEN: N_("not answered yet"),
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.PASS: N_("passed by the reviewer"),
    Verdict.CONDITION: N_("agreed on a condition"),
    Verdict.FAIL: N_("not passed by the reviewer"),
}
_WIDTHS = (14, 46, 26, 84)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """What stands on the sheet."""

    review: Review
    office: OfficeProfile
    names: Mapping[str, str]  # of staff, by uid


def sheet(session: Session, ruleset: RulesetId) -> ReviewSheet:
    """The sheet of a version as its review stands now."""
    with session.reading(Permission.SEE_RULES) as work:
        return ReviewSheet(
            review=review.review_of(session, work, work.rulesets.get(ruleset)),
            office=work.office.get(),
            names={one.uid: one.name for one in work.staff.all()},
        )


def review_pdf(shown: ReviewSheet) -> bytes:
    """The sheet as a file to be printed and filed with the impact assessment."""
    title = _("Legality review of the classification rules")
    ruleset = shown.review.ruleset
    head = (_("Item"), _("Question"), _("Result"), _("Finding, reason and condition"))
    rows = [head, *review_rows(shown)]
    version = _("Version {version} · SHA-256 {digest}")
    parts = [
        paragraph(title, 18),
        paragraph(shown.office.name, 12),
        paragraph(version.format(version=ruleset.version, digest=ruleset.digest), 9, grey=True),
        table(rows, _WIDTHS, 8.5),
        paragraph(signed_words(shown), 10.5),
        paragraph(_("Signature: ____________    Date: ____________"), 10.5),
        paragraph(_("Kept for at least three years, with the impact assessment."), 9, grey=True),
    ]
    return pdf(parts, title, f"{shown.office.name} · v{ruleset.version} · {ruleset.digest[:12]}")


def review_rows(shown: ReviewSheet) -> tuple[tuple[str, str, str, str], ...]:
    """A row for each item: code, question, result, and what was found and said."""
    return tuple(_row(shown, line) for line in shown.review.lines)


def _row(shown: ReviewSheet, line: Line) -> tuple[str, str, str, str]:
    question = f"{said(line.item.title)}\n{line.item.law}"
    found = [line.result.words()] if line.result else []
    told = [*found, *(_told(shown, line, one) for one in line.answers)]
    return line.item.code, question, _result(line), "\n".join(told) or "—"


def _result(line: Line) -> str:
    if line.answer is not None and not line.unanswered:
        return _(VERDICTS[Verdict.FAIL if line.refused else line.answer.verdict])
    return _(STATES[line.result.state if line.result else State.OPEN])


def _told(shown: ReviewSheet, line: Line, answer: Answer) -> str:
    day = answer.at.astimezone().date().isoformat()
    name = shown.names.get(answer.by, "")
    rows = ", ".join(str(line.rows.index(r) + 1) for r in answer.detail.rules if r in line.rows)
    notes = "; ".join(note for note in answer.detail.notes.values() if note)
    parts = [f"{day} {name}: {_(VERDICTS[answer.verdict])}. {answer.reason}"]
    parts += [_("rows {rows}").format(rows=rows)] if rows else []
    parts += [notes] if notes and line.item.code == "LR-21" else []
    if answer.detail.condition:
        parts.append(_("Condition: {condition}").format(condition=answer.detail.condition))
    return "\n".join(parts)


def signed_words(shown: ReviewSheet) -> str:
    """Who signed, when, and until when it holds."""
    signature = shown.review.signature
    if signature is None:
        return _("Not signed yet.")
    words = _("Signed by {name} on {day}: “{note}”. Next review by {next}.").format(
        name=shown.names.get(signature.signer, ""),
        day=signature.signed_at.astimezone().date().isoformat(),
        note=signature.note,
        next=signature.next_review.isoformat(),
    )
    if not signature.alone:
        return words
    alone = _("Single-person office: decided 24 hours after it was submitted.")
    return f"{words} {alone}"
