"""One table says who sees what, and what keeps it so; the masks and the keys follow from it."""

import pytest

from pmdesk.domain.access import (
    KEYHOLDERS,
    LINES,
    FieldClass,
    Guard,
    Place,
    Sight,
    barred_by,
    class_of,
    guard,
    guard_of,
    kept_by,
    sight,
)
from pmdesk.domain.access_words import ACTS, BARS, GUARDS, MEANINGS, SHORT, SIGHTS
from pmdesk.domain.reveals import CHOICES, REASONS, Reason, Why
from pmdesk.domain.staff import MATRIX, Permission, Role
from pmdesk.services.starters import catalogue
from pmdesk.store.vault.header import RINGS, SEALED

S, R, M, H = Sight.SHOWN, Sight.REASON, Sight.MASKED, Sight.HIDDEN
CLERK, MANAGER, REVIEWER, ADMIN = Role.CLERK, Role.MANAGER, Role.REVIEWER, Role.ADMIN

# by class: on the page for clerk, manager, reviewer, admin; then in lists and in files
EXPECTED = {
    FieldClass.NAME: (S, S, S, S, M, R),
    FieldClass.ROOM: (S, S, S, S, S, S),
    FieldClass.CONTACT: (R, R, M, R, M, R),
    FieldClass.REACH: (S, S, M, S, H, H),
    FieldClass.ANSWERS: (S, S, S, S, H, H),
    FieldClass.KEPT_OFF: (S, S, S, S, H, H),
    FieldClass.INCOME: (S, S, S, S, H, H),
    FieldClass.NOTES: (S, S, S, S, H, H),
    FieldClass.ORDERS: (S, S, S, S, S, H),
    FieldClass.COMPLAINTS: (H, S, S, S, H, H),
    FieldClass.TIER: (S, S, S, S, S, S),
    FieldClass.CONSENTS: (S, S, S, S, S, S),
    FieldClass.SEALED: (H, R, R, R, H, H),
    FieldClass.ITEMS: (H, R, R, R, H, H),
    FieldClass.STATEMENT: (H, H, H, H, H, H),
    FieldClass.HELD: (H, H, H, H, H, H),
    FieldClass.QUARANTINE: (H, H, H, H, H, H),
    FieldClass.SAMPLE: (H, H, H, H, H, H),
    FieldClass.ARCHIVE: (H, H, H, R, H, H),
    FieldClass.LOG: (H, H, S, S, H, H),
}


@pytest.mark.parametrize("kind", FieldClass)
def test_each_class_of_values_is_seen_by_these_roles_and_in_these_places(kind):
    on_page = tuple(sight(role, kind) for role in (CLERK, MANAGER, REVIEWER, ADMIN))
    elsewhere = (sight(MANAGER, kind, Place.LIST), sight(MANAGER, kind, Place.FILE))

    assert (*on_page, *elsewhere) == EXPECTED[kind]


@pytest.mark.parametrize("kind", FieldClass)
def test_whoever_exports_nothing_sees_nothing_in_files(kind):
    assert sight(CLERK, kind, Place.FILE) is sight(REVIEWER, kind, Place.FILE) is H


@pytest.mark.parametrize("kind", FieldClass)
def test_lists_and_searches_never_show_more_than_the_page(kind):
    order = (S, R, M, H)
    for role in Role:
        page = order.index(sight(role, kind))
        assert order.index(sight(role, kind, Place.LIST)) >= min(page, order.index(M))
        assert sight(role, kind, Place.SEARCH) is H or page <= order.index(M)


def test_the_key_of_sealed_fields_goes_to_whom_the_table_says():
    assert {role for role in Role if SEALED in RINGS[role]} == KEYHOLDERS


@pytest.mark.parametrize("kind", [kind for kind, line in LINES.items() if line.is_sealed])
def test_whatever_is_sealed_is_kept_from_the_front_desk_by_encryption(kind):
    assert sight(CLERK, kind) is H
    assert kept_by(CLERK, kind) is Guard.ENCRYPTION


def test_the_label_is_the_weakest_of_what_keeps_the_roles_off():
    assert guard(Permission.OPEN_SEALED) is Guard.ENCRYPTION
    assert guard(Permission.MANAGE_STAFF) is Guard.ENCRYPTION
    assert guard(Permission.OPEN_ARCHIVE) is Guard.APP  # managers hold the key
    assert barred_by(CLERK, Permission.OPEN_ARCHIVE) is Guard.ENCRYPTION
    assert guard(Permission.EDIT_RESIDENTS) is Guard.DETECTED
    assert guard(Permission.SEE_AUDIT) is Guard.APP
    assert guard_of(FieldClass.SEALED) is Guard.ENCRYPTION
    assert guard_of(FieldClass.CONTACT) is Guard.APP


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("person_name", FieldClass.NAME),
        ("mobile", FieldClass.CONTACT),
        ("emergency_phone", FieldClass.REACH),
        ("email", FieldClass.REACH),
        ("mail_address", FieldClass.REACH),
        ("fee_status", FieldClass.KEPT_OFF),
        ("income_band", FieldClass.INCOME),
        ("clean_need", FieldClass.ANSWERS),
        ("plate_no", FieldClass.SEALED),
        ("assist_need", FieldClass.ITEMS),
        ("fa_gender", FieldClass.SAMPLE),
    ],
)
def test_every_field_of_the_catalogue_belongs_to_a_class(key, kind):
    assert class_of(catalogue().field(key)) is kind


def test_no_restricted_field_is_in_a_class_that_lists_show():
    for field in catalogue().fields:
        if field.restricted:
            assert LINES[class_of(field)].lists is H, field.key


def test_everything_has_words_in_both_languages():
    assert set(ACTS) == set(Permission)
    assert (set(SIGHTS), set(GUARDS), set(MEANINGS)) == (set(Sight), set(Guard), set(Guard))
    assert set(SHORT) == set(Guard)
    assert set(REASONS) == set(Reason)
    assert all(words.zh and words.en for words in (*ACTS.values(), *BARS.values()))


def test_there_is_a_key_from_one_to_five_for_each_reason_that_can_be_chosen():
    assert len(CHOICES) == 5
    assert Reason.CORRECTING not in CHOICES


def test_another_reason_needs_words_and_only_its_code_is_a_mark():
    assert not Why(reason=Reason.OTHER, words="  ").is_told
    assert Why(reason=Reason.OTHER, words="王小明要的").mark == "why:other"
    assert Why(reason=Reason.SERVICE).is_told


def test_every_role_holds_what_the_front_desk_needs_to_receive_somebody():
    for role in Role:
        assert Permission.RECEIVE_REQUESTS in MATRIX[role]
