"""The plain words of change notices, the same on screen and on paper."""

from collections.abc import Mapping

from pmdesk.domain.purpose_plans import Aspect
from pmdesk.i18n import N_, _, said
from pmdesk.services.notices.notice_changes import ChangeSheet

_ASPECTS: Mapping[Aspect, str] = {
    Aspect.PURPOSE: N_("What the data are for"),
    Aspect.METHOD: N_("How they are handled, and who may look"),
    Aspect.CATEGORIES: N_("More kinds of data"),
    Aspect.FEWER: N_("No longer recorded"),
    Aspect.RETENTION: N_("Kept for longer"),
    Aspect.SHORTER: N_("Kept for a shorter time"),
    Aspect.RECIPIENTS: N_("Who else gets the data"),
    Aspect.NAME: N_("Name of the purpose"),
    Aspect.ORAL: N_("How people agree"),
    Aspect.TEXT: N_("Wording of the notice"),
    Aspect.OFFICE: N_("Particulars of the office"),
    Aspect.HANDOVER: N_("Who provides the property service"),
}


def aspect_words(aspect: Aspect) -> str:
    """What changed."""
    return _(_ASPECTS[aspect])


def headline(sheet: ChangeSheet) -> str:
    """What stands at the top of the sheet."""
    if _hands_over(sheet):
        return _("Another company takes over: what is handed over about you")
    if sheet.purpose is None:
        return _("Our notices on personal information have changed")
    return _("The notice “{purpose}” has changed").format(purpose=said(sheet.purpose))


def what_to_do(sheet: ChangeSheet) -> tuple[str, ...]:
    """What the person can do now, and where."""
    again = _(
        "Because of this change your earlier consent does not hold any more, and we have stopped"
        " using what hung on it. We ask you once; if you do not answer or say no, you are served"
        " by the standard as before."
    )
    stays = _("Your earlier decision stays as it is. You can withdraw it at any time.")
    where = _(
        "The whole text lies at the service counter. Questions, objections and withdrawals:"
        " {name}, phone {phone}, free of charge and without a reason."
    ).format(name=sheet.office.responsible, phone=sheet.office.contact_phone)
    if _hands_over(sheet):
        return (_not_handed_over(), where)
    return (again if sheet.change.asks_again else stays, where)


def _hands_over(sheet: ChangeSheet) -> bool:
    return any(one.aspect is Aspect.HANDOVER for one in sheet.change.text.alterations)


def _not_handed_over() -> str:
    return _(
        "Your consents are not handed over. If the new company wants to record more than the"
        " contract needs, it has to ask you itself, and you may say no."
    )
