"""The charts page: eight questions about the office, answered so that nobody can be found out.

`desk.card(session, key, scope)` answers one of `domain.dashboard.CARDS` for a `Scope`; the result
is a `card.Card`. Everything that leaves a card (chart, table, tip, export, print, spoken text) is
made of its `figures`, in which small numbers are hidden already.
"""
