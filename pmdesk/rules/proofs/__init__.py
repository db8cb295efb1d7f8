"""Exact answers about rows of cells over typed facts, each with a person who shows it.

`overlaps.overlaps(facts, rows)`: the pairs of rows that fit a common person.
`gaps.gaps(facts, rows)`: the widest boxes in which no row fits.
`unreachable.unreachable(facts, rows)`: the rows that never are the first to fit.
`witness.witness(facts, rows, wanted, without)`: a person whom all of these and none of those fit.
`people.firing_example(table, rule)`, `people.near_miss(table, rule)`: examples for one rule.

Each takes `rows` as sequences of cells, one for each fact, in the order in which they decide. An
answer is a `proof.Proof`: what was found, and whether that is all there is, proved.
"""
