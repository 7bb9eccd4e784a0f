"""The commands as `leadgate --help` groups them: by who needs them."""

from typing import Any, Final

from typer.core import TyperGroup

PANELS: Final = {
    "Check and load files": (
        "check",
        "dedupe",
        "mapping",
        "import",
        "report",
        "trace",
        "export",
        "verify",
    ),
    "Decide what waits for a person": (
        "review",
        "quarantine",
        "held",
        "merge",
        "unmerge",
        "undo",
        "erase",
        "retain",
        "log",
    ),
    "See what came of leads": ("lead", "opportunity", "calls", "insights", "figures"),
    "Keep it running": (
        "source",
        "serve",
        "drain",
        "poll",
        "fetch",
        "inbox",
        "deliver",
        "deploy",
        "up",
        "status",
        "notify",
        "backup",
        "restore",
        "user",
    ),
}


class CommandsInPanels(TyperGroup):
    """A group whose help lists the commands in `PANELS`, in that order."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        rest = dict(self.commands)
        ordered = {}
        for panel, names in PANELS.items():
            for name in names:
                ordered[name] = rest.pop(name)
                ordered[name].rich_help_panel = panel  # type: ignore[attr-defined]  # set by typer
        self.commands = {**ordered, **rest}
