"""How hard a secret is to guess, as far as that can be seen from the secret alone."""

from collections import Counter
from math import log2


def bits(text: str) -> float:
    """At most so many bits: the signs that the ones before them do not foretell, times how much
    each of them tells (Shannon). A repetition (abcabc) and a run (aaaa, 4567) tell nothing new.

    A sentence in words counts for more than it is worth: this finds what is surely weak.
    """
    counts = Counter(text)
    each = -sum(n / len(text) * log2(n / len(text)) for n in counts.values())
    return each * sum(not _foretold(text, at) for at in range(len(text)))


def _foretold(text: str, at: int) -> bool:
    """Whether the sign at `at` goes on with a run, or with something that stood there before."""
    if at < 2:
        return False
    one, two, three = (ord(sign) for sign in text[at - 2 : at + 1])
    return two - one == three - two or text.find(text[at - 2 : at + 1], 0, at) != -1
