"""How a restore is spoken of: what a backup holds, and what is not known."""

from collections.abc import Mapping
from datetime import date, datetime

from pmdesk.domain.backups import Inside
from pmdesk.i18n import N_, _, joined, ngettext
from pmdesk.ui.theme import Tone

COUNTED: Mapping[str, str] = {  # tables of an office whose rows people think in
    "person": N_("Residents"),
    "unit": N_("Rooms"),
    "consent": N_("Live consents"),
    "work_order": N_("Work orders"),
    "service_plan": N_("Service plans, versions"),
    "staffing_plan": N_("Rosters and rounds, versions"),
    "rights_request": N_("Requests"),
    "record": N_("Compliance records"),
}


def figures(inside: Inside) -> tuple[tuple[str, str], ...]:
    """What the backup holds, line by line."""
    facts, counts = inside.facts, inside.facts.counts
    return (
        (_("Made"), _day(facts.made_at)),
        (_("Newest entry"), _day(facts.newest) if facts.newest else "—"),
        *((_(name), f"{counts.get(table, 0):,}") for table, name in COUNTED.items()),
        (_("Log entries"), f"{facts.entries:,}"),
        (_("Rules version in force"), str(facts.rules) if facts.rules else "—"),
    )


def loss(inside: Inside, today: date) -> tuple[str, Tone]:
    """What the restored office will lack, and what may come back that had been erased."""
    days = max((today - inside.facts.made_at.date()).days, 0)
    since = ngettext(
        "What was entered in the {count} day since this backup is not in it.",
        "What was entered in the {count} days since this backup is not in it.",
        days,
    ).format(count=days)
    if not days:
        since = _("The backup is of today: only what was entered after it is missing.")
    parts = [since, *erasures(inside, today)]
    tone = Tone.WARN if days or inside.unknown_days(today) or inside.newer.locked else Tone.GOOD
    return joined(*parts), tone


def erasures(inside: Inside, today: date) -> tuple[str, ...]:
    """What later backups beside it know of erasures, and for how long nothing is known."""
    newer, found = inside.newer, []
    if newer.entries and newer.until is not None:
        found.append(
            _(
                "A later backup of {date} lies beside it: what was erased until then is erased"
                " again before anybody can read it."
            ).format(date=_day(newer.until))
        )
    if newer.locked:
        found.append(
            ngettext(
                "{count} later backup beside it opens with another passphrase: what it knows of"
                " erasures is not used.",
                "{count} later backups beside it open with another passphrase: what they know of"
                " erasures is not used.",
                newer.locked,
            ).format(count=newer.locked)
        )
    days = inside.unknown_days(today)
    return (*found, unknown(days)) if days else tuple(found)


def unknown(days: int) -> str:
    """For so many days nobody knows what was erased."""
    return ngettext(
        "Nobody knows here what was erased in the last {count} day: it comes back. Go"
        " through your erasure certificates and withdrawals of that time by hand.",
        "Nobody knows here what was erased in the last {count} days: it comes back. Go"
        " through your erasure certificates and withdrawals of that time by hand.",
        days,
    ).format(count=days)


def done(replayed: int) -> str:
    """What came of the erasures of later backups; empty where there were none."""
    if not replayed:
        return ""
    return ngettext(
        "{count} erasure was done again.", "{count} erasures were done again.", replayed
    ).format(count=replayed)


def _day(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
