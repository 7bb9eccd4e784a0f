"""What people decide, from the command line; the store is real."""

import json
import re

import pandas as pd
import pytest
from typer.testing import CliRunner

from crm.acts import Who
from crm.editing import edit
from crm.store import open_store
from leadgate.cli import app

HEAD = "First name,Last name,Email,Phone,City\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command line in a folder of its own; gives the exit code and stdout."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        result = CliRunner().invoke(app, list(arguments))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout

    return run


@pytest.fixture
def leads(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text(
        HEAD
        + "Ann,Lee,ann@lee.example,+49 30 901820,=Berlin\n"
        + "Bob,Stone,bob@stone.example,+44 20 7946 0018,London\n",
        encoding="utf-8",
    )
    return file


def test_merge_unmerge_undo_export_and_erase(run, leads, tmp_path):
    assert run("import", str(leads))[0] == 0
    code, out = run("merge", "c1", "c2", "--json", "--as", "ann")
    assert (code, json.loads(out)["contacts"]) == (0, {"c1": 2})
    assert run("unmerge", "e3", "--dry-run")[0] == 0
    assert run("unmerge", "e3", "--as", "ann")[0] == 0
    assert "unmerge" in run("trace", "c1")[1]
    assert run("log", "export", "-o", "log.jsonl")[0] == 0
    assert run("log", "export", "-o", "log.csv")[0] == 0
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["create", "create", "merge", "unmerge"]
    assert lines[2]["before"]["c1"]["given_name"] == "Ann"
    assert lines[2]["reversed_by"] == "e4"
    assert run("export", "contacts", "-o", "contacts.csv")[0] == 0
    held = pd.read_csv("contacts.csv", dtype="str")
    assert run("import", "contacts.csv", "--store", "sqlite:///other.db")[0] == 0
    assert run("export", "contacts", "-o", "again.csv", "--store", "sqlite:///other.db")[0] == 0
    again = pd.read_csv("again.csv", dtype="str")
    columns = [name for name in held if not name.startswith("leadgate_")]
    pd.testing.assert_frame_equal(held[columns], again[columns])
    for form in ("xlsx", "jsonl", "parquet"):
        for what in ("contacts", "accounts", "leads"):
            assert run("export", what, "-o", f"{what}.{form}")[0] == 0
    assert run("import", "contacts.parquet", "--store", "sqlite:///third.db")[0] == 0
    assert run("export", "contacts", "-o", "third.csv", "--store", "sqlite:///third.db")[0] == 0
    pd.testing.assert_frame_equal(held[columns], pd.read_csv("third.csv", dtype="str")[columns])
    code, out = run("undo", "b1", "--dry-run", "--json")
    assert (code, json.loads(out)["event"]) == (0, None)
    assert run("erase", "c2")[0] == 0
    assert run("undo", "b1", "--as", "ann")[0] == 0
    assert run("verify")[0] == 0


def test_what_does_not_exist_is_wrong_usage(run, leads):
    run("import", str(leads))
    for command in (["merge", "c1", "c9"], ["unmerge", "r9"], ["undo", "b9"], ["erase", "c9"]):
        with pytest.raises(Exception, match="does not hold"):
            run(*command)


def test_possible_matches_go_out_and_verdicts_come_back(run, tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text(
        "First name,Last name,Street,Postal code,City\n"
        "Annabel,Leewood,Hauptstr 1,10115,Berlin\nAnna,Leewood,Hauptstr 1,10115,Berlin\n",
        encoding="utf-8",
    )
    run("import", str(file))
    (item,) = [json.loads(line) for line in run("review", "list", "--json")[1].splitlines()]
    assert (item["left"]["contact"], item["right"]["contact"]) == ("c1", "c2")
    run("review", "export", "-o", "matches.csv")
    table = pd.read_csv("matches.csv", dtype="str")
    table.loc[0, "verdict"] = "different"
    table.to_csv("matches.csv", index=False)
    code, out = run("review", "apply", "matches.csv", "--as", "ann")
    assert (code, "1 judged" in out) == (0, True)
    assert run("review", "apply", "matches.csv")[0] == 1
    assert run("verify")[0] == 0


def test_survivorship_is_settled_in_the_file(run, leads, tmp_path):
    assert run("import", str(leads))[0] == 0
    settings = tmp_path / "leadgate.toml"
    settings.write_text('[survivorship.fields]\ncity = ["frequency", "recency"]\n')
    other = tmp_path / "more.csv"
    other.write_text(HEAD + "Ann,Lee,ann@lee.example,+49 30 901820,Bonn\n", encoding="utf-8")
    assert run("import", str(other))[0] == 0
    assert run("verify")[0] == 0
    for wrong in ('[survivorship.fields]\nshoe = ["trust"]', '[survivorship]\norder = ["luck"]'):
        settings.write_text(wrong)
        with pytest.raises(Exception, match="survivorship"):
            run("import", str(other))


def test_an_erased_person_is_kept_out_and_nothing_of_the_row_is_kept(run, leads, tmp_path):
    run("import", str(leads))
    assert run("erase", "c1")[0] == 0
    again = tmp_path / "again.csv"
    again.write_text(
        "First name,Last name,Email,Notes\nAnn,Lee,ann@lee.example,zzcanary\n"
        "Cy,Day,cy@day.example,hello\n",
        encoding="utf-8",
    )
    for batch, expected in (("b2", (1, 1, 0)), (None, (0, 0, 2))):
        _, out = run("import", str(again), "--json")
        told = json.loads(out)
        assert (told["created"], told["quarantined"], told["already_seen"]) == expected
        assert told["batch"] in {batch, "b2"}
    for file in tmp_path.rglob("*"):
        if file.is_file() and file != again:
            assert b"zzcanary" not in file.read_bytes(), file
    assert "row.erased" in run("trace", "q1")[1]
    assert run("verify")[0] == 0


def test_a_traced_row_names_the_columns_of_its_file(run, tmp_path):
    file = tmp_path / "kunden.csv"
    file.write_text("Kontakt,Mail\nAnn Lee,ann@lee\n", encoding="utf-8")
    run("import", str(file), "--map", "Kontakt=full_name")
    assert re.search(r"email\.invalid +E-mail \(column “Mail”\) ", run("trace", "q1")[1])


def test_a_lead_is_qualified_converted_and_closed_from_the_command_line(run, leads):
    run("import", str(leads))
    assert "l1     new" in run("lead", "list")[1]
    with pytest.raises(Exception, match="only a qualified lead"):
        run("lead", "convert", "l1", "--name", "Desks")
    assert run("lead", "status", "l1", "qualified", "--as", "ann")[0] == 0
    code, out = run(
        *("lead", "convert", "l1", "--name", "Desks", "--amount", "1200.50", "--currency", "EUR")
    )
    assert code == 0
    assert out.splitlines()[-2:] == ["  opportunity o1", "  leadgate undo e4 takes it back"]
    assert run("opportunity", "stage", "o1", "proposal")[0] == 0
    assert run("opportunity", "value", "o1", "900")[0] == 0
    assert run("opportunity", "add", "c2", "--name", "Chairs")[0] == 0
    assert run("opportunity", "close", "o1") == (2, "")  # neither --won nor --lost
    closing = run("opportunity", "close", "o1", "--won", "--reason", "signed", "--json")[1]
    listed = [json.loads(line) for line in run("opportunity", "list", "--json")[1].splitlines()]
    assert [(one["id"], one["stage"], one["amount"]) for one in listed] == [
        ("o1", "won", "900"),
        ("o2", "qualified", None),
    ]
    for thing, said in (
        ("o1", "signed"),
        ("l1", "converted"),
        ("e4", "l1 status: qualified → converted"),
    ):
        assert said in run("trace", thing, "--json")[1] + run("trace", thing)[1]
    assert run("undo", json.loads(closing)["event"])[0] == 0
    assert "proposal" in run("opportunity", "list", "--stage", "proposal")[1]
    assert json.loads(run("lead", "list", "--status", "converted", "--json")[1])["id"] == "l1"
    for wrong in (["lead", "list", "--status", "x"], ["lead", "status", "l2", "converted"]):
        with pytest.raises(Exception, match=r"known: new|lead convert l2"):
            run(*wrong)


def test_a_trace_says_who_did_what_and_by_which_id_it_is_taken_back(run, leads, tmp_path):
    (tmp_path / "more.csv").write_text(HEAD + "Eve,Oak,eve@oak.example,,Bonn\n", encoding="utf-8")
    run("import", str(leads))
    run("import", "more.csv")
    run("merge", "c1", "c2", "--as", "ann", "--reason", "one desk")
    run("undo", "e4", "--as", "bob")
    run("undo", "b2", "--as", "bob")
    with open_store("sqlite:///leadgate.db") as store:
        edit(store, "c1", {"city": "Reno"}, Who("ann"))
    told = run("trace", "c2")[1]
    assert "None" not in told
    assert re.search(r"  e2    \S+  create r2 → c2 in b1, by rule\n", told)
    assert re.search(r"  e4    \S+  merge c1, c2, by ann: one desk, taken back by e5\n", told)
    assert re.search(r"  e5    \S+  undo c1, c2, by bob\n", told)
    assert re.search(r"  city +Reno +pinned by a person\n", run("trace", "c1")[1])
    assert run("trace", "c3")[1].startswith("c3, a contact, taken back with its import\nMerge log")
    assert "\n  taken back by e6\n" in run("trace", "b2")[1]
