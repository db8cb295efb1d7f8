"""RL-01 to RL-12 of the law paper as checks: each fails when an office crosses its line."""

import random
import socket

import pytest
from sqlalchemy.exc import DBAPIError

from pmdesk.analytics.facts import facts
from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.fields import Kind, RuleUse, Sensitivity
from pmdesk.domain.tiers import STANDARD
from pmdesk.errors import RefusedError
from pmdesk.i18n import Words
from pmdesk.rules.evaluate import evaluate
from pmdesk.rules.facts import Fact, FactType
from pmdesk.rules.parse import parse
from pmdesk.rules.rule import Rule
from pmdesk.rules.scheme import Scheme
from pmdesk.rules.table import DecisionTable
from pmdesk.services import classification, export, residents, retention, rules
from pmdesk.services.consent import consents
from pmdesk.services.exchange import headers
from tests.offices import (
    ERRAND,
    P2,
    PAPER,
    PLATE,
    PLATE_NO,
    SPECIAL,
    answers,
    assessed,
    consenting,
    decide,
    renamed,
    resident,
    reviewed,
    table_of,
    tier,
    tried,
)
from tests.rules import tables

# What is stored as bytes: a drawn signature, seals, hashes and keys. A picture has no column.
BYTES = {
    ("consent_event", "signature"),
    *((name, "blob") for name in ("sealed_value", "held", "archive", "consent_item", "quarantine")),
    ("fairness_sample", "blob"),
    ("dispute", "statement"),
    ("optout", "mark"),
    *(("audit", name) for name in ("body", "hash", "sig")),
    ("audit_salt", "salt"),
    ("signer", "key"),
    ("row_leaves", "digests"),
    ("row_salt", "salt"),
}
GIVEN = answers(repair_need=("water",), clean_need="in_home", quiet_window=("noon",))


def no_value_without_a_live_purpose(office):
    """RL-01: neither a form nor raw SQL stores a value for a purpose nobody agreed to."""
    clerk = office.session("clerk")
    person = resident(clerk)
    with clerk.store.reading() as work:
        catalogue = work.catalogue.live()
    for purpose in (one for one in catalogue.consenting if catalogue.answers(one.code)):
        with clerk.store.writing() as work, pytest.raises(RefusedError):
            work.answers.put(person, purpose.code, {}, source="test", at=office.clock.now())
        table = f"answers_{purpose.code.lower()}"
        columns = "person, purpose, source, collected_at, confirmed_at, by"
        with pytest.raises(DBAPIError):
            office.sql(
                f"INSERT INTO {table} ({columns}) VALUES ({person}, '{purpose.code}', 'raw', "
                "'2026-03-02T00:00:00.000000+00:00', '2026-03-02T00:00:00.000000+00:00', 'u') "
                "RETURNING person"
            )
    assert all(catalogue.purpose(field.purpose).basis for field in catalogue.fields)


def no_result_without_a_live_consent(office):
    """RL-02: who did not agree, or whose consent ran out, has no result."""
    clerk, manager = office.session("clerk"), office.session("manager")
    agreed = consenting(clerk, values=SPECIAL)
    silent = resident(clerk, "李娜", "13900001111", "3-2-502")
    classification.classify_all(manager)
    assert tier(clerk, agreed) == "care"
    assert tier(clerk, silent) is None
    office.clock.advance(days=3 * 366)
    retention.catch_up(manager)
    classification.classify_all(manager)
    assert tier(clerk, agreed) is None


def never_below_the_contract(office):
    """RL-03: nobody has less than the standard, and no table can bring less."""
    clerk, manager = office.session("clerk"), office.session("manager")
    asked = resident(clerk)
    decide(clerk, asked, {P2: False}, PAPER)
    assert residents.detail(clerk, asked).tier.code == STANDARD
    agreed = consenting(clerk, name="李娜", mobile="13900001111", room="3-2-502")
    assert residents.detail(clerk, agreed).tier.code == STANDARD
    consents.withdraw(clerk, agreed, P2)
    assert residents.detail(clerk, agreed).tier.code == STANDARD
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    table = table_of(manager, draft)
    lower = Scheme(
        tiers=(("reduced", Words("简化", "reduced")), *table.scheme.tiers), tags=table.scheme.tags
    )
    with pytest.raises(RefusedError) as refused:
        rules.save_draft(manager, draft, DecisionTable(facts=table.facts, rules=(), scheme=lower))
    assert refused.value.code == "E_RULE_BASELINE"


def no_rule_reads_what_it_must_not(office):
    """RL-04: sensitive, locked and statistical fields are nothing that a rule could ask."""
    with office.session("manager").store.reading() as work:
        catalogue = work.catalogue.live()
    offered = {fact.key.split(".")[0] for fact in facts(catalogue)}
    locked = {
        field.key
        for field in catalogue.fields
        if field.sensitivity is Sensitivity.SENSITIVE or field.rule_use is not RuleUse.YES
    }
    assert not offered & locked
    assert {"floor_area", "fee_status", "party_role", "person_name", "complaints"} <= locked


def no_rule_touches_a_price(office):
    """RL-05: a rule gives a tier, tags and a reason; a table with another output is refused."""
    manager = office.session("manager")
    draft = rules.draft_from(manager, rules.versions(manager)[0].id)
    table = table_of(manager, draft)
    priced = Scheme(
        tiers=table.scheme.tiers, tags=(*table.scheme.tags, ("discount", Words("折扣", "discount")))
    )
    with pytest.raises(RefusedError) as refused:
        rules.save_draft(manager, draft, DecisionTable(facts=table.facts, rules=(), scheme=priced))
    assert refused.value.code == "E_RULE_BASELINE"
    given = {name for name in Rule.__dataclass_fields__ if name not in {"id", "cells"}}
    assert given == {"tier", "tags", "reason", "legal"}


