"""The parts about the office: who is responsible, for what purposes, by which notices and rules."""

from collections.abc import Iterator

from pmdesk.analytics.facts import facts
from pmdesk.domain.classification import Ruleset, RulesetStatus
from pmdesk.errors import PmdeskError
from pmdesk.i18n import LANGUAGES, N_, _, language, said
from pmdesk.rules.table import DecisionTable
from pmdesk.rules.words import labelled_words
from pmdesk.services import review
from pmdesk.services.inspection.content import (
    NOTHING,
    Content,
    Paragraph,
    Piece,
    Source,
    evidence,
    table,
)
from pmdesk.services.notice_texts import period
from pmdesk.services.paper.review import ReviewSheet, review_rows, signed_words
from pmdesk.services.records import policies, records
from pmdesk.services.wording import BASES, notice_lines

STATUSES = {
    RulesetStatus.DRAFT: N_("draft"),
    RulesetStatus.SUBMITTED: N_("waiting for review"),
    RulesetStatus.APPROVED: N_("approved"),
    RulesetStatus.REJECTED: N_("rejected"),
    RulesetStatus.ACTIVE: N_("in force"),
    RulesetStatus.RETIRED: N_("retired"),
}
_FOREIGN = "pmdesk"  # the author of the rules that every office starts with


def office(source: Source) -> Content:
    """Who handles the data, and who is in charge."""
    profile = source.work.office.get()
    rows = [
        (_("Office"), profile.name),
        (_("Address"), profile.address),
        (_("Person responsible for personal information"), profile.responsible),
        (_("Contact phone"), profile.contact_phone),
        (_("E-mail"), profile.contact_email),
        (_("Where the computer stands"), profile.place),
        (_("Accounts in use"), str(sum(one.enabled for one in source.work.staff.all()))),
        (_("Residents on record"), f"{source.work.people.count():,}"),
    ]
    told = Paragraph(text=_("These particulars stand in every notice."), grey=True)
    pieces: tuple[Piece, ...] = (
        table("", (_("What"), _("Value")), rows, 2, 5),
        told,
        *evidence(source, "responsible"),
    )
    return Content(pieces=pieces, count=1)


def purposes(source: Source) -> Content:
    """Every purpose with its basis, its fields and how long they are kept."""
    catalogue = source.work.catalogue.live()
    head = (_("Purpose"), _("Legal basis"), _("Consent valid"), _("Kept"))
    rows = [
        (
            f"{one.code} {said(one.name)}",
            _(BASES[one.basis]),
            _("{count} months").format(count=one.months) if one.months else "—",
            period(one, catalogue.kept(one), language()),
        )
        for one in catalogue.purposes
    ]
    pieces: list[Piece] = [table(_("Purposes"), head, rows, 4, 3, 2, 4)]
    for one in catalogue.purposes:
        fields = [
            field for field in catalogue.fields if field.enabled and field.purpose == one.code
        ]
        if fields:
            lines = [
                (said(field.label), said(field.necessity), field.retention) for field in fields
            ]
            titles = (_("Field"), _("Why it is needed"), _("Period"))
            pieces.append(table(f"{one.code} {said(one.name)}", titles, lines, 4, 6, 2))
    pieces += evidence(source, "basis_and_consent", "rules_and_retention", "minors")
    return Content(pieces=tuple(pieces), count=len(catalogue.purposes))


def notices(source: Source) -> Content:
    """The texts in force in the language of the reader, and every version there ever was."""
    work = source.work
    versions, texts = list[tuple[str, ...]](), list[Piece]()
    for purpose in work.catalogue.live().purposes:
        for one in work.notices.versions(purpose.code):
            if one.language != source.session.language:
                continue
            day = one.live_from.astimezone().strftime("%Y-%m-%d")
            versions.append((purpose.code, said(purpose.name), one.version, day))
        live = work.catalogue.notice(purpose.code, source.session.language)
        if live is not None:
            texts += _text(live.text, f"{live.version} · {live.digest[:16]}")
    if not versions:
        return NOTHING
    head = (_("Purpose"), _("Name"), _("Version"), _("In force from"))
    first = table(_("Versions"), head, versions, 2, 5, 2, 3)
    told = evidence(source, "notice_before_decision")
    words = _("Each notice is kept in {count} languages; here in that of this paper.")
    note = Paragraph(text=words.format(count=len(LANGUAGES)), grey=True)
    return Content(pieces=(first, note, *told, *texts), count=len(versions))


