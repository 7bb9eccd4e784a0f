"""Sales and costs are imported like anything else, matched, and counted once."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from crm.insight_frames import read_facts
from crm.store import open_store
from leadgate.cli import app

LEADS = """First name,Last name,Email,Phone,Record ID
Ann,Lee,ann@lee.example,+49 30 901820,K-100
Bob,Stone,bob@stone.example,+44 20 7946 0018,K-200
"""
SETTINGS = """
[insights]
currency = "EUR"

[sources.fair]
path = "leads.csv"

[sources.erp]
path = "sales.csv"
kind = "sales"

[sources.ads]
path = "costs.csv"
kind = "costs"
"""
HEAD = "Order number,Stage,Close date,Amount,Email,Phone,Customer number\n"


def invoke(*arguments):
    """Run the command line; gives the exit code and stdout."""
    result = CliRunner().invoke(app, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A folder with a store of two contacts, made once."""
    folder = tmp_path_factory.mktemp("figures")
    (folder / "leads.csv").write_text(LEADS, encoding="utf-8")
    (folder / "leadgate.toml").write_text(SETTINGS, encoding="utf-8")
    assert invoke("--config", str(folder / "leadgate.toml"), "import", "fair")[0] == 0
    return folder


@pytest.fixture
def run(imported, tmp_path, monkeypatch):
    """The command line in a folder of its own with two contacts."""
    monkeypatch.chdir(tmp_path)
    for name in ("leads.csv", "leadgate.toml", "leadgate.db"):
        shutil.copy(imported / name, tmp_path / name)
    return invoke


@pytest.fixture
def sell(tmp_path, run):
    """Import lines of sales; gives the exit code and the summary."""

    def sell(*lines):
        (tmp_path / "sales.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        code, out = run("import", "erp", "--json")
        return code, json.loads(out)

    return sell


def tell(run, *tables):
    code, out = run("insights", *tables, "--since", "2020-01-01", "--json")
    assert code == 0
    return json.loads(out)


def test_a_sale_belongs_to_whoever_has_its_keys(sell, tmp_path):
    owners = {
        "A1,won,2026-01-02,10,ann@lee.example,,": 1,
        "A2,won,2026-01-02,10,,030 901820,": None,  # of which country?
        "A3,won,2026-01-02,10,,+4930901820,": 1,
        "A4,won,2026-01-02,10,,,K-200": 2,
        "A5,won,2026-01-02,10,nobody@at.example,,": None,
        "A6,won,2026-01-02,10,not an address,,K-100": 1,
        "A7,won,2026-01-02,10,bob@stone.example,,K-100": 1,  # an id says more than an address
    }
    code, told = sell(*owners)
    assert (code, told["created"], told["quarantined"]) == (0, 7, 0)
    with open_store(f"sqlite:///{tmp_path}/leadgate.db") as store:
        found = read_facts(store).sales["contact"]
    assert found.astype(object).where(found.notna(), None).tolist() == list(owners.values())


def test_people_who_come_later_are_matched_then(run, sell, tmp_path):
    sell("A1,won,2030-01-02,10,cy@day.example,,")
    assert tell(run)["unmatched"] == 1
    (tmp_path / "leads.csv").write_text(LEADS + "Cy,Day,cy@day.example,,\n", encoding="utf-8")
    run("import", "fair")
    assert tell(run)["unmatched"] == 0


def test_a_file_counts_once_and_the_last_word_about_a_deal_counts(run, sell):
    lines = ["A1,proposal,2029-12-01,900,ann@lee.example,,", "A1,won,2030-01-02,1000,,,K-100"]
    assert sell(*lines)[1]["created"] == 2
    again = sell(*lines)[1]
    assert (again["created"], again["already_seen"]) == (0, 2)
    sell(lines[0], "A1,won,2030-01-03,1200,,,K-100")
    run_ = ("insights", "value", "--since", "2020-01-01", "--until", "2031-01-01", "--json")
    (value,) = json.loads(run(*run_)[1])["value"]
    assert (value["currency"], value["customers"], value["revenue"]) == ("EUR", 1, 1200.0)
    assert run("figures", "drop", "f2")[0] == 0
    (value,) = json.loads(run(*run_)[1])["value"]
    assert value["revenue"] == 1000.0
    with pytest.raises(Exception, match="no f9"):
        run("figures", "drop", "f9")
    assert '"kept": 2' in run("figures", "list", "--json")[1]


def test_what_cannot_be_counted_is_told_by_line_and_code_and_the_rest_counts(sell):
    code, told = sell(
        "A1,maybe,2030-01-02,10,ann@lee.example,,",
        "A2,won,yesterday-ish,10,ann@lee.example,,",
        "A3,won,2030-01-02,a lot,ann@lee.example,,",
        "A4,won,2030-01-02,10,ann@lee.example,,",
    )
    assert (code, told["rows_in"], told["created"], told["quarantined"]) == (1, 4, 1, 3)
    assert told["rejected"] == [
        "line 2: figures.unknown_stage (stage)",
        "line 3: figures.missing (at)",
        "line 4: figures.missing (amount)",
    ]


@pytest.mark.parametrize(
    ("source", "header", "said"),
    [
        ("ads", "Channel,Cost", r"No column of these costs is the month\."),
        ("ads", "Channel,Note", r"costs is the month or the amount\."),
        ("erp", "Deal,Stage", r"sales is the date\..* --map COLUMN=at,"),
    ],
)
def test_a_file_without_its_needed_column_is_refused_by_name(run, tmp_path, source, header, said):
    file = tmp_path / {"ads": "costs.csv", "erp": "sales.csv"}[source]
    file.write_text(f"{header}\nfair,5\n", encoding="utf-8")
    with pytest.raises(Exception, match=said):
        run("import", source)


def test_currencies_are_never_added_up(run, tmp_path):
    (tmp_path / "costs.csv").write_text(
        "Channel,Month,Cost,Currency\nfair,2026-01,100,\nfair,2026-01,5,USD\nfair,01/2026,20,EUR\n",
        encoding="utf-8",
    )
    run("import", "ads")
    told = tell(run, "returns")["returns"]
    assert {each["currency"]: each["cost"] for each in told} == {"EUR": 120.0, "USD": 5.0}


def test_a_dry_run_keeps_nothing(run, tmp_path):
    (tmp_path / "sales.csv").write_text(HEAD + "A1,won,2030-01-02,10,,,\n", encoding="utf-8")
    assert run("import", "erp", "--dry-run")[0] == 0
    assert tell(run)["unmatched"] == 0


def test_an_erased_person_leaves_the_sum_and_takes_the_name(run, sell, tmp_path):
    sell("Deal with zzcanary,won,2026-01-02,10,ann@lee.example,,K-100")
    assert run("erase", "c1")[0] == 0
    (told,) = tell(run, "value")["value"]
    assert told["revenue"] == 10.0
    # The same again, in a file that is a little longer: neither the name nor a second sum.
    sell(
        "Deal with zzcanary,won,2026-01-02,10,ann@lee.example,,K-100",
        "B1,won,2026-01-02,5,bob@stone.example,,",
    )
    (told,) = tell(run, "value")["value"]
    assert told["revenue"] == 15.0
    for file in tmp_path.glob("leadgate.db*"):
        assert b"zzcanary" not in file.read_bytes()
    assert run("verify")[0] == 0
