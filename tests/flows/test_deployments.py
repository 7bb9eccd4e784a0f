"""What leadgate.toml asks Prefect for, and where it asks for something that cannot be."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import yaml
from prefect.server.schemas.schedules import CronSchedule
from typer.testing import CliRunner

from flows.deployments import describe_deployments, describe_project
from flows.schedule_gaps import find_gaps, zone_to_count_in
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
        "retain/retain-store", "verify/verify-store", "notify/notify-store",
        "rescore/rescore-store", "learn/learn-store", "decide-held/decision",
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


def planned(cron, zone, day):
    """The runs of a day in Berlin that Prefect's scheduler puts down, asking all day long.

    It knows a run by the text of its date; a date that it meets again is no run.
    """
    now = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    next_day = datetime.fromisoformat(day) + timedelta(days=1)
    end = next_day.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    schedule, begin, found = CronSchedule(cron=cron, timezone=zone), now, set()
    while now < end:
        found |= {each for each in asyncio.run(schedule.get_dates(3, now)) if begin <= each < end}
        now += timedelta(minutes=17)
    texts = {str(each) for each in found}
    assert len(texts) == len({each.astimezone(UTC) for each in found})
    return sorted(each.astimezone(UTC) for each in found)


@pytest.mark.parametrize("cron", ["30 2 * * *", "0 2 * * *", "59 2 * * 0"])
@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"], ids=["no such hour", "twice"])
def test_a_daily_run_starts_once_in_the_nights_in_which_clocks_change(cron, day):
    (run,) = planned(cron, "Europe/Berlin", day)
    local = run.astimezone(ZoneInfo("Europe/Berlin"))
    if day == "2027-10-31":
        assert (local.hour, local.fold) == (2, 0)
    else:
        assert local.hour in {1, 3}, "an hour off, by Prefect's Python"


@pytest.mark.parametrize(("day", "hours"), [("2027-03-28", 23), ("2027-10-31", 25)])
def test_what_runs_every_hour_misses_none_in_the_nights_in_which_clocks_change(day, hours):
    zone = zone_to_count_in("*/20 * * * *", "Europe/Berlin", datetime(2027, 1, 1, tzinfo=UTC))
    runs = planned("*/20 * * * *", zone, day)
    assert len(runs) == 3 * hours
    seconds = [run.timestamp() for run in runs]
    assert {after - before for before, after in pairwise(seconds)} == {1_200}


@pytest.mark.parametrize(
    ("cron", "zone", "counted_in"),
    [
        ("*/5 * * * *", "America/New_York", "UTC"),
        ("20 * * * *", "Europe/Berlin", "UTC"),
        ("20 * * * 1-5", "Europe/Berlin", "Europe/Berlin"),
        ("20 2 * * *", "Europe/Berlin", "Europe/Berlin"),
        ("20 * * * *", "Australia/Adelaide", "Australia/Adelaide"),
        ("20 * * * *", "Australia/Lord_Howe", "Australia/Lord_Howe"),
    ],
)
def test_only_what_is_the_same_there_is_counted_in_utc(cron, zone, counted_in):
    assert zone_to_count_in(cron, zone, datetime(2027, 1, 1, tzinfo=UTC)) == counted_in


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
