"""`pmdesk keys`: changed, told of, and an older state brought back, without a window."""

import argparse
from collections.abc import Callable

from pmdesk.app import offices
from pmdesk.app.clock import SystemClock
from pmdesk.app.typed import typed_in
from pmdesk.domain.progress import silent
from pmdesk.i18n import _, ngettext
from pmdesk.services import keys
from pmdesk.services.key_words import kept_words, standing
from pmdesk.services.session import Session
from pmdesk.store.vault.engine import translated

DONE, FINDING = 0, 1


def run(chosen: argparse.Namespace) -> int:
    """One act, and its exit code."""
    typed = typed_in(chosen.passphrase_file, _("Passphrase: "))
    opened = offices.sign_in(chosen.office, chosen.login, typed, SystemClock())
    try:
        return _ACTS[chosen.act](opened.session, chosen)
    except OSError as error:
        raise translated(error) from error
    finally:
        opened.close()


def _rotate(session: Session, chosen: argparse.Namespace) -> int:
    keys.rotate(session, silent, sealed=chosen.sealed)
    print(_("The keys are changed. Everybody signs in as before."))
    return DONE


def _list(session: Session, _chosen: argparse.Namespace) -> int:
    found = keys.state(session)
    print(standing(found))
    for one in found.kept:
        print("\t".join((one.name, f"{one.size}", kept_words(one, session.clock))))
    return FINDING if found.due else DONE


def _bring_back(session: Session, chosen: argparse.Namespace) -> int:
    again = keys.bring_back(session, chosen.name, silent)
    print(_("The office is as in this copy. Everybody signs in as before."))
    words = ngettext(
        "{count} erasure since then was done again.",
        "{count} erasures since then were done again.",
        again,
    )
    print(words.format(count=again))
    return DONE


_ACTS: dict[str, Callable[[Session, argparse.Namespace], int]] = {
    "rotate": _rotate,
    "list": _list,
    "bring-back": _bring_back,
}
