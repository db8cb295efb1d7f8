"""What the use-cases ask of the register of legality reviews."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pmdesk.domain.classification import Ruleset
from pmdesk.domain.reviews import Answer, Signature


class Reviews(Protocol):
    """Answers and signatures about versions of the rules; they hang on the document's digest."""

    def answers(self, ruleset: Ruleset) -> tuple[Answer, ...]:
        """Those about exactly this document, newest first."""
        ...

    def answer(self, ruleset: Ruleset, answer: Answer) -> None:
        """One more; RefusedError where the author reviews himself and is not the only one."""
        ...

    def signature(self, ruleset: Ruleset) -> Signature | None: ...
    def sign(self, ruleset: Ruleset, signature: Signature) -> None:
        """The review is signed; RefusedError where the author signs and may not."""
        ...

    def unguarded(self, facts: Sequence[str], *, today: date) -> tuple[str, ...]:
        """The facts of which the deciding statement would read a disputed or stale value."""
        ...
