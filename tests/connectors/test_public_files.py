"""No public file, however odd, makes reading fail otherwise than by name."""

import os
from pathlib import Path

import pytest

from connectors import SourceFileError, read

CORPORA = os.environ.get("LEADGATE_CORPORA")
FILES = (
    sorted(path for path in Path(CORPORA, "spreadsheets").rglob("*") if path.is_file())
    if CORPORA
    else []
)


@pytest.mark.skipif(not CORPORA, reason="LEADGATE_CORPORA names no folder of public files")
def test_every_public_file_is_read_or_refused_by_name() -> None:
    assert FILES
    tables = 0
    for path in FILES:
        try:
            found = read(path)
        except SourceFileError as refused:
            assert str(path) in str(refused)  # noqa: PT017 - most of the files are no error
            continue
        for table in found:
            tables += 1
            assert len(table.rows) == len(table.lines)
            assert table.rows.columns.is_unique
            assert table.rows.index.is_unique
    assert tables > len(FILES) / 2
