"""The house rules that no linter knows."""

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ["leadgate", "flows", "steward", "reports", "crm", "dedupe", "validators", "connectors"]


@pytest.mark.parametrize("package", PACKAGES)
def test_nobody_else_owns_our_package_names(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"leadgate"}


@pytest.mark.parametrize("lock", ["runtime", "dev"])
def test_the_lock_holds_hashes_and_neither_our_names_nor_an_address(lock: str) -> None:
    text = (ROOT / "lock" / f"{lock}.txt").read_text(encoding="utf-8")
    pinned = [line.split("==")[0] for line in text.splitlines() if "==" in line]
    assert "pandas" in pinned
    assert not {"validators", "dedupe"} & set(pinned)
    assert "://" not in text
    assert "--index" not in text
    assert text.count("--hash=sha256:") >= len(pinned)


@pytest.mark.parametrize(
    "module",
    [
        "leadgate.cli",
        "flows.import_leads",
        "flows.loading",
        "leadgate.cli.check",
        "leadgate.cli.dedupe",
    ],
)
def test_prefect_is_not_loaded_by(module: str) -> None:
    code = f"import sys, {module}; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_the_command_line_loads_no_data_libraries_for_its_help() -> None:
    heavy = "{'pandas', 'pandera', 'sqlalchemy', 'pydantic'}"
    code = f"import sys, leadgate.cli; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_every_command_is_in_the_readme() -> None:
    from typer.main import get_command  # noqa: PLC0415 - only this test needs it

    from leadgate.cli import app  # noqa: PLC0415 - only this test needs it

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = list(getattr(get_command(app), "commands", {}))
    assert names
    assert [name for name in names if f"leadgate {name}" not in readme] == []


def test_the_help_puts_every_command_into_a_panel() -> None:
    from typer.main import get_command  # noqa: PLC0415 - only this test needs it

    from leadgate.cli import app  # noqa: PLC0415 - only this test needs it
    from leadgate.cli.panels import PANELS  # noqa: PLC0415 - only this test needs it

    listed = [name for names in PANELS.values() for name in names]
    assert list(getattr(get_command(app), "commands", {})) == listed


def test_every_setting_is_documented() -> None:
    from leadgate.settings import Settings, sections  # noqa: PLC0415 - only this test needs it

    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    models = [Settings, *sections.Section.__subclasses__()]
    keys = {key for model in models for key in model.model_fields}
    assert {key for key in keys if key not in page} == set()
