"""The live catalogue with its history, and the notices of its purposes."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pmdesk.domain.catalogue import Catalogue
from pmdesk.domain.notices import Notice
from pmdesk.domain.purposes import PurposeCode
from pmdesk.errors import NotFoundError
from pmdesk.i18n import N_
from pmdesk.store import catalogue_json, gate, schema
from pmdesk.store.columns import Integer
from pmdesk.store.context import StoreContext
from pmdesk.store.intact import notice_of

_versions = schema.catalogue
_notices = schema.notice


class SqlCatalogue:
    """The catalogue as documents that never change, the newest of which is live."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # whoever may open the office may read it
        self._connection = connection
        self._live: Catalogue | None = None

    def live(self) -> Catalogue:
        """The newest catalogue; NotFoundError before the first one."""
        if self._live is None:
            document = self._connection.scalar(_NEWEST)
            if document is None:
                raise NotFoundError(
                    N_("This office has no catalogue of fields yet."),
                    N_("Create the office anew with the assistant."),
                )
            self._live = catalogue_json.decoded(document)
        return self._live

    def install(self, catalogue: Catalogue) -> None:
        """The catalogue is live and each answers table has exactly its columns."""
        document = catalogue_json.encoded(catalogue)
        if document != self._connection.scalar(_NEWEST):
            self._connection.execute(insert(_versions).values(document=document, installed_at=_NOW))
        codes = [{"code": purpose.code} for purpose in catalogue.purposes]
        self._connection.execute(upsert(schema.purpose).on_conflict_do_nothing(), codes)
        gate.install(self._connection, catalogue)
        self._live = catalogue

    def add_notice(self, notice: Notice, *, at: datetime) -> None:
        """The version is stored for good and is the live one of its purpose and language."""
        self._connection.execute(
            insert(_notices).values(
                purpose=notice.purpose,
                version=notice.version,
                language=notice.language,
                text=notice.text,
                digest=notice.digest,
                fields=json.dumps(notice.fields),
                live_from=at,
            )
        )

    def notice(self, purpose: PurposeCode, language: str) -> Notice | None:
        """The live version; None when the purpose has none."""
        newest = _of(purpose, language).order_by(_notices.c.live_from.desc(), _ROWID.desc())
        return _notice(self._connection.execute(newest.limit(1)).first())

    def notice_version(self, purpose: PurposeCode, version: str, language: str) -> Notice | None:
        """That version; None when the office never had it."""
        that = _of(purpose, language).where(_notices.c.version == version)
        return _notice(self._connection.execute(that).first())


_NOW = func.strftime("%Y-%m-%dT%H:%M:%f000+00:00", "now")  # as UtcTime writes it
_ROWID = literal_column("notice.rowid", Integer)
_NEWEST = select(_versions.c.document).order_by(_versions.c.version.desc()).limit(1)


def _of(purpose: str, language: str) -> Select[tuple[object, ...]]:
    return select(_notices).where(_notices.c.purpose == purpose, _notices.c.language == language)


def _notice(row: Row[Any] | None) -> Notice | None:
    return None if row is None else notice_of(row)
