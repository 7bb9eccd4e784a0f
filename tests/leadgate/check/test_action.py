"""What runs in other people's CI: the composite action's own script, and the pre-commit hooks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
CHECK = ACTION["runs"]["steps"][-1]


def act(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step of the action as a runner does, with its defaults and these inputs."""
    given = {name: spec.get("default", "") for name, spec in ACTION["inputs"].items()} | inputs
    environment = {
        name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, value in CHECK["env"].items()
        if value.startswith("${{ inputs.")
    }
    own = {
        "LEADGATE_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", CHECK["run"]],  # noqa: S607 - as the runner does
        cwd=folder,
        env={**os.environ, **environment, **own},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_input_reaches_the_script():
    used = {value for value in CHECK["env"].values() if value.startswith("${{ inputs.")}
    wanted = {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}
    assert used == wanted
    assert "${{" not in CHECK["run"]  # no input is ever pasted into the script


def test_the_action_annotates_summarizes_and_reports(folder):
    for name in ("crm", "reports"):  # folders of theirs that are called like packages of ours
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text("raise SystemExit('shadowed')\n")
    run = act(
        folder,
        paths="leads.csv\n\n",
        tolerate="phone.impossible=2%\nemail.role=3\n",
        sarif="out/leads.sarif",
        junit="out/leads.xml",
        extract="bad.csv",
    )
    assert run.returncode == 1, run.stderr
    assert "::error file=leads.csv,title=email.invalid,line=4::" in run.stdout
    assert (folder / "output").read_text() == "exit-code=1\n"
    assert "❌ failed" in (folder / "summary.md").read_text(encoding="utf-8")
    assert json.loads((folder / "out/leads.sarif").read_text())["runs"]
    assert (folder / "out/leads.xml").exists()
    assert (folder / "bad.csv").exists()


@pytest.mark.parametrize("paths", ["$(touch owned)", "x; touch owned", "--config=owned"])
def test_no_input_is_a_command(folder, paths):
    run = act(folder, paths=paths)
    assert run.returncode == 2
    assert not (folder / "owned").exists()
    assert (folder / "output").read_text() == "exit-code=2\n"


def test_the_hooks_are_commands_that_exist():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["entry"] for hook in hooks} == {"leadgate check"}
    assert all(hook["id"] and hook["name"] and hook["files"] for hook in hooks)


@pytest.mark.parametrize(
    "path", [".github/workflows/samples.yml", "docs/examples/leadgate-check.yml"]
)
def test_the_workflows_name_inputs_the_action_has(path):
    workflow = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    [ours] = [
        step for step in steps if "leadgate" in step.get("uses", "") or step.get("uses") == "./"
    ]
    assert set(ours["with"]) <= set(ACTION["inputs"])
