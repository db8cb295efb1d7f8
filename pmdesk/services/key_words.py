"""How the age of the keys and kept copies are spoken of."""

from pmdesk.domain.keys import Before, Kept, KeyState
from pmdesk.domain.office import Clock
from pmdesk.i18n import _, joined, ngettext


def standing(found: KeyState) -> str:
    """One or two sentences on how old the keys are, and why they should be changed."""
    if found.rotated:
        since = _("Keys last changed on {day}.").format(day=found.since)
    else:
        since = _("The keys are those of the first day, {day}.").format(day=found.since)
    if found.left:
        why = ngettext(
            "Since then {count} account was disabled: change the keys.",
            "Since then {count} accounts were disabled: change the keys.",
            found.left,
        ).format(count=found.left)
    elif found.due:
        why = _("That is more than a year ago: change the keys.")
    else:
        why = _("Due once a year, and whenever somebody leaves.")
    return joined(since, why)


def kept_words(one: Kept, clock: Clock) -> str:
    """When the copy was made, and before what."""
    at = one.made_at.astimezone(clock.local().tzinfo)
    words = {
        Before.UPGRADE: _("before the upgrade of {at}"),
        Before.RESTORE: _("before the restore of {at}"),
    }
    return words[one.before].format(at=f"{at:%Y-%m-%d %H:%M}")
