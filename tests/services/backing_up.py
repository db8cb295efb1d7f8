"""What tests of backups share: a passphrase, and a backup that nobody watches."""

from pmdesk.domain.progress import silent
from pmdesk.services import backups

SECRET = "granite teapot willow sunrise 47"


def make(session):
    """A backup as it was made."""
    return backups.make(session, silent)[1]


def ready_to_back_up(admin):
    """The administrator of an office whose backup passphrase is set."""
    backups.set_passphrase(admin, SECRET)
    return admin
