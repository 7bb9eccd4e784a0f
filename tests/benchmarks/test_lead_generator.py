"""Synthetic leads: the same seed, the same file; a known share of duplicates; hard cases inside."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.lead_generator import generate
from benchmarks.lead_places import read_countries

ROOT = Path(__file__).parents[2]
ROWS = 8_000


@pytest.fixture(scope="module")
def leads() -> tuple[pd.DataFrame, pd.Series]:
    return generate(ROWS, seed=7)


def test_the_same_seed_gives_the_same_leads(leads):
    frame, clusters = generate(ROWS, seed=7)
    pd.testing.assert_frame_equal(frame, leads[0])
    pd.testing.assert_series_equal(clusters, leads[1])


def test_another_seed_gives_other_leads(leads):
    frame, _ = generate(ROWS, seed=8)
    assert (frame["Email"] != leads[0]["Email"]).mean() > 0.9


@pytest.mark.parametrize("rows", [1, 2, 17, 500])
def test_there_are_as_many_rows_as_asked_for(rows):
    frame, clusters = generate(rows, seed=3)
    assert len(frame) == len(clusters) == rows
    assert frame["Lead ID"].is_unique


def test_about_a_third_of_the_rows_repeat_a_person(leads):
    _, clusters = leads
    repeats = 1 - clusters.nunique() / len(clusters)
    assert 0.32 < repeats < 0.38
    sizes = clusters.value_counts()
    assert sizes.max() <= 8
    assert (sizes <= 2).mean() > 0.8


def test_missing_is_null_and_never_blank(leads):
    frame, _ = leads
    for name in frame:
        present = frame[name].dropna()
        assert (present.str.strip() != "").all(), name
        assert str(frame[name].dtype) == "str", name


def test_people_of_one_name_are_many(leads):
    frame, clusters = leads
    names = (frame["First Name"] + " " + frame["Last Name"]).str.lower()
    people = pd.DataFrame({"name": names, "person": clusters}).dropna().drop_duplicates()
    namesakes = people.groupby("name")["person"].nunique()
    assert (namesakes > 1).sum() > 50


@pytest.mark.parametrize("column", ["Email", "Phone", "Street"])
def test_different_people_share_mailboxes_phones_and_addresses(leads, column):
    frame, clusters = leads
    shared = clusters.groupby(frame[column]).nunique()
    assert (shared > 1).sum() >= 10


def test_heavy_damage_leaves_more_cells_empty_and_fewer_pairs_alike():
    normal, people = generate(3_000, seed=5)
    heavy, _ = generate(3_000, seed=5, damage="heavy")
    assert heavy.isna().to_numpy().mean() > normal.isna().to_numpy().mean() + 0.05
    assert len(people) == len(heavy)


def test_duplicates_are_not_copies(leads):
    frame, clusters = leads
    repeated = frame.drop(columns=["Lead ID", "Created", "Lead Source"])
    repeated = repeated[clusters.duplicated(keep=False)]
    assert repeated.duplicated().mean() < 0.05


def test_phones_are_written_in_many_ways(leads):
    frame, _ = leads
    shapes = {re.sub(r"\d", "#", phone) for phone in frame["Mobile"].dropna()}
    assert len(shapes) > 15


def test_the_countries_share_all_leads_among_them():
    countries = read_countries()
    assert sum(country.share for country in countries) == pytest.approx(1)
    for country in countries:
        assert sum(country.cultures.values()) == pytest.approx(1), country.code
        assert all(len(city) == 5 for city in country.cities), country.code
        for form in country.phone_formats:
            assert form.count("#") <= country.number_length, (country.code, form)


def test_the_command_writes_leads_and_truth_in_the_same_order(tmp_path):
    leads, truth = tmp_path / "leads.csv", tmp_path / "truth.csv"
    command = ["-m", "benchmarks.lead_generator", "--rows", "300", "-o", str(leads)]
    subprocess.run(
        [sys.executable, *command, "--truth", str(truth)], cwd=ROOT, check=True, capture_output=True
    )
    rows, labels = pd.read_csv(leads, dtype=str), pd.read_csv(truth, dtype=str)
    assert rows["Lead ID"].tolist() == labels["record_id"].tolist()
    assert labels["cluster_id"].nunique() < 300
