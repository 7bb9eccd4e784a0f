"""What speaks for and against joining two groups of records: the scored pairs, row by row."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dedupe.clustering import Evidence
from dedupe.frequencies import HELD
from dedupe.guards import is_about_suffixes, is_final
from dedupe.households import FAMILY
from dedupe.linkage import Household
from dedupe.mailboxes import MAILBOXES
from dedupe.name_levels import INITIAL
from dedupe.scores import Scores, Weights
from dedupe.similarity import Levels

Flags = npt.NDArray[np.bool_]

# Of these a person may have several.
_SEVERAL = (*HELD, "shared_email", "shared_phone", "given_name", "family_name", "initial")


def read_evidence(scores: Scores, shared: Mapping[str, Flags], one_of_family: float) -> Evidence:
    """Read scored pairs as evidence between groups.

    Initials are a row of their own, which counts only where no given names can be compared: "R."
    is as good a Ricarda as a Reinhilde, but the two are two. So is what suffixes forbid, which
    pairs that have none cannot dilute.
    """
    weights = dict(scores.weights)
    doubted = weights.pop("household", None) is not None
    present = {name: scores.levels[name] >= 0 for name in weights}
    if "email" in weights:
        weights[MAILBOXES] = np.zeros_like(scores.total)
        present[MAILBOXES] = scores.levels[MAILBOXES] >= 0
    present["guard"] = scores.weights["guard"] < 0
    if "given_name" in weights:
        _set_apart((weights, present), "given_name", "initial", _are_initials(scores.levels))
        present["guard"] |= present["given_name"]
    if "suffix" in weights:
        suffixed = is_about_suffixes(scores.levels["guard"])
        _set_apart((weights, present), "guard", "suffix_guard", suffixed)
        present["suffix_guard"] = present["suffix"]
    for name in shared if doubted else ():
        _set_apart((weights, present), name, f"shared_{name}", shared[name] & (weights[name] > 0))
    names = list(weights)
    household = None
    if doubted and "given_name" in weights:
        of_family = np.isin(names, FAMILY)
        household = Household(of_family, names.index("given_name"), one_of_family)
    vague = (names.index("initial"), names.index("given_name")) if "initial" in weights else None
    habit = (names.index(MAILBOXES), names.index("email")) if "email" in weights else None
    return Evidence(
        scores.total,
        np.stack(list(weights.values())),
        np.stack(list(present.values())),
        is_final(scores.levels["guard"]),
        np.isin(names, _SEVERAL),
        vague,
        household,
        habit,
    )


def _are_initials(levels: Mapping[str, Levels]) -> npt.NDArray[np.bool_]:
    initials: npt.NDArray[np.bool_] = levels["given_name"] == INITIAL
    return initials


def _set_apart(
    rows: tuple[dict[str, Weights], dict[str, npt.NDArray[np.bool_]]],
    name: str,
    apart: str,
    at: npt.NDArray[np.bool_],
) -> None:
    """Move some pairs of one comparison to a row of their own."""
    weights, present = rows
    nothing = np.float32(0)
    weights[apart], weights[name] = (
        np.where(at, weights[name], nothing),
        np.where(at, nothing, weights[name]),
    )
    present[apart], present[name] = present[name] & at, present[name] & ~at
