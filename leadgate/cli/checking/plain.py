"""Lines that are safe to print in a CI job, whatever stood in the data."""

import re

# An old way to give GitHub's runner a command, heeded anywhere in a line of output.
OLD_COMMAND = re.compile(r"##(?=\[)")


def plain_line(text: str) -> str:
    """Return the text on one line, what cannot be seen made visible, and no runner's command."""
    seen = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return OLD_COMMAND.sub("# #", seen)
