"""The files to run Leadgate with name what there is. No container is started here."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from leadgate.cli import app
from leadgate.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted((DEPLOY / "systemd").iterdir())
INSTRUCTIONS = {"FROM", "ENV", "COPY", "RUN", "USER", "WORKDIR", "VOLUME", "EXPOSE"}
INSTRUCTIONS |= {"HEALTHCHECK", "ENTRYPOINT", "CMD"}
# Read by the program, and no settings of leadgate.toml.
VARIABLES = {"LEADGATE_ERASURE_KEY", "LEADGATE_LOG", "LEADGATE_METRICS_TOKEN", "LEADGATE_NOTIFY"}


def instructions():
    """The Containerfile, an instruction a pair of name and rest."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


def is_command(words):
    """Whether the command line has these words, options that stand before them aside."""
    while words and words[0].startswith("--"):
        words = words[2:]
    command = get_command(app).commands.get(words[0])
    given = [word.split("=")[0] for word in words[1:] if word.startswith("--")]
    known = {name for each in command.params for name in each.opts} if command else set()
    return command is not None and set(given) <= known


def test_the_containerfile_copies_what_there_is_and_starts_what_there_is():
    found = instructions()
    assert {name for name, _ in found} <= INSTRUCTIONS
    for name, rest in found:
        if name == "COPY":
            assert all((ROOT / source).exists() for source in rest.split()[:-1])
    copied = {rest.split()[0] for name, rest in found if name == "COPY"}
    tool = (ROOT / "Makefile").read_text(encoding="utf-8")
    packages = re.search(r"^PACKAGES := (.*)$", tool, re.MULTILINE)[1].split()
    assert set(packages) <= copied
    (command,) = [json.loads(rest) for name, rest in found if name == "CMD"]
    assert is_command(command)
    users = [rest for name, rest in found if name == "USER"]
    assert users == ["10001"], "not as root, and by number: some hosts look for that"


def test_services_wait_for_services_that_can_be_waited_for():
    services = COMPOSE["services"]
    assert {"postgres", "prefect", "worker", "desk"} <= set(services)
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            wanted = {"service_healthy": "healthcheck"}.get(how["condition"])
            assert wanted is None or "test" in services[other][wanted]
            if how["condition"] == "service_completed_successfully":
                assert services[other]["restart"] == "no"


def test_volumes_files_and_commands_of_services_are_there():
    for name, service in COMPOSE["services"].items():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            if not source.startswith("./"):
                assert source in COMPOSE["volumes"]
            elif source != "./data":
                assert (DEPLOY / source).exists()
        if "build" in service:
            built = service["build"]
            assert (DEPLOY / built["context"] / built["dockerfile"]).exists()
        if name in {"deploy", "desk"}:
            assert is_command(service["command"])
        for port in service.get("ports", ()):
            assert port.startswith("127.0.0.1:"), "nothing is open to the network by itself"


def test_variables_are_read_by_somebody_and_explained():
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    example = (DEPLOY / "example.env").read_text(encoding="utf-8")
    for variable in re.findall(r"\$\{(\w+)", text):
        assert f"{variable}=" in example
    for service in COMPOSE["services"].values():
        for variable in service["environment"]:
            if variable.startswith("LEADGATE_") and variable not in VARIABLES:
                first = variable.removeprefix("LEADGATE_").split("__")[0].lower()
                assert first in Settings.model_fields


def commands_of(unit):
    lines = unit.read_text(encoding="utf-8").splitlines()
    return [line.split("=", 1)[1] for line in lines if line.startswith("ExecStart=")]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_commands_that_there_are(unit):
    for command in commands_of(unit):
        words = shlex.split(command)
        words = shlex.split(words[2])[1:] if words[0] == "/bin/sh" else words
        if words[0].endswith("/leadgate"):
            assert is_command(words[1:])


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    for unit in UNITS:
        text = re.sub(
            r"/opt/leadgate/\.venv/bin/\w+", "/bin/true", unit.read_text(encoding="utf-8")
        )
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "leadgate" in line]
    assert (done.returncode, ours) == (0, [])
