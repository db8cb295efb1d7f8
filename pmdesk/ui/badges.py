"""How states of consent, tiers and legal bases look everywhere: icon, word and colour."""

from collections.abc import Mapping

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.purposes import LegalBasis
from pmdesk.domain.tiers import Tier
from pmdesk.i18n import _, said
from pmdesk.services.wording import BASES, STATES
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.pill import Badge

_STATES: Mapping[ConsentState, tuple[Tone, str]] = {
    ConsentState.NEVER_ASKED: (Tone.NEUTRAL, "circle"),
    ConsentState.LIVE: (Tone.GOOD, "circle-check"),
    ConsentState.EXPIRING: (Tone.WARN, "clock"),
    ConsentState.REFUSED: (Tone.NEUTRAL, "circle-minus"),
    ConsentState.WITHDRAWN: (Tone.PLUM, "rotate-ccw"),
    ConsentState.STALE: (Tone.WARN, "refresh-cw"),
    ConsentState.EXPIRED: (Tone.WARN, "calendar"),
    ConsentState.RESTRICTED: (Tone.PLUM, "lock"),
}
_TIERS: Mapping[str, tuple[Tone, str]] = {
    "care": (Tone.INFO, "hand-heart"),
    "enhanced": (Tone.PLUM, "heart-handshake"),
    "special": (Tone.WARN, "star"),
}
_BASES: Mapping[LegalBasis, tuple[Tone, str]] = {
    LegalBasis.CONTRACT: (Tone.NEUTRAL, "file-text"),
    LegalBasis.STATUTORY: (Tone.NEUTRAL, "scale"),
    LegalBasis.CONSENT: (Tone.INFO, "signature"),
    LegalBasis.SEPARATE_CONSENT: (Tone.PLUM, "signature"),
}


def consent_badge(state: ConsentState) -> Badge:
    """The state of a consent."""
    tone, icon = _STATES[state]
    return Badge(words=_(STATES[state]), tone=tone, icon=icon)


def tier_badge(tier: Tier) -> Badge:
    """A tier; offices may add tiers of their own, which look plain."""
    tone, icon = _TIERS.get(tier.code, (Tone.NEUTRAL, "circle"))
    return Badge(words=said(tier.name), tone=tone, icon=icon)


def basis_badge(basis: LegalBasis) -> Badge:
    """Why processing for a purpose is lawful."""
    tone, icon = _BASES[basis]
    return Badge(words=_(BASES[basis]), tone=tone, icon=icon)