def rules_of_the_house(source: Source) -> Content:
    """The internal rules that were adopted, with their texts; which are missing is said too."""
    standing = [
        found
        for record in source.work.records.all(policies.KIND)
        if (found := records.stands(source.work, record)) is not None
    ]
    if not standing:
        return NOTHING
    rows, texts = list[tuple[str, ...]](), list[Piece]()
    for one in standing:
        name = str(one.document.get("name") or "")
        day = str(one.document.get("adopted_on") or "")
        rows.append((one.record.number, name, day, source.name(one.approval.by)))
        texts.append(Paragraph(text=name, level=1, new_page=True))
        text = source.scrub.text(str(one.document.get("text") or ""))
        texts += [Paragraph(text=line) for line in text.splitlines() if line.strip()]
    head = (_("Number"), _("Rule"), _("Adopted on"), _("Approved by"))
    first = table(_("Rules in force"), head, rows, 2, 5, 2, 3)
    return Content(pieces=(first, *evidence(source, "policies"), *texts), count=len(standing))


def classification(source: Source) -> Content:
    """All versions of the rules; the one in force in full, with its legality review."""
    versions = source.work.rulesets.all()
    active = next((one for one in versions if one.status is RulesetStatus.ACTIVE), None)
    if not versions:
        return NOTHING
    head = (_("Version"), _("State"), _("Author"), _("Decided by"), _("In force from"), "SHA-256")
    rows = [_version(source, one) for one in versions]
    pieces: list[Piece] = [table(_("Versions"), head, rows, 1.2, 2, 2.6, 2.6, 2.2, 3)]
    pieces += evidence(source, "automated_decisions", "explanations")
    if active is not None:
        pieces += _rows(source, active)
        pieces += _review(source, active)
    return Content(pieces=tuple(pieces), count=len(versions))


def _text(text: str, proof: str) -> Iterator[Piece]:
    for place, line in enumerate(notice_lines(text)):
        heading = line.startswith("# ")
        words = line.removeprefix("# ")
        yield Paragraph(text=words, level=int(heading), new_page=not place)
    yield Paragraph(text=_("Version {version}").format(version=proof), grey=True)


def _version(source: Source, one: Ruleset) -> tuple[str, ...]:
    author = _("comes with pmdesk") if one.author == _FOREIGN else source.name(one.author)
    decided = source.name(one.decided_by) if one.decided_by else "—"
    since = one.activated_at.astimezone().strftime("%Y-%m-%d") if one.activated_at else "—"
    state = _(STATUSES[one.status])
    return f"v{one.version}", state, author, decided, since, one.digest[:16]


def _rows(source: Source, active: Ruleset) -> Iterator[Piece]:
    catalogue = source.work.catalogue.live()
    try:
        made = DecisionTable.from_json(active.document, facts(catalogue))
    except PmdeskError:  # it asks for a field that is gone by now
        yield Paragraph(
            text=_("The rules in force cannot be read with the present list of fields.")
        )
        return
    tiers = {one.code: said(one.name) for one in catalogue.tiers}
    tags = {one.code: said(one.name) for one in catalogue.tags}
    rows = []
    for number, rule in enumerate(made.rules, 1):
        asked = [
            f"{said(fact.label)}{_(': ')}{labelled_words(cell, fact)}"
            for fact, cell in zip(made.facts, rule.cells, strict=True)
            if not cell.is_any
        ]
        given = [
            tiers.get(rule.tier, rule.tier),
            *(tags.get(tag, tag) for tag in sorted(rule.tags)),
        ]
        reason = source.scrub.text(rule.reason)
        rows.append((str(number), "\n".join(asked) or _("everybody"), "\n".join(given), reason))
    head = (_("No."), _("When"), _("Then"), _("Reason told to the person"))
    title = _("Rules in force, version {version}").format(version=active.version)
    yield table(title, head, rows, 1, 6, 3, 5)


def _review(source: Source, active: Ruleset) -> Iterator[Piece]:
    shown = ReviewSheet(
        review=review.review_of(source.session, source.work, active),
        office=source.work.office.get(),
        names=source.names,
    )
    rows = [(*row[:3], source.scrub.text(row[3])) for row in review_rows(shown)]
    head = (_("Item"), _("Question"), _("Result"), _("Finding, reason and condition"))
    yield table(_("Legality review of the version in force"), head, rows, 1.2, 4, 2.2, 7)
    yield Paragraph(text=source.scrub.text(signed_words(shown)))
