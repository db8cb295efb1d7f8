"""Sentences about what is not collected and what was collected by mistake."""

from collections.abc import Mapping

from pmdesk.domain.quarantine import Mistake
from pmdesk.domain.screening import Hit
from pmdesk.i18n import N_, _, said

MISTAKES: Mapping[Mistake, str] = {
    Mistake.REFUSED: N_("This program does not collect it"),
    Mistake.OTHER_PERSON: N_("About another person"),
    Mistake.NOT_NEEDED: N_("Not needed"),
    Mistake.NO_CONSENT: N_("Entered without consent"),
    Mistake.MINOR: N_("About a minor"),
}


def hit_sentence(hit: Hit) -> str:
    """What was found, why it is not collected, and what to do instead."""
    if hit.pattern is not None:
        found = _("This looks like: {what}. {why} Instead: {instead}")
    else:
        found = _("“{word}”: {why} Instead: {instead}")
    return found.format(
        what=said(hit.label), word=hit.word, why=said(hit.why), instead=said(hit.instead)
    )
