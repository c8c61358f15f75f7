"""Decides what a row is called from outside when the sheet or form brought no id of its own."""

import secrets

# No 0, 1, I, L, O, U: a key is read out over the telephone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 8


def new_key(prefix: str) -> str:
    """A fresh key such as "G-7KQ2M9XA"; drawn from 6.5e11, so two writers never need to ask each other."""
    return f"{prefix}-" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
