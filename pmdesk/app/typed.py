"""Passphrases for the command line: from a file or a prompt, never from the arguments."""

import getpass
from pathlib import Path

from pmdesk.errors import PmdeskError
from pmdesk.i18n import N_


def typed_in(path: Path | None, prompt: str) -> str:
    """What the named file says, or what somebody types; arguments can be seen by others."""
    if path is None:
        return getpass.getpass(prompt)
    try:
        return str(path.read_text(encoding="utf-8-sig")).rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        raise PmdeskError(
            N_("The passphrase file cannot be read."), N_("Check its path and permissions.")
        ) from error
