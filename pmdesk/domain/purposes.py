"""Purposes of processing, each with its legal basis and how long values are kept."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from pmdesk.i18n import Words

PurposeCode = NewType("PurposeCode", str)

CONTRACT = PurposeCode("P1")  # 履行物业服务合同: no consent is asked for it (PIPL 13(1)(2))
CLASSIFICATION = PurposeCode("P2")  # 服务需求分类: the only purpose that may classify


class LegalBasis(StrEnum):
    """PIPL 13: why the processing is lawful."""

    CONTRACT = "contract"
    STATUTORY = "statutory"
    CONSENT = "consent"
    SEPARATE_CONSENT = "separate_consent"


class ConsentForm(StrEnum):
    """Which consent a purpose needs: none, one, a separate one, one for each item."""

    NONE = "none"
    CONSENT = "consent"
    SEPARATE = "separate"
    PER_ITEM = "per_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """Why personal information is processed; one consent covers one purpose."""

    code: PurposeCode
    name: Words
    summary: Words
    basis: LegalBasis
    consent: ConsentForm
    needs_assessment: bool  # impact assessment, PIPL 55
    may_classify: bool
    oral_allowed: bool
    retention: str
    months: int | None = None  # a consent is valid so long; None: until it ends otherwise

    @property
    def needs_consent(self) -> bool:
        """Whether values of this purpose may only be kept while a consent is live."""
        return self.consent is not ConsentForm.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long data are kept, why, and what happens then (law.md 6.8)."""

    code: str
    period: Words
    reason: Words
    at_end: Words
    months: int | None = None
