"""Own words of an office in the store; a row is never deleted, a removal names two people."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from pmdesk.domain.own_words import OwnWord, OwnWordId
from pmdesk.errors import ConflictError, RefusedError
from pmdesk.i18n import N_
from pmdesk.store.context import StoreContext
from pmdesk.store.schema_quarantine import refused_word as _word


class SqlOwnWords:
    """Words that this office added to what is not collected."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        self._connection = connection
        self._uid = context.uid

    def all(self) -> tuple[OwnWord, ...]:
        """In force, oldest first."""
        found = select(_word).where(_word.c.removed_at.is_(None)).order_by(_word.c.id)
        return tuple(
            OwnWord(
                id=OwnWordId(row.id),
                word=row.word,
                why=row.why,
                added_by=row.added_by,
                added_at=row.added_at,
                removal_by=row.removal_by,
                removal_reason=row.removal_reason,
            )
            for row in self._connection.execute(found)
        )

    def add(self, word: str, why: str, *, at: datetime) -> OwnWordId:
        """The word is in force."""
        row = insert(_word).values(word=word, why=why, added_by=self._uid, added_at=at)
        try:
            return OwnWordId(self._connection.scalars(row.returning(_word.c.id)).one())
        except IntegrityError as error:
            raise ConflictError(
                N_("This word is on the list already."), N_("Search the list for it.")
            ) from error

    def propose_removal(self, word: OwnWordId, reason: str, *, at: datetime) -> None:
        """A second person may now agree."""
        self._change(word, removal_by=self._uid, removal_reason=reason, proposed_at=at)

    def keep(self, word: OwnWordId) -> None:
        """Nobody wants it removed any more."""
        self._change(word, removal_by="", removal_reason="", proposed_at=None)

    def remove(self, word: OwnWordId, *, at: datetime) -> None:
        """The word is in force no more; the database refuses whoever proposed it."""
        try:
            self._change(word, removed_by=self._uid, removed_at=at)
        except IntegrityError as error:
            raise RefusedError(
                N_("A word is removed by two people: one proposes it with a reason, one agrees."),
                N_("Ask a colleague to agree."),
            ) from error

    def _change(self, word: OwnWordId, **values: object) -> None:
        that = update(_word).where(_word.c.id == word, _word.c.removed_at.is_(None))
        if not self._connection.execute(that.values(**values)).rowcount:
            raise ConflictError(
                N_("This word is not on the list any more."), N_("Reload the page.")
            )
