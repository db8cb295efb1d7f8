"""What may be done about a person's data, with the words that say beforehand what happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pmdesk.domain.acts import ArchiveReason
from pmdesk.domain.consent_moves import STANDING
from pmdesk.domain.consents import ConsentState
from pmdesk.i18n import N_, _, said
from pmdesk.services.person_acts import Kept
from pmdesk.services.resident_page import PurposeGroup, ResidentDetail
from pmdesk.ui.orders.words import leaving_words


class Deed(StrEnum):
    """One act on the data of a person."""

    MOVED_OUT = "moved_out"
    CONTRACT_ENDED = "contract_ended"
    DECEASED = "deceased"
    RESTRICT = "restrict"
    DISPUTE = "dispute"
    OBJECT = "object"
    DECIDE = "decide"


LEAVING: Mapping[Deed, ArchiveReason] = {
    Deed.MOVED_OUT: ArchiveReason.MOVED_OUT,
    Deed.CONTRACT_ENDED: ArchiveReason.CONTRACT_ENDED,
    Deed.DECEASED: ArchiveReason.DECEASED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Message ids of one act."""

    entry: str  # in the menu
    title: str
    button: str
    is_final: bool = False


WORDING: Mapping[Deed, Wording] = {
    Deed.MOVED_OUT: Wording(
        entry=N_("Moved out…"),
        title=N_("The person has moved out"),
        button=N_("Confirm: moved out"),
        is_final=True,
    ),
    Deed.CONTRACT_ENDED: Wording(
        entry=N_("Contract ended…"),
        title=N_("The service contract has ended"),
        button=N_("Confirm: contract ended"),
        is_final=True,
    ),
    Deed.DECEASED: Wording(
        entry=N_("Has died…"),
        title=N_("The person has died"),
        button=N_("Confirm the death"),
        is_final=True,
    ),
    Deed.RESTRICT: Wording(
        entry=N_("Stop the use of entries…"),
        title=N_("Stop the use of the entries for one purpose"),
        button=N_("Stop the use"),
    ),
    Deed.DISPUTE: Wording(
        entry=N_("A value is disputed…"),
        title=N_("The person says that a value is wrong"),
        button=N_("Mark as disputed"),
    ),
    Deed.OBJECT: Wording(
        entry=N_("Objects to the tier…"),
        title=N_("The person does not accept the automatic tier"),
        button=N_("Record the objection"),
    ),
    Deed.DECIDE: Wording(
        entry=N_("Decide on the tier…"),
        title=N_("Decide on the tier yourself"),
        button=N_("Decide"),
    ),
}


def fitting(detail: ResidentDetail, *, handles: bool, edits: bool) -> tuple[Deed, ...]:
    """What can be done about this person now, by somebody of that role."""
    leaves = edits or handles
    fits: Mapping[Deed, bool] = {
        Deed.MOVED_OUT: leaves,
        Deed.CONTRACT_ENDED: leaves,
        Deed.DECEASED: leaves,
        Deed.RESTRICT: bool(free(detail)),
        Deed.DISPUTE: bool(disputable(detail)),
        Deed.OBJECT: detail.classification is not None and detail.route is None,
        Deed.DECIDE: handles and detail.route is not None,
    }
    return tuple(deed for deed in Deed if fits[deed])


def free(detail: ResidentDetail) -> Sequence[PurposeGroup]:
    """The purposes whose entries are used at present."""
    used = {None, *STANDING} - {ConsentState.RESTRICTED}
    return [one for one in detail.groups if one.state in used and one.restriction is None]


def disputable(detail: ResidentDetail) -> Sequence[tuple[PurposeGroup, str, str]]:
    """The values that can be disputed: their group, key and name."""
    return [
        (group, field.key, said(field.label))
        for group in detail.groups
        if group.answers is not None
        for field in group.fields
        if group.answers.values.get(field.key) is not None and field.key not in group.disputes
    ]


def ahead(
    deed: Deed, detail: ResidentDetail, kept: Kept, *, whole: bool, orders: int = 0
) -> tuple[str, ...]:
    """What will happen, in the order in which one wants to know it; `whole`: of every unit.

    `orders` are open work orders: they go on without the room and the words.
    """
    if deed in LEAVING:
        told = (leaving_words(orders),) if whole and orders else ()
        return (*told, *(_leaving(deed, detail, kept) if whole else _one_unit()))
    return tuple(_(words) for words in _AHEAD[deed])


def _leaving(deed: Deed, detail: ResidentDetail, kept: Kept) -> tuple[str, ...]:
    consented = [said(one.purpose.name) for one in detail.groups if one.state in STANDING]
    erased = _("Erased at once, with the consents: {purposes}").format(
        purposes=_(", ").join(consented)
    )
    sealed = _(
        "Sealed until {date}: name, phone, units and what else the contract needs ({reason})."
        " Then it is erased."
    ).format(date=kept.until.isoformat(), reason=said(kept.line.reason))
    gone = _("The person is in no list, search or chart any more. This cannot be undone.")
    kin = _("Close relatives may ask about the data (PIPL 49); no new consent is possible.")
    return (
        *((erased,) if consented else ()),
        sealed,
        gone,
        *((kin,) if deed is Deed.DECEASED else ()),
    )


def _one_unit() -> tuple[str, ...]:
    return (_("Only this unit ends today. The other units stay, with all entries and consents."),)


_AHEAD: Mapping[Deed, Sequence[str]] = {
    Deed.RESTRICT: (
        N_("The entries stay as they are; no page, list, rule, chart or export uses them."),
        N_("The service stays the standard of the contract. The person can end this at any time."),
    ),
    Deed.DISPUTE: (
        N_("The value stays and is marked. Until it is settled, rules read it as unknown."),
        N_("What is unknown never counts against a person."),
    ),
    Deed.OBJECT: (
        N_("The standard of the contract holds at once, with all its services."),
        N_("The rules decide no more; a manager or a reviewer decides and gives the reason."),
    ),
    Deed.DECIDE: (
        N_("Your name and your reason are kept; the person may read them."),
        N_("Rules do not change what you decide. Back to the rules: they decide again at once."),
    ),
}
