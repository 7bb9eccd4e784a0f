"""Every decision can be told in words, as data and as a picture."""

import json
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

import dedupe
from dedupe.explanation import explain
from dedupe.model import Model, shipped_model
from dedupe.resolution import resolve
from dedupe.waterfall import draw_waterfall

ROWS = pd.DataFrame(
    {
        "given_name": ["Bob", "Robert", "Mary"],
        "family_name": ["Okonkwo", "Okonkwo", "Okonkwo"],
        "mobile": ["+12125550147"] * 3,
        "postal_code": ["10002", "90210", "10002"],
        "birth_date": [None, "1960-01-09", "1985-12-30"],
    }
).astype("str")


def test_a_pair_is_explained_in_words_that_add_up() -> None:
    found = explain(resolve(ROWS), 1, 0)
    assert sum(line.weight for line in found.lines) == pytest.approx(found.total, abs=0.3)
    told = str(found)
    assert "same phone +" in told
    assert "given name: nickname variants +" in told
    assert "different postal code \N{MINUS SIGN}" in told
    assert told.endswith("bits, a match")
    assert found.left == 0


def test_missing_values_are_not_mentioned() -> None:
    assert all(line.comparison != "birth_date" for line in explain(resolve(ROWS), 0, 1).lines)


def test_a_pair_that_was_not_scored_is_refused() -> None:
    with pytest.raises(KeyError, match="not a scored pair"):
        explain(resolve(ROWS), 1, 2)


def test_the_picture_is_well_formed_and_escaped() -> None:
    explanation = explain(resolve(ROWS), 0, 1)
    root = ET.fromstring(draw_waterfall(explanation))  # noqa: S314 - our own
    bars = [e for e in root.iter() if e.tag.endswith("rect")]
    assert len(bars) == len(explanation.lines) + 1
    assert "http" not in draw_waterfall(explanation).replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    ("version", "unknown"),
    [
        ("2+learned", ["private_email", "mixed_email", "moved_city"]),
        ("3", ["mixed_email"]),
        ("4", ["moved_city", "moved_postal_code", "moved_region"]),
    ],
)
def test_an_older_model_is_completed(version: str, unknown: list[str]) -> None:
    written = json.loads(shipped_model().to_json()) | {"version": version}
    if version.startswith("2"):
        del written["one_of_family"]
    for name in unknown:
        del written["m"][name], written["u"][name]
    read = Model.from_json(json.dumps(written))
    assert read == replace(shipped_model(), version=version)


def test_a_model_survives_json_and_names_what_is_missing() -> None:
    model = shipped_model()
    assert Model.from_json(model.to_json()) == model
    with pytest.raises(ValueError, match="match"):
        Model.from_json(model.to_json().replace('"match"', '"mach"'))


def test_shipped_weights_are_shares_and_grow_with_agreement() -> None:
    model = shipped_model()
    for name, m in model.m.items():
        assert sum(m) == pytest.approx(1, abs=0.011), name
        assert sum(model.u[name]) == pytest.approx(1, abs=0.02), name
        assert m[-1] / model.u[name][-1] > m[0] / model.u[name][0], name


def test_a_stricter_model_finds_less() -> None:
    model = shipped_model()
    strict = replace(model, match=60.0)
    assert resolve(ROWS).clusters[0] == resolve(ROWS).clusters[1]
    assert resolve(ROWS, model=strict).clusters.is_unique


def test_importing_the_package_is_cheap_and_its_names_are_there() -> None:
    program = "import sys, dedupe; assert not {'pandas', 'numpy', 'pyarrow'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
    for name in dedupe.__all__:
        assert getattr(dedupe, name).__name__ == name
    with pytest.raises(AttributeError):
        _ = dedupe.nothing
