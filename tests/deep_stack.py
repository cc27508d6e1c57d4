"""Room for deep calls at once.

Python (3.11 to 3.13) keeps the frames of its calls in chunks of 16 kB, and gives a chunk back to
the system as soon as the call that needed it returns. Calls on the edge of a chunk so map and unmap
memory each time, which costs most where several processors have to agree on it. A frame that is
larger than a chunk gets one with room for everything that is called from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")
# In values of eight bytes; they are reserved and never filled.
ROOM = 50_000


def on_a_deep_stack(call: Callable[[], R]) -> R:
    """What `call` returns, or raises."""
    return call()


on_a_deep_stack.__code__ = on_a_deep_stack.__code__.replace(co_stacksize=ROOM)
