"""What each act does to the data; every function works inside the caller's unit of work."""

from pmdesk.services.acts.archiving import (
    archive,
    archived,
    contract_runs,
    end_occupancy,
    opened,
    searched,
)
from pmdesk.services.acts.erasing import deactivate, erase, withdrawn
from pmdesk.services.acts.freezing import dispute, keep_with_statement, lift, restrict, settle
from pmdesk.services.acts.holding import bring_back
from pmdesk.services.acts.objecting import decide_tier, delete_tag, object_to_tier
from pmdesk.services.acts.recalling import agreed, lists, opted_out, returned

__all__ = [
    "agreed",
    "archive",
    "archived",
    "bring_back",
    "contract_runs",
    "deactivate",
    "decide_tier",
    "delete_tag",
    "dispute",
    "end_occupancy",
    "erase",
    "keep_with_statement",
    "lift",
    "lists",
    "object_to_tier",
    "opened",
    "opted_out",
    "restrict",
    "returned",
    "searched",
    "settle",
    "withdrawn",
]
