"""The handling rules on paper, to be handed over or to hang in the service centre."""

from reportlab.platypus import Flowable

from pmdesk.services.notices.handling_rules import HandlingRules, Part, parts, title, version_words
from pmdesk.services.paper.sheet import paragraph, pdf, table

BODY, LARGE = 12.0, 16.0  # 小四 and 三号
_WIDTHS = (36.0, 92.0, 40.0)  # millimetres


def rules_pdf(rules: HandlingRules, *, large: bool = False) -> bytes:
    """The whole document, its day and digest on each page."""
    size = LARGE if large else BODY
    made = [_made(part, size) for part in parts(rules)]
    return pdf(made, title(rules), f"{rules.office.name} · {version_words(rules)}")


def _made(part: Part, size: float) -> Flowable:
    if part.rows:
        return table(part.rows, _WIDTHS, size - 2)
    bigger = {1: 6.0, 2: 3.0}.get(part.level, 0.0)
    return paragraph(part.text, size + bigger)
