"""What leadgate.toml asks Prefect for, and where it asks for something that cannot be."""

from datetime import UTC, datetime

import pytest
import yaml
from typer.testing import CliRunner

from flows.deployments import describe_deployments, describe_project
from flows.schedule_gaps import find_gaps
from leadgate.cli import app
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, load_settings

SOURCES = {
    "fair": {"path": "fair.xlsx", "schedule": {"cron": "15 2 * * *", "timezone": "Asia/Tokyo"}},
    "web": {"webhook": {"provider": "typeform"}},
    "survey": {"poll": {"provider": "typeform", "form": "x"}},
    "partner": {"files": {"at": "in/*.csv"}, "schedule": {"cron": "*/10 * * * *"}},
}


SETTINGS = Settings(sources=SOURCES, matching={"model": "model.json"})


def test_each_source_has_the_deployment_of_the_way_its_rows_come():
    found = {each.full_name: each for each in describe_deployments(SETTINGS)}
    assert list(found) == [
        "import-leads/fair", "poll-source/survey", "fetch-source/partner", "drain-inbox/inbox",
        "retain/store", "verify/store", "notify/store", "rescore/store", "learn/store",
        "decide-held/decision",
    ]  # fmt: skip
    fair, partner = found["import-leads/fair"], found["fetch-source/partner"]
    assert (fair.cron, fair.timezone) == ("15 2 * * *", "Asia/Tokyo")
    assert (partner.cron, partner.timezone) == ("*/10 * * * *", "UTC")
    assert found["poll-source/survey"].cron == ""


def test_every_entrypoint_is_a_flow_of_that_name():
    from prefect.flows import load_flow_from_entrypoint  # noqa: PLC0415 - takes a second

    for each in describe_deployments(SETTINGS):
        assert load_flow_from_entrypoint(each.way.entrypoint).name == each.way.flow


def test_an_empty_schedule_runs_only_when_somebody_starts_it():
    settings = Settings(schedules={"verify": "", "pool": "mine"})
    project = describe_project(settings, "/srv/leads", "leadgate.toml", None)
    (verify,) = [each for each in project["deployments"] if "verify" in each["entrypoint"]]
    assert verify["schedules"] == []
    assert verify["work_pool"]["name"] == "mine"


@pytest.mark.parametrize(
    ("cron", "zone", "gaps"),
    [
        ("30 2 * * *", "Europe/Berlin", ["2027-03-28 02:30:00"]),
        ("15,45 2 * * *", "Europe/Berlin", ["2027-03-28 02:15:00", "2027-03-28 02:45:00"]),
        ("30 3 * * *", "Europe/Berlin", []),
        ("30 2 * * 1", "Europe/Berlin", []),
        ("30 2 * * *", "America/New_York", ["2027-03-14 02:30:00"]),
        ("30 2 * * *", "UTC", []),
    ],
)
def test_times_that_a_day_does_not_have_are_found(cron, zone, gaps):
    start = datetime(2027, 1, 1, tzinfo=UTC)
    assert [str(each) for each in find_gaps(cron, zone, start, days=200)] == gaps


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('[schedules]\ntimezone = "Mars/Base"', "is no time zone"),
        ('[schedules]\nverify = "daily"', "schedules.verify"),
        ('[sources.a]\nschedule = { cron = "61 2 * * *" }\npath = "a"', "is no schedule"),
    ],
)
def test_a_schedule_that_means_nothing_is_named(settings, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leadgate.toml").write_text(settings)
    result = CliRunner().invoke(app, ["deploy", "--write-only"])
    assert said in str(result.exception)
    assert not (tmp_path / "prefect.yaml").exists()


def test_the_file_is_written_anew_but_never_over_that_of_somebody_else(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leadgate.toml").write_text('[sources.a]\npath = "a.csv"')
    for _ in range(2):
        assert CliRunner().invoke(app, ["deploy", "--write-only"]).exit_code == 0
    text = (tmp_path / "prefect.yaml").read_text()
    assert yaml.safe_load(text)["deployments"][0]["parameters"]["config"] == "leadgate.toml"
    (tmp_path / "prefect.yaml").write_text("name: mine")
    result = CliRunner().invoke(app, ["deploy", "--write-only"])
    assert isinstance(result.exception, InvalidValueError)
    assert (tmp_path / "prefect.yaml").read_text() == "name: mine"
    assert load_settings(tmp_path / "leadgate.toml").sources["a"].path == tmp_path / "a.csv"
