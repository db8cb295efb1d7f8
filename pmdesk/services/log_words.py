"""What a check of the log found, in sentences, and what to do about it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.ports import AuditEntry
from pmdesk.domain.proof import Break, Difference, Flaw, Kind, Report
from pmdesk.i18n import N_, _, ngettext
from pmdesk.services import log_proof, log_rows
from pmdesk.services.log_proof import Alarm

WHAT_TO_DO = N_(
    "Stop working. Copy the whole folder of the office to another disk. Tell the person in charge"
    " and the reviewer. Then restore the office from the last backup that was verified."
)
AFTER_RESTORE = N_(
    "If you know of this, write on the page “Log” what happened: then it is not told again. If"
    " nobody knows of it, stop working and tell the person in charge and the reviewer."
)
FLAWS: Mapping[Flaw, str] = {
    Flaw.GAP: N_("Entry {seq} of the log is missing or not in its place."),
    Flaw.UNREADABLE: N_("Entry {seq} of the log was changed: it cannot be read any more."),
    Flaw.UNLINKED: N_("Entry {seq} of the log does not follow the one before it."),
    Flaw.UNKNOWN_KEY: N_("Entry {seq} of the log is signed by nobody that this office enrolled."),
    Flaw.UNSIGNED: N_("Entry {seq} of the log does not carry the signature of whom it names."),
    Flaw.VALUES: N_("The values kept beside entry {seq} of the log were changed."),
}
KINDS: Mapping[Kind, str] = {
    Kind.ANSWERS: N_("Answers of {target} were changed outside pmdesk: {fields}"),
    Kind.RULES: N_("The rules {target} were changed outside pmdesk."),
    Kind.NOTICE: N_("The notice {target} was changed outside pmdesk or is missing."),
    Kind.ACCOUNT: N_("The account {target} is not as an administrator signed it."),
    Kind.DESK: N_("The settings of the rights desk were changed outside pmdesk."),
    Kind.PRICE: N_("The price {target} was changed outside pmdesk or is missing."),
    Kind.IMPRINTS: N_("What entry {seq} of the log says about rows was changed."),
}


def broken_words(broken: Break) -> str:
    """Which entry is the first that does not hold, and why."""
    return _(FLAWS[broken.flaw]).format(seq=f"{broken.seq:,}")


def lost_words(anchor: Anchor, count: int) -> str:
    """What is missing, measured by an anchor."""
    at = datetime.fromisoformat(anchor.at).astimezone().strftime("%Y-%m-%d %H:%M")
    if count < anchor.count:
        words = _("Entries of the log are gone: at {at} there were {count}, now there are {now}.")
        return words.format(now=f"{count:,}", count=f"{anchor.count:,}", at=at)
    words = _("Entry {count} of the log is not the one that was there at {at}.")
    return words.format(count=f"{anchor.count:,}", at=at)


def restored_words(at: datetime) -> str:
    """Why entries are gone that this computer remembers: somebody put the office back."""
    words = _(
        "The office was put back to an earlier state on {at}. What was entered between is not in"
        " it any more, and this computer still remembers it."
    )
    return words.format(at=at.astimezone().strftime("%Y-%m-%d %H:%M"))


def what_to_do(report: Report) -> str:
    """The next step; a restore that is on record is no emergency."""
    only_restored = report.restored and report.checked.holds and not report.differences
    return _(AFTER_RESTORE if only_restored else WHAT_TO_DO)


def what_to_do_about(alarm: Alarm) -> str:
    """The next step about findings of before."""
    return _(AFTER_RESTORE if all(map(_restore_of, alarm.findings)) else WHAT_TO_DO)


def _restore_of(entry: AuditEntry) -> datetime | None:
    told = (one for one in entry.fields if one.startswith(log_proof.RESTORED))
    found = next(told, None) if entry.action == log_proof.LOST else None
    return datetime.fromisoformat(found.removeprefix(log_proof.RESTORED)) if found else None


def difference_words(one: Difference) -> str:
    """What was changed, by the names the log has for it."""
    if one.kind in log_rows.CHANGES:
        return _(log_rows.CHANGES[one.kind]).format(row=log_rows.row_words(one.target))
    words, seq, fields = _(KINDS[one.kind]), f"{one.seq:,}", "、".join(one.fields)
    target = fields if one.kind is Kind.ACCOUNT and fields else one.target
    return words.format(target=target, fields=fields, seq=seq)


def alarm_words(alarm: Alarm) -> tuple[str, ...]:
    """What waits for an explanation, each thing once."""
    found = (words for one in alarm.findings for words in finding_words(one))
    return tuple(dict.fromkeys(named(words, alarm.names) for words in found))


def named(words: str, names: Mapping[str, str]) -> str:
    """The sentence with the names of colleagues where it has the numbers of their accounts."""
    for uid, name in names.items():
        words = words.replace(f"staff:{uid}", name).replace(uid, name)
    return words


def finding_words(entry: AuditEntry) -> Iterator[str]:
    """What an entry about a finding tells, each row by its kind and number."""
    restored = _restore_of(entry)
    if restored is not None:
        yield restored_words(restored)
    elif entry.action == log_proof.LOST:
        yield _("Entries of the log are gone that this computer remembers.")
    elif entry.action == log_proof.BROKEN:
        seq, flaw = entry.fields
        yield broken_words(Break(seq=int(seq), flaw=Flaw(flaw)))
    else:
        for fact in entry.fields:
            kind, _blank, target = fact.partition(" ")
            if kind in set(Kind):
                yield difference_words(Difference(kind=Kind(kind), target=target, seq=0))
            else:
                words = _("And {count} rows more.")
                yield words.format(count=fact.removeprefix("+"))


def uncovered_words(count: int) -> str:
    """That so many rows are older than their imprints; empty where there are none."""
    words = ngettext(
        "{count} row is older than this check and not covered yet: a change of it made outside"
        " pmdesk would not be noticed. An administrator who signs in covers it.",
        "{count} rows are older than this check and not covered yet: a change of them made"
        " outside pmdesk would not be noticed. An administrator who signs in covers them.",
        count,
    )
    return words.format(count=f"{count:,}") if count else ""


def sentences(report: Report) -> tuple[str, ...]:
    """Everything the check found, the worst first."""
    lost = [lost_words(one, report.checked.count) for one in report.lost]
    if report.restored is not None:
        lost.insert(0, restored_words(report.restored))
    broken = [broken_words(report.checked.broken)] if report.checked.broken else []
    return tuple(dict.fromkeys((*lost, *broken, *map(difference_words, report.differences))))
