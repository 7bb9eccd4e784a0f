"""The commands that are measured: each reads records.csv and writes clusters.csv."""

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PEERS: Final = ROOT / "benchmarks" / "peers"
PEERS_PYTHON: Final = ROOT / "build" / "peers" / "bin" / "python"

RECORDS: Final = "records.csv"
CLUSTERS: Final = "clusters.csv"

# Sets for which there is a Splink configuration (peers/splink_configurations.py); leads apart.
SPLINK_SETS: Final = (
    "febrl1",
    "febrl2",
    "febrl3",
    "febrl4",
    "historical_50k",
    "fake_1000",
    "restaurants_fodors_zagats",
    "chicago_early_childhood",
)


def name_tool(text: str) -> str:
    """`leadgate`, `splink`, `goldenmatch`, or `splink@0.99` for another threshold.

    Raises ValueError for anything else.
    """
    name, _, threshold = text.partition("@")
    if name not in {"leadgate", "splink", "goldenmatch"} or (threshold and name != "splink"):
        raise ValueError(f"{text} is none of leadgate, splink, splink@THRESHOLD and goldenmatch")
    if threshold and not 0 < float(threshold) < 1:
        raise ValueError(f"the threshold of {text} is not between 0 and 1")
    return text


def find_command(tool: str, set_name: str) -> list[str] | None:
    """The command line of a tool for a set; None where the tool has no configuration for it."""
    if tool == "leadgate":
        return [sys.executable, "-m", "leadgate", "dedupe", RECORDS, "-o", CLUSTERS]
    name, _, threshold = tool.partition("@")
    command = [str(PEERS_PYTHON), str(PEERS / f"with_{name}.py"), RECORDS, CLUSTERS]
    if name == "goldenmatch":
        return command
    configuration = "leads" if set_name.startswith("leads_") else set_name
    if configuration not in ("leads", *SPLINK_SETS):
        return None
    return [*command, configuration, *([threshold] if threshold else [])]


def find_version(tool: str) -> str:
    """Name and version of a tool, as installed."""
    name = tool.partition("@")[0]
    python = sys.executable if name == "leadgate" else str(PEERS_PYTHON)
    script = f"from importlib.metadata import version; print(version({name!r}))"
    asked = subprocess.run([python, "-c", script], capture_output=True, text=True, check=True)
    return f"{name} {asked.stdout.strip()}"
