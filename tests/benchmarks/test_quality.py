"""The benchmark of quality: sets, commands, tables, and one real run on few leads."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.labelled_sets import GeneratedLeads, PublicSet, find_public_sets
from benchmarks.metrics import Quality
from benchmarks.quality import Outcome, read_clusters, run_tools, write_markdown
from benchmarks.stopwatch import Measured
from benchmarks.tools import PEERS, PEERS_PYTHON, SPLINK_SETS, find_command, name_tool

ROOT = Path(__file__).parents[2]
needs_peers = pytest.mark.skipif(
    not PEERS_PYTHON.exists(), reason="the other tools are not set up; `make bench-peers` does it"
)


def _outcome(tool, seconds):
    measured = Measured(seconds, seconds, 250.4, 0, stopped=False)
    return Outcome("febrl1", 1000, tool, measured, Quality(1, 0.5, 1, 0.5))


@pytest.mark.parametrize(
    ("rows", "damage", "name"),
    [
        (20_000, "normal", "leads_20k"),
        (20_000, "heavy", "leads_20k_heavy"),
        (1_000_000, "normal", "leads_1m"),
        (1_500, "normal", "leads_1500"),
    ],
)
def test_generated_sets_are_named_by_size_and_damage(rows, damage, name):
    assert GeneratedLeads(rows, damage).name == name


def test_truth_follows_the_rows_of_the_file(tmp_path, monkeypatch):
    folder = tmp_path / "people" / "tiny"
    folder.mkdir(parents=True)
    (folder / "records.csv").write_text("record_id,name\nr2,Ann\nr1,\nr3,Bo\n")
    (folder / "truth.csv").write_text("record_id,cluster_id\nr1,a\nr2,b\n")
    monkeypatch.setenv("LEADGATE_CORPORA", str(tmp_path))
    assert find_public_sets() == [PublicSet(folder)]
    truth = PublicSet(folder).write_records(tmp_path / "out.csv")
    assert truth.isna().tolist() == [False, False, True]
    assert truth.tolist()[:2] == ["b", "a"]
    assert (tmp_path / "out.csv").read_text() == 'name\nAnn\n""\nBo\n'


def test_there_are_no_public_sets_where_none_are_named(monkeypatch):
    monkeypatch.delenv("LEADGATE_CORPORA", raising=False)
    assert find_public_sets() == []


def test_clusters_are_read_by_row_and_a_missing_row_has_none(tmp_path):
    path = tmp_path / "clusters.csv"
    path.write_text("row,cluster,weight\n3,7,\n0,7,12.5\n")
    assert read_clusters(path, 4).isna().tolist() == [False, True, True, False]


@pytest.mark.parametrize("text", ["leadgate", "splink", "splink@0.99", "goldenmatch"])
def test_tools_have_names(text):
    assert name_tool(text) == text


@pytest.mark.parametrize("text", ["zingg", "leadgate@0.9", "splink@2", "splink@high"])
def test_other_names_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        name_tool(text)


def test_leads_of_any_size_have_one_configuration_and_unknown_sets_none():
    assert find_command("splink", "leads_20k_heavy")[-1] == "leads"
    assert find_command("splink@0.9", "febrl3")[-2:] == ["febrl3", "0.9"]
    assert find_command("splink", "somebody_elses") is None
    assert find_command("leadgate", "somebody_elses") is not None


def test_times_are_compared_with_splink_on_the_same_set():
    of_set = [_outcome("leadgate", 3), _outcome("splink", 6)]
    table = write_markdown([of_set], "a machine")
    assert "| febrl1 | 1,000 | leadgate | 1.0000 | 0.5000 | 0.6667 |" in table
    assert "| 3.0 | 3.0 | 250 | 0.50 |" in table


def test_the_table_says_why_there_is_no_quality_and_what_was_spent():
    stopped = Measured(1200.2, 2000, 9000, -9, stopped=True)
    outcome = Outcome("leads_1m", 10**6, "splink", stopped, trouble="stopped after 1200 s")
    lines = write_markdown([[outcome]], "").strip().splitlines()
    assert "| leads_1m | 1,000,000 | splink | stopped after 1200 s |" in lines[-1]
    assert "| 1,200.2 | 2,000.0 | 9,000 |" in lines[-1]
    assert len({line.count("|") for line in lines[-3:]}) == 1


def test_the_command_measures_leadgate_and_writes_the_table(tmp_path):
    command = [sys.executable, "-m", "benchmarks.quality", "--sets", "--rows", "300", "--heavy"]
    table = tmp_path / "table.md"
    ran = subprocess.run(
        [*command, "-o", str(table)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    cells = table.read_text().splitlines()[-1].split(" | ")
    assert cells[:3] == ["| leads_300", "300", "leadgate"]
    assert float(cells[3]) > 0.9
    assert float(cells[4]) > 0.8
    assert float(cells[-2]) > 50  # MB


@needs_peers
@pytest.mark.parametrize("tool", ["splink", "goldenmatch"])
def test_the_other_tools_find_duplicates_too(tool):
    (outcome,) = run_tools(GeneratedLeads(2_000, "normal"), [tool], 200)
    assert outcome.trouble == ""
    assert outcome.quality.f1 > 0.5


@needs_peers
def test_every_set_for_splink_has_a_configuration_that_can_be_made():
    script = (
        "from splink_configurations import CONFIGURATIONS as known\n"
        "for make in known.values(): make()\n"
        "print(*known)"
    )
    command = [str(PEERS_PYTHON), "-c", script]
    ran = subprocess.run(command, cwd=PEERS, capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) == {"leads", *SPLINK_SETS}
