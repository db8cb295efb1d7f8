"""The parts that count: rights requests, training, erasure, the log, backups, and permissions."""

from collections import Counter
from datetime import datetime

from pmdesk.domain.access_words import ACTS
from pmdesk.domain.ports.proof import LogQuery
from pmdesk.domain.requests import CLOSED, Request, RequestState
from pmdesk.domain.rights import RIGHTS
from pmdesk.domain.staff import MATRIX, Role
from pmdesk.domain.training import Attempt
from pmdesk.i18n import _, pgettext, said
from pmdesk.services import courses, log_words
from pmdesk.services.inspection.content import (
    NOTHING,
    Code,
    Content,
    Paragraph,
    Piece,
    Source,
    evidence,
    table,
)
from pmdesk.services.log_anchors import camera_text
from pmdesk.services.paper.letter_text import ERASE_REASONS
from pmdesk.services.paper.record_text import Block
from pmdesk.services.undertakings import held_until
from pmdesk.services.wording import STAFF_ROLES

_MOST = 24  # proofs of backups and runs of the sweep that are listed


def rights(source: Source) -> Content:
    """By right: how many came, how they ended, and whether in time; no case by itself."""
    found = source.work.requests.all()
    if not found:
        return NOTHING
    head = (
        *(_("Right"), _("Received"), _("Done"), _("Refused"), _("Withdrawn")),
        *(_("Open"), _("Late"), _("Days on average")),
    )
    rows = [
        _of_right(source, said(right.title), [one for one in found if one.code is code])
        for code, right in RIGHTS.items()
        if any(one.code is code for one in found)
    ]
    first, last = _days(found)
    span = _("Received from {first} to {last}: {count}")
    words = span.format(first=first, last=last, count=f"{len(found):,}")
    pieces: tuple[Piece, ...] = (
        Paragraph(text=words),
        table("", head, rows, 4, 1.6, 1.6, 1.6, 1.6, 1.6, 1.6, 2),
        *evidence(source, "requests"),
    )
    return Content(pieces=pieces, count=len(found))


def _days(found: tuple[Request, ...]) -> tuple[str, str]:
    days = [one.received_at.astimezone().strftime("%Y-%m-%d") for one in found]
    return min(days), max(days)


def training(source: Source) -> Content:
    """By role: tests, certificates and undertakings; by person only where names are asked for."""
    staff = [one for one in source.work.staff.all() if one.enabled]
    attempts = source.work.training.attempts()
    head = (
        pgettext("staff", "Role"),
        _("Number of accounts"),
        _("Tests taken"),
        _("Passed"),
        _("Undertaking in force"),
    )
    rows = []
    for role in Role:
        mine = {one.uid for one in staff if one.role is role}
        taken = [one for one in attempts if one.uid in mine]
        rows.append((_(STAFF_ROLES[role]), str(len(mine)), *_tests(taken), _held(source, mine)))
    pieces: list[Piece] = [table(_("By role"), head, rows, 3, 2, 2, 2, 3)]
    pieces.append(_by_course(source, attempts))
    if source.asked.names:
        pieces.append(_by_person(source, attempts))
    pieces += evidence(source, "training")
    return Content(pieces=tuple(pieces), count=len(attempts))


def retention(source: Source) -> Content:
    """The schedule, what the runs erased, and the journal by reason."""
    catalogue, reports = source.work.catalogue.live(), source.work.sweeps.reports(_MOST)
    journal = source.work.erasures.since()
    schedule = [(one.code, said(one.period), said(one.reason)) for one in catalogue.retentions]
    pieces: list[Piece] = [
        table(_("Schedule"), (_("Code"), _("Period"), _("Reason")), schedule, 1.6, 5, 5)
    ]
    if reports:
        head = (_("Day"), _("From"), _("Until"), _("Erased"))
        runs = [
            (
                one.at.astimezone().strftime("%Y-%m-%d"),
                one.day_from.isoformat(),
                one.day_to.isoformat(),
                f"{sum(one.counts.values()):,}",
            )
            for one in reports
        ]
        pieces.append(table(_("Runs, the newest first"), head, runs))
    if journal:
        reasons = Counter(one.reason for one in journal)
        lines = [(said(ERASE_REASONS[one]), f"{count:,}") for one, count in reasons.items()]
        pieces.append(
            table(_("Erasure journal"), (_("Reason"), _("Lines of the journal")), lines, 6, 2)
        )
    pieces += evidence(source, "erasure")
    return Content(pieces=tuple(pieces), count=len(reports) + len(journal))


