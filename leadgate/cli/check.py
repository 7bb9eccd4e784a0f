"""`leadgate check`: a verdict about files, without loading them."""

import difflib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.duplicates import Duplicates
from leadgate.cli.arguments import column_map
from leadgate.cli.checking.baseline import read_baseline, write_baseline
from leadgate.cli.checking.examining import Demands, examine
from leadgate.cli.checking.extract import check_extract_name, write_extract
from leadgate.cli.checking.file_check import FileCheck
from leadgate.cli.checking.files import find_jobs
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.failure import WRONG_USAGE
from leadgate.cli.progress import terminal_steps
from leadgate.cli.verdicts import FORMATS, WRITERS, Format
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, load_settings
from validators.issues import CATALOG
from validators.tolerance import Tolerance, ToleranceError, read_tolerance
from validators.verdict import FailOn


@dataclass(frozen=True)
class CheckOptions:
    """What the options of `leadgate check` say."""

    output: Format = "text"
    reports: Sequence[str] = ()
    fail_on: FailOn = "error"
    tolerate: Sequence[str] = ()
    duplicates: Duplicates = "same"
    baseline: Path | None = None
    write_baseline: Path | None = None
    write_extract: Path | None = None
    hide_values: bool = False
    mapping: Sequence[str] = ()
    dns: bool = False


def run_check(config: Path | None, paths: Sequence[str], options: CheckOptions) -> int:
    """Check each file: 2 where one cannot be read, 1 where one fails, else 0."""
    settings = load_settings(config)
    reports = _read_reports(options.reports)
    demands = _read_demands(settings, options)
    jobs = find_jobs(paths, settings, column_map(options.mapping))
    if options.dns:
        jobs = [replace(job, mail_domains=settings.mail_domains.how()) for job in jobs]
    with terminal_steps() as run:
        checks = [examine(job, demands, run) for job in jobs]
    for line in WRITERS[options.output](checks):
        print(line)
    for path, written_as in reports.items():
        _write(path, WRITERS[written_as](checks))
    _write_asides(options, checks)
    if demands.baseline and not any(check.path in demands.baseline for check in checks):
        print(
            f"leadgate: --baseline {options.baseline} knows none of these files; run the check in "
            "the folder it was written in.",
            file=sys.stderr,
        )
    for check in checks:
        if check.refused:
            print(plain_line(f"leadgate: {check.path}: {check.refused}"), file=sys.stderr)
    if any(check.refused for check in checks):
        return WRONG_USAGE
    return int(any(check.failed for check in checks))


def _read_demands(settings: Settings, options: CheckOptions) -> Demands:
    if options.write_extract:
        check_extract_name(options.write_extract)
    # What is written down as known in this very run fails nobody.
    settled = options.write_baseline is not None and options.baseline is None
    return Demands(
        fail_on="never" if settled else options.fail_on,
        duplicates=options.duplicates,
        tolerate=_read_tolerances(settings, options.tolerate),
        baseline=read_baseline(options.baseline) if options.baseline else None,
        extract=options.write_extract is not None,
        hide_values=options.hide_values,
    )


def _read_tolerances(settings: Settings, options: Sequence[str]) -> dict[str, Tolerance]:
    """The tolerances of the settings, and those of the command line, which outrank them."""
    given = [("[checks.tolerate]", code, text) for code, text in settings.checks.tolerate.items()]
    for option in options:
        code, _, text = option.partition("=")
        given.append(("--tolerate", code.strip(), text))
    tolerances = {}
    for where, code, text in given:
        if code not in CATALOG:
            near = difflib.get_close_matches(code, CATALOG, n=1)
            hint = f'did you mean "{near[0]}"?' if near else "docs/issues.md lists them all."
            raise InvalidValueError(f'{where}: there is no code "{code}"; {hint}')
        try:
            tolerances[code] = read_tolerance(text)
        except ToleranceError as error:
            raise InvalidValueError(f"{where} {code}: {error}.") from None
    return tolerances


def _read_reports(options: Sequence[str]) -> Mapping[Path, str]:
    """Read `--report FORMAT=FILE` options."""
    reports = {}
    for option in options:
        written_as, _, path = option.partition("=")
        if written_as not in FORMATS or not path:
            raise InvalidValueError(
                f'--report "{option}": write it as FORMAT=FILE, with one of {", ".join(FORMATS)}.'
            )
        reports[Path(path)] = written_as
    return reports


def _write(path: Path, lines: Iterator[str]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise InvalidValueError(f"--report {path}: cannot be written ({error.strerror}).") from None


def _write_asides(options: CheckOptions, checks: Sequence[FileCheck]) -> None:
    if options.write_extract:
        rows = write_extract(options.write_extract, checks)
        print(f"{rows:,} rows with their reasons: {options.write_extract}", file=sys.stderr)
    if options.write_baseline:
        write_baseline(options.write_baseline, checks)
        print(
            f"What was found is known from now on: --baseline {options.write_baseline}",
            file=sys.stderr,
        )
