"""Reading a file as tables of text, by what it holds rather than by what it is called."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Literal

from connectors.errors import HostileFileError, SourceFileError
from connectors.formats import PACKED_NAMES, Packing
from connectors.source import SourceFile, about, format_of
from connectors.table import WHOLE_TABLE, Finding, ReadOptions, Table, findings_frame

# How a file that is neither packed nor an archive is read.
ReadPlain = Callable[[SourceFile, str, ReadOptions], Iterable[Table]]


def read(path: Path, options: ReadOptions | None = None) -> tuple[Table, ...]:
    """Read a file: one table, or several; everything in it as text.

    Reads delimited text, workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), Parquet, JSON lines and JSON
    arrays of objects, any of these packed (gzip, bzip2, xz, Zstandard), and all but Parquet in an
    archive (zip, tar). What is wrong with rows and cells is among the `findings` of the tables; a
    file that cannot be read raises a `SourceFileError` that says what to do.
    """
    try:
        file = SourceFile(path, path)
        return tuple(_read_any(file, _suffix(path.name), options or ReadOptions(), _read_plain))
    except OSError as error:
        raise about(path, error) from None


def read_chunks(path: Path, options: ReadOptions | None = None) -> Iterator[Table]:
    """Read a file chunk by chunk: delimited text, packed or not, in memory bounded by the chunk.

    The chunks of a text have rows, lines and findings that count on from one to the next, and the
    same header; a second table beneath the first is read as rows of the first, and noted. So do
    the texts in an archive, one after another. Any other file comes table by table, as from `read`.
    Raises as `read` does.
    """
    try:
        file = SourceFile(path, path)
        yield from _read_any(file, _suffix(path.name), options or ReadOptions(), _read_plain_chunks)
    except OSError as error:
        raise about(path, error) from None


def _read_text_chunks(file: SourceFile, options: ReadOptions) -> Iterator[Table]:
    from connectors.spreadsheets.delimited import read_delimited_chunks  # noqa: PLC0415 - on demand

    return read_delimited_chunks(file, options)


def _read_whole_text(file: SourceFile, options: ReadOptions) -> tuple[Table, ...]:
    from connectors.spreadsheets.delimited import read_delimited  # noqa: PLC0415 - on demand

    return read_delimited(file, options)


def _read_parquet_chunks(
    file: SourceFile,
    options: ReadOptions,
    read_text: Callable[[SourceFile, ReadOptions], Iterable[Table]],
) -> Iterator[Table]:
    from connectors.spreadsheets import parquet  # noqa: PLC0415 - on demand

    with parquet.written_out(file) as content:
        for table in read_text(content, parquet.as_text(options)):
            yield parquet.as_parquet(table)


def _read_any(
    file: SourceFile, suffix: str, options: ReadOptions, read_plain: ReadPlain
) -> Iterator[Table]:
    """Read a file that may be packed or an archive; `read_plain` reads what is in it."""
    match format_of(file, suffix):
        case ("gzip" | "bzip2" | "xz" | "zstd") as packing:
            yield from _read_packed(file, packing, options, read_plain)
        case "tar":
            yield from _read_members(file, "tar", options, read_plain)
        case "zip" if _is_archive(file):
            yield from _read_members(file, "zip", options, read_plain)
        case _:
            yield from read_plain(file, suffix, options)


def _read_packed(
    file: SourceFile, packing: Packing, options: ReadOptions, read_plain: ReadPlain
) -> Iterator[Table]:
    from connectors.packing import unpacked  # noqa: PLC0415 - on demand

    with unpacked(file, packing) as content:
        suffix = _suffix(_without_packing(file.path.name))
        if format_of(content, suffix) == "tar":
            yield from _read_members(content, "tar", options, read_plain)
        else:
            yield from read_plain(content, suffix, options)


def _read_plain(file: SourceFile, suffix: str, options: ReadOptions) -> tuple[Table, ...]:
    """Read a file that is neither packed nor an archive."""
    match format_of(file, suffix):
        case ("ole" | "zip") as container:
            _check_container(file, container)
            from connectors.spreadsheets.workbook_tables import (  # noqa: PLC0415 - on demand
                read_workbook_tables,
            )

            return read_workbook_tables(file, options)
        case "json":
            from connectors.forms.json_lines import read_json  # noqa: PLC0415 - on demand

            return (read_json(file, options),)
        case "delimited":
            return _read_whole_text(file, options)
        case "parquet":
            return tuple(_read_parquet_chunks(file, options, _read_whole_text))
        case _:
            raise _packed_twice(file)


def _check_container(file: SourceFile, container: Literal["ole", "zip"]) -> None:
    """Refuse a container that is no workbook."""
    if container == "ole":
        from connectors.ole import check_old_workbook  # noqa: PLC0415 - on demand

        check_old_workbook(file)
        return
    if _is_archive(file):
        raise _packed_twice(file)


def _is_archive(file: SourceFile) -> bool:
    from connectors.archive import find_zip_kind  # noqa: PLC0415 - on demand

    return find_zip_kind(file) == "archive"


def _read_plain_chunks(file: SourceFile, suffix: str, options: ReadOptions) -> Iterator[Table]:
    """Read a file that is neither packed nor an archive, a text chunk by chunk."""
    match format_of(file, suffix):
        case "delimited":
            yield from _read_text_chunks(file, options)
        case "parquet":
            yield from _read_parquet_chunks(file, options, _read_text_chunks)
        case _:
            yield from _read_plain(file, suffix, options)


def _read_members(
    file: SourceFile,
    kind: Literal["zip", "tar"],
    options: ReadOptions,
    read_plain: ReadPlain,
) -> Iterator[Table]:
    """Read the members of an archive that are tables, their rows numbered on."""
    from connectors.archive import (  # noqa: PLC0415 - on demand
        Patience,
        list_members,
        show_name,
        taken_out,
    )

    contents = list_members(file, kind)
    found = [Finding(WHOLE_TABLE, None, "file.passed_over", show_name(n)) for n in contents.others]
    patience = Patience(file)
    after = 0
    with taken_out(file, kind, contents.tables) as members:
        for name, member in zip(contents.tables, members, strict=True):
            patience.check()
            taken = after
            try:
                for table in read_plain(member, _suffix(name), options):
                    numbered = _numbered_on(table, taken, found)
                    after = int(numbered.rows.index[-1]) + 1 if len(table.rows) else after
                    found = []
                    yield numbered
            except SourceFileError as refused:
                raise refused.of_member(member.name) from None


def _numbered_on(table: Table, taken: int, found: list[Finding]) -> Table:
    """Number the rows of a table on from those taken by the tables before it; add findings."""
    import numpy as np  # noqa: PLC0415 - as for `table`
    import pandas as pd  # noqa: PLC0415 - as for `table`

    rows = table.rows.set_axis(pd.Index(np.asarray(table.rows.index) + taken, name="row"))
    findings = table.findings
    if len(findings):
        row = findings["row"].to_numpy()
        findings = findings.assign(row=np.where(row == WHOLE_TABLE, row, row + taken))
    if found:
        findings = pd.concat([findings_frame(found), findings], ignore_index=True)
    return replace(table, rows=rows, findings=findings)


def _packed_twice(file: SourceFile) -> HostileFileError:
    return HostileFileError(file.path, "is packed twice; unpack it first.")


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix


def _without_packing(name: str) -> str:
    return name.rpartition(".")[0] if _suffix(name).lower() in PACKED_NAMES else name
