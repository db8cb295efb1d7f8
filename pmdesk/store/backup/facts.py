"""What a backup's header tells the use-cases."""

from datetime import datetime

from pmdesk.domain.backups import Facts
from pmdesk.store.backup.header import BackupHeader


def facts(header: BackupHeader) -> Facts:
    """The header without keys and signatures."""
    return Facts(
        made_at=header.made_at,
        by=header.by,
        app=header.app,
        schema=header.schema,
        vault=header.vault,
        counts=header.counts,
        newest=datetime.fromisoformat(header.newest) if header.newest else None,
        entries=header.anchor.count,
        head=header.anchor.head,
        rules=header.rules,
        sha256=header.sha256,
    )
