"""Which list somebody asks for, in words: the filters, never a person."""

import json

from pmdesk.domain.consents import ConsentState
from pmdesk.domain.export_guard import Wish
from pmdesk.domain.exports import KINDS, ExportKind
from pmdesk.domain.ports import UnitOfWork
from pmdesk.i18n import _, said
from pmdesk.services.wording import STATES


def described(work: UnitOfWork, wish: Wish) -> str:
    """The list by name with its filters; without a filter it is about everybody."""
    parts = json.loads(wish.query)
    name = said(KINDS[wish.kind].name)
    if wish.kind is not ExportKind.CLASSIFICATION:
        return " · ".join((name, *map(str, parts.values())))
    catalogue = work.catalogue.live()
    tiers = {one.code: said(one.name) for one in catalogue.tiers}
    tags = {one.code: said(one.name) for one in catalogue.tags}
    filters = (
        _("building {name}").format(name=parts["building"]) if parts["building"] else "",
        tiers.get(parts["tier"], parts["tier"]),
        tags.get(parts["tag"], parts["tag"]),
        _(STATES[ConsentState(parts["consent"])]) if parts["consent"] else "",
    )
    shown = tuple(one for one in filters if one) or (_("everybody"),)
    masks = _("not masked") if wish.unmasked else _("masked")
    return " · ".join((name, *shown, masks))
