"""The wegwijzer: which tafel fits, from a few answers and without an account (E-029).

`questions` is what the region asks, `answers` what a visitor chose (codes in the address, nothing
is kept), `advice` what that means per tafel, `words` how it is said, and `prefill` what of it a
registration can begin with. Whether a tafel fits is for `directory.reading.instroom` to say, here
as well as for a casus.
"""
