"""Two people at one thing, at the same moment; and one act, whichever way it is asked for."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from typer.testing import CliRunner

from crm.review import read_review_item
from crm.store import open_store
from crm.trace import trace
from crm.verify import verify
from leadgate.cli import app


@pytest.mark.parametrize("item", ["m1", "m2"])
def test_of_stewards_who_judge_at_one_moment_one_decides_and_all_others_are_told(
    sign_in, token_of, store, item
):
    clients = [sign_in(name) for name in ("stella", "ada", "stella", "ada")]
    verdicts = ["same", "different", "household", "different"]
    start = Barrier(len(clients))

    def decide(client, verdict):
        start.wait()
        path = f"/review/{item}/judgement"
        return client.post(path, data={"verdict": verdict}, headers=token_of(client))

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(decide, clients, verdicts))
    assert {answer.status_code for answer in answers} == {200}
    told = [f"{item}: " in answer.text for answer in answers]
    assert told.count(True) == 1
    found = read_review_item(store, item)
    assert found.verdict == verdicts[told.index(True)]
    first = f"{found.judged_by} was first"
    assert [first in answer.text for answer in answers] == [not won for won in told]
    assert verify(store) == []


def test_of_two_who_change_a_contact_at_one_moment_the_second_changes_nothing(
    sign_in, token_of, store
):
    clients = [sign_in(name) for name in ("stella", "ada")]
    version = str(trace(store, "c1")["row_version"])
    start = Barrier(len(clients))

    def change(client, city):
        start.wait()
        form = {"field": "city", "version": version, "text": city}
        return client.post("/contacts/c1/values", data=form, headers=token_of(client)).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        done = list(pool.map(change, clients, ["Kiel", "Jena"]))
    assert sorted(done) == [303, 409]
    cities = {each["field"]: each["value"] for each in trace(store, "c1")["fields"]}
    assert cities["city"] == ["Kiel", "Jena"][done.index(303)]
    assert verify(store) == []


@pytest.mark.parametrize("thing", ["r2", "e2"])
def test_an_unmerge_at_the_desk_is_the_event_of_the_command_line(
    sign_in, token_of, store, tmp_path, thing
):
    shutil.copy(tmp_path / "store.db", tmp_path / "other.db")
    client = sign_in("stella")
    form = {"contact": "c1", "version": str(trace(store, "c1")["row_version"]), "reason": "no"}
    answer = client.post(f"/unmerge/{thing}", data=form, headers=token_of(client))
    assert answer.status_code == 303
    url = f"sqlite:///{tmp_path}/other.db"
    asked = ["unmerge", thing, "--as", "stella", "--reason", "no", "--store", url]
    assert CliRunner().invoke(app, asked).exit_code == 0
    with open_store(url) as other:
        assert events_of(store) == events_of(other)
        assert verify(other) == []
    assert verify(store) == []


def events_of(store):
    """All that is told of both contacts, but for the times."""
    stories = [trace(store, contact) for contact in ("c1", "c8")]
    return [without_times(story) for story in stories]


def without_times(told):
    if isinstance(told, dict):
        return {key: without_times(value) for key, value in told.items() if key != "at"}
    return [without_times(each) for each in told] if isinstance(told, list | tuple) else told
