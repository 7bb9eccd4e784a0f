"""Benchmarks are scripts beside the installed packages, so their tests look for them there."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
