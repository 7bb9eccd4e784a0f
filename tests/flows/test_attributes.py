"""Columns beyond the vocabulary, kept as attributes of the contact."""

import pandas as pd
import pytest

from crm.acts import Who
from crm.export_frames import read_export
from crm.json_text import attributes_in, to_json
from crm.merging import merge
from crm.store import open_store
from crm.trace import trace
from crm.undoing import undo
from crm.unmerging import unmerge
from crm.verify import verify
from flows.import_leads import import_leads
from flows.job import make_job
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, Source

HEAD = "First name,Last name,Email,Tier,Booth No.,Left out\n"
ANN = Who("ann@desk.example")


@pytest.fixture
def taken_in(tmp_path):
    """Import rows under the columns of HEAD; returns the URL of the store."""
    url = f"sqlite:///{tmp_path}/store.db"

    def take(source, *rows, **options):
        file = tmp_path / f"{source}.csv"
        file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        described = Source(map={"Tier": "attributes.tier", "Left out": ""}, **options)
        job = make_job(source, described, file, Settings(store=url))
        import_leads(job)
        return url

    return take


def told(store, contact):
    fields = trace(store, contact)["fields"]
    return {
        each["field"]: (each["value"], each["record"])
        for each in fields
        if each["field"].startswith("attributes.")
    }


def test_attributes_survive_by_policy_and_say_where_they_are_from(taken_in):
    taken_in("web", "Ann,Lee,ann@lee.example, gold ,,x", "Bob,Stone,bob@stone.example,,12,x")
    url = taken_in("fair", "Ann,Lee,ann@lee.example,silver,7,x", trust=90, keep_columns=True)
    with open_store(url) as store:
        assert told(store, "c1") == {
            "attributes.tier": ("silver", "r3"),
            "attributes.booth_no": ("7", "r3"),
        }
        assert told(store, "c2") == {}
        (lost,) = [a for a in trace(store, "c1")["alternates"] if a["field"] == "attributes.tier"]
        assert (lost["value"], lost["record"]) == ("gold", "r1")
        exported = read_export(store, "contacts")
        assert exported["attributes.tier"].fillna("").tolist() == ["silver", ""]
        merged = merge(store, ["c1", "c2"], ANN).event
        assert told(store, "c1")["attributes.tier"] == ("silver", "r3")
        undo(store, merged, ANN)
        unmerge(store, "r3", ANN)
        assert told(store, "c1") == {"attributes.tier": ("gold", "r1")}
        assert told(store, "c3")["attributes.booth_no"] == ("7", "r3")
        assert verify(store) == []


def test_a_column_left_out_on_purpose_is_never_kept(taken_in):
    url = taken_in("fair", "Ann,Lee,ann@lee.example,gold,7,secret", keep_columns=True)
    with open_store(url) as store:
        assert sorted(told(store, "c1")) == ["attributes.booth_no", "attributes.tier"]


@pytest.mark.parametrize("name", ["attributes.", "attributes.Tier", "attributes.a-b"])
def test_a_name_that_is_none_is_refused_with_the_way_out(tmp_path, name):
    with pytest.raises(InvalidValueError, match="small letters"):
        make_job("web", Source(map={"Tier": name}), tmp_path / "x.csv", Settings())


def test_values_that_look_like_members_are_none():

    texts = to_json(pd.DataFrame({"notes": ['{"attributes.x":"1"}', ',"attributes.y":']}))
    assert attributes_in(texts) == []
