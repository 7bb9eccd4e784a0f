"""What looks after the store: possible matches weighed again, weights learned and then used."""

import csv
import json

import pytest

from crm.acts import Who
from crm.judging import judge
from crm.review import ReviewFilter, list_review
from crm.store import open_store
from crm.verify import verify
from flows.import_leads import import_leads
from flows.job import ImportJob
from flows.learning import learn, read_model
from flows.rescoring import rescore
from leadgate.errors import InvalidValueError

HEADER = ["First Name", "Last Name", "Email", "Phone", "City", "Company"]


def load(folder, name, rows):
    path = folder / name
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    job = ImportJob("web", path, store=f"sqlite:///{folder}/store.db", reports=None)
    return import_leads(job)


def open_items(store):
    return {item.id: item.weight for item in list_review(store, ReviewFilter()).items}


def test_a_possible_match_is_weighed_again_once_its_contact_was_judged(tmp_path):
    rows = [
        ["Robert", "Quill", "", "", "Salem", ""],
        ["Rob", "Quill", "", "", "Salem", ""],
        ["R.", "Quill", "", "", "Salem", ""],
        ["Bob", "Quill", "", "", "", ""],
    ]
    load(tmp_path, "a.csv", rows)
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        before = open_items(store)
        assert len(before) > 1
        assert rescore(store).looked_at == 0  # nobody judged anything
        judge(store, next(iter(before)), "same", Who("stella"))
        left = open_items(store)
        done = rescore(store)
        assert done.looked_at == len(left)
        assert rescore(store).changed == 0  # the same again
        after = open_items(store)
        assert set(after) == set(left)
        assert after["m2"] == after["m4"] >= max(left["m2"], left["m4"]) - 0.05  # one other contact
        assert verify(store) == []


def test_weights_are_learned_from_the_store_and_used_by_the_next_import(tmp_path):
    rows = [
        [f"Given{n}", f"Family{n}", f"given{n}@family{n}.example", "", "Salem", f"Works {n}"]
        for n in range(250)
    ]
    load(tmp_path, "a.csv", rows)
    model = tmp_path / "models" / "model.json"
    assert read_model(model) is None
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        version = learn(store, model)
    assert version is not None
    assert json.loads(model.read_text())["version"] == version
    assert len(list(model.parent.glob("model-*.json"))) == 1
    (tmp_path / "b.csv").write_text("First Name,Last Name,Email\nAna,Almeida,ana@almeida.example\n")
    url = f"sqlite:///{tmp_path}/store.db"
    outcome = import_leads(ImportJob("b", tmp_path / "b.csv", url, reports=None, model=model))
    assert outcome.created == 1


def test_a_store_with_few_records_teaches_nothing(tmp_path):
    load(tmp_path, "a.csv", [["Ana", "Almeida", "ana@almeida.example", "", "", ""]])
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        assert learn(store, tmp_path / "model.json") is None
    assert not (tmp_path / "model.json").exists()


def test_a_file_that_is_no_model_is_named(tmp_path):
    (tmp_path / "model.json").write_text("{}")
    with pytest.raises(InvalidValueError, match="is no model"):
        read_model(tmp_path / "model.json")
