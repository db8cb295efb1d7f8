"""The journal of a newer office, done again over an older file before anybody reads it."""

from collections.abc import Hashable, Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from pmdesk.domain.acts import (
    ARCHIVED_FOR,
    REQUEST_WORDS,
    ArchiveEntry,
    ArchiveReason,
    EraseReason,
    Erasure,
    Method,
    archive_info,
)
from pmdesk.domain.consents import Decision
from pmdesk.domain.ports import Seal
from pmdesk.domain.quarantine import KEPT_AWAY, MOBILE, NAME
from pmdesk.store import erasing, journal, schema, schema_acts, schema_quarantine, search
from pmdesk.store.archive import SqlArchive
from pmdesk.store.catalogue_register import SqlCatalogue
from pmdesk.store.consent_ends import SqlConsentEnds
from pmdesk.store.consent_items import SqlConsentItems
from pmdesk.store.context import StoreContext
from pmdesk.store.people import SqlPeople, remove
from pmdesk.store.requests import SqlRequests

_journal = schema_acts.erasure
_person = schema.person
_waiting = schema_quarantine.quarantine


def replay(
    connection: Connection,
    context: StoreContext,
    erasures: Sequence[Erasure],
    *,
    seal: Seal,
    today: date,
) -> int:
    """What was erased in the newer office is erased here too; how many lines were news.

    To replay a journal twice changes nothing: lines that this file has already are left out.
    """
    known = {_key(journal.read(row)) for row in connection.execute(select(_journal))}
    news = [one for one in erasures if _key(one) not in known]
    again = _Again(connection, context, seal, today)
    for one in news:
        again.do(one)
        connection.execute(insert(_journal).values(journal.line(one)))
    search.forget(connection)
    return len(news)


def _key(one: Erasure) -> Hashable:
    """Certificates alone are not enough: an older file that is worked on gives out its own."""
    return (one.certificate, one.at, one.person, one.scope, one.method)


class _Again:
    """One line after the other, each as far as this older file still holds what went."""

    def __init__(
        self, connection: Connection, context: StoreContext, seal: Seal, today: date
    ) -> None:
        self._connection = connection
        self._today = today
        self._seal = seal
        self._people = SqlPeople(connection, context)
        self._requests = SqlRequests(connection, context)
        self._archive = SqlArchive(connection, context)
        self._ends = SqlConsentEnds(connection, context)
        self._items = SqlConsentItems(connection, context)
        self._catalogue = SqlCatalogue(connection, context).live()

    def do(self, erasure: Erasure) -> None:
        """The line is true of this file too."""
        if not erasure.scope.is_everything:
            self._erase_values(erasure)
        elif erasure.method is Method.BLOCKED:
            self._block(erasure)
        else:
            self._archive.drop(erasure.person)
            if self._is_registered(erasure):
                remove(self._connection, erasure.person)

    def _erase_values(self, erasure: Erasure) -> None:
        person, purpose, field = erasure.person, erasure.scope.purpose, erasure.scope.field
        wanted = next((one for one in self._catalogue.purposes if one.code == purpose), None)
        if field == REQUEST_WORDS:
            self._requests.forget(person)
        if wanted is None or not self._is_registered(erasure):
            return
        if field in {NAME, MOBILE}:
            self._erase_particular(erasure)
        erasing.erase_values(self._connection, self._catalogue, person, purpose, field)
        self._drop_waiting(erasure)
        self._ends.drop_held(person, purpose)  # what is held cannot be erased in part
        if wanted.needs_consent and self._ends_with(erasure):
            decision = _DECISIONS.get(erasure.reason, Decision.EXPIRED)
            at, by = erasure.at, erasure.by
            self._ends.end(person, purpose, decision, at=at, today=self._today, by=by)

    def _erase_particular(self, erasure: Erasure) -> None:
        who = self._people.get(erasure.person)
        is_name = erasure.scope.field == NAME
        self._people.save(
            who.id,
            KEPT_AWAY if is_name else who.name,
            who.mobile if is_name else "",
            who.occupancies,
            revision=who.revision,
            at=erasure.at,
        )

    def _drop_waiting(self, erasure: Erasure) -> None:
        """What this file still has in quarantine was erased from there."""
        waiting = delete(_waiting).where(
            _waiting.c.person == erasure.person, _waiting.c.purpose == erasure.scope.purpose
        )
        field, _colon, note = erasure.scope.field.partition(":")
        if field:
            waiting = waiting.where(_waiting.c.field == field)
        if note:
            waiting = waiting.where(_waiting.c.note == int(note))
        self._connection.execute(waiting)

    def _ends_with(self, erasure: Erasure) -> bool:
        """Whether the consent goes too: with the whole purpose, or with its last item."""
        purpose, field = erasure.scope.purpose, erasure.scope.field
        items = {one.key for one in self._catalogue.items(purpose)}
        left = {one.purpose for one in self._items.of(erasure.person)}
        return not field or field in items or (bool(items) and purpose not in left)

    def _block(self, erasure: Erasure) -> None:
        if erasure.reason is EraseReason.OTHER_LAW:
            self._requests.forget(erasure.person)
        if not self._is_registered(erasure):
            return
        person = erasure.person
        self._archive.block(
            ArchiveEntry(
                person=person,
                reason=ARCHIVED_FOR.get(erasure.reason, ArchiveReason.ERASURE),
                archived_on=erasure.at.date(),
                keep_until=erasure.keep_until or self._today,
                blob=self._seal(archive_info(person), self._archive.content(person)),
            )
        )

    def _is_registered(self, erasure: Erasure) -> bool:
        found = select(_person.c.id).where(_person.c.id == erasure.person)
        return self._connection.scalar(found) is not None


_DECISIONS = {EraseReason.WITHDRAWN: Decision.WITHDRAWN}
