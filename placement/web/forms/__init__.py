"""Decides what a form of ours is: its words are said in the reader's language when the page is drawn."""

from babel.support import LazyProxy

from placement.texts import _


def N_(message: str) -> LazyProxy:  # noqa: N802  (the name that the catalogue looks for)
    """Mark a form's words for the catalogue; unlike `texts.N_`, they say themselves when drawn."""
    return LazyProxy(_, message, enable_cache=False)
