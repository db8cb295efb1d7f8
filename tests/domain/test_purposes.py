"""Purposes: consent is asked exactly where the law asks for it."""

from pmdesk.domain.dimensions import INCOME_PURPOSE
from pmdesk.domain.purposes import CLASSIFICATION, CONTRACT, ConsentForm, LegalBasis
from pmdesk.services import starters

PURPOSES = {purpose.code: purpose for purpose in starters.catalogue().purposes}


def test_consent_is_needed_exactly_where_it_is_the_legal_basis():
    for purpose in PURPOSES.values():
        by_consent = purpose.basis in {LegalBasis.CONSENT, LegalBasis.SEPARATE_CONSENT}
        assert purpose.needs_consent is by_consent


def test_the_contract_needs_no_consent_and_classification_does():
    assert not PURPOSES[CONTRACT].needs_consent
    assert PURPOSES[CLASSIFICATION].needs_consent


def test_only_the_classification_purpose_classifies_and_it_needs_an_assessment():
    classifying = [purpose for purpose in PURPOSES.values() if purpose.may_classify]

    assert [purpose.code for purpose in classifying] == [CLASSIFICATION, INCOME_PURPOSE]
    assert all(purpose.needs_assessment for purpose in classifying)


def test_no_sensitive_or_classifying_purpose_takes_an_oral_yes():
    for purpose in PURPOSES.values():
        strict = purpose.consent in {ConsentForm.SEPARATE, ConsentForm.PER_ITEM}
        if strict or purpose.may_classify:
            assert not purpose.oral_allowed
