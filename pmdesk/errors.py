"""The errors that a user may meet: each carries a sentence and what to do next."""

import traceback
from types import TracebackType
from typing import Self


class PmdeskError(Exception):
    """Something a user can understand went wrong.

    `sentence` and `remedy` are message ids (English, marked with `N_` where raised); `places` fill
    their named placeholders. They never hold a resident's data: they may be logged. `code` names
    the invariant that an act would have broken ("E_PIA_MISSING"), for the log and for inspectors.
    """

    exit_code = 1  # of the command line, see `pmdesk.app.cli`

    code = ""

    def __init__(self, sentence: str, remedy: str = "", **places: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.places = places

    def coded(self, code: str) -> Self:
        """The same error, naming that invariant."""
        self.code = code
        return self


class RefusedError(PmdeskError):
    """The act is not allowed: a permission, a consent or the right passphrase is missing."""

    exit_code = 3


class DeniedError(RefusedError):
    """Whoever asks may not do this, be it for the role, for the keys or for the own part in it.

    The session it passes through leaves an entry in the audit log: `act` names what was wanted,
    `why` the cause where it is not the role.
    """

    def __init__(
        self, sentence: str, remedy: str = "", *, act: str, why: str = "", **places: object
    ) -> None:
        super().__init__(sentence, remedy, **places)
        self.act = act
        self.why = why
        self.is_recorded = False


class NotFoundError(PmdeskError):
    """The record is gone."""


class ConflictError(PmdeskError):
    """The record was changed by somebody else meanwhile, or breaks a rule of the store."""


class EntryError(PmdeskError):
    """A cell of a decision table cannot be read; `position` counts characters from 0."""

    def __init__(self, sentence: str, remedy: str = "", *, position: int, **places: object) -> None:
        super().__init__(sentence, remedy, position=position + 1, **places)
        self.position = position


class ExchangeError(PmdeskError):
    """A file cannot be imported or exported."""


class VaultError(PmdeskError):
    """The encrypted office cannot be opened, or not be trusted."""


class WrongKeyError(VaultError):
    """User name or passphrase do not fit: one answer for every cause."""

    exit_code = 3


class VaultTooNewError(VaultError):
    """A newer pmdesk made this office."""


class VaultDamagedError(VaultError):
    """The files of the office are damaged or were tampered with."""


class VaultBusyError(VaultError):
    """Another window or program has this office open."""


class StorageError(VaultError):
    """The disk is full, read-only or gone; what was saved before is still there."""


class OfficeClosedError(StorageError):
    """What was asked for is done, but an error behind its last step closed the office."""


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind and places of an error; its message is left out, for it may hold what was typed."""
    frames = traceback.extract_tb(trace)
    places = [f"  {frame.name} ({frame.filename}:{frame.lineno})" for frame in frames]
    return "\n".join([kind.__name__, *places])
