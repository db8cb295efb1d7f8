"""Words that an office adds to what is not collected: added by one person, removed by two."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from pmdesk.domain.catalogue import Refused
from pmdesk.i18n import Words

OwnWordId = NewType("OwnWordId", int)

SHORTEST, LONGEST = 2, 20  # characters of a word
LONGEST_WHY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWord:
    """A word that this office does not want to see anywhere, and why."""

    id: OwnWordId
    word: str
    why: str
    added_by: str  # uid
    added_at: datetime
    removal_by: str = ""  # who wants it removed; a second person has to agree
    removal_reason: str = ""

    @property
    def is_disputed(self) -> bool:
        """Whether somebody wants it removed."""
        return bool(self.removal_by)

    @property
    def refused(self) -> Refused:
        """The entry that the screen reads."""
        return Refused(
            keys=(f"own_{self.id}",),
            label=Words(self.word, self.word),
            words=(self.word,),
            why=Words(
                f"本系统不收集“{self.word}”：{self.why}",
                f"This program does not collect “{self.word}”: {self.why}",
            ),
            instead=Words("请换一种说法或不记录", "Say it differently, or leave it out"),
            law="个人信息保护法第32条",
        )
