"""What the program itself can say to each question of the self-audit: facts, and a proposal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pmdesk.domain import assessments, entrusting, incidents
from pmdesk.domain.ports import UnitOfWork
from pmdesk.domain.self_audits import Result
from pmdesk.i18n import _
from pmdesk.services import network
from pmdesk.services.notices import publishing
from pmdesk.services.records import books, policies
from pmdesk.services.records import incidents as incident_book
from pmdesk.services.records.assessments import needs
from pmdesk.services.session import Session
from pmdesk.services.undertakings import held_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found; without a result the question is answered by hand."""

    result: Result | None
    facts: tuple[str, ...]  # in the user's language


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the evidence is taken from: one transaction, and the counts of the whole office."""

    session: Session
    work: UnitOfWork
    counts: Mapping[str, int]
    today: date


Look = Callable[[Ground], Found]


def ground(session: Session, work: UnitOfWork) -> Ground:
    """The present state of the office."""
    today = session.clock.today()
    return Ground(session=session, work=work, counts=work.evidence.counts(today), today=today)


def look(name: str, on: Ground) -> Found:
    """What the program finds; nothing where the question needs eyes outside of it."""
    if name in EVIDENCE:
        return EVIDENCE[name](on)
    return Found(result=None, facts=(_("The program cannot see this: answer by hand."),))


def _basis_and_consent(on: Ground) -> Found:
    purposes = on.work.catalogue.live().purposes
    facts = (
        _("Purposes with a legal basis: {count} of {all}").format(
            count=sum(bool(one.basis) for one in purposes), all=len(purposes)
        ),
        _(
            "Consents now: {live} live, {refused} refused, {withdrawn} withdrawn, {stale} stale"
        ).format(
            live=on.counts["live"],
            refused=on.counts["refused"],
            withdrawn=on.counts["withdrawn"],
            stale=on.counts["stale"],
        ),
        _("Results of people without a live consent: {count}").format(
            count=on.counts["classified_unbacked"]
        ),
    )
    return _judged(on.counts["classified_unbacked"] == 0, *facts)


def _rules_and_retention(on: Ground) -> Found:
    catalogue = on.work.catalogue.live()
    fields = [field for field in catalogue.fields if field.enabled]
    known = {one.code for one in catalogue.retentions}
    bare = sum(field.retention not in known for field in fields)
    lacking = _notice_findings(on)
    return _judged(
        not bare and not lacking,
        _("Fields in use: {count}; without a retention period: {bare}").format(
            count=len(fields), bare=bare
        ),
        _("What the notice check finds missing: {count}").format(count=lacking),
    )


def _notice_findings(on: Ground) -> int:
    """What the check misses in the notices in force, in the language of the user."""
    catalogue, profile, day = on.work.catalogue.live(), on.work.office.get(), on.today.isoformat()
    return sum(
        len(publishing.findings(plan, catalogue, profile, [notice], day))
        for plan in publishing.plans_in_force(on.work)
        if (notice := on.work.catalogue.notice(plan.purpose.code, on.session.language))
    )


def _notice_before_decision(on: Ground) -> Found:
    return _judged(
        on.counts["not_told"] == 0,
        _("Consents given before their notice was in force or shown: {count}").format(
            count=on.counts["not_told"]
        ),
        _("Consents on paper, without a recorded moment of showing: {count}").format(
            count=on.counts["told_untimed"]
        ),
        _("Changes of notices on record: {count}").format(count=on.counts["changes"]),
    )


def _joint_register(on: Ground) -> Found:
    entries = books.in_force(on.work, entrusting.JOINT, on.today)
    fact = _("Joint handlers in the register: {count}").format(count=len(entries))
    return Found(result=Result.OK if entries else Result.NOT_APPLICABLE, facts=(fact,))


def _processor_register(on: Ground) -> Found:
    entries = books.in_force(on.work, entrusting.PROCESSOR, on.today)
    late = len(books.unchecked(on.work, on.today))
    unnamed = len(books.unnamed(on.work, on.today))
    everything = len(books.overloaded(on.work, on.today))
    facts = (
        _("Processors in the register, each with all clauses and an assessment: {count}").format(
            count=len(entries)
        ),
        _("Not checked for a year: {late}; not named in the notice: {unnamed}").format(
            late=late, unnamed=unnamed
        ),
    )
    if not entries:
        return Found(result=Result.NOT_APPLICABLE, facts=facts)
    return _judged(not (late or unnamed or everything), *facts)


def _transfers(on: Ground) -> Found:
    given = [one.document for one in books.in_force(on.work, entrusting.DISCLOSURE)]
    count = sum(one.get("occasion") == "handover" for one in given)
    fact = _("Hand-overs to another company on record: {count}").format(count=count)
    return Found(result=None if count else Result.NOT_APPLICABLE, facts=(fact,))


def _disclosure_register(on: Ground) -> Found:
    given = books.in_force(on.work, entrusting.DISCLOSURE)
    waiting = len(on.work.records.all(entrusting.DISCLOSURE)) - len(given)
    fact = _("Disclosures approved: {count}; not approved: {waiting}").format(
        count=len(given), waiting=waiting
    )
    if not given and not waiting:
        return Found(result=Result.NOT_APPLICABLE, facts=(fact,))
    return _judged(waiting == 0, fact)


def _automated_decisions(on: Ground) -> Found:
    active = on.work.rulesets.active()
    rules = (
        _("Rules in force: version {version}, decided on by a second person").format(
            version=active.version
        )
        if active
        else _("No rules are in force.")
    )
    objections = _("Objections: {count}, not decided on yet: {open}").format(
        count=on.counts["objections"], open=on.counts["objections_open"]
    )
    return _judged(on.counts["objections_open"] == 0, rules, objections)


def _sensitive(on: Ground) -> Found:
    facts = (
        _("Sealed values: {count}; without a live consent: {bare}").format(
            count=on.counts["sealed"], bare=on.counts["sealed_unbacked"]
        ),
        _("Times a sealed value was opened, each with a reason: {count}").format(
            count=on.counts["sealed_opened"]
        ),
    )
    return _judged(on.counts["sealed_unbacked"] == 0, *facts)


def _minors(on: Ground) -> Found:
    return _judged(
        on.counts["quarantine_late"] == 0,
        _("No field, label or list of the program asks for anything about a minor."),
        _("Set aside as collected by mistake: {count}, past their days: {late}").format(
            count=on.counts["quarantined"], late=on.counts["quarantine_late"]
        ),
    )


def _cross_border(on: Ground) -> Found:
    place, talking = on.work.evidence.place(), network.talking_modules()
    facts = (
        _("Checked now: modules of the program that hold network code: {names}").format(
            names=", ".join(talking) or _("nothing found")
        ),
        _("Checked now: a cloud service that copies the folder of the office: {name}").format(
            name=place.synced_by or _("nothing found")
        ),
        _("Checked now: the folder lies on a disk of this computer: {answer}").format(
            answer=_("no") if place.is_remote else _("yes")
        ),
    )
    return _judged(not (talking or place.synced_by or place.is_remote), *facts)


def _erasure(on: Ground) -> Found:
    return _judged(
        on.counts["past_due"] == 0,
        _("Values kept past their time: {count}").format(count=on.counts["past_due"]),
        _("Erasures in the journal: {count}").format(count=on.counts["erased"]),
    )


def _requests(on: Ground) -> Found:
    return _judged(
        on.counts["requests_late"] == 0 and on.counts["refusals_bare"] == 0,
        _("Requests: {count}, open: {open}, answered too late: {late}").format(
            count=on.counts["requests"],
            open=on.counts["requests_open"],
            late=on.counts["requests_late"],
        ),
        _("Refusals without a reason: {count}").format(count=on.counts["refusals_bare"]),
    )


def _explanations(on: Ground) -> Found:
    return _judged(
        on.counts["explanations_open"] == 0,
        _("Explanations asked for: {count}, open: {open}").format(
            count=on.counts["explanations"], open=on.counts["explanations_open"]
        ),
    )


def _policies(on: Ground) -> Found:
    adopted = [one for one in policies.adoptions(on.work) if one.standing is not None]
    missing = sum(1 for _policy in policies.missing(on.work))
    return _judged(
        missing == 0,
        _("Internal rules adopted: {count}; missing: {missing}").format(
            count=len(adopted), missing=missing
        ),
    )


def _technical(on: Ground) -> Found:
    del on
    facts = (
        _("The file is encrypted, screens lock by themselves, and every act is in a signed log."),
        _("This version makes no backups itself: answer that by hand."),
        _("The log is never cleared, so nothing of the last six months is missing."),
    )
    return Found(result=None, facts=facts)


def _training(on: Ground) -> Found:
    staff = [one for one in on.work.staff.all() if one.enabled]
    unsigned = sum(held_until(on.work, one.uid, on.today) is None for one in staff)
    return _judged(
        not unsigned and not on.counts["untrained"],
        _("Accounts in use: {count}; without a test passed within a year: {untrained}").format(
            count=len(staff), untrained=on.counts["untrained"]
        ),
        _("Without a valid confidentiality undertaking: {count}").format(count=unsigned),
    )


def _responsible(on: Ground) -> Found:
    profile = on.work.office.get()
    named = bool(profile.responsible.strip() and profile.contact_phone.strip())
    fact = (
        _("A responsible person and a contact phone are named in every notice.")
        if named
        else _("No responsible person is named in the settings.")
    )
    return _judged(named, fact)


def _assessments(on: Ground) -> Found:
    missing = sum(not one.assessed.is_valid for one in needs(on.session, on.work))
    made = len(on.work.records.all(assessments.KIND))
    return _judged(
        missing == 0,
        _("Impact assessments on record: {made}; due and without a valid one: {missing}").format(
            made=made, missing=missing
        ),
    )


def _drills(on: Ground) -> Found:
    last = incident_book.last_drill(on.work)
    contacts = bool(books.in_force(on.work, "plan"))
    facts = (
        _("Last drill: {day}").format(day=last.isoformat() if last else _("none yet")),
        _("The contact list is on record.") if contacts else _("There is no contact list."),
    )
    return _judged(contacts and not incidents.drill_due(last, on.today), *facts)


def _incidents(on: Ground) -> Found:
    running = incident_book.running(on.work)
    untold = sum(bool(one.open) for one in running)
    return _judged(
        untold == 0,
        _("Incidents not closed: {count}; with somebody still to be told: {untold}").format(
            count=len(running), untold=untold
        ),
    )


def _judged(good: bool, *facts: str) -> Found:
    return Found(result=Result.OK if good else Result.NOT_OK, facts=facts)


EVIDENCE: Mapping[str, Look] = {
    "basis_and_consent": _basis_and_consent,
    "rules_and_retention": _rules_and_retention,
    "notice_before_decision": _notice_before_decision,
    "joint_register": _joint_register,
    "processor_register": _processor_register,
    "transfers": _transfers,
    "disclosure_register": _disclosure_register,
    "automated_decisions": _automated_decisions,
    "sensitive": _sensitive,
    "minors": _minors,
    "cross_border": _cross_border,
    "erasure": _erasure,
    "requests": _requests,
    "explanations": _explanations,
    "policies": _policies,
    "technical": _technical,
    "training": _training,
    "responsible": _responsible,
    "assessments": _assessments,
    "drills": _drills,
    "incidents": _incidents,
}
