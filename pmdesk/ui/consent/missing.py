"""What is missing before the next step of a consent, said with the names of what it is about."""

from collections.abc import Mapping, Sequence

from pmdesk.domain.consents import GivenBy
from pmdesk.i18n import N_, _, said
from pmdesk.services.consent.consents import Choice
from pmdesk.ui.consent.decisions import Decisions

WHO: Mapping[GivenBy, str] = {
    GivenBy.SELF: N_("the person"),
    GivenBy.GUARDIAN: N_("the guardian"),
    GivenBy.AGENT: N_("the agent"),
}


def missing_words(missing: str, decisions: Decisions, choices: Sequence[Choice]) -> str:
    """The message `missing` in the user's language; empty when nothing is missing."""
    if not missing:
        return ""
    unread = [choice for choice in choices if choice.purpose.code in decisions.unread]
    half = decisions.half_decided(choices)
    return _(missing).format(
        notices=_(", ").join(said(choice.purpose.name) for choice in unread),
        purpose=said(half.purpose.name) if half else "",
        count=len(decisions.open_items(half)) if half else 0,
        who=_(WHO[decisions.given_by]),
    )
