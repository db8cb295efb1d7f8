"""How backups are spoken of: times, sizes, states."""

from datetime import date, datetime

from pmdesk.domain.backups import When
from pmdesk.domain.office import Clock
from pmdesk.i18n import _, ngettext
from pmdesk.services.backups import Listed, PlaceState, State
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_MEGA = 1 << 20


def moment(at: datetime, clock: Clock) -> str:
    """The day and the hour, the near days by name."""
    local = at.astimezone(clock.local().tzinfo)
    days = (clock.today() - local.date()).days
    if days == 0:
        return _("today {time}").format(time=f"{local:%H:%M}")
    if days == 1:
        return _("yesterday {time}").format(time=f"{local:%H:%M}")
    return f"{local:%Y-%m-%d %H:%M}"


def ago(day: date, clock: Clock) -> str:
    """How many days that is past."""
    days = (clock.today() - day).days
    if days <= 0:
        return _("today")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def size(count: int) -> str:
    """`12.4 MB`."""
    return f"{count / _MEGA:,.1f} MB"


def standing(state: State, clock: Clock) -> tuple[str, Tone]:
    """One sentence on how the backups stand."""
    if state.lapsed:
        return _lapsed(), Tone.PROBLEM
    if not state.ready:
        return _("No backup can be made yet: set the backup passphrase first."), Tone.WARN
    if state.failed:
        return _("The last backup did not come about. Back up now."), Tone.PROBLEM
    if state.last is None:
        return _("There is no backup yet. Back up now."), Tone.WARN
    at = moment(state.last.at, clock)
    if state.overdue:
        words = _("Last proved backup: {at}. That is long ago: back up now.")
        return words.format(at=at), Tone.WARN
    return _("Last proved backup: {at}.").format(at=at), Tone.GOOD


def _lapsed() -> str:
    return _(
        "The backup passphrase counts no more, and no backup is made: the administrator who set it"
        " has new keys since (after “Forgotten the passphrase?”, for example). Set it again; older"
        " backups still open with theirs."
    )


def following(state: State, clock: Clock) -> str:
    """When the next one is made by itself; empty while none can be made."""
    if not state.ready:
        return ""
    if state.next is not None:
        local = state.next.astimezone(clock.local().tzinfo)
        days = (local.date() - clock.today()).days
        if local <= clock.local():
            return _("Next: within a few minutes.")
        day = _("today") if days == 0 else _("tomorrow")
        return _("Next: {day} {time}.").format(day=day, time=f"{local:%H:%M}")
    if state.plan.when is When.EXIT:
        return _("Next: when pmdesk is closed.")
    return _("Next: only when you press “Back up now”.")


def warnings(state: State, clock: Clock) -> tuple[str, ...]:
    """Places that have been away for days, and places that are copied to the internet."""
    found = []
    for one in state.places:
        days = (clock.today() - one.last).days if one.last else 0
        if not one.place.present and days:
            found.append(
                ngettext(
                    "{place} has not been there for {count} day.",
                    "{place} has not been there for {count} days.",
                    days,
                ).format(place=one.place.path, count=days)
            )
    services = dict.fromkeys(one.place.synced for one in state.places if one.place.synced)
    found += [_synced(service, state) for service in services]
    return tuple(found)


def _synced(service: str, state: State) -> str:
    if any(one.place.own and one.place.synced == service for one in state.places):
        return _(
            "{service} seems to copy the folder of this office to the internet. The data stay"
            " encrypted, but copying while you work can damage them. Move the office: make a"
            " backup, and restore it into a folder outside."
        ).format(service=service)
    return _(
        "{service} seems to copy a place for backups to the internet. Nobody can read them there"
        " without the passphrase; ask your head of office whether data may leave the house."
    ).format(service=service)


def check(one: Listed) -> Badge:
    """What is known of the file."""
    if one.found.facts is None:
        return Badge(words=_("damaged"), tone=Tone.PROBLEM, icon="circle-alert")
    if one.found.foreign:
        return Badge(words=_("another office"), tone=Tone.NEUTRAL, icon="info")
    if one.proved is not None:
        return Badge(words=_("proved by a restore"), tone=Tone.GOOD, icon="circle-check")
    return Badge(words=_("not proved yet"), tone=Tone.WARN, icon="circle")


def content(one: Listed) -> str:
    """How many people and log entries; of a damaged file what is wrong."""
    facts = one.found.facts
    if facts is None:
        return _(one.found.fault).format(**one.found.fault_places)
    people = facts.counts.get("person", 0)
    return _("{people} people · {entries} log entries").format(
        people=f"{people:,}", entries=f"{facts.entries:,}"
    )


def place(one: PlaceState, clock: Clock) -> str:
    """Whether the place is there, and when something last came to it."""
    last = ago(one.last, clock) if one.last else _("nothing yet")
    if one.place.present:
        return _("last backup: {when}").format(when=last)
    return _("not there now; last backup: {when}").format(when=last)
