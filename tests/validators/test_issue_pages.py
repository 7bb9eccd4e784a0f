"""The reference pages say what the code does."""

from pathlib import Path

import pytest

from validators.catalog.pages import FAMILIES, render_fields, render_issues
from validators.fields import FIELDS
from validators.issues import CATALOG

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("page", "render"),
    [("issues", render_issues), ("fields", render_fields)],
    ids=["issues", "fields"],
)
def test_the_page_is_in_step(page, render):
    written = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    assert written == render(), f"run: python -m validators.catalog.pages {page} > docs/{page}.md"


def test_every_code_has_its_section():
    headings = [line[4:] for line in render_issues().splitlines() if line.startswith("### ")]
    assert sorted(headings) == sorted(CATALOG)


def test_every_family_of_codes_has_a_title():
    assert {code.partition(".")[0] for code in CATALOG} == set(FAMILIES)


def test_every_field_has_its_line():
    page = render_fields()
    assert all(f"| `{field}` |" in page for field in FIELDS)
