"""The list of what this program does not collect: searchable, with why and what instead."""

from collections.abc import Sequence
from functools import partial

from pmdesk.domain.catalogue import Refused
from pmdesk.domain.screening import Hit, Use
from pmdesk.i18n import _, said
from pmdesk.services.refusal import screen
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.forms.search_box import SearchBox
from pmdesk.ui.refused.words import hit_sentence
from pmdesk.ui.tables.model import Column, RowsModel
from pmdesk.ui.tables.view import Table
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Tone
from pmdesk.ui.widgets.banner import Banner
from pmdesk.ui.widgets.card import Card
from pmdesk.ui.widgets.header import EmptyState
from pmdesk.ui.widgets.label import label

_SHOWN = 8  # words of an item in the list


class ItemsCard(Card):
    """The items that fit the search; a text that is typed is also screened as a note would be."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        super().__init__(_("The list"))
        self._session = session
        self._tasks = tasks
        self._items: tuple[Refused, ...] = ()
        self._text = ""
        self.search = SearchBox(_("A word or a sentence, for example 户口 or 月收入"))
        self.search.searched.connect(self.look_for)
        self.told = Banner()
        self.model = RowsModel[Refused](_columns())
        self.table = Table(self.model, EmptyState(_("Nothing on the list fits this.")))
        self.table.setMinimumHeight(theme.length(260))
        self.table.view.picked.connect(self._show_item)
        self.detail = label("", "muted", wrap=True, select=True)
        for part in (self.search, self.told):
            self.add(part)
        self.add(self.table, 1)
        self.add(self.detail)

    def show_items(self, items: Sequence[Refused]) -> None:
        """The list as it is now."""
        self._items = tuple(items)
        self._filter()

    def look_for(self, text: str) -> None:
        """The list shows what fits, and the banner says whether such a text could be saved."""
        self._text = text
        self._filter()
        if not text:
            self.told.show_sentence("")
            return
        work = partial(screen.looked_at, self._session, text, Use.NAME)
        self._tasks.query(work, owner=self, done=self._tell, newest="look")

    def _tell(self, hits: Sequence[Hit]) -> None:
        if not self._text:
            return
        if hits:
            self.told.show_sentence(hit_sentence(hits[0]), Tone.WARN)
        else:
            self.told.show_sentence(_("Nothing in it is on the list."), Tone.GOOD)

    def _filter(self) -> None:
        sought = self._text.casefold()
        fitting = [item for item in self._items if _fits(item, sought)]
        self.model.set_rows(fitting)
        self.detail.setText("")

    def _show_item(self, item: Refused | None) -> None:
        if item is None:
            self.detail.setText("")
            return
        every = _(", ").join((*item.words, *item.labels))
        self.detail.setText(
            _("{why} Legal note: {law}. Recognised by: {words}").format(
                why=said(item.why), law=item.law, words=every
            )
        )


def _fits(item: Refused, sought: str) -> bool:
    """The item is about what is sought; in a sentence, a word of it is enough."""
    texts = [text.casefold() for text in (*item.label, *item.words, *item.labels, *item.why)]
    return not sought or any(sought in text or text in sought for text in texts)


def _columns() -> tuple[Column[Refused], ...]:
    return (
        Column(key="label", title=_("Not collected"), cell=lambda item: said(item.label)),
        Column(key="words", title=_("Recognised by"), cell=_words),
        Column(key="instead", title=_("Instead"), cell=lambda item: said(item.instead)),
        Column(key="law", title=_("Legal note"), cell=lambda item: item.law),
    )


def _words(item: Refused) -> str:
    return _(", ").join(item.words[:_SHOWN])
