"""Notices on paper: to be handed over, read at home, or read out at the counter."""

import re
from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak

from pmdesk.domain.notices import Notice
from pmdesk.domain.purposes import Purpose
from pmdesk.i18n import _, said
from pmdesk.services.consent.consents import Choice
from pmdesk.services.paper.sheet import paragraph, pdf
from pmdesk.services.wording import notice_lines

BODY, LARGE = 12.0, 16.0  # 小四 and 三号, the sizes notices are printed in
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def notice_pdf(choices: Sequence[Choice], office: str, *, large: bool = False) -> bytes:
    """Each notice on sheets of its own: in one sentence, in full, and which version it is."""
    return _pdf([(choice.notice, choice.purpose) for choice in choices], office, large=large)


def sheet_pdf(notice: Notice, purpose: Purpose, office: str, *, large: bool = False) -> bytes:
    """One notice on sheets of its own."""
    return _pdf([(notice, purpose)], office, large=large)


def version_line(choice: Choice) -> str:
    """Which text this is: its version, and the first letters of its digest."""
    return _proof(choice.notice)


def dated_version(notice: Notice) -> str:
    """The version and the day from which it holds, as each page says it."""
    days = _DAY.findall(notice.text)
    return f"{notice.purpose} {notice.version} {days[-1] if days else ''}".strip()


def _pdf(sheets: Sequence[tuple[Notice, Purpose]], office: str, *, large: bool) -> bytes:
    size = LARGE if large else BODY
    parts: list[Flowable] = []
    for notice, purpose in sheets:
        parts += [PageBreak()] if parts else []
        parts += _sheet(notice, purpose, size)
    title = _("Notice on personal information")
    versions = " · ".join(dated_version(notice) for notice, _purpose in sheets)
    return pdf(parts, title, f"{office} · {versions}")


def _proof(notice: Notice) -> str:
    return _("Version {version} · {digest}").format(
        version=notice.version, digest=notice.digest[:8]
    )


def _sheet(notice: Notice, purpose: Purpose, size: float) -> list[Flowable]:
    parts = []
    for line in notice_lines(notice.text):
        heading = line.startswith("# ")
        parts.append(paragraph(line.removeprefix("# "), size + 4 if heading else size))
        if heading:
            summary = _("In one sentence: {summary}").format(summary=said(purpose.summary))
            parts.append(paragraph(summary, size, grey=True))
    return [*parts, paragraph(_proof(notice), 9, grey=True)]
