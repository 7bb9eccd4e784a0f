"""Weights learned from the store's own records, kept as files with a version."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from crm.rescoring import read_latest
from crm.store import Store
from dedupe.model import Model, shipped_model
from dedupe.resolution import resolve
from leadgate.errors import InvalidValueError

CONTACTS: Final = 50_000  # the latest are enough, and what they look like now counts


def read_model(path: Path | None) -> Model | None:
    """Read the model of the settings; None where none is named, or none was learned yet."""
    if path is None or not path.exists():
        return None
    try:
        return Model.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InvalidValueError(
            f"[matching] model: {path} is no model ({type(error).__name__}); learn it again."
        ) from None


def learn(store: Store, path: Path) -> str | None:
    """Learn weights from the latest contacts, and put them where imports read them.

    Keeps a copy under its version, `model-20261122T043000Z.json` for `model.json`. Returns the
    version; None where the store holds too few records to learn from, and nothing is changed.
    """
    records = read_latest(store, CONTACTS)
    learned = resolve(records.drop(columns="contact")).model if len(records) else shipped_model()
    if "learned" not in learned.version:
        return None
    stamp = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%SZ")
    model = replace(learned, version=f"{learned.version}+{stamp}")
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = path.with_name(f"{path.stem}-{stamp}{path.suffix}")
    kept.write_text(model.to_json(), encoding="utf-8")
    fresh = path.with_name(f".{path.name}")
    fresh.write_text(model.to_json(), encoding="utf-8")
    fresh.replace(path)
    return model.version
