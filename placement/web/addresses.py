"""Decides which addresses a form may send its reader on to: paths of ours, nothing else."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import url_for


def local_address(wished: str | None) -> str:
    """The wished address when it is a path of ours, else the first page."""
    home = url_for("account.show_first_page")
    if not wished or "\\" in wished or not wished.isprintable():
        return home
    parts = urlsplit(wished)
    is_ours = not parts.scheme and not parts.netloc and wished.startswith("/") and not wished.startswith("//")
    return wished if is_ours else home


def address_with(address: str, place: str = "", **values: str) -> str:
    """A local address with these query values set, others kept, at a place of the page."""
    parts = urlsplit(local_address(address))
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in values]
    return parts._replace(query=urlencode([*kept, *values.items()]), fragment=place).geturl()
