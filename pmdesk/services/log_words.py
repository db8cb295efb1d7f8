"""What a check of the log found, in sentences, and what to do about it."""

from collections.abc import Mapping
from datetime import datetime

from pmdesk.domain.anchors import Anchor
from pmdesk.domain.proof import Break, Difference, Flaw, Kind, Report
from pmdesk.i18n import N_, _

WHAT_TO_DO = N_(
    "Stop working. Copy the whole folder of the office to another disk. Tell the person in charge"
    " and the reviewer. Then restore the office from the last backup that was verified."
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


def difference_words(one: Difference) -> str:
    """What was changed, by the names the log has for it."""
    return _(KINDS[one.kind]).format(target=one.target, fields="、".join(one.fields))


def sentences(report: Report) -> tuple[str, ...]:
    """Everything the check found, the worst first."""
    lost = [lost_words(one, report.checked.count) for one in report.lost]
    broken = [broken_words(report.checked.broken)] if report.checked.broken else []
    return tuple(dict.fromkeys((*lost, *broken, *map(difference_words, report.differences))))
