"""Notices on paper: to be handed over, read at home, or read out at the counter."""

from collections.abc import Sequence

from pmdesk.i18n import _
from pmdesk.services.consents import Choice
from pmdesk.services.paper.sheet import paragraph, pdf
from pmdesk.services.wording import notice_lines

BODY, LARGE = 12.0, 16.0  # 小四 and 三号, the sizes notices are printed in


def notice_pdf(choices: Sequence[Choice], office: str, *, large: bool = False) -> bytes:
    """The notices one after the other, each with its heading, version and proof."""
    size = LARGE if large else BODY
    parts = []
    for choice in choices:
        for line in notice_lines(choice.notice.text):
            heading = line.startswith("# ")
            parts.append(paragraph(line.removeprefix("# "), size + 4 if heading else size))
        parts.append(paragraph(version_line(choice), 9, grey=True))
    title = _("Notice on personal information")
    return pdf(parts, title, f"{office} · {title}")


def version_line(choice: Choice) -> str:
    """Which text this is: its version, and the first letters of its digest."""
    notice = choice.notice
    return _("Version {version} · {digest}").format(
        version=notice.version, digest=notice.digest[:8]
    )
