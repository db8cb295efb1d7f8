"""Counts over the whole office, as the self-audit shows them."""

import shutil
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, TextClause, text

from pmdesk.domain.ports.evidence import Place
from pmdesk.store.context import StoreContext
from pmdesk.store.vault.network import on_network_drive, synced_by

_NEWEST = "id IN (SELECT max(id) FROM consent_event GROUP BY person, purpose)"
_LOGGED = "SELECT count(*) FROM audit WHERE instr(body, CAST('\"{action}\"' AS BLOB))"

# name of the count: how it is counted; `:today`, `:year_ago` are days
_COUNTS: Mapping[str, str] = {
    "live": "SELECT count(*) FROM consent",
    "refused": f"SELECT count(*) FROM consent_event WHERE decision = 'refused' AND {_NEWEST}",
    "withdrawn": f"SELECT count(*) FROM consent_event WHERE decision = 'withdrawn' AND {_NEWEST}",
    "stale": f"SELECT count(*) FROM consent_event WHERE decision = 'stale' AND {_NEWEST}",
    "not_told": """SELECT count(*) FROM consent_event e WHERE e.decision = 'given'
        AND e.shown_at IS NOT NULL AND (e.shown_at > e.at OR NOT EXISTS (
        SELECT 1 FROM notice n WHERE n.purpose = e.purpose AND n.version = e.notice_version
        AND n.language = e.notice_language AND n.live_from <= e.at))""",
    "told_untimed": "SELECT count(*) FROM consent_event WHERE decision = 'given' "
    "AND shown_at IS NULL",
    "quarantined": "SELECT count(*) FROM quarantine",
    "quarantine_late": "SELECT count(*) FROM quarantine WHERE until < :today",
    "changes": "SELECT count(*) FROM notice_change",
    "sealed": "SELECT count(*) FROM sealed_value",
    "sealed_unbacked": """SELECT count(*) FROM sealed_value s WHERE NOT EXISTS (
        SELECT 1 FROM consent c WHERE c.person = s.person AND c.purpose = s.purpose)""",
    "sealed_opened": _LOGGED.format(action="sealed.open"),
    "past_due": """SELECT (SELECT count(*) FROM consent WHERE valid_until < :today)
        + (SELECT count(*) FROM held WHERE until < :today)
        + (SELECT count(*) FROM archive WHERE keep_until < :today)""",
    "erased": "SELECT count(*) FROM erasure",
    "swept": "SELECT count(*) FROM sweep WHERE day >= :today",
    "classified_unbacked": """SELECT count(*) FROM classification r WHERE NOT EXISTS (
        SELECT 1 FROM consent c WHERE c.person = r.person AND c.purpose = 'P2')""",
    "objections": "SELECT count(*) FROM human_route",
    "objections_open": "SELECT count(*) FROM human_route WHERE decided_at IS NULL",
    "requests": "SELECT count(*) FROM rights_request WHERE code <> 'D8'",
    "requests_open": "SELECT count(*) FROM rights_request WHERE closed_on IS NULL",
    "requests_late": """SELECT count(*) FROM rights_request
        WHERE coalesce(closed_on, :today) > stop""",
    "refusals_bare": """SELECT count(*) FROM rights_request
        WHERE state = 'refused' AND trim(reason_text) = ''""",
    "explanations": "SELECT count(*) FROM rights_request WHERE code = 'D8'",
    "explanations_open": """SELECT count(*) FROM rights_request
        WHERE code = 'D8' AND closed_on IS NULL""",
    "staff": "SELECT count(*) FROM staff WHERE enabled = 1",
    "untrained": """SELECT count(*) FROM staff s WHERE s.enabled = 1 AND NOT EXISTS (
        SELECT 1 FROM training_attempt t
        WHERE t.uid = s.uid AND t.passed = 1 AND t.day > :year_ago)""",
}


class SqlEvidence:
    """What can be counted; nothing here reads a name or a value."""

    def __init__(self, connection: Connection, context: StoreContext) -> None:
        del context  # the services check who may ask
        self._connection = connection

    def counts(self, today: date) -> Mapping[str, int]:
        """How many there are of each thing an auditor asks about."""
        year_ago = (today - timedelta(days=365)).isoformat()
        days = {"today": today.isoformat(), "year_ago": year_ago}
        return {
            name: int(self._connection.scalar(_prepared(sql, days)) or 0)
            for name, sql in _COUNTS.items()
        }

    def place(self) -> Place:
        """Where the file of the office lies."""
        rows = self._connection.exec_driver_sql("PRAGMA database_list")
        file = Path(next(row[2] for row in rows if row[1] == "main"))
        return Place(
            synced_by=synced_by(file.parent),
            is_remote=on_network_drive(file.parent),
            free=_free(file.parent),
            size=self._size(),
        )

    def _size(self) -> int:
        """The file's bytes, which the connection knows even while the disk does not answer."""
        pages, size = (
            self._connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("page_count", "page_size")
        )
        return int(pages) * int(size)


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:  # a share that hiccups: no page may stay shut for that
        return None


def _prepared(sql: str, days: Mapping[str, str]) -> TextClause:
    used = {name: day for name, day in days.items() if f":{name}" in sql}
    return text(sql).bindparams(**used)
