from collections.abc import Callable
from pathlib import Path

import pytest

from connectors import ReadOptions, Table, read

ReadContent = Callable[..., Table]


@pytest.fixture
def read_content(tmp_path: Path) -> ReadContent:
    """Write a file, read its one table."""

    def read_one(
        content: str | bytes, name: str = "leads.csv", options: ReadOptions | None = None
    ) -> Table:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        (table,) = read(file, options)
        return table

    return read_one
