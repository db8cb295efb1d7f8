"""`pmdesk audit verify`: the whole log of an office, its anchors and its rows, without a window."""

import json
import sys
from pathlib import Path

from pmdesk.app import config, offices
from pmdesk.app.clock import SystemClock
from pmdesk.app.last_anchors import LastAnchors
from pmdesk.domain.progress import Progress
from pmdesk.domain.proof import Report
from pmdesk.i18n import ngettext
from pmdesk.services import log_proof, log_words

DONE, FINDING = 0, 1


def verify(office: Path, login: str, passphrase: str, *, as_json: bool) -> int:
    """0 when everything holds; 1 with the first entry that does not, and what to do."""
    opened = offices.sign_in(office, login, passphrase, SystemClock())
    try:
        memory = LastAnchors(config.config_folder())
        report = log_proof.full(opened.session, memory, _progress(quiet=as_json))
    finally:
        opened.close()
    told = json.dumps(_document(report), ensure_ascii=False, indent=1) if as_json else _told(report)
    sys.stdout.write(told + "\n")
    return DONE if report.holds else FINDING


def _told(report: Report) -> str:
    if report.holds:
        count = report.checked.count
        words = ngettext("The log holds: {count} entry.", "The log holds: {count} entries.", count)
        told = words.format(count=f"{count:,}")
        return "\n".join(filter(None, (told, log_words.uncovered_words(report.uncovered))))
    return "\n".join((*log_words.sentences(report), log_words.what_to_do(report)))


def _document(report: Report) -> dict[str, object]:
    checked = report.checked
    broken = checked.broken and {
        "seq": checked.broken.seq,
        "flaw": checked.broken.flaw.value,
        "sentence": log_words.broken_words(checked.broken),
    }
    return {
        "holds": report.holds,
        "entries": checked.count,
        "head": checked.head,
        "broken": broken,
        "uncovered_rows": report.uncovered,
        "lost": [{"count": one.count, "head": one.head, "at": one.at} for one in report.lost],
        "rows": [
            {"kind": one.kind.value, "target": one.target, "entry": one.seq, "fields": one.fields}
            for one in report.differences
        ],
    }


def _progress(*, quiet: bool) -> Progress:
    def tell(done: int, total: int) -> None:
        if not quiet and sys.stderr.isatty():
            sys.stderr.write(f"\r{done:,} / {total:,}")

    return tell
