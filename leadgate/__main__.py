"""`leadgate` and `python -m leadgate`: runs the command line and turns errors into exit codes.

0: clean. 1: the data has problems. 2: wrong usage or configuration. 3: a fault.
"""

import gc
import os
import sys


def main() -> None:
    """Run the command line; every failure is one message on stderr and an exit code."""
    # Columns make millions of small objects and no cycles: looking for cycles as often as Python
    # does by default is a tenth of an import's time.
    gc.set_threshold(200_000, 50, 100)
    # Nothing Leadgate starts reports home, whatever the libraries' defaults are.
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    # pandera loads hypothesis wherever it is installed, to make examples that no command makes;
    # None is how Python is told that a module is not there.
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]  # see above
    from leadgate.cli import app  # noqa: PLC0415 - after the environment is set

    try:
        app()
    except KeyboardInterrupt:
        sys.exit("leadgate: stopped; what was loaded stays, the same command goes on from there.")
    except Exception as error:  # noqa: BLE001 - the front door answers every failure with a sentence
        from leadgate.cli.failure import report_failure  # noqa: PLC0415 - loads error types lazily

        sys.exit(report_failure(error))


if __name__ == "__main__":
    main()
