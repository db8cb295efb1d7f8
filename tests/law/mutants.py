"""The same program with one guard taken out: what the check of each red line has to notice."""

import socket

from sqlalchemy import select

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.fields import Home
from pmdesk.rules import evaluate as evaluator
from pmdesk.rules.cells import holds
from pmdesk.services import classification, rules
from pmdesk.services.consent import consent_checks
from pmdesk.services.exchange import headers
from pmdesk.services.records import assessments
from pmdesk.services.session import Session
from pmdesk.store import deciding
from pmdesk.store.consent_ends import SqlConsentEnds
from pmdesk.store.consents import SqlConsents
from pmdesk.store.vault import engine


def values_without_consent(patch):
    """The database does not mind what a value hangs on."""
    lax = tuple(one.replace("foreign_keys=ON", "foreign_keys=OFF") for one in engine.PRAGMAS)
    patch.setattr(engine, "PRAGMAS", lax)


def results_after_the_last_day(patch):
    """Neither the sweep nor the deciding statement looks at the last day of a consent."""

    def rows(self, columns):
        consent = deciding._consent
        return (
            select(consent.c.person, *(column.label(key) for key, column in columns.items()))
            .select_from(deciding._joined(self.catalogue, self.keys, self.left_out))
            .where(consent.c.purpose == "P2")
        )

    patch.setattr(deciding.Reading, "_rows", rows)
    patch.setattr(SqlConsentEnds, "expire", lambda *_arguments, **_rest: 0)


def tables_below_the_floor(patch):
    """A table may give what it likes."""
    patch.setattr(rules, "require_floor", lambda _catalogue, _table: None)


def rules_that_read_everything(patch):
    """Every field with an answer is a fact."""
    answered = property(
        lambda self: tuple(field for field in self.fields if field.home is Home.ANSWERS)
    )
    patch.setattr(Catalogue, "rule_fields", answered)


def withdrawal_that_only_notes(patch):
    """The withdrawal is on record, and nothing else happens."""
    patch.setattr(SqlConsents, "_end", lambda *_arguments: None)


def activation_without_assessment(patch):
    """Nobody asks for the impact assessment."""
    patch.setattr(assessments, "require", lambda *_arguments: None)


def consent_of_anybody(patch):
    """Nobody asks whether the person is of age."""
    patch.setattr(consent_checks, "_refuse_unproved", lambda *_arguments: None)


def columns_of_faces(patch):
    """Headers are not compared with what is refused."""
    patch.setattr(headers, "refusal", lambda *_arguments: None)


def a_call_home(patch):
    """Classifying tells a server."""
    whole = classification.classify_all

    def told(session):
        socket.getaddrinfo("example.cn", 443)
        return whole(session)

    patch.setattr(classification, "classify_all", told)


def acts_without_a_trace(patch):
    """Nothing is written to the log."""
    patch.setattr(Session, "log", lambda *_arguments, **_rest: None)


def unknown_taken_for_a_fit(patch):
    """What nobody answered fits every cell."""
    patch.setattr(evaluator, "holds", lambda cell, value: value is None or holds(cell, value))
