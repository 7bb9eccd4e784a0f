"""The runbook quotes the program: every message in it is in the code, every named error in it."""

import ast
import re
from pathlib import Path

import pytest

from crm import errors

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
PACKAGES = ("leadgate", "flows", "steward", "reports", "crm", "dedupe", "validators", "connectors")
# First cells of the tables; what is between backquotes is said by the program.
CELLS = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| ")]
QUOTED = sorted({text for cell in CELLS for text in re.findall(r"`([^`]+)`", cell)})


@pytest.fixture(scope="module")
def said():
    """Every text in the program, texts that stand in several parts as one."""
    texts = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            texts |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return texts


def test_there_is_something_to_check():
    assert len(QUOTED) > 40


@pytest.mark.parametrize("text", [text for text in QUOTED if text != "status"])
def test_the_program_says_what_the_runbook_quotes(said, text):
    assert any(text in each for each in said)


@pytest.mark.parametrize(
    "error",
    [each for each in vars(errors).values() if isinstance(each, type) and vars(each).get("advice")],
    ids=lambda error: error.__name__,
)
def test_every_error_of_the_store_is_in_the_runbook(error):
    problem = vars(error).get("problem")
    assert (problem or error.advice[:16]) in PAGE
