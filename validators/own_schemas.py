"""Schemas of one's own: pandera models, named by their import path.

A model is held against standardized records. It may name any of the fields and need not name all;
what it would change (parsers, coercion) is not taken over.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from validators.issues import TABLE_ROW, make_issues

if TYPE_CHECKING:
    import pandera.pandas as pandera


class OwnSchemaError(ValueError):
    """A schema of one's own cannot be found, or fails by itself; the message names the way out."""


def load_schema(path: str) -> "type[pandera.DataFrameModel]":
    """Import `package.module:Class`, from the working folder as well; raises OwnSchemaError."""
    import pandera.pandas as pandera  # noqa: PLC0415 - slow to import

    module, _, name = path.partition(":")
    if not module or not name:
        raise OwnSchemaError(f"“{path}” is no import path; write it as package.module:Class.")
    here = str(Path.cwd())
    added = here not in sys.path
    if added:
        sys.path.insert(0, here)
    try:
        model = getattr(importlib.import_module(module), name, None)
    except ImportError as error:
        raise OwnSchemaError(
            f"“{path}” cannot be imported ({error}). Is the module in this folder or installed?"
        ) from error
    except Exception as error:  # it is somebody else's code
        raise OwnSchemaError(
            f"“{path}” fails where it is imported ({type(error).__name__}: {error})."
        ) from error
    finally:
        if added:
            sys.path.remove(here)
    if model is None:
        raise OwnSchemaError(f"“{path}”: the module {module} has no {name}.")
    if not (isinstance(model, type) and issubclass(model, pandera.DataFrameModel)):
        raise OwnSchemaError(
            f"“{path}” is no pandera DataFrameModel; import it from pandera.pandas and derive one."
        )
    return model


def find_misfits(records: pd.DataFrame, model: "type[pandera.DataFrameModel]") -> pd.DataFrame:
    """Return a `rule.schema` for every value and table check a model objects to."""
    import pandera.pandas as pandera  # noqa: PLC0415 - slow to import

    try:
        model.validate(records.copy(), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        return make_issues(_misfits(errors.failure_cases, records))
    except Exception as error:
        raise OwnSchemaError(
            f"The schema {model.__module__}:{model.__qualname__} failed by itself with "
            f"{type(error).__name__}; try it with its validate() on a small frame."
        ) from error
    return make_issues(())


def _misfits(
    cases: pd.DataFrame, records: pd.DataFrame
) -> Iterator[tuple[int, str | None, str, str | None, str | None]]:
    # A check of the whole row comes with every column it looked at.
    columns = cases["column"].where(cases["schema_context"] == "Column")
    seen = cases.assign(column=columns).drop_duplicates(["index", "column", "check"])
    known = set(records.columns)
    for at, column, check in zip(seen["index"], seen["column"], seen["check"], strict=True):
        row = TABLE_ROW if pd.isna(at) else int(at)
        name = str(column) if column in known else None
        value = records.loc[row, name] if name and row != TABLE_ROW else None
        yield row, name, "rule.schema", value if isinstance(value, str) else None, str(check)
