"""The baseline: what is known and accepted in each file, as a file to commit beside the data.

It holds counts by code and field, and no values.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from leadgate.cli.checking.file_check import FileCheck
from leadgate.errors import InvalidValueError
from validators.verdict import Known

VERSION: Final = 1
AGAIN: Final = "make it again with --write-baseline"


def read_baseline(path: Path) -> Mapping[str, Known]:
    """Read a baseline: path -> code -> field -> findings; raises InvalidValueError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidValueError(
            f"--baseline {path}: there is no such file; make it with --write-baseline {path}."
        ) from None
    except OSError as error:
        raise InvalidValueError(f"--baseline {path}: cannot be read ({error.strerror}).") from None
    except ValueError:
        raise InvalidValueError(f"--baseline {path}: is no JSON; {AGAIN}.") from None
    version = content.get("leadgate_baseline") if isinstance(content, dict) else None
    if version != VERSION:
        found = "is no baseline of leadgate check" if version is None else f"has version {version}"
        raise InvalidValueError(f"--baseline {path}: {found}, not version {VERSION}; {AGAIN}.")
    if not _fits(content.get("files")):
        raise InvalidValueError(
            f"--baseline {path}: was changed by hand and does not fit; {AGAIN}."
        )
    files: Mapping[str, Known] = content["files"]
    return files


def write_baseline(path: Path, checks: Sequence[FileCheck]) -> None:
    """Write what was found in these files as what is known from now on."""
    files = {check.path: check.verdict.as_baseline() for check in checks if not check.refused}
    content = {"leadgate_baseline": VERSION, "files": dict(sorted(files.items()))}
    try:
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidValueError(
            f"--write-baseline {path}: cannot be written ({error.strerror})."
        ) from None


def _fits(files: Any) -> bool:
    """Whether the content has the shape path -> code -> field -> count."""
    return isinstance(files, dict) and all(
        isinstance(codes, dict)
        and all(
            isinstance(fields, dict) and all(isinstance(count, int) for count in fields.values())
            for fields in codes.values()
        )
        for codes in files.values()
    )
