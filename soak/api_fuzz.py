"""Asks every route of the API in many ways: no fault, and no answer other than described."""

import os
import subprocess
import sys
import time
from typing import Final

EXAMPLES: Final = 400  # for each operation
HOUR: Final = 3_600


def main() -> None:
    """Fuzz, and print how much was asked."""
    begun = time.monotonic()
    environment = {**os.environ, "LEADGATE_FUZZ_EXAMPLES": str(EXAMPLES)}
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", f"--timeout={HOUR}"]
    done = subprocess.run(
        [*command, "tests/steward/test_openapi.py"], env=environment, check=False
    ).returncode
    print(f"API: {EXAMPLES} × every operation, {time.monotonic() - begun:,.0f} s")
    sys.exit(done)


if __name__ == "__main__":
    main()
