"""Pure thinking over domain types and numpy arrays: no I/O, no clock, no unseeded randomness.

In the order of the alphabet: admit, embed, find, measure, rank, reason, shortlist.
"""
