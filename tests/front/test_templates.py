"""Decides whether the templates keep to the strict content policy, and whether every part of a screen explains itself."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
INLINE = re.compile(
    r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)|hx-on|javascript:|(?:src|href)=\"(?:https?:)?//"
)


@pytest.mark.parametrize("line", ['<p style="x">', "<script>x</script>", '<a onclick="x">', '<img src="//cdn">'])
def test_the_policy_check_sees_what_it_should(line: str) -> None:
    assert INLINE.search(line)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_has_inline_style_or_script_or_leaves_the_host(path: Path) -> None:
    assert not INLINE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_every_macro_is_explained_at_its_head_and_listed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    listed = (path.parent / "README.md").read_text(encoding="utf-8")
    for name in re.findall(r"\{%-? macro (\w+)\(", text):
        assert re.search(r"\{#- " + name + r"\(", text), f"{name} has no comment at its head"
        assert f"`{name}(" in listed, f"{name} is missing from README.md"


def test_every_colour_of_krds_has_a_fallback_for_a_missing_vendor_folder() -> None:
    for sheet in (ROOT / "placement" / "static" / "css").glob("*.css"):
        bare = re.findall(r"var\(--krds-[a-z0-9-]+\)", sheet.read_text(encoding="utf-8"))
        assert not bare, f"{sheet.name}: {bare}"
