"""A worker that does not fit its run does nothing, and says why."""

import pytest

from flows.prefect_world import (
    DiesAgainError,
    OtherVersionError,
    code_version,
    expect_fitting_run,
)


def told(monkeypatch, version, count):
    """What a worker tells a run of its deployment and itself."""
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__VERSION", version)
    monkeypatch.setenv("PREFECT__RUNTIME__FLOW_RUN__RUN_COUNT", str(count))


def test_a_run_of_this_version_goes_on(monkeypatch):
    told(monkeypatch, code_version(), 3)
    expect_fitting_run()


def test_a_worker_with_another_version_names_both(monkeypatch):
    told(monkeypatch, "0.0.9+0001", 1)
    with pytest.raises(OtherVersionError) as refused:
        expect_fitting_run()
    assert code_version() in str(refused.value)
    assert "0.0.9+0001" in str(refused.value)


def test_a_run_that_dies_again_and_again_is_left_to_a_person(monkeypatch):
    told(monkeypatch, code_version(), 4)
    with pytest.raises(DiesAgainError, match="died 3 times"):
        expect_fitting_run()


def test_schedules_of_this_server_can_be_written():
    from prefect.server.database.orm_models import FlowRun  # noqa: PLC0415 - takes a second

    from flows.prefect_server import pass_over_states  # noqa: PLC0415 - same

    pass_over_states()
    row = {"state": object(), "name": "x"}
    setter = FlowRun.state._bulk_dml_setter("state")
    assert setter is not None
    setter(row)  # what SQLAlchemy 2.1 does for each scheduled run
