"""`python -m benchmarks.readers`: time and memory of the readers of large files.

A workbook of 200,000 rows and 14 columns, beside the bare reader on the same file; a text of ten
million rows, chunk by chunk; a text of a gigabyte in whose last line a quote opens and never
closes. Processor time is that of all processes and threads, so it exceeds the wall time where two
cores work at once; compare it on a machine that has other things to do.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.large_files import write_csv, write_workbook
from benchmarks.stopwatch import LOG, measure

BARE: Final = """
from python_calamine import CalamineWorkbook
CalamineWorkbook.from_path("leads.xlsx").get_sheet_by_index(0).to_python()
"""
WHOLE: Final = """
from pathlib import Path
from connectors import read
(table,) = read(Path("leads.xlsx"))
assert table.rows.shape == ({rows}, 14)
"""
CHUNKS: Final = """
from pathlib import Path
from connectors import read_chunks
rows, codes = 0, []
for table in read_chunks(Path("leads.csv")):
    rows += len(table.rows)
    codes += table.findings["code"].tolist()
assert rows == {rows} and codes == {codes}, (rows, codes)
"""
NOTHING: Final = "import connectors.spreadsheets.partition"
UNCLOSED: Final = '7,"Anna Meyer,anna@example.com,+41440000000,Bern,\r\n'


def main() -> None:
    """Print a line a reading: wall and processor seconds, peak megabytes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("--sheet-rows", type=int, default=200_000)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--gigabyte-rows", type=int, default=15_500_000)
    wanted = parser.parse_args()
    print(f"{'reading':<44} {'seconds':>8} {'CPU s':>8} {'MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        write_workbook(work / "leads.xlsx", wanted.sheet_rows)
        _report("bare reader of workbooks", BARE, work)
        _report("workbook", WHOLE.format(rows=wanted.sheet_rows), work)
        _report("  the libraries, loaded meanwhile", NOTHING, work)
        write_csv(work / "leads.csv", wanted.rows // 10)
        _report("a tenth of the text", CHUNKS.format(rows=wanted.rows // 10, codes=[]), work)
        write_csv(work / "leads.csv", wanted.rows)
        _report(f"text of {wanted.rows:,} rows", CHUNKS.format(rows=wanted.rows, codes=[]), work)
        write_csv(work / "leads.csv", wanted.gigabyte_rows, UNCLOSED)
        size = (work / "leads.csv").stat().st_size / 1e9
        found = ["file.unclosed_quote"]
        code = CHUNKS.format(rows=wanted.gigabyte_rows + 1, codes=found)
        _report(f"{size:.2f} GB, a quote open at the end", code, work)


def _report(name: str, code: str, folder: Path) -> None:
    spent = measure([sys.executable, "-c", code], folder)
    if spent.exit_code:
        sys.stderr.write((folder / LOG).read_text(errors="replace"))
        raise SystemExit(f"{name} failed; nothing was measured.")
    print(f"{name:<44} {spent.seconds:>8.2f} {spent.cpu_seconds:>8.2f} {spent.megabytes:>8.0f}")


if __name__ == "__main__":
    main()