def log(source: Source) -> Content:
    """The whole log checked now, and an anchor that the authority keeps."""
    proof = source.work.proof
    checked = proof.check(progress=source.progress)
    differences = proof.differences(source.progress)
    anchor = proof.anchor(source.session.clock.now())
    result = _("holds") if checked.broken is None else log_words.broken_words(checked.broken)
    rows = [
        (_("Checked at"), source.session.clock.local().strftime("%Y-%m-%d %H:%M")),
        (_("Entries"), f"{checked.count:,}"),
        (_("Chain and signatures"), result),
        (_("Rows changed outside pmdesk"), f"{len(differences):,}"),
        (_("Rows not covered yet"), f"{proof.uncovered():,}"),
        (_("Imprint of the last entry"), anchor.head),
        (_("Imprint of the accounts"), anchor.roster),
        (_("Code"), anchor.code),
    ]
    told = _(
        "Keep this page. Whoever checks the log later types the code on the log page of pmdesk: it"
        " tells whether an entry up to this one was changed or taken out since."
    )
    pieces: tuple[Piece, ...] = (
        table("", (_("What"), _("Value")), rows, 2, 5),
        Code(text=camera_text(anchor)),
        Paragraph(text=told),
    )
    return Content(pieces=pieces, count=checked.count)


def backups(source: Source) -> Content:
    """Which backups were proved by a real restore: each is when it is made, and some again."""
    found = source.work.proof.page(
        LogQuery(actions=("backup.made", "backup.proved")), limit=_MOST
    ).entries
    if not found:
        return NOTHING
    rows = [(f"{one.seq:,}", _moment(one.at), source.name(one.by)) for one in found]
    rehearsed = source.work.proof.newest(("backup.rehearsed",))
    words = _("Passphrase rehearsed last: {time}").format(
        time=_moment(rehearsed.at) if rehearsed else _("never")
    )
    head = (_("Log entry"), _("Proved at"), _("By"))
    pieces: tuple[Piece, ...] = (
        Paragraph(text=_("Last backup proved by restoring it: {time}").format(time=rows[0][1])),
        Paragraph(text=words),
        table(_("Proofs, the newest first"), head, rows, 2, 4, 4),
    )
    return Content(pieces=pieces, count=len(found))


def security(source: Source) -> Content:
    """Who may do what, and the measures that the program takes."""
    head = (_("Act"), *(_(STAFF_ROLES[role]) for role in Role))
    rows = [
        (said(words), *("✓" if act in MATRIX[role] else "" for role in Role))
        for act, words in ACTS.items()
    ]
    measures = (
        _("The data file is encrypted (SQLCipher 4, AES-256); sealed fields have a second key."),
        _("Passphrases are stretched with Argon2id; the screen locks by itself."),
        _("Every act is signed and chained in a log that nobody can change here."),
        _("Personal data are masked in lists, and shown in full only for a reason."),
        _("This system works without a network; it sends nothing anywhere."),
    )
    pieces: tuple[Piece, ...] = (
        table(_("Roles and permissions"), head, rows, 5, 1.6, 1.6, 1.6, 1.6),
        Paragraph(text=_("Measures"), level=2),
        *(Paragraph(text=f"· {one}") for one in measures),
        *evidence(source, "cross_border", "sensitive"),
    )
    return Content(pieces=pieces, count=len(rows))


def _of_right(source: Source, title: str, found: list[Request]) -> tuple[str, ...]:
    today = source.session.clock.today()
    states = Counter(one.state for one in found)
    days = [
        (one.closed_on - one.received_at.astimezone().date()).days
        for one in found
        if one.closed_on is not None
    ]
    late = sum((one.closed_on or today) > one.due for one in found)
    numbers = (
        len(found),
        states[RequestState.DONE],
        states[RequestState.REFUSED],
        states[RequestState.WITHDRAWN_BY_PERSON],
        sum(one.state not in CLOSED for one in found),
        late,
    )
    average = f"{sum(days) / len(days):.1f}" if days else "—"
    return (title, *map(str, numbers), average)


def _tests(taken: list[Attempt]) -> tuple[str, str]:
    return str(len(taken)), str(sum(one.passed for one in taken))


def _held(source: Source, accounts: set[str]) -> str:
    today = source.session.clock.today()
    return str(sum(held_until(source.work, uid, today) is not None for uid in accounts))


def _by_course(source: Source, attempts: tuple[Attempt, ...]) -> Block:
    known = (*courses.shipped(), *source.work.training.own())
    rows = []
    for one in known:
        taken = [attempt for attempt in attempts if attempt.course == one.code]
        days = [attempt.day.isoformat() for attempt in taken if attempt.passed]
        rows.append((said(one.title), one.version, *_tests(taken), max(days, default="—")))
    head = (_("Course"), _("Version"), _("Tests taken"), _("Passed"), _("Passed last on"))
    return table(_("By course"), head, rows, 5, 1.6, 1.8, 1.6, 2.4)


def _by_person(source: Source, attempts: tuple[Attempt, ...]) -> Block:
    rows = list[tuple[str, ...]]()
    for one in source.work.staff.all():
        taken = [attempt for attempt in attempts if attempt.uid == one.uid]
        days = [attempt.day.isoformat() for attempt in taken if attempt.passed]
        rows.append((one.name, _(STAFF_ROLES[one.role]), *_tests(taken), max(days, default="—")))
    head = (
        _("Name"),
        pgettext("staff", "Role"),
        _("Tests taken"),
        _("Passed"),
        _("Passed last on"),
    )
    return table(_("By person"), head, rows, 3, 3, 1.8, 1.6, 2.4)


def _moment(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")
