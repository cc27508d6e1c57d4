"""Copies of the house in a folder: how one is signed and sealed, and which there are.

Knows no app and no database: what is in a copy is for `rdm.backup` to say.
"""


class CopyRefused(Exception):
    """What is wrong with a copy, or went wrong with it; in Dutch, for who runs the command."""
