"""A large file checked in depth, beside the two libraries called row by row, and the worst cell.

    python -m benchmarks.checking --rows 1000000

The file has the fourteen columns of generated leads that a CRM knows. The check is the command
people run: it reads, maps, standardizes, validates and says what is wrong. The row by row loop does
less: it parses, judges and formats each phone with phonenumbers and each address with
email-validator, and nothing else.
"""

import argparse
import csv
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks.lead_generator import generate
from benchmarks.stopwatch import Measured, measure

ROWS: Final = 1_000_000
LEFT_OUT: Final = ["Suffix", "Lead Source"]
QUICK: Final = 15.0  # ms; a slower cell is timed as often as AGAIN
AGAIN: Final = 5
CELLS: Final = (10_000_000, 4_096, 32_767)  # bytes; the two are the longest that are read at all
FIELDS: Final = (
    "email", "phone", "given_name", "family_name", "full_name", "company", "street", "city",
    "region", "country", "postal_code", "website", "notes", "amount", "occurred_at", "birth_date",
    "language", "job_title", "email_opt_out", "external_id",
)  # fmt: skip
TEXTS: Final = (
    "x", "1", " ", "a@", "é", "=", "<", "&amp;", "Ã¼", "a b ", "1-", "\u200b", ".", "(", "+1",
    "<b", "[{(<", "Â_", "\u0430b_", "a@b.de, ", "a@b.", "ext ", "1/", "Jan 1 ", "Dr. ", "a & ",
    "=1+", "@SUM(", "%41", "\u202e", "a\u0301", "http://", "Smith, ", "GmbH & Co. ",
)  # fmt: skip


def write_leads(rows: int, path: Path) -> None:
    """Write generated leads with fourteen columns."""
    generate(rows, seed=7)[0].drop(columns=LEFT_OUT).to_csv(path, index=False)


def check_file(path: Path) -> Measured:
    """Run `leadgate check` on a file."""
    command = [sys.executable, "-m", "leadgate", "check", path.name, "--duplicates", "none"]
    return measure(command, path.parent)


def check_row_by_row(path: Path) -> Measured:
    """Call the libraries for each row of the file, in a process of its own."""
    here = str(Path.cwd())
    command = [sys.executable, "-m", "benchmarks.checking", "--row-by-row", str(path)]
    return measure(command, path.parent, environment={"PYTHONPATH": here})


def call_libraries(path: Path) -> int:
    """Judge each phone and each address of a file by the libraries; return how many are valid."""
    import phonenumbers  # noqa: PLC0415 - only this process needs it
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - as above

    regions = {"United States": "US", "United Kingdom": "GB", "Germany": "DE", "France": "FR"}
    valid = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("Phone", "Mobile"):
                try:
                    number = phonenumbers.parse(row[column], regions.get(row["Country"]))
                except phonenumbers.NumberParseException:
                    continue
                valid += phonenumbers.is_valid_number(number)
                phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            try:
                validate_email(row["Email"], check_deliverability=False)
            except EmailNotValidError:
                continue
            valid += 1
    return valid


def find_worst_cell() -> tuple[float, str]:
    """Return the longest time of the processor that one cell took, in ms, and which it was."""
    from validators.standardize import standardize  # noqa: PLC0415 - the parent need not load it

    standardize(pd.DataFrame({field: ["x"] for field in FIELDS}, dtype="str"))  # load what is lazy
    worst = (0.0, "")
    for field in FIELDS:
        for text in TEXTS:
            for size in CELLS:
                cell = text * (size // len(text.encode()))
                took = _time_cell(pd.DataFrame({field: [cell]}, dtype="str"))
                worst = max(worst, (took, f"{size:,} bytes of {text!r} as {field}"))
    return worst


def _time_cell(frame: pd.DataFrame) -> float:
    """Return the milliseconds a cell takes; a slow one is tried again."""
    from validators.standardize import standardize  # noqa: PLC0415 - the parent need not load it

    best = float("inf")
    for _ in range(AGAIN):
        started = time.process_time()
        standardize(frame)
        best = min(best, (time.process_time() - started) * 1e3)
        if best < QUICK:
            break
    return best


def report(rows: int, folder: Path) -> None:
    """Print the figures."""
    path = folder / f"{rows}.csv"
    write_leads(rows, path)
    checked, called = check_file(path), check_row_by_row(path)
    print(f"{'what':<44} {'seconds':>8} {'of cores':>8} {'MB':>8}")
    for name, spent in (("leadgate check", checked), ("the libraries, row by row", called)):
        took = f"{spent.seconds:>8.2f} {spent.cpu_seconds:>8.2f} {spent.megabytes:>8.0f}"
        print(f"{name + f', {rows:,} rows':<44} {took}")
    longer, work = called.seconds / checked.seconds, called.cpu_seconds / checked.cpu_seconds
    print(f"row by row takes {longer:.1f} times as long, and {work:.1f} times the work")
    took, where = find_worst_cell()
    print(f"worst cell: {took:.0f} ms of one core ({where})")


def main() -> None:
    """Measure, or be the process that is measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checking", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--row-by-row", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.row_by_row:
        print(call_libraries(options.row_by_row))
        return
    with tempfile.TemporaryDirectory() as folder:
        report(options.rows, Path(folder))


if __name__ == "__main__":
    main()
