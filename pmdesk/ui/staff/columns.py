"""What the list of staff says of each colleague."""

from collections.abc import Mapping

from pmdesk.domain.office import Clock
from pmdesk.domain.staff import Role
from pmdesk.i18n import N_, _, ngettext, pgettext
from pmdesk.services.colleagues import Colleague
from pmdesk.services.wording import STAFF_ROLES
from pmdesk.ui.backups.words import moment
from pmdesk.ui.tables.model import Column, digits
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

DUTIES: Mapping[Role, str] = {
    Role.CLERK: N_("Registers residents, takes consents and withdrawals, sees tiers."),
    Role.MANAGER: N_("Also imports, exports, reads charts and sealed fields, and edits rules."),
    Role.REVIEWER: N_("Reads charts and rules, and decides on rule versions; enters nothing."),
    Role.ADMIN: N_("Everything a manager may, and also staff and settings."),
}


def columns(clock: Clock) -> tuple[Column[Colleague], ...]:
    """Name, account, role, state, last sign-in and training."""
    return (
        Column(key="name", title=_("Name"), cell=lambda one: one.staff.name),
        Column(key="login", title=_("Account"), cell=lambda one: one.staff.login),
        Column(
            key="role",
            title=pgettext("staff", "Role"),
            cell=_role,
            width=digits(map(_, STAFF_ROLES.values())),
        ),
        Column(key="state", title=_("State"), cell=_state, badge=_state_badge, width=16),
        Column(
            key="signed_in",
            title=_("Last sign-in"),
            cell=lambda one: moment(one.signed_in, clock) if one.signed_in else _("never"),
            sort=lambda one: one.signed_in.timestamp() if one.signed_in else 0.0,
            width=20,
        ),
        Column(key="training", title=_("Training"), cell=_training, badge=_badge, width=16),
    )


def remarks(one: Colleague, clock: Clock) -> tuple[str, ...]:
    """What an administrator should know of the chosen colleague."""
    found = [f"{_(STAFF_ROLES[one.staff.role])}{_(': ')}{_(DUTIES[one.staff.role])}"]
    if one.handed is not None:
        words = _("{name} set a new passphrase on {date}; it has not been used yet.")
        if one.handed.broke_off:
            words = _(
                "{name} began to set a new passphrase on {date} and it broke off. Set it again."
            )
        found.append(words.format(name=one.handed.by, date=moment(one.handed.at, clock)))
    if one.staff.enabled and not one.sworn:
        found.append(_("The confidentiality undertaking is not signed."))
    if one.leaving is not None:
        found.append(_("Account closed on {date}.").format(date=moment(one.leaving.at, clock)))
        if one.leaving.open:
            found.append(
                ngettext(
                    "{count} point of the exit list is open.",
                    "{count} points of the exit list are open.",
                    len(one.leaving.open),
                ).format(count=len(one.leaving.open))
            )
    return tuple(found)


def _role(one: Colleague) -> str:
    return _(STAFF_ROLES[one.staff.role])


def _state(one: Colleague) -> str:
    if not one.staff.enabled:
        return _("Exit list open") if one.leaving and one.leaving.open else _("Disabled")
    if one.handed is None:
        return _("Active")
    return _("Passphrase not certain") if one.handed.broke_off else _("New passphrase waits")


def _state_badge(one: Colleague) -> Badge:
    if not one.staff.enabled:
        unsettled = one.leaving is not None and bool(one.leaving.open)
        tone = Tone.WARN if unsettled else Tone.NEUTRAL
        return Badge(words=_state(one), tone=tone, icon="ban")
    if one.handed:
        tone = Tone.WARN if one.handed.broke_off else Tone.INFO
        return Badge(words=_state(one), tone=tone, icon="key")
    return Badge(words=_state(one), tone=Tone.GOOD, icon="circle-check")


def _training(one: Colleague) -> str:
    if not one.staff.enabled:
        return ""
    if not one.courses:
        return _("In order")
    return ngettext("{count} course due", "{count} courses due", one.courses).format(
        count=one.courses
    )


def _badge(one: Colleague) -> Badge | None:
    if not one.staff.enabled:
        return None
    tone, picture = (Tone.WARN, "clock") if one.courses else (Tone.GOOD, "circle-check")
    return Badge(words=_training(one), tone=tone, icon=picture)
