"""One lead against a store of any size: what `resolve` decides, without frames around it.

keys = hash_keys(lead)
known = store.look_up(keys)
outcome = match_lead(lead, known)
outcome.contact_of(0)               # the contact the lead belongs to, or None
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from dedupe.features import build_features
from dedupe.keys import build_keys
from dedupe.model import Model
from dedupe.outcome import Outcome
from dedupe.problem import Rows, read_problem
from dedupe.resolution import decide

Lead = Mapping[str, str | None]  # standardized: field -> text


@dataclass(frozen=True)
class Known:
    """All records of the contacts that share a blocking key with a lead.

    `labels` are their negative labels, `contacts` the contact of each, `columns` their standardized
    values by field, `population` is how many records they were looked up from.
    """

    labels: Sequence[int]
    contacts: Sequence[int]
    columns: Mapping[str, Sequence[str | None]]
    population: int


def hash_keys(lead: Lead) -> list[int]:
    """The blocking keys of one lead, those of `blocking_keys`; signed, as stores keep them."""
    features = build_features({field: [text] for field, text in lead.items()}, alone=True)
    narrow = takewhile(lambda keys: not keys.broad, build_keys(features, 1))
    found = [keys.hashes.view(np.int64) for keys in narrow]
    return list(dict.fromkeys(np.concatenate(found).tolist())) if found else []


def match_lead(lead: Lead, known: Known, model: Model | None = None) -> Outcome:
    """Compare one lead (position 0, label 0) with all that is known, weigh and decide."""
    fields = [field for field, text in lead.items() if text is not None]
    nothing: list[str | None] = [None] * len(known.labels)
    columns = {name: [lead.get(name), *texts] for name, texts in known.columns.items()}
    columns |= {name: [lead[name], *nothing] for name in fields if name not in columns}
    rows = Rows(np.array([0, *known.labels]), np.array([-1, *known.contacts]))
    return decide(read_problem(columns, rows), model, known.population + 1)