def withdrawal_takes_effect_at_once(office):
    """RL-06: after the withdrawal no value, result or draft is left, in any table."""
    clerk = office.session("clerk")
    person = consenting(clerk, values=GIVEN)
    assert tier(clerk, person) is not None
    consents.withdraw(clerk, person, P2)
    assert tier(clerk, person) is None
    left = {table for table, cell in office.cells() if cell in {"water", "in_home", "noon"}}
    assert left <= {"catalogue", "ruleset", "notice"}
    assert residents.detail(clerk, person).tier.code == STANDARD


def no_rules_without_their_assessment(office):
    """RL-07: rules wait for a legality review, and for an assessment of exactly their digest."""
    manager, second = office.session("manager"), office.session("manager2")
    first, other = (_reviewed(manager, second, given) for given in ("special", "enhanced"))
    _wait_for_an_assessment(second, first)
    assessed(manager, second, other)
    _wait_for_an_assessment(second, first)
    assessed(manager, second, first)
    rules.activate(second, first)
    with manager.store.reading() as work:
        assert work.rulesets.active().id == first


def adults_only(office):
    """RL-08: without the confirmation that the person is of age, nothing is agreed to."""
    clerk = office.session("clerk")
    person = resident(clerk)
    with pytest.raises(RefusedError):
        decide(clerk, person, {P2: True}, renamed(PAPER, adult_confirmed=False))
    assert tier(clerk, person) is None
    with clerk.store.reading() as work:
        fields = work.catalogue.live().fields
    assert not [f.key for f in fields if any(w in f.label.zh for w in ("出生", "学校", "子女"))]


def no_door_for_biometrics(office):
    """RL-09: no kind of field holds a picture or a sound, and a column of them is refused."""
    with office.session("manager").store.reading() as work:
        catalogue = work.catalogue.live()
    assert {kind.value for kind in Kind} & {"image", "photo", "file", "audio", "video"} == set()
    for title in ("人脸照片", "指纹", "声纹", "虹膜", "face photo", "renlian"):
        assert headers.refusal(title, headers.lexicon(catalogue)) is not None, title
    blobs = office.sql(
        "SELECT DISTINCT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND m.sql LIKE '%STRICT%' AND c.type = 'BLOB'"
    )
    assert {tuple(row) for row in blobs} <= BYTES


def nothing_goes_over_a_network(office):
    """RL-10: a day's work opens no connection."""
    opened = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", lambda *args: opened.append(args))
        patch.setattr(socket, "getaddrinfo", lambda *args, **_rest: opened.append(args))
        clerk, manager = office.session("clerk"), office.session("manager")
        person = consenting(clerk, values=GIVEN)
        classification.classify_all(manager)
        export.listing(manager, ResidentQuery(), ERRAND)
        consents.withdraw(clerk, person, P2)
    assert opened == []


def what_matters_is_on_record(office):
    """RL-11: a sensitive value that is opened, an export and a decision are each in the log."""
    clerk, manager = office.session("clerk"), office.session("manager")
    person = consenting(clerk, P2, PLATE)
    residents.seal_value(clerk, person, PLATE, PLATE_NO, "苏A12345")
    with office.logged() as log:
        residents.open_sealed(manager, person, PLATE, PLATE_NO, "挪车")
        export.listing(manager, ResidentQuery(), ERRAND)
        consents.withdraw(clerk, person, P2)
    acts = [action for action, _target, _fields in log]
    assert {"sealed.open", "consent.withdrawn"} <= set(acts)
    assert any(action.startswith("export") for action in acts)
    assert office.broken_link() is None


def missing_data_never_count_against(_office):
    """RL-12: over random tables and people, a blanked answer leaves the floor and never a fault."""
    for seed in range(300):
        table = tables.table(random.Random(seed))
        blank = evaluate(table, {})
        asking = {
            rule.id
            for rule in table.rules
            if any(not (cell.is_any or cell.unknown) for cell in rule.cells)
        }
        assert blank.rule not in asking
    flag = Fact(key="asked", label=Words("申请", "asked"), type=FactType.FLAG)
    scheme = Scheme(tiers=(("standard", Words("标准", "")), ("care", Words("关怀", ""))))
    for text in ("true", "false", "not(true)", "not(false)"):
        rule = Rule(id="r1", cells=(parse(text, flag),), tier="care")
        assert (
            evaluate(DecisionTable(facts=(flag,), rules=(rule,), scheme=scheme), {}).tier
            == "standard"
        ), text


def _reviewed(author, second, given):
    """A version of one's own that a second person approved."""
    draft = rules.draft_from(author, rules.versions(author)[-1].id)
    rules.save_draft(author, draft, table_of(author, draft).with_output("r8", tier=given))
    tried(author, draft)
    rules.submit(author, draft)
    with pytest.raises(RefusedError) as refused:
        rules.approve(second, draft, "与合同一致。")
    assert refused.value.code == "E_REVIEW_MISSING"
    reviewed(second, draft)
    rules.approve(second, draft, "与合同一致。")
    return draft


def _wait_for_an_assessment(session, ruleset):
    with pytest.raises(RefusedError) as refused:
        rules.activate(session, ruleset)
    assert refused.value.code == "E_PIA_MISSING"
